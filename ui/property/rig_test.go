package property_test

import (
	"context"
	"encoding/base64"
	"iter"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/forms"
	"dirdesk/ui/property"
)

var (
	_ forms.Form      = (*property.Editor)(nil)
	_ property.Source = (*desk.Desk)(nil)
)

var update = modeltest.UpdateFlag()

const (
	staff models.DN = "OU=Staff,DC=corp,DC=example,DC=test"
	john  models.DN = "CN=John Doe,OU=Staff,DC=corp,DC=example,DC=test"
)

func now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// berlin is one hour ahead of UTC all year, so that tests need no time zones
// database.
func berlin() *time.Location { return time.FixedZone("CET", 3600) }

// directory answers what the editor asks, as a test wants it.
type directory struct {
	forms.Desk
	sheet    models.PropertySheet
	err      error
	asked    int
	property func(name string) (models.Property, error)
	objects  []models.Object
	cannot   string
}

func (d *directory) Can(models.Action, models.Object) string { return d.cannot }

func (d *directory) Properties(context.Context, models.Ref) (models.PropertySheet, error) {
	d.asked++
	return d.sheet, d.err
}

func (d *directory) Property(_ context.Context, name string, _ models.Category) (models.Property, error) {
	return d.property(name)
}

func (d *directory) Find(context.Context, desk.Search) iter.Seq2[desk.Found, error] {
	return func(yield func(desk.Found, error) bool) { yield(desk.Found{Objects: d.objects}, nil) }
}

// rig is an editor under test, with a person at its keys.
type rig struct {
	*modeltest.Driver
	t      testing.TB
	editor *property.Editor
	dir    *directory
	timers []tea.Msg
	theme  theme.Options
	slow   bool // the sheet does not come by itself
	width  int
	height int
	zone   *time.Location
	keys   map[string][]string // the person's own
	now    func() time.Time
}

func start(t testing.TB, adjust ...func(*rig)) *rig {
	t.Helper()
	r := &rig{t: t, width: 80, height: 24, zone: berlin(), now: now, theme: theme.Options{}}
	r.dir = &directory{
		sheet: sheet(),
		property: func(name string) (models.Property, error) {
			return models.Property{}, &models.Error{Kind: models.ErrNotFound, Action: "describe", Object: name}
		},
	}
	for _, f := range adjust {
		f(r)
	}
	th := theme.New(r.theme)
	env := forms.Env{
		Desk: r.dir, Theme: &th, Context: t.Context(), Container: staff, Width: r.width, Height: r.height,
		Now: r.now, Zone: r.zone,
		Later: func(_ time.Duration, msg tea.Msg) tea.Cmd {
			return func() tea.Msg { r.timers = append(r.timers, msg); return nil }
		},
	}
	if r.keys != nil {
		own, _, err := keymap.Default().With(r.keys)
		if err != nil {
			t.Fatal(err)
		}
		env.Keys = own
	}
	o := models.Object{DN: john, Name: "John Doe", SAMAccountName: "jdoe", Category: models.Person}
	r.editor = property.New(env, r.dir, o)
	t.Cleanup(r.editor.Close)
	var init tea.Cmd
	if !r.slow {
		init = r.editor.Init()
	}
	r.Driver = modeltest.Start(t, r.editor, init)
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

// at puts the cursor on a property by filtering.
func (r *rig) at(name string) {
	r.t.Helper()
	r.Press("esc")
	if _, left := modeltest.Caught[forms.Cancelled](r.Driver); left {
		r.Driver.Messages = nil
	}
	r.Press("/")
	r.Type(name)
	r.Press("enter")
	r.on(name)
}

func (r *rig) on(text string) {
	r.t.Helper()
	for line := range strings.SplitSeq(r.Screen(), "\n") {
		if strings.HasPrefix(line, "> ") && strings.Contains(line, text[:min(len(text), 12)]) {
			return
		}
	}
	r.t.Fatalf("the cursor is not on %q:\n%s", text, r.Screen())
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

// sent is what the editor ended with.
func (r *rig) sent() []models.PropertyChange {
	r.t.Helper()
	r.Press("ctrl+s")
	d, ok := modeltest.Caught[forms.Done](r.Driver)
	if !ok {
		r.t.Fatalf("the editor is not done:\n%s", r.Screen())
	}
	if d.Form != r.editor || len(d.Changes) != 1 {
		r.t.Fatalf("it ended with %+v", d)
	}
	c := d.Changes[0]
	if c.Action != models.Modify || c.DN != john || c.Name != "jdoe" || c.Category != models.Person || c.Modification == nil {
		r.t.Fatalf("the change is %+v", c)
	}
	return c.Modification.Properties
}

// only gives the one property that the editor ended with.
func (r *rig) only() models.PropertyChange {
	r.t.Helper()
	all := r.sent()
	if len(all) != 1 {
		r.t.Fatalf("%d properties: %+v", len(all), all)
	}
	return all[0]
}

func (r *rig) notDone() {
	r.t.Helper()
	if _, ok := modeltest.Caught[forms.Done](r.Driver); ok {
		r.t.Fatalf("the editor is done:\n%s", r.Screen())
	}
}

func octets(data ...byte) string { return base64.StdEncoding.EncodeToString(data) }

// office is a week of hours as 21 bytes: Monday to Friday, 08 to 18, in UTC.
func office() string {
	data := make([]byte, 21)
	for day := 1; day <= 5; day++ {
		for hour := 8; hour < 18; hour++ {
			i := day*24 + hour
			data[i/8] |= 1 << (i % 8)
		}
	}
	return octets(data...)
}

// sheet is what a directory might tell of John Doe.
func sheet() models.PropertySheet {
	one, many := models.No, models.Yes
	p := func(name string, t models.PropertyType, multi models.Flag, values ...string) models.Property {
		return models.Property{Name: name, Type: t, Multi: multi, Values: values}
	}
	fixed := func(why string, p models.Property) models.Property {
		p.Fixed = why
		return p
	}
	return models.PropertySheet{DN: john, Category: models.Person, Properties: []models.Property{
		p("accountExpires", models.Timestamp, one, "2026-12-31T23:00:00Z"),
		p("adminCount", models.Integer, one),
		p("assistant", models.DNString, one),
		fixed("rename the object instead", p("cn", models.CaseIgnoreString, one, "John Doe")),
		p("company", models.CaseIgnoreString, one),
		p("description", models.CaseIgnoreString, many, "Sales, second floor"),
		p("employeeNumber", models.CaseIgnoreString, one),
		p("info", models.CaseIgnoreString, one, "Ring first.\r\nOnly mornings."),
		p("logonHours", models.LogonHours, one, office()),
		p("manager", models.DNString, one, "CN=Erika Weber,OU=Staff,DC=corp,DC=example,DC=test"),
		p("maxStorage", models.LargeInteger, one, "1073741824"),
		fixed("kept by the server", p("memberOf", models.DNString, many,
			"CN=Sales,OU=Groups,DC=corp,DC=example,DC=test", "CN=VPN,OU=Groups,DC=corp,DC=example,DC=test")),
		p("msNPAllowDialin", models.Boolean, one, "TRUE"),
		fixed("kept by the server", p("objectGUID", models.OctetString, one, octets(0x7a, 0x42, 0x67, 0xce, 0xd3, 0x54, 0x44, 0xe7, 0x8b, 0xd6))),
		p("otherTelephone", models.CaseIgnoreString, many, "555-0143", "555-0144", "555-0145"),
		p("pager", models.NumericString, one),
		fixed("set by the server when a password is set", p("pwdLastSet", models.Timestamp, one, "2026-01-05T07:30:00Z")),
		p("seeAlso", models.DNString, many, "CN=Erika Weber,OU=Staff,DC=corp,DC=example,DC=test"),
		p("telephoneNumber", models.CaseIgnoreString, one, "555-0142"),
		p("title", models.CaseIgnoreString, one),
		p("userAccountControl", models.Integer, one, "514"),
		p("userCertificate", models.OctetString, many),
		p("userSMIMECertificate", models.OctetString, one),
		fixed("kept by the server", p("whenCreated", models.UTCTime, one, "2020-07-14T16:27:49Z")),
	}}
}

// once expects a text to stand on the screen, and not twice.
func (r *rig) once(text string) {
	r.t.Helper()
	if n := strings.Count(flat(r.Screen()), text); n != 1 {
		r.t.Fatalf("%q is %d times on the screen:\n%s", text, n, r.Screen())
	}
}
