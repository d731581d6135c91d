package activedirectory

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// rightsOfDeletion are denied to everyone on an object that is protected from
// deletion; on its container it is rightDeleteChild.
const rightsOfDeletion = rightDelete | rightDeleteTree

// everyoneDenied are the rights that an access list itself denies to everyone for
// the object that has it. known is false for what is no descriptor.
func everyoneDenied(sd []byte) (rights uint32, known bool) {
	_, entries, err := accessEntries(sd)
	for _, entry := range entries {
		rights |= entry.deniesEveryone()
	}
	return rights, err == nil
}

// deniesEveryone are the rights that an entry denies to everyone; none for one
// that came from above, or is about single attributes or classes.
func (a ace) deniesEveryone() uint32 {
	r, ok := a.right()
	if !ok || a[0] != aceDenied || a[1]&aceInherited != 0 || !bytes.Equal(r.sid, everyoneSID()) {
		return 0
	}
	return r.mask
}

// withDenied gives the descriptor, access list only, with rights denied to everyone
// or no longer, for this object only. All other entries stay as they are, in their
// order. It is nil where that is so already.
func withDenied(sd []byte, rights uint32, denied bool) ([]byte, error) {
	control, entries, err := accessEntries(sd)
	if err != nil {
		return nil, err
	}
	there, _ := everyoneDenied(sd)
	if denied {
		missing := rights &^ there
		if missing == 0 {
			return nil, nil
		}
		return accessList(control, slices.Insert(entries, 0, denialOf(missing)))
	}
	if there&rights == 0 {
		return nil, nil
	}
	kept := make([]ace, 0, len(entries))
	for _, entry := range entries {
		was := entry.deniesEveryone()
		if was&rights == 0 {
			kept = append(kept, entry)
		} else if left := was &^ rights; left != 0 {
			other := slices.Clone(entry)
			binary.LittleEndian.PutUint32(other[aceHeader:], left)
			kept = append(kept, other)
		}
	}
	return accessList(control, kept)
}

// denialOf denies everyone rights on this object only.
func denialOf(rights uint32) ace {
	body := append(binary.LittleEndian.AppendUint32(nil, rights), everyoneSID()...)
	return append(binary.LittleEndian.AppendUint16([]byte{aceDenied, 0}, uint16(aceHeader+len(body))), body...)
}

// SetProtected protects an object from deletion, or lifts that, as Windows' tools
// do: everyone is denied the deletion of the object and of the tree below it, and
// the container the deletion of what is in it. What is lifted is the object's part:
// the container's may protect others.
func (b *objects) SetProtected(ctx context.Context, ref models.Ref, protected bool) error {
	action := string(models.Unprotect)
	if protected {
		action = string(models.Protect)
	}
	return b.change(ctx, action, string(ref.DN), func(c *conn) error {
		dn, err := b.nameNow(ctx, c, action, ref)
		if err != nil {
			return err
		}
		if protected { // first what only makes sense with the other, and harms nobody alone
			if err := b.deny(ctx, c, action, string(dn.Parent()), rightDeleteChild, true); err != nil {
				return err
			}
		}
		return b.deny(ctx, c, action, named(ref), rightsOfDeletion, protected)
	})
}

// deny writes the access list of one object, unless it says so already. The server
// has no condition for it: it is read once more just before, and afterwards, and
// what somebody else wrote meanwhile is told.
func (b *objects) deny(ctx context.Context, c *conn, action, name string, rights uint32, denied bool) error {
	before, err := b.accessListOf(ctx, c, name)
	if err != nil {
		return err
	}
	after, err := withDenied(before, rights, denied)
	switch {
	case before == nil:
		return refuse(models.ErrDenied, action, name, "Its access list cannot be read with your account: sign in with one that may change permissions.")
	case err != nil:
		return fmt.Errorf("its access list: %w", err)
	case after == nil:
		return nil
	}
	now, err := b.accessListOf(ctx, c, name)
	if err != nil {
		return err
	}
	if !bytes.Equal(before, now) {
		return refuse(models.ErrBusy, action, name, "Its access list was changed in this moment: look at it and try again.")
	}
	request := replace(name, securityDescriptor, string(after))
	request.Controls = daclOnly()
	return b.modify(ctx, c, request)
}

// accessListOf reads the access list of an object; nil when it may not be read.
func (b *connection) accessListOf(ctx context.Context, c *conn, name string) ([]byte, error) {
	request := baseSearch(name, anything, []string{securityDescriptor})
	request.Controls = daclOnly()
	entry, err := c.one(ctx, b.silence, request)
	if err != nil {
		return nil, err
	}
	return attributesOf(entry).bytes(securityDescriptor), nil
}

// protection tells of an object that was read with its access list whether it is
// protected. Its container is asked only where that decides.
func (b *connection) protection(ctx context.Context, c *conn, o *models.Object, sd []byte) error {
	rights, known := everyoneDenied(sd)
	parent := o.DN.Parent()
	if !known || parent == "" || o.DN.Equal(b.root.baseDN) {
		return nil
	}
	o.Account.DeniesDeletion = models.FlagOf(rights&rightsOfDeletion != 0)
	if rights&rightsOfDeletion != rightsOfDeletion {
		shield(o, models.No)
		return nil
	}
	above, err := b.accessListOf(ctx, c, string(parent))
	if connectionLost(err) || ctx.Err() != nil {
		return err
	}
	shield(o, deniesChildren(above))
	return nil
}

// deniesChildren reports whether a container denies everyone the deletion of what
// is in it.
func deniesChildren(sd []byte) models.Flag {
	rights, known := everyoneDenied(sd)
	if !known {
		return models.Unknown
	}
	return models.FlagOf(rights&rightDeleteChild != 0)
}

// shield notes that an object is protected: it can then be neither deleted nor
// moved.
func shield(o *models.Object, protected models.Flag) {
	if o.Protected = protected; protected == models.Yes {
		o.Deletable, o.Movable = models.No, models.No
	}
}

// shields are what protects the objects of one container from deletion.
type shields struct {
	above models.Flag       // the container denies the deletion of what is in it
	units map[string]uint32 // the rights that its OUs deny themselves
}

// shieldsIn reads what protects the objects in a container. Only of OUs the access
// lists are read, and only where the container does its part: a listing with all of
// them would be many times as long.
func (b *connection) shieldsIn(ctx context.Context, c *conn, base string) (s shields, err error) {
	above, err := b.accessListOf(ctx, c, base)
	if err == nil {
		if s.above = deniesChildren(above); s.above == models.Yes {
			s.units, err = b.protectedUnits(ctx, c, base, ldap.ScopeSingleLevel)
		}
	}
	if err != nil && (connectionLost(err) || ctx.Err() != nil) {
		return shields{}, err
	}
	return s, nil // what is wrong with the container itself, its listing says
}

func (s shields) tell(o *models.Object) {
	switch rights, known := s.units[o.DN.Key()]; {
	case s.above == models.No:
		shield(o, models.No)
	case known:
		shield(o, models.FlagOf(rights == rightsOfDeletion))
	}
}

// protectedUnits are the rights of deletion that the OUs of a container, or all
// below it, deny to everyone.
func (b *connection) protectedUnits(ctx context.Context, c *conn, base string, scope int) (map[string]uint32, error) {
	request := ldap.NewSearchRequest(base, scope, ldap.NeverDerefAliases, 0, 0, false,
		"(objectCategory=organizationalUnit)", []string{securityDescriptor}, nil)
	request.Controls = daclOnly()
	entries, err := b.findAll(ctx, c, request)
	if err != nil {
		return nil, err
	}
	denied := make(map[string]uint32, len(entries))
	for _, entry := range entries {
		if rights, known := everyoneDenied(attributesOf(entry).bytes(securityDescriptor)); known {
			denied[models.DN(entry.DN).Key()] = rights & rightsOfDeletion
		}
	}
	return denied, nil
}
