package browse

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/filter"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/models/moment"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
	"dirdesk/ui/trouble"
)

type promptKind uint8

const (
	narrowing promptKind = iota + 1
	going
	copying
	seeking
)

// prompting is a question at the foot of the page.
type prompting struct {
	kind promptKind     // 0: there is none
	line *prompt.Prompt // nil while copying
	finding
	wrong string // what is wrong with the text; stays until it is changed
}

// typing takes the keys while the page captures text.
type typing struct{ walk }

// take takes a key or a paste while the page captures text.
func (t typing) take(msg tea.Msg) tea.Cmd {
	switch {
	case t.sheet != nil:
		if t.sheet.take(msg, t.env.Keys.In(keymap.Facts)) {
			t.state.sheet = nil
		}
		return nil
	case t.ask.kind == copying:
		return t.chooseCopy(msg)
	case t.ask.kind == 0:
		return nil
	}
	keys := t.env.Keys.In(keymap.Narrowing)
	if t.ask.kind == seeking {
		keys = t.env.Keys.In(keymap.Seeking)
	}
	outcome := t.ask.line.Update(msg, keys)
	if t.ask.kind == seeking {
		return t.typedFind(msg, outcome, keys)
	}
	if t.ask.kind == going {
		return t.typedDN(outcome)
	}
	if key, ok := msg.(tea.KeyPressMsg); ok && outcome == prompt.Ignored { // the arrows walk the rows that are left
		t.nav.Shown.Key(keys.ID(key.String()))
	}
	return t.typedNarrow(outcome)
}

func (t typing) askNarrow() tea.Cmd {
	t.nav.Focus = navigation.TablePane
	t.ask = prompting{kind: narrowing, line: prompt.New("Narrow to", t.nav.Shown.Wanted.Narrow.String())}
	return nil
}

func (t typing) typedNarrow(outcome prompt.Outcome) tea.Cmd {
	switch outcome {
	case prompt.Changed:
		conditions, err := filter.Parse(t.ask.line.Value(), moment.Clock{Now: t.env.Now(), Zone: t.env.Zone})
		if t.ask.wrong = ""; err != nil {
			t.ask.wrong = err.Error()
		}
		t.nav.Shown.First() // of what is left; of all while the text is not understood
		return t.narrow(conditions)
	case prompt.Left:
		t.ask = prompting{}
		return t.narrow(filter.Filter{})
	case prompt.Entered:
		if t.ask.wrong != "" {
			return nil
		}
		t.ask = prompting{}
		t.nav.Focus = navigation.TablePane
	}
	return nil
}

func (t typing) askDN() tea.Cmd {
	present := t.nav.Here().DN
	if o := t.nav.Subject(); o != nil {
		present = o.DN
	}
	t.ask = prompting{kind: going, line: prompt.Propose("Go to", string(present))}
	return nil
}

func (t typing) typedDN(outcome prompt.Outcome) tea.Cmd {
	switch outcome {
	case prompt.Changed:
		t.ask.wrong = ""
	case prompt.Left:
		t.ask = prompting{}
	case prompt.Entered:
		text := t.ask.line.Value()
		dn, err := models.ParseDN(text)
		switch {
		case strings.TrimSpace(text) == "":
			t.ask.wrong = "Type a name, a logon name, a path such as Staff/Europe, or a DN."
			return nil
		case !strings.Contains(text, "="):
			t.ask = prompting{}
			return t.load.Objects.Locate(text)
		case err != nil:
			t.ask.wrong = err.Error()
			return nil
		}
		if !dn.Equal(t.info.BaseDN) && !dn.IsBelow(t.info.BaseDN) {
			t.ask.wrong = "This name is not below " + string(t.info.BaseDN) + "."
			return nil
		}
		t.ask = prompting{} // so that the foot tells how it goes, and Esc stops it
		return t.goTo(dn)
	}
	return nil
}

// mend gives a name that does not exist back, unless something else is being typed.
func (t typing) mend(target loader.Target, err error) bool {
	if t.Typing() || !errors.Is(err, models.ErrNotFound) {
		return false
	}
	text, wrong := string(target.DN), "No object has this name. It may have been moved, renamed or deleted."
	if target.Named != "" {
		text, wrong = target.Named, trouble.Line("It is not found", err, models.AdviceFor(err))
	}
	t.ask = prompting{
		kind: going, line: prompt.New("Go to", text),
		wrong: wrong,
	}
	return true
}

// copyable is a text of an object that can be copied.
type copyable struct {
	id    string // of the action
	label string
	text  string
}

func (s *state) copyables(o *models.Object) []copyable {
	all := []copyable{
		{"copy.dn", "DN", string(o.DN)},
		{"copy.logon", "logon name", o.SAMAccountName},
		{"copy.mail", "mail", o.Mail},
	}
	if ask := s.env.Hooks.Ticket; ask != nil {
		all = append(all, copyable{"copy.ticket", "text for the ticket", ask(o)})
	}
	return all
}

func (t typing) askCopy() tea.Cmd {
	t.ask = prompting{kind: copying}
	return nil
}

func (t typing) chooseCopy(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	id, o := t.env.Keys.In(keymap.Copying).ID(key.String()), t.nav.Subject()
	if id == "copy.leave" || o == nil {
		t.ask = prompting{}
		return nil
	}
	for _, c := range t.copyables(o) {
		if c.id == id {
			return t.copy(c, o)
		}
	}
	return nil
}

// copy copies a text; what became of it comes as a clipboard.Copied.
func (t typing) copy(c copyable, o *models.Object) tea.Cmd {
	t.ask = prompting{}
	if c.text == "" {
		t.say(message.Warning, place.Name(o.DN)+" has no "+c.label+" here.")
		return nil
	}
	if strings.Contains(c.text, "\n") {
		t.say(message.Plain, "Copying the "+c.label+".")
		return t.env.Copies.CopyLines("the "+c.label, c.text)
	}
	t.say(message.Plain, "Copying the "+c.label+": "+c.text)
	return t.env.Copies.Copy("the "+c.label, c.text)
}

// copied says what became of a copy. Of a password its own view says it.
func (s *state) copied(msg clipboard.Copied) {
	tone := message.Plain
	if !msg.Certain {
		tone = message.Warning
	}
	if !msg.Secret {
		s.say(tone, msg.Words)
	}
}
