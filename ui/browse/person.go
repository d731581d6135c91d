package browse

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	people "dirdesk/desk/person"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/details"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
)

// isPerson reports whether somebody's page is on the screen.
func (s *state) isPerson() bool { return s.nav.Shown != nil && place.IsPerson(s.nav.Shown.Place) }

// onePerson is why rows cannot be worked on as a list there.
func (s *state) onePerson() string {
	return action.When(s.isPerson(), "this is the page of one person")
}

// openPerson shows the page of somebody whose row is known, at once.
func (w walk) openPerson(o models.Object) tea.Cmd {
	w.load.CancelOpening()
	w.met(o)
	r := loader.NewRows(place.Person(o), w.load.Backend.About())
	r.List.ShowAdvanced(true)
	r.List.Add(models.Page{Objects: []models.Object{o}, Total: 1})
	r.List.Complete()
	r.ReadAt = w.env.Now()
	w.layout.text = list.Text{}
	return w.arrive(navigation.NewView(r), loader.Intent{Into: true})
}

// goManager opens the page of the manager.
func (w walk) goManager() tea.Cmd {
	o, _, _ := w.load.Objects.Described(w.nav.Shown.Object())
	dn := o.Account.Contact.Manager
	return w.load.Open(place.Person(models.Object{DN: dn, Name: place.Name(dn), Category: models.Person}), loader.Intent{Into: true})
}

// whyNoManager says why there is no manager to go to; "" when there is.
func (s *state) whyNoManager() string {
	if !s.isPerson() {
		return "this is for the page of a person, which " + s.key("go.open") + " opens"
	}
	o, _, _ := s.load.Objects.Described(s.nav.Shown.Object())
	return action.When(o == nil || o.Account == nil || o.Account.Contact == nil || o.Account.Contact.Manager == "", "no manager is known of them")
}

// askThrough lists the groups through other groups.
func (w walk) askThrough() tea.Cmd {
	o, _, _ := w.load.Objects.Described(w.nav.Shown.Object())
	w.say(message.Plain, "The groups through other groups stand at the end of the page.")
	return w.load.Person.AskThrough(o)
}

// tellPerson asks for what is not known yet of the person on the screen.
func (s *state) tellPerson() tea.Cmd {
	o := s.nav.Shown.Object()
	if o == nil {
		return nil
	}
	full, whole := s.wholePerson(o)
	cmd := s.load.Objects.Describe(o)
	if !whole {
		return cmd
	}
	return tea.Batch(cmd, s.load.Person.Tell(full, s.env.Hooks.Why(*full).Account(), s.env.Hooks.Done))
}

// wholePerson is all that is told of them by themselves, and whether that is here.
func (s *state) wholePerson(o *models.Object) (full *models.Object, whole bool) {
	if _, can := desk.Capability[desk.Getter](s.load.Backend); !can {
		return o, true
	}
	full, _, err := s.load.Objects.Described(o)
	return full, full != o || err != nil || o.Account != nil && o.Account.Contact != nil
}

// facts are what the page tells of a person.
func (d picture) facts(o *models.Object) people.Facts {
	full, whole := d.wholePerson(o)
	f := people.Facts{
		Object: *full, Why: d.env.Hooks.Why(*full), Now: d.env.Now(), Zone: d.env.Zone, Server: d.load.Backend.About().Backend, Whole: whole,
	}
	_, _, err := d.load.Objects.Described(o)
	f.Unread = err != nil
	if p := d.load.Person; whole {
		f.Controllers, f.Changes, f.Below, f.Through = p.Controllers, p.Changes, p.Below, p.Through
	}
	return f
}

// personPane draws somebody's page.
func (d picture) personPane() []string {
	pane, w, h := d.pane(navigation.TablePane, "")
	pane.Title = d.title(w - 8)
	o := d.nav.Shown.Object()
	if o == nil {
		return d.fill(navigation.TablePane, pane, []string{d.th.Ink.Muted.Render(d.th.Fit(" "+d.nav.Shown.Place.Nothing(d.load.Backend.About()), w))})
	}
	var lines []string
	actions := d.env.Hooks.Actions()
	f := d.facts(o)
	for _, l := range f.Lines() {
		lines = append(lines, d.personLine(l, actions, w)...)
	}
	if _, _, err := d.load.Objects.Described(o); err != nil {
		lines = append(lines, details.FactLines(d.th, details.Fact{Label: "More", Text: "not read: " + err.Error(), Tone: message.Bad}, w)...)
	}
	return d.fill(navigation.TablePane, pane, d.layout.text.Draw(&pane, lines, h, 0))
}

var personTones = [...]message.Tone{
	people.Plain: message.Plain, people.Good: message.Good, people.Warning: message.Warning, people.Bad: message.Bad, people.Muted: message.Muted,
}

// personLine draws one line of the page; one that keeps its place is one line.
func (d picture) personLine(l people.Line, actions []action.Action, width int) []string {
	if l.Tone == people.Heading {
		return []string{d.th.Ink.Title.Render(d.th.Fit(" "+l.Text, width))}
	}
	tone := personTones[l.Tone]
	if l.Wide {
		return []string{tone.Ink(d.th).Render(d.th.Fit(" "+l.Text, width))}
	}
	fact := details.Fact{Label: l.Label, Text: l.Text, Tone: tone}
	key, words := d.mender(l, actions)
	if key == "" {
		if lines := details.FactLines(d.th, fact, width); !l.Fixed || len(lines) <= 1 {
			return lines
		}
		fact.Text = d.th.Cut(l.Text, max(width-16, 4))
		return details.FactLines(d.th, fact, width)[:1]
	}
	room := terminaltext.Width(key) + terminaltext.Width(words) + 3
	left := tone.Ink(d.th).Render(d.th.Fit(" "+l.Text, width-room))
	if text := d.th.Cut(l.Text, max(width-room-16, 4)); text == d.th.Safe(l.Text) || !l.Fixed { // else the label's room is the text's
		left = details.FactLines(d.th, details.Fact{Label: l.Label, Text: text, Tone: tone}, width-room)[0]
	}
	return []string{left + " " + d.th.Ink.Key.Render(key) + " " + d.th.Ink.Muted.Render(words) + " "}
}

// mender is the key that mends a cause, or goes to the manager, with its words.
func (d picture) mender(l people.Line, actions []action.Action) (key, words string) {
	if l.Manager {
		return d.key("go.manager"), "opens"
	}
	i := slices.IndexFunc(actions, func(a action.Action) bool { return slices.Contains(a.Does, l.Mend) })
	if i < 0 || len(actions[i].Keys) == 0 {
		return "", ""
	}
	a := actions[i]
	if a.Unavailable != "" {
		return keymap.Spell(a.Keys[0], d.th.Options.ASCII), "not here"
	}
	words = a.Short
	if words == "" {
		words, _, _ = strings.Cut(a.Name, " ")
	}
	return keymap.Spell(a.Keys[0], d.th.Options.ASCII), words
}
