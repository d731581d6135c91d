//go:build samba

package activedirectory_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// change is one property to be changed, as whoever knows no type writes it.
func change(name string, operation models.Operation, values ...string) models.PropertyChange {
	return models.PropertyChange{Name: name, Operation: operation, Values: values}
}

func flags(name string, mask int32, value string) models.PropertyChange {
	return models.PropertyChange{Name: name, Masked: true, Mask: mask, Values: []string{value}}
}

func modify(t *testing.T, backend *activedirectory.Backend, dn models.DN, changes ...models.PropertyChange) error {
	t.Helper()
	after, err := backend.EditProperties(t.Context(), models.Ref{DN: dn}, models.Modification{Properties: changes})
	if err == nil && after != dn {
		t.Errorf("%s is called %s now", dn, after)
	}
	return err
}

// property reads one of the sheet.
func property(t *testing.T, backend *activedirectory.Backend, dn models.DN, name string) models.Property {
	t.Helper()
	sheet, err := backend.Properties(t.Context(), models.Ref{DN: dn})
	must(t, err)
	p, ok := sheet.Property(name)
	if !ok {
		t.Errorf("%s has no property %s", dn, name)
	}
	return p
}

// raw is what the controller holds, asked for past the backend.
func raw(t *testing.T, c *ldap.Conn, dn models.DN, name string) []string {
	t.Helper()
	found, err := c.Search(ldap.NewSearchRequest(string(dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", []string{name}, nil))
	must(t, err)
	return found.Entries[0].GetAttributeValues(name)
}

// Each kind of value is replaced, cleared, added to and taken from, and the
// controller holds what was meant.
func TestEditProperties(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	container := workshop(t, backend)
	user := newUser(t, backend, container, "plain")
	boss, err := backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: "boss", DisplayName: "Boss, The"}, models.NewSecret(userPassword))
	must(t, err)
	hours := strings.Repeat("\x00\xff\x01", 7)
	for _, step := range []struct {
		change models.PropertyChange
		stored []string // as the controller holds it
		shown  []string // as the sheet has it; nil: as it is stored
	}{
		{change("telephoneNumber", models.Replace, "605-457-8292"), []string{"605-457-8292"}, nil},
		{change("telephoneNumber", models.Replace), nil, nil},
		{change("telephoneNumber", models.Replace), nil, nil},
		{change("telephoneNumber", models.Append, "1"), []string{"1"}, nil},
		{change("telephoneNumber", models.Remove, "2"), []string{"1"}, nil},
		{change("telephoneNumber", models.Remove, "1"), nil, nil},

		{change("otherTelephone", models.Append, "951-837-6935", "717-332-8612"), []string{"951-837-6935", "717-332-8612"}, nil},
		{change("otherTelephone", models.Append, "717-332-8612", "3"), []string{"951-837-6935", "717-332-8612", "3"}, nil},
		{change("otherTelephone", models.Remove, "4", "951-837-6935"), []string{"717-332-8612", "3"}, nil},
		{change("otherTelephone", models.Replace, "5", "ä, 6"), []string{"5", "ä, 6"}, nil},
		{change("otherTelephone", models.Remove, "Ä, 6"), []string{"5"}, nil},
		{change("otherTelephone", models.Replace), nil, nil},

		{change("displayName", models.Replace, "plain"), []string{"plain"}, nil},
		{change("displayName", models.Replace, "Plain"), []string{"Plain"}, nil}, // capitals alone

		{change("manager", models.Replace, string(boss)), []string{string(boss)}, nil},
		{change("manager", models.Replace, "cn="+strings.TrimPrefix(string(boss), "CN=")), []string{string(boss)}, nil},
		{change("secretary", models.Append, string(boss), string(user)), []string{string(boss), string(user)}, nil},
		{change("secretary", models.Remove, strings.ToUpper(string(boss))), []string{string(user)}, nil},

		{change("showInAdvancedViewOnly", models.Replace, "true"), []string{"TRUE"}, nil},
		{change("showInAdvancedViewOnly", models.Replace, "FALSE"), []string{"FALSE"}, nil},
		{change("countryCode", models.Replace, "46"), []string{"46"}, nil},
		{change("msDS-SupportedEncryptionTypes", models.Replace, "4294967295"), []string{"-1"}, nil},
		{change("maxStorage", models.Replace, "-9223372036854775808"), []string{"-9223372036854775808"}, nil},
		{change("maxStorage", models.Replace, "9223372036854775807"), []string{"9223372036854775807"}, nil},
		{change("employeeNumber", models.Replace, "007"), []string{"007"}, nil},
		{change("x121Address", models.Append, "12 34"), []string{"12 34"}, nil},
		{change("networkAddress", models.Append, "a", "B"), []string{"a", "B"}, nil},

		{change("accountExpires", models.Replace, "2027-05-31T02:00:00.5+02:00"), []string{"134561952005000000"}, []string{"2027-05-31T00:00:00.5Z"}},
		{change("accountExpires", models.Replace, "Never"), []string{"0"}, []string{"Never"}},
		{change("msTSExpireDate", models.Replace, "2027-05-31T00:00:00Z"), []string{"20270531000000.0Z"}, []string{"2027-05-31T00:00:00Z"}},

		{change("jpegPhoto", models.Append, "AAEC", "/w=="), []string{"\x00\x01\x02", "\xff"}, []string{"AAEC", "/w=="}},
		{change("jpegPhoto", models.Remove, "AAEC"), []string{"\xff"}, []string{"/w=="}},
		{change("logonHours", models.Replace, base64.StdEncoding.EncodeToString([]byte(hours))), []string{hours}, []string{base64.StdEncoding.EncodeToString([]byte(hours))}},
		{change("logonHours", models.Replace), nil, nil},
	} {
		if err := modify(t, backend, user, step.change); err != nil {
			t.Errorf("%s %s %q: %v", step.change.Operation.Name(), step.change.Name, step.change.Values, err)
			continue
		}
		kind := models.CaseExactString
		if strings.Contains(strings.Join(step.stored, ""), "CN=") {
			kind = models.DNString
		}
		if got := raw(t, c, user, step.change.Name); !models.SameValues(kind, got, step.stored) {
			t.Errorf("%s %s %q: it holds %q, want %q", step.change.Operation.Name(), step.change.Name, step.change.Values, got, step.stored)
		}
		if step.shown == nil {
			step.shown = step.stored
		}
		if got := property(t, backend, user, step.change.Name); got.Fixed != "" || !models.SameValues(kind, got.Values, step.shown) {
			t.Errorf("%s: it shows %q (%s), want %q", step.change.Name, got.Values, got.Fixed, step.shown)
		}
	}
	reports := property(t, backend, boss, "directReports")
	if len(reports.Values) != 1 || !models.DN(reports.Values[0]).Equal(user) || reports.Fixed == "" {
		t.Errorf("the boss's reports: %+v", reports)
	}
}

// All is done or nothing, and the refusal says which value it was.
func TestEditPropertiesIsAllOrNothing(t *testing.T) {
	backend := open(t, asAdministrator())
	dn := newUser(t, backend, workshop(t, backend), "allornothing")
	must(t, modify(t, backend, dn, change("info", models.Replace, "a"), change("otherMobile", models.Append, "1", "2")))
	err := modify(t, backend, dn, change("info", models.Replace, "b"), change("otherMobile", models.Remove, "1"), change("initials", models.Replace, "toolong"))
	wantRefusal(t, "one value too long", err, models.ErrInvalid, "initials: too long")
	wantRefusal(t, "a manager who is not there", modify(t, backend, dn, change("info", models.Replace, "b"), change("manager", models.Replace, "CN=Ghost,"+string(samba.BaseDN()))), models.ErrNotFound, "not there any more")
	wantRefusal(t, "of another class", modify(t, backend, dn, change("info", models.Replace, "b"), change("groupType", models.Replace, "2")), models.ErrInvalid, "have no groupType")
	if info, mobile := property(t, backend, dn, "info"), property(t, backend, dn, "otherMobile"); !slices.Equal(info.Values, []string{"a"}) || len(mobile.Values) != 2 {
		t.Errorf("a part was done: %q %q", info.Values, mobile.Values)
	}
	wantRefusal(t, "nobody", modify(t, backend, "CN=Ghost,"+samba.BaseDN(), change("info", models.Replace, "b")), models.ErrNotFound, "refresh")
}

func TestEditMembersAsAProperty(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	one, two := newUser(t, backend, container, "one"), newUser(t, backend, container, "two")
	group, err := backend.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: "Team"})
	must(t, err)
	for _, step := range []struct {
		change models.PropertyChange
		want   []string
	}{
		{change("member", models.Append, string(one), string(two)), []string{string(one), string(two)}},
		{change("member", models.Append, string(two)), []string{string(one), string(two)}},
		{change("member", models.Remove, string(one), string(group)), []string{string(two)}},
		{change("member", models.Replace, string(one)), []string{string(one)}},
		{change("member", models.Replace), nil},
		{change("member", models.Append, string(one)), []string{string(one)}}, // after it was one
	} {
		if err := modify(t, backend, group, step.change); err != nil {
			t.Errorf("%s %q: %v", step.change.Operation.Name(), step.change.Values, err)
		}
		if got := property(t, backend, group, "member"); got.Fixed != "" || !models.SameValues(models.DNString, got.Values, step.want) {
			t.Errorf("%s %q: %q, want %q", step.change.Operation.Name(), step.change.Values, got.Values, step.want)
		}
	}
	if got := property(t, backend, one, "memberOf"); len(got.Values) != 1 || !strings.Contains(got.Fixed, "change member") {
		t.Errorf("memberOf %+v", got)
	}
	users := samba.BaseDN().Child("CN", "Users")
	wantRefusal(t, "by primary group", modify(t, backend, users.Child("CN", "Domain Users"), change("member", models.Append, string(one))), models.ErrExists, "")
}

func onePixelJPEG(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1)), nil))
	return out.Bytes()
}

func TestPhotoOnSamba(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	dn := newUser(t, backend, container, "photo")
	contact := container.Child("CN", "Contact")
	must(t, sambatest.Add(administrator(t), sambatest.Entry{DN: contact, Class: "contact"}))
	photo := onePixelJPEG(t)
	for _, who := range []models.DN{dn, contact} {
		if now, err := backend.Photo(t.Context(), models.Ref{DN: who}); now != nil || err != nil {
			t.Errorf("at first: %x, %v", now, err)
		}
		_, err := backend.EditProperties(t.Context(), models.Ref{DN: who}, models.Modification{Photo: photo, PhotoSet: true, Properties: []models.PropertyChange{change("info", models.Replace, "with a photo")}})
		must(t, err)
		if now, err := backend.Photo(t.Context(), models.Ref{DN: who}); !slices.Equal(now, photo) || err != nil {
			t.Errorf("%d bytes, want %d, %v", len(now), len(photo), err)
		}
		_, err = backend.EditProperties(t.Context(), models.Ref{DN: who}, models.Modification{PhotoSet: true})
		must(t, err)
		if now, err := backend.Photo(t.Context(), models.Ref{DN: who}); now != nil || err != nil {
			t.Errorf("cleared: %x, %v", now, err)
		}
	}
	_, err := backend.EditProperties(t.Context(), models.Ref{DN: container}, models.Modification{Photo: photo, PhotoSet: true})
	wantRefusal(t, "of an OU", err, models.ErrInvalid, "Only a user or contact")
}

func TestIdentifyOnSamba(t *testing.T) {
	backend := open(t, asAdministrator())
	dn := newUser(t, backend, workshop(t, backend), "identified")
	want := read(t, backend, dn)
	for _, id := range []string{want.Account.GUID, strings.ToUpper(want.Account.GUID), want.Account.SID, "s" + want.Account.SID[1:]} {
		got, err := backend.Identify(t.Context(), id)
		if err != nil || !got.DN.Equal(dn) || got.SAMAccountName != "identified" {
			t.Errorf("%s: %s, %v", id, got.DN, err)
		}
	}
	for _, id := range []string{"11111111-1111-1111-1111-111111111111", "S-1-5-21-1-2-3-4"} {
		if _, err := backend.Identify(t.Context(), id); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestIndirectMembersOnSamba(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	group := func(name string, members ...models.DN) models.DN {
		dn, err := backend.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: name, Scope: models.ScopeUniversal})
		must(t, err)
		must(t, backend.AddMembers(t.Context(), models.Ref{DN: dn}, models.Refs(members...)))
		return dn
	}
	one, two := newUser(t, backend, container, "in(one)"), newUser(t, backend, container, "in_two")
	inner := group("Inner (deep)", one)
	middle := group("Middle", inner, one) // one by two ways
	outer := group("Outer", middle, two)
	for of, want := range map[models.DN][]models.DN{outer: {one, two, inner, middle}, inner: {one}, group("Empty"): nil} {
		got, err := backend.IndirectMembers(t.Context(), models.Ref{DN: of})
		if err != nil || len(got) != len(want) || slices.ContainsFunc(want, func(dn models.DN) bool { return !slices.ContainsFunc(got, dn.Equal) }) {
			t.Errorf("%s: %q, %v, want %q", of, got, err, want)
		}
	}
	if _, err := backend.IndirectMembers(t.Context(), models.Ref{DN: container.Child("CN", "Ghost")}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a group that is not there: %v", err)
	}
}
