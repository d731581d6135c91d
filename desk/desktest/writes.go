package desktest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// WriteOptions say what [RunWrites] tests.
type WriteOptions struct {
	Backend desk.Backend // signed in; it is left open
	Base    models.DN    // where WriteEntries(Base) was made

	// Get reads an object as the directory holds it, past the backend, so that
	// what is found does not hang on what is tested.
	Get func(ctx context.Context, ref models.Ref) (models.Object, error)
	// Values reads one attribute as the directory holds it, past the backend: in
	// LDAP's own form. Without it the backend's own word is taken for it.
	Values func(ctx context.Context, dn models.DN, attribute string) ([]string, error)
	// SignIn tries a password on the directory itself.
	SignIn func(dn models.DN, password models.Secret) error
	// Lock locks an account out.
	Lock func(dn models.DN) error
	// HalfMakes says that the server makes an account all the same when it does
	// not take the password, and warns; the backend and the desk have to say so.
	HalfMakes bool
	// AnyPassword has the domain take every password until the test ends.
	AnyPassword func(t *testing.T)
}

// RunWrites holds a backend that changes a directory to the suite's steps, each
// a subtest. Every change goes through the desk, whose verdict is compared with
// what the directory then holds. What the backend cannot do has to be said.
//
// The steps make objects below OU=Writes and leave some of them there: a
// directory takes the suite once.
func RunWrites(t *testing.T, options WriteOptions) {
	for _, step := range []struct {
		name string
		run  func(*writes, *testing.T)
	}{
		{"what it can and cannot", (*writes).abilities},
		{"new users", (*writes).newUsers},
		{"new users in their states", (*writes).newUserStates},
		{"new users refused", (*writes).newUsersRefused},
		{"new groups", (*writes).newGroups},
		{"new groups refused", (*writes).newGroupsRefused},
		{"edit and clear", (*writes).edit},
		{"edit refused", (*writes).editRefused},
		{"edit undone", (*writes).editUndone},
		{"passwords", (*writes).passwords},
		{"passwords refused", (*writes).passwordsRefused},
		{"any password", (*writes).anyPassword},
		{"must change with a password", (*writes).passwordMustChange},
		{"members", (*writes).members},
		{"members refused", (*writes).membersRefused},
		{"members taken out", (*writes).membersOut},
		{"primary group", (*writes).primaryGroup},
		{"enable and disable", (*writes).enable},
		{"unlock", (*writes).unlock},
		{"expiry", (*writes).expiry},
		{"must change", (*writes).mustChange},
		{"new OU", (*writes).newOU},
		{"rename", (*writes).rename},
		{"move", (*writes).move},
		{"protect from deletion", (*writes).protect},
		{"delete", (*writes).remove},
		{"delete refused", (*writes).removeRefused},
		{"several at once", (*writes).several},
		{"properties shown", (*writes).propertiesShown},
		{"properties changed", (*writes).propertiesChanged},
		{"properties of other types", (*writes).propertyTypes},
		{"properties refused", (*writes).propertiesRefused},
		{"properties taken back", (*writes).propertiesUndone},
		{"flags of accounts", (*writes).accountFlags},
		{"flags of groups", (*writes).groupFlags},
		{"renamed by its property", (*writes).nameProperty},
		{"photo", (*writes).photo},
		{"licences", (*writes).licences},
		{"password with options", (*writes).passwordOptions},
		{"members through groups", (*writes).indirectMembers},
		{"named by GUID and SID", (*writes).identify},
		{"read-only", (*writes).readOnly},
	} {
		t.Run(step.name, func(t *testing.T) { step.run(newWrites(t, options), t) })
	}
}

// writes is one step: a desk with a journal of its own, in which no password of
// the step may be found.
type writes struct {
	WriteOptions
	desk    *desk.Desk
	journal *journal.Journal
	secrets []string
}

func newWrites(t *testing.T, options WriteOptions) *writes {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	book, err := journal.Open(path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w := &writes{WriteOptions: options, journal: book}
	w.desk = desk.New(options.Backend, desk.Options{
		Mode: desk.Open, Journal: book, Settle: []time.Duration{}, Operator: journal.Operator{Account: "tester"},
	})
	t.Cleanup(func() { w.checkJournal(t) })
	return w
}

func (w *writes) workshop() models.DN { return workshop(w.Base) }

// secret makes a password that the journal is searched for.
func (w *writes) secret(text string) models.Secret {
	w.secrets = append(w.secrets, text)
	return models.NewSecret(text)
}

// good is a password that every policy takes.
func (w *writes) good() models.Secret { return w.secret("Kettle-Blue-42") }

// checkJournal looks for broken lines and for passwords.
func (w *writes) checkJournal(t *testing.T) {
	path := w.journal.Path()
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		t.Error(err)
		return
	}
	for _, secret := range w.secrets {
		if len(secret) > 5 && strings.Contains(string(text), secret) {
			t.Errorf("the journal holds the password %q", secret)
		}
	}
	if len(text) == 0 {
		return
	}
	if check, err := journal.Verify(t.Context(), path); err != nil || !check.Whole() {
		t.Errorf("the journal: %v %v", err, check.Problems)
	}
}

// try plans and applies changes.
func (w *writes) try(t *testing.T, changes ...models.Change) []desk.Outcome {
	t.Helper()
	plan, err := w.desk.Plan(t.Context(), changes, desk.PlanOptions{})
	if err != nil {
		t.Fatalf("plan %s %s: %v", changes[0].Action, changes[0].DN, err)
	}
	return w.apply(t, plan)
}

func (w *writes) apply(t *testing.T, plan desk.Plan) []desk.Outcome {
	t.Helper()
	var all []desk.Outcome
	for out := range w.desk.Apply(t.Context(), plan) {
		all = append(all, out)
	}
	if len(all) != len(plan.Steps) {
		t.Fatalf("%d outcomes of %d steps", len(all), len(plan.Steps))
	}
	return all
}

// done makes one change, which has to work and to be seen to have worked.
func (w *writes) done(t *testing.T, change models.Change, words ...string) desk.Outcome {
	t.Helper()
	out := w.accepted(t, change, words...)
	if !out.Verified {
		t.Errorf("%s %s: not verified: %s", change.Action, change.DN, out.Words)
	}
	return out
}

// accepted makes one change that has to work.
func (w *writes) accepted(t *testing.T, change models.Change, words ...string) desk.Outcome {
	t.Helper()
	out := w.try(t, change)[0]
	if out.Verdict != verdict.Done || out.Err != nil {
		t.Fatalf("%s %s: %s: %s (%v)", change.Action, change.DN, out.Verdict, out.Words, out.Err)
	}
	for _, text := range words {
		if !strings.Contains(out.Words, text) {
			t.Errorf("%s %s: %q does not say %q", change.Action, change.DN, out.Words, text)
		}
	}
	return out
}

// refused makes one change that has to fail with an error of one of the kinds,
// in words that say what was tried on what.
func (w *writes) refused(t *testing.T, what string, change models.Change, kinds ...error) {
	t.Helper()
	out := w.try(t, change)[0]
	if out.Verdict != verdict.NotTried && out.Verdict != verdict.Failed {
		t.Errorf("%s: %s: %s", what, out.Verdict, out.Words)
	}
	wantKind(t, what, out.Err, kinds...)
}

// wantKind asks for an error of one of the kinds that a person can read.
func wantKind(t *testing.T, what string, err error, kinds ...error) {
	t.Helper()
	right := false
	for _, kind := range kinds {
		right = right || errors.Is(err, kind)
	}
	var e *models.Error
	switch {
	case !right:
		t.Errorf("%s: %v, want %v", what, err, kinds)
	case !errors.As(err, &e):
		t.Errorf("%s: a %T does not say what to do: %v", what, err, err)
	case e.Action == "" || e.Object == "":
		t.Errorf("%s: the error says what was tried (%q) on what (%q)", what, e.Action, e.Object)
	}
}

// stored is the object as the directory holds it.
func (w *writes) stored(t *testing.T, dn models.DN) models.Object {
	t.Helper()
	o, err := w.Get(t.Context(), models.Ref{DN: dn})
	if err != nil {
		t.Fatalf("look at %s: %v", dn, err)
	}
	return o
}

func (w *writes) gone(t *testing.T, dn models.DN) {
	t.Helper()
	if o, err := w.Get(t.Context(), models.Ref{DN: dn}); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("%s is there: %v, %v", dn, o.DN, err)
	}
}

// lastEntry is the newest change in the journal.
func (w *writes) lastEntry(t *testing.T) journal.Entry {
	t.Helper()
	var last journal.Entry
	for e, err := range journal.Read(w.journal.Path()) {
		if err != nil {
			t.Fatal(err)
		}
		last = e
	}
	if last.ID == "" {
		t.Fatal("nothing was written down")
	}
	return last
}

// undo takes the last change back.
func (w *writes) undo(t *testing.T) {
	t.Helper()
	plan, err := w.desk.Undo(t.Context(), []journal.Entry{w.lastEntry(t)}, nil)
	if err != nil {
		t.Fatalf("undo: %v", err)
	}
	for _, out := range w.apply(t, plan) {
		if out.Verdict != verdict.Done || !out.Verified {
			t.Errorf("undo: %s: %s (%v)", out.Verdict, out.Words, out.Err)
		}
	}
}

// newUser makes a user for a step to work on.
func (w *writes) newUser(t *testing.T, logon string) models.DN {
	t.Helper()
	return w.done(t, models.Change{
		Action: models.CreateUser, Password: w.good(),
		User: &models.NewUser{Container: models.Ref{DN: w.workshop()}, LogonName: logon},
	}).NewDN
}

func (w *writes) newGroup(t *testing.T, name string) models.DN {
	t.Helper()
	return w.done(t, models.Change{Action: models.CreateGroup, Group: &models.NewGroup{
		Container: models.Ref{DN: w.workshop()}, Name: name, Scope: models.ScopeGlobal, Type: models.TypeSecurity,
	}}).NewDN
}

// can reports an ability. Where there is none the step has nothing to do: that
// it is said is a step of its own.
func can[T any](t *testing.T, w *writes) T {
	t.Helper()
	found, ok := desk.Capability[T](w.Backend)
	if !ok {
		t.Skip("the connection cannot do that, and says so")
	}
	return found
}
