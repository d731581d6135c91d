//go:build samba

package activedirectory_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/test/sambatest"
)

func TestCreateGroupOfEachKind(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	for _, test := range []struct {
		scope models.GroupScope
		kind  models.GroupType
		bits  int32
	}{
		{models.ScopeGlobal, models.TypeSecurity, -2147483646},
		{models.ScopeLocal, models.TypeSecurity, -2147483644},
		{models.ScopeUniversal, models.TypeSecurity, -2147483640},
		{models.ScopeGlobal, models.TypeDistribution, 2},
		{models.ScopeLocal, models.TypeDistribution, 4},
		{models.ScopeUniversal, models.TypeDistribution, 8},
	} {
		name := fmt.Sprintf("%s %s", test.scope, test.kind)
		dn, err := backend.CreateGroup(t.Context(), models.NewGroup{
			Container: models.Ref{DN: container}, Name: name, Scope: test.scope, Type: test.kind, Mail: "g@example.test", Description: "a <group>",
		})
		must(t, err)
		object := read(t, backend, dn)
		if object.Account.GroupType != test.bits || object.SAMAccountName != name || object.Mail != "g@example.test" || object.Description != "a <group>" {
			t.Errorf("%s: %+v of type %d", name, object, object.Account.GroupType)
		}
	}
	for name, test := range map[string]struct {
		group  models.NewGroup
		kind   error
		advice string
	}{
		"taken elsewhere":   {models.NewGroup{Container: models.Ref{DN: samba.BaseDN().Child("CN", "Users")}, Name: "Global Security"}, models.ErrExists, "logon name already"},
		"taken here":        {models.NewGroup{Container: models.Ref{DN: container}, Name: "GLOBAL SECURITY"}, models.ErrExists, "already"},
		"of no such scope":  {models.NewGroup{Container: models.Ref{DN: container}, Name: "x", Scope: "world"}, models.ErrInvalid, "scope"},
		"of no such type":   {models.NewGroup{Container: models.Ref{DN: container}, Name: "x", Type: "mail"}, models.ErrInvalid, "type"},
		"nameless":          {models.NewGroup{Container: models.Ref{DN: container}, Name: " "}, models.ErrInvalid, "both"},
		"with a slash":      {models.NewGroup{Container: models.Ref{DN: container}, Name: "a/b"}, models.ErrInvalid, "not allowed"},
		"in no such place":  {models.NewGroup{Container: models.Ref{DN: "OU=Ghost," + samba.BaseDN()}, Name: "x"}, models.ErrNotFound, "container"},
		"OU's name is long": {models.NewGroup{Container: models.Ref{DN: container}, Name: strings.Repeat("x", 300)}, models.ErrInvalid, "too long"},
	} {
		_, err := backend.CreateGroup(t.Context(), test.group)
		wantRefusal(t, name, err, test.kind, test.advice)
	}
}

func TestOUs(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	dn, err := backend.CreateOU(t.Context(), models.Ref{DN: container}, `R&D, "new" <=> #1 `, "odd")
	must(t, err)
	if object := read(t, backend, dn); object.Category != models.OrganizationalUnit || object.Description != "odd" || strings.TrimSpace(object.Name) != `R&D, "new" <=> #1` {
		t.Errorf("got %+v", object)
	}
	_, err = backend.CreateOU(t.Context(), models.Ref{DN: container}, `r&d, "NEW" <=> #1`, "")
	wantRefusal(t, "twice", err, models.ErrExists, "already")
}

func memberNames(t *testing.T, backend *activedirectory.Backend, group models.DN) []string {
	t.Helper()
	members, err := backend.Members(t.Context(), models.Ref{DN: group})
	must(t, err)
	all := []string{}
	for _, member := range members {
		all = append(all, member.RDN().Value)
	}
	slices.Sort(all)
	return all
}

func TestMembers(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	group, err := backend.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: "Crew (1)"})
	must(t, err)
	ann, ben, cat := newUser(t, backend, container, "ann"), newUser(t, backend, container, "ben"), newUser(t, backend, container, "cat")
	ghost := container.Child("CN", "ghost")
	users := samba.BaseDN().Child("CN", "Users").Child("CN", "Domain Users")

	must(t, backend.RemoveMembers(t.Context(), models.Ref{DN: group}, models.Refs(ann))) // of a group that never had any
	must(t, backend.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(ann, ben)))
	must(t, backend.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(ben, cat, cat)))
	if got := memberNames(t, backend, group); !slices.Equal(got, []string{"ann", "ben", "cat"}) {
		t.Errorf("members %v", got)
	}
	must(t, backend.RemoveMembers(t.Context(), models.Ref{DN: group}, models.Refs(ann, ann)))
	wantRefusal(t, "nobody to remove", backend.RemoveMembers(t.Context(), models.Ref{DN: group}, models.Refs(ghost, ben)), models.ErrNotFound, "choose again")
	if got := memberNames(t, backend, group); !slices.Equal(got, []string{"cat"}) {
		t.Errorf("members %v", got)
	}
	err = backend.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(ghost, ann, group.Parent().Child("CN", "phantom")))
	wantRefusal(t, "two of three are gone", err, models.ErrNotFound, "choose again")
	if got := memberNames(t, backend, group); !slices.Equal(got, []string{"ann", "cat"}) {
		t.Errorf("what could be added was not: %v", got)
	}
	var said *models.Error
	if errors.As(err, &said); said.Object != "2 of 3 members" || !strings.Contains(said.Server, "ghost") || !strings.Contains(said.Server, "phantom") {
		t.Errorf("got %+v", said)
	}
	wantRefusal(t, "one is gone", backend.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(ghost)), models.ErrNotFound, "choose again")
	wantRefusal(t, "the group is gone", backend.AddMembers(t.Context(), models.Ref{DN: ghost}, models.Refs(ann)), models.ErrNotFound, "refresh")

	must(t, backend.AddMembers(t.Context(), models.Ref{DN: users}, models.Refs(ann))) // is in it by primary group
	wantRefusal(t, "primary group", backend.RemoveMembers(t.Context(), models.Ref{DN: users}, models.Refs(ann)), models.ErrPolicy, "primary group")
	must(t, backend.RemoveMembers(t.Context(), models.Ref{DN: users}, models.Refs(group)))
	if _, err := backend.Members(t.Context(), models.Ref{DN: ghost}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("members of nothing: %v", err)
	}
}

func TestEachEditableFieldIsInTheSchema(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	container := workshop(t, backend)
	group, err := backend.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: "Fielders"})
	must(t, err)
	computer, plain := container.Child("CN", "HOST"), container.Child("CN", "Plain")
	must(t, sambatest.Add(c, sambatest.Entry{DN: computer, Class: "computer", Attributes: map[string][]string{"sAMAccountName": {"HOST$"}}}))
	must(t, sambatest.Add(c, sambatest.Entry{DN: plain, Class: "container"}))
	for category, dn := range map[models.Category]models.DN{
		models.Person: newUser(t, backend, container, "fields"), models.Group: group,
		models.Computer: computer, models.Container: plain, models.OrganizationalUnit: container,
	} {
		for _, value := range []string{"x=ü", "", ""} { // cleared twice: no error
			var changes []models.FieldChange
			for _, field := range backend.EditableFields(category) {
				changes = append(changes, models.FieldChange{Field: field, After: value})
			}
			if len(changes) == 0 {
				t.Errorf("%s: nothing to edit", category)
			}
			if err := backend.EditFields(t.Context(), models.Ref{DN: dn}, changes); err != nil {
				t.Errorf("%s: %v", category, err)
				continue
			}
			object := read(t, backend, dn)
			for _, change := range changes {
				if got, known := change.Field.Of(object); !known || got != value {
					t.Errorf("%s: %s is %q, want %q", category, change.Field, got, value)
				}
			}
		}
	}
}

func TestEditRefusals(t *testing.T) {
	backend := open(t, asAdministrator())
	dn := newUser(t, backend, workshop(t, backend), "edited")
	err := backend.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{
		{Field: models.FieldDescription, After: "new"}, {Field: models.FieldInitials, After: "TOOLONGX"},
	})
	wantRefusal(t, "long initials", err, models.ErrInvalid, "initials: too long")
	if got := read(t, backend, dn).Description; got != "" {
		t.Errorf("half of it was done: description %q", got)
	}
	err = backend.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: "objectSid", After: "x"}})
	wantRefusal(t, "no field", err, models.ErrUnsupported, "none that can be edited")
	err = backend.EditFields(t.Context(), models.Ref{DN: "CN=Ghost," + samba.BaseDN()}, []models.FieldChange{{Field: models.FieldMail, After: "x"}})
	wantRefusal(t, "nobody", err, models.ErrNotFound, "refresh")

	options := asAdministrator()
	options.Account, options.Password = "edited", models.NewSecret(userPassword)
	err = open(t, options).EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldDescription, After: "mine"}})
	wantRefusal(t, "without the right", err, models.ErrDenied, "has the permission")
}
