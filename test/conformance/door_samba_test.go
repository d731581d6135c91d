//go:build linux && samba

package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"dirdesk/activedirectory"
	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/desk/password"
	"dirdesk/desk/verdict"
	"dirdesk/internal/upstream"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/test/sambatest"
)

// Every change through the desk to a real Samba: done, seen to be done, written
// down, and taken back where that can be; over LDAP alone, and with a DSM in
// front of the same domain.
func TestDoorOnSamba(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	samba, err := sambatest.Start(ctx, sambatest.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, samba.Close()) })
	open := func() *activedirectory.Backend {
		backend, err := activedirectory.Open(t.Context(), activedirectory.Options{
			URL: samba.URL(), TLS: samba.TLS(), Account: samba.Account(), Password: samba.Password(),
		})
		must(t, err)
		t.Cleanup(func() { _ = backend.Close(context.WithoutCancel(t.Context())) })
		return backend
	}
	t.Run("LDAP", func(t *testing.T) { throughTheDoor(t, open(), samba.BaseDN(), "ldap") })
	t.Run("two desks", func(t *testing.T) { twoDesks(t, open(), open(), samba.BaseDN()) })
	t.Run("DSM and LDAP", func(t *testing.T) {
		_, dsm := openSynology(t, simulator.Options{Upstream: upstream.New(open()), Strict: true})
		throughTheDoor(t, desk.Combine(dsm, open()), samba.BaseDN(), "both")
	})
}

// throughTheDoor makes each change in a fresh place named after mark.
func throughTheDoor(t *testing.T, backend desk.Backend, base models.DN, mark string) {
	book, err := journal.Open(t.TempDir()+"/journal.jsonl", nil)
	must(t, err)
	d := desk.New(backend, desk.Options{Mode: desk.Open, Journal: book})
	place := base.Child("OU", "Place, "+mark)
	other := place.Child("OU", "Other")
	user := place.Child("CN", "Ann Smith "+mark)
	group := place.Child("CN", "Team "+mark)
	edit := func(field models.Field, value string) models.Change {
		return models.Change{Action: models.Edit, DN: user, Fields: []models.FieldChange{{Field: field, After: value}}}
	}
	modify := func(properties ...models.PropertyChange) models.Change {
		return models.Change{Action: models.Modify, DN: user, Name: properties[0].Name, Modification: &models.Modification{Properties: properties}}
	}
	made, err := password.Make(models.PasswordPolicy{}, "ann"+mark)
	must(t, err)
	for _, step := range []struct {
		change models.Change
		stays  bool // it is not taken back, for the steps after it
	}{
		{models.Change{Action: models.CreateOU, DN: place, Description: `a "place"`}, true},
		{models.Change{Action: models.CreateOU, DN: other}, true},
		{models.Change{Action: models.CreateUser, Password: made, User: &models.NewUser{
			Container: models.Ref{DN: place}, LogonName: "ann" + mark, GivenName: "Ann", Surname: "Smith", DisplayName: "Ann Smith " + mark,
			Mail: "ann@example.test", Description: `quote " and \ and =`, MustChange: true,
		}}, true},
		{models.Change{Action: models.CreateGroup, Group: &models.NewGroup{
			Container: models.Ref{DN: place}, Name: "Team " + mark, Scope: models.ScopeUniversal, Type: models.TypeDistribution,
		}}, true},
		{edit(models.FieldTelephone, "null"), false},
		{edit(models.FieldGivenName, "Änn"), false},
		{edit(models.FieldMail, ""), false},
		{modify(models.PropertyChange{Name: "otherTelephone", Values: []string{"1"}}), true},
		{modify(models.PropertyChange{Name: "otherTelephone", Operation: models.Append, Values: []string{"2", "1"}}, models.PropertyChange{Name: "manager", Values: []string{string(group)}}), false},
		{modify(models.PropertyChange{Name: "userAccountControl", Masked: true, Mask: -2147418110, Values: []string{"65536"}}), false},
		{models.Change{Action: models.SetPassword, DN: user, Password: models.NewSecret("Other-Horse-7391")}, true},
		{models.Change{Action: models.SetPassword, DN: user, Password: models.NewSecret("Third-Horse-7391"), MustChange: models.Yes}, true},
		{models.Change{Action: models.SetMustChange, DN: user, MustChange: models.No}, false},
		{models.Change{Action: models.AddMembers, DN: group, Members: models.Refs(user)}, false},
		{models.Change{Action: models.Disable, DN: user}, false},
		{models.Change{Action: models.SetExpiry, DN: user, Expiry: models.ExpiryAt(time.Now().Add(48 * time.Hour))}, false},
		{models.Change{Action: models.Rename, DN: user, NewName: `Doe, "A" \ + ` + mark}, false},
		{models.Change{Action: models.Move, DN: user, NewParent: models.Ref{DN: other}}, false},
		{models.Change{Action: models.AddMembers, DN: group, Members: models.Refs(user)}, true},
		{models.Change{Action: models.RemoveMembers, DN: group, Members: models.Refs(user)}, false},
		{models.Change{Action: models.Delete, DN: user}, true},
		{models.Change{Action: models.Delete, DN: place}, true},
	} {
		name := fmt.Sprint(step.change.Action, " ", step.change.Name, step.change.Fields)
		plan, err := d.Plan(t.Context(), []models.Change{step.change}, desk.PlanOptions{Subtree: true})
		if err != nil {
			t.Fatalf("%s: plan: %v", name, err)
		}
		expectDone(t, name, d, plan)
		if step.stays {
			continue
		}
		entry, err := journal.Find(book.Path(), "")
		must(t, err)
		undo, err := d.Undo(t.Context(), []journal.Entry{entry}, nil)
		var cannot *desk.CannotUndo
		if errors.As(err, &cannot) {
			t.Errorf("%s: cannot be undone: %s", name, cannot.Words)
			continue
		}
		must(t, err)
		expectDone(t, "undo "+name, d, undo)
	}
	check, err := journal.Verify(t.Context(), book.Path())
	if err != nil || !check.Whole() {
		t.Errorf("the journal is not whole: %q, %v", check.Problems, err)
	}
}

// expectDone applies a plan, all of which is to be done and seen.
func expectDone(t *testing.T, name string, d *desk.Desk, plan desk.Plan) {
	t.Helper()
	if err := plan.Refused(); err != nil {
		t.Errorf("%s: refused: %v", name, err)
	}
	if slices.ContainsFunc(plan.Steps, func(s desk.Step) bool { return s.Nothing }) {
		t.Errorf("%s: there is nothing to do", name)
	}
	for out := range d.Apply(t.Context(), plan) {
		if out.Verdict != verdict.Done || !out.Verified {
			t.Errorf("%s: %s, verified %v: %s: %v", name, out.Verdict, out.Verified, out.Words, out.Err)
		}
		t.Log(out.Words)
	}
}
