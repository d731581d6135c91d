package forms_test

import (
	"context"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/index"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/forms"
)

var _ forms.Desk = (*desk.Desk)(nil)

var update = modeltest.UpdateFlag()

const (
	base  models.DN = "DC=corp,DC=example,DC=test"
	staff models.DN = "OU=Staff,DC=corp,DC=example,DC=test"
)

func now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// fakeDesk answers what forms ask, as a test wants it.
type fakeDesk struct {
	denied     map[models.Field]string
	asked      bool // for the rights
	backend    desk.Backend
	cannot     map[models.Action]string
	mustChange bool
	fields     []models.Field
	policy     models.PasswordPolicy
	policyErr  error
	read       func(models.DN) (models.Object, error)
	locate     func(text string) (models.Object, error)
	find       func(ctx context.Context, text string) iter.Seq2[[]models.Object, error]
	searched   []string
	pattern    models.MailPattern
}

func (d *fakeDesk) Backend() desk.Backend                       { return d.backend }
func (d *fakeDesk) Can(a models.Action, _ models.Object) string { return d.cannot[a] }
func (d *fakeDesk) MailPattern() models.MailPattern             { return d.pattern }
func (d *fakeDesk) Refuses(c models.Change) string {
	if len(c.Fields) == 1 {
		return d.denied[c.Fields[0].Field]
	}
	return ""
}
func (d *fakeDesk) KnowsRights(models.Ref) bool { return d.denied == nil || d.asked }
func (d *fakeDesk) May(context.Context, models.Ref) (models.Rights, error) {
	d.asked = true
	return models.Rights{}, nil
}
func (d *fakeDesk) CanMustChange() bool                           { return d.mustChange }
func (d *fakeDesk) EditableFields(models.Category) []models.Field { return d.fields }
func (d *fakeDesk) Policy(context.Context) (models.PasswordPolicy, error) {
	return d.policy, d.policyErr
}

func (d *fakeDesk) Read(_ context.Context, ref models.Ref) (models.Object, error) {
	return d.read(ref.DN)
}

func (d *fakeDesk) Locate(_ context.Context, text string, _ ...models.Category) (models.Object, error) {
	return d.locate(text)
}

func (d *fakeDesk) Find(ctx context.Context, s desk.Search) iter.Seq2[desk.Found, error] {
	d.searched = append(d.searched, s.Text)
	return func(yield func(desk.Found, error) bool) {
		query, known := index.ParseQuery(s.Text), map[string]bool{}
		var all []index.Found
		for objects, err := range d.find(ctx, s.Text) {
			for _, o := range objects {
				if !known[o.DN.Key()] {
					known[o.DN.Key()] = true
					all = append(all, index.Found{Object: o, Rank: query.Rank(&o)})
				}
			}
			slices.SortStableFunc(all, func(a, b index.Found) int { return int(a.Rank) - int(b.Rank) })
			var best []models.Object
			for _, f := range all[:min(len(all), s.Limit)] {
				best = append(best, f.Object)
			}
			if !yield(desk.Found{Objects: best}, err) {
				return
			}
		}
	}
}

// backend is one that knows names and members, and can read one object.
type backend struct {
	desk.Backend
	about   models.About
	asked   []string
	taken   func(name string) (bool, error)
	members []models.DN
}

func (b *backend) About() models.About { return b.about }

func (b *backend) NameTaken(_ context.Context, name string) (bool, error) {
	b.asked = append(b.asked, name)
	return b.taken(name)
}

func (b *backend) Members(context.Context, models.Ref) ([]models.DN, error) { return b.members, nil }

func (b *backend) Get(context.Context, models.Ref) (models.Object, error) {
	return models.Object{}, nil
}

// rig is a form under test, with a person at its keys and a clock that stands.
type rig struct {
	*modeltest.Driver
	t       testing.TB
	form    forms.Form
	desk    *fakeDesk
	backend *backend
	timers  []tea.Msg
	slow    bool // what Init asks for is not answered yet
}

// start opens a form on a directory that can do everything.
func start(t testing.TB, open func(forms.Env) forms.Form, adjust ...func(*rig, *forms.Env)) *rig {
	t.Helper()
	r := &rig{t: t}
	r.backend = &backend{
		about: models.About{Backend: "Test Directory"},
		taken: func(string) (bool, error) { return false, nil },
	}
	r.desk = &fakeDesk{
		backend: r.backend, cannot: map[models.Action]string{}, mustChange: true, fields: models.Fields(),
		policy: models.PasswordPolicy{Known: true, MinLength: 7, Complexity: true, History: 24},
		read: func(dn models.DN) (models.Object, error) {
			return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(dn)}
		},
		find: func(context.Context, string) iter.Seq2[[]models.Object, error] {
			return func(func([]models.Object, error) bool) {}
		},
	}
	th := theme.New(theme.Options{Dark: true})
	env := forms.Env{
		Desk: r.desk, Theme: &th, Context: t.Context(), Container: staff, Base: base, Width: 80, Height: 24,
		Now: now, Zone: time.UTC,
		Later: func(_ time.Duration, msg tea.Msg) tea.Cmd {
			return func() tea.Msg { r.timers = append(r.timers, msg); return nil }
		},
	}
	for _, f := range adjust {
		f(r, &env)
	}
	r.form = open(env)
	t.Cleanup(r.form.Close)
	var init tea.Cmd
	if !r.slow {
		init = r.form.Init()
	}
	r.Driver = modeltest.Start(t, r.form, init)
	return r
}

// fire delivers what was asked for later.
func (r *rig) fire() {
	r.t.Helper()
	timers := r.timers
	r.timers = nil
	for _, msg := range timers {
		r.Send(msg)
	}
}

func (r *rig) shows(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(flat(r.Screen()), text) {
			r.t.Fatalf("%q is not on the screen:\n%s", text, r.Screen())
		}
	}
}

func (r *rig) hides(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(flat(r.Screen()), text) {
			r.t.Fatalf("%q is on the screen:\n%s", text, r.Screen())
		}
	}
}

// flat joins what was wrapped.
func flat(screen string) string { return strings.Join(strings.Fields(screen), " ") }

// line is the row of the screen that has the cursor.
func (r *rig) line() string {
	for line := range strings.SplitSeq(r.Screen(), "\n") {
		if strings.HasPrefix(line, "> ") {
			return line
		}
	}
	return ""
}

func (r *rig) on(label string) {
	r.t.Helper()
	if !strings.HasPrefix(r.line(), "> "+label) {
		r.t.Fatalf("the cursor is not on %q:\n%s", label, r.Screen())
	}
}

// done gives what the form ended with.
func (r *rig) done() forms.Done {
	r.t.Helper()
	d, ok := modeltest.Caught[forms.Done](r.Driver)
	if !ok {
		r.t.Fatalf("the form is not done:\n%s", r.Screen())
	}
	if d.Form != r.form {
		r.t.Fatal("another form is done")
	}
	return d
}

func (r *rig) notDone() {
	r.t.Helper()
	if _, ok := modeltest.Caught[forms.Done](r.Driver); ok {
		r.t.Fatalf("the form is done:\n%s", r.Screen())
	}
}

// only gives the one change that the form ended with.
func (r *rig) only() models.Change {
	r.t.Helper()
	d := r.done()
	if len(d.Changes) != 1 {
		r.t.Fatalf("%d changes: %v", len(d.Changes), d.Changes)
	}
	return d.Changes[0]
}

func person(logon, name string) models.Object {
	return models.Object{
		DN: staff.Child("CN", name), Name: name, SAMAccountName: logon, Category: models.Person,
		Disabled: models.No, Locked: models.No, AccountExpiry: models.Never(),
	}
}

func group(name string) models.Object {
	return models.Object{DN: staff.Child("CN", name), Name: name, SAMAccountName: name, Category: models.Group}
}

// plainBackend can do nothing beyond listing.
type plainBackend struct {
	desk.Backend
	about models.About
}

func (b plainBackend) About() models.About { return b.about }
