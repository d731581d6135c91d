//go:build samba

package activedirectory_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Protecting adds the two entries that Windows' tools add, lifting takes away the
// object's, and no other entry changes or moves.
func TestProtectionLeavesOtherEntriesAlone(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	unit, err := backend.CreateOU(t.Context(), models.Ref{DN: container}, "Kept", "")
	must(t, err)
	ref := models.Ref{DN: unit}
	before, above := accessList(t, unit), accessList(t, container)
	must(t, backend.SetProtected(t.Context(), ref, true))
	must(t, backend.SetProtected(t.Context(), ref, true)) // twice is once
	if got := accessList(t, unit); !slices.Equal(got[1:], before) || got[0] != "\x01\x00\x14\x00\x40\x00\x01\x00\x01\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00" {
		t.Errorf("protected: %q, was %q", got, before)
	}
	if got := accessList(t, container); !slices.Equal(got[1:], above) {
		t.Errorf("its container: %q, was %q", got, above)
	}
	if o := read(t, backend, unit); o.Protected != models.Yes || o.Deletable != models.No || o.Movable != models.No || o.Renamable != models.Yes {
		t.Errorf("read: %+v", o)
	}
	must(t, backend.SetProtected(t.Context(), ref, false))
	if got := accessList(t, unit); !slices.Equal(got, before) {
		t.Errorf("lifted: %q, was %q", got, before)
	}
}

// What Below says of protected OUs matters: a tree delete takes them along.
func TestATreeDeleteAsksTheTopOnly(t *testing.T) {
	backend := open(t, asAdministrator())
	top, err := backend.CreateOU(t.Context(), models.Ref{DN: workshop(t, backend)}, "Tree", "")
	must(t, err)
	inner, err := backend.CreateOU(t.Context(), models.Ref{DN: top}, "Inner", "")
	must(t, err)
	must(t, backend.SetProtected(t.Context(), models.Ref{DN: inner}, true))
	below, _, err := backend.Below(t.Context(), models.Ref{DN: top})
	if err != nil || len(below) != 1 || !below[0].Protected {
		t.Errorf("below: %+v, %v", below, err)
	}
	must(t, backend.Delete(t.Context(), []models.Ref{{DN: top}}, true, func(_ models.DN, err error) { must(t, err) }))
	if _, err := backend.Get(t.Context(), models.Ref{DN: inner}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("the protected one: %v", err)
	}
}

// accessList reads the entries of an access list past the backend, each as it
// travels.
func accessList(t *testing.T, dn models.DN) (entries []string) {
	t.Helper()
	c, err := samba.Connect()
	must(t, err)
	defer func() { _ = c.Close() }()
	request := ldap.NewSearchRequest(string(dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", []string{"nTSecurityDescriptor"},
		[]ldap.Control{&ldap.ControlMicrosoftSDFlags{Criticality: true, ControlValue: 4}})
	found, err := c.Search(request)
	must(t, err)
	list := found.Entries[0].GetRawAttributeValue("nTSecurityDescriptor")[20:]
	for rest := list[8:]; len(rest) >= 4; {
		length := int(rest[2]) | int(rest[3])<<8
		entries = append(entries, string(rest[:length]))
		rest = rest[length:]
	}
	return entries
}
