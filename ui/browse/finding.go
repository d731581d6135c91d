package browse

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/prompt"
)

// findAfter is how long a text has to stay as it is before it is searched for.
const findAfter = 150 * time.Millisecond

// findDueMsg says that a text has stayed as it is for a while.
type findDueMsg struct{ typed int }

// finding is what is being searched for as it is typed.
type finding struct {
	kinds place.Kinds
	typed int  // counts changes of the text, to search for the last only
	moved bool // the cursor was put on a row that is not the best
}

// askFind lets somebody be found by what is typed.
func (t typing) askFind() tea.Cmd {
	t.nav.Focus = navigation.TablePane
	var text string
	is := false
	t.ask = prompting{kind: seeking, finding: finding{typed: t.ask.typed + 1}}
	if t.nav.Shown != nil {
		text, t.ask.kinds, is = place.Sought(t.nav.Shown.Place)
	}
	t.ask.line = prompt.Propose(t.findLabel(), text)
	t.ask.line.Hint = "the photo's key is " + t.key("change.photo") + " now"
	if is {
		return nil
	}
	return t.search()
}

func (t typing) findLabel() string {
	if kinds := t.ask.kinds.Label(); kinds != "" {
		return "Find " + kinds
	}
	return "Find"
}

// typedFind takes a key while a text to be found is typed.
func (t typing) typedFind(msg tea.Msg, outcome prompt.Outcome, keys keymap.Keys) tea.Cmd {
	key, _ := msg.(tea.KeyPressMsg)
	id := keys.ID(key.String())
	switch {
	case outcome == prompt.Entered:
		return t.found()
	case outcome == prompt.Left:
		return t.leaveFind()
	case id == "find.kinds":
		t.ask.kinds = t.ask.kinds.Next()
		t.ask.line.Label = t.findLabel()
	case outcome == prompt.Ignored && t.nav.Shown != nil: // the arrows walk the rows
		t.nav.Shown.Key(id)
		t.ask.moved = t.nav.Shown.Table.Cursor() > 0
		return nil
	case outcome != prompt.Changed:
		return nil
	}
	t.load.CancelOpening() // an answer to an older text is of no use
	t.ask.wrong, t.ask.moved, t.ask.line.Hint = "", false, ""
	t.ask.typed++
	return t.env.Later(findAfter, findDueMsg{t.ask.typed})
}

// due searches once the text has stayed as it is for a while.
func (t typing) due(msg findDueMsg) tea.Cmd {
	if t.ask.kind != seeking || msg.typed != t.ask.typed {
		return nil
	}
	return t.search()
}

// search asks for what is typed, unless that is on the screen or on its way.
func (t typing) search() tea.Cmd {
	at := place.Search(t.ask.line.Value(), t.ask.kinds)
	if text, _, _ := place.Sought(at); text == "" {
		at = t.recentPlace()
	}
	switch coming := t.load.Coming; {
	case coming != nil && place.Same(coming.Place, at):
		return nil
	case t.nav.Shown != nil && place.Same(t.nav.Shown.Place, at):
		t.load.CancelOpening()
		return nil
	}
	return t.load.Open(at, loader.Intent{How: loader.Refine, Into: true})
}

// found goes to the rows. What has not come yet comes there: until then no row is
// under the cursor, least of all one of an older text.
func (t typing) found() tea.Cmd {
	cmd := t.search()
	t.ask = prompting{finding: t.ask.finding}
	if o := t.load.Present(); o != nil {
		cmd = tea.Batch(cmd, t.arrive(navigation.NewView(o.Rows), o.Intent))
	}
	t.nav.Keep()
	return cmd
}

// leaveFind goes back to where the person was.
func (t typing) leaveFind() tea.Cmd {
	t.ask = prompting{finding: t.ask.finding}
	t.load.CancelOpening()
	if !t.nav.Refined() {
		return nil
	}
	return t.back()
}

// keepBest keeps the cursor on the best of what is found, as long as it is typed
// and nobody moves it.
func (t typing) keepBest() {
	if v := t.nav.Shown; t.ask.kind == seeking && !t.ask.moved && v != nil && t.nav.Refined() {
		v.Table.MoveTo(0)
	}
}

// back goes to the place before, or to the top.
func (w walk) back() tea.Cmd {
	if before := w.nav.Before(); before != nil {
		return w.travel(before, loader.Back)
	}
	return w.open(w.info.BaseDN, loader.Intent{})
}

// goToObject goes to the object under the cursor in its container; where that is
// the place on the screen, it asks for another name.
func (t typing) goToObject() tea.Cmd {
	if o := t.nav.Shown.Object(); t.isElsewhere() && o != nil {
		t.met(*o)
		return t.arriveAt(loader.Target{DN: o.DN})
	}
	return t.askDN()
}

// isElsewhere reports whether the rows come from several containers.
func (s *state) isElsewhere() bool {
	return s.nav.Shown != nil && s.nav.Focus == navigation.TablePane && s.nav.Shown.Place.Container() == ""
}

// survey is the desk that tells how far the domain was read; nil where the place on
// the screen needs no such reading.
func (s *state) survey() *desk.Desk {
	r := s.rows()
	if s.load.Coming != nil {
		r = cmp.Or(s.load.Coming.Rows, r)
	}
	if r == nil || !r.Place.Searches() {
		return nil
	}
	return desk.New(s.load.Backend, desk.Options{})
}
