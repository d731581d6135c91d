package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/tree"
)

// walk makes the ways through the directory of navigation and loader: where the
// person points at is opened, and what was opened is shown.
type walk struct{ *state }

// arrive puts a place on the screen whose first page has come.
func (w walk) arrive(v *navigation.View, intent loader.Intent) tea.Cmd {
	if !intent.Quiet {
		w.foot = foot{}
	}
	at := v.Place.Container()
	if intent.ByHand {
		w.env.Hooks.Reread(func(dn models.DN) bool { return at != "" && dn.Parent().Equal(at) || v.List.Get(dn) != nil })
	}
	if old := w.nav.Shown; old != nil {
		w.load.Leave(old.Rows)
	}
	w.nav.Arrive(v, intent)
	w.load.Objects.Forget()
	w.load.Person.Renew()
	shown := w.nav.Shown
	var cmds []tea.Cmd
	if intent.Seek && shown.Table.Wanted() != "" {
		cmds = append(cmds, w.load.Seek(shown.Rows, intent.Cursor))
	}
	if intent.How != loader.Follow && intent.Anew == nil && at != "" {
		cmds = append(cmds, w.load.Tree.Reveal(at))
	}
	return tea.Batch(append(cmds, w.load.Rearrange(shown.Rows))...)
}

// show puts the cursor on the object that the shown place was read for.
func (w walk) show(o *models.Object) tea.Cmd {
	var cmd tea.Cmd
	if o.IsAside() && !w.load.Advanced {
		cmd = w.setAdvanced(true)
	}
	w.nav.Shown.Table.Seek(o.DN, w.nav.Shown.Table.Cursor())
	return cmd
}

// move moves the cursor of the focused pane as an action says.
func (w walk) move(id string) tea.Cmd {
	switch w.nav.Focus {
	case navigation.TreePane:
		_, room := w.layout.inner(navigation.TreePane)
		by, _ := list.Steps(id, room, w.nav.Tree.Len())
		return w.moveTree(by)
	case navigation.DetailsPane:
		w.layout.text.Key(id)
	default:
		if w.isPerson() {
			w.layout.text.Key(id)
			return nil
		}
		w.nav.Shown.Key(id)
		if why := w.nav.Shown.List.Cut(); id == "move.last" && why != "" {
			w.say(message.Warning, "This is the last row shown, not the last there is: "+why+".")
		}
	}
	return nil
}

// moveTree moves the tree's cursor; what was to be revealed is given up.
func (w walk) moveTree(by int) tea.Cmd {
	w.load.Tree.StayHere()
	return w.nav.MoveTree(by)
}

// follow opens the container on which the tree's cursor rests.
func (w walk) follow(msg navigation.RestedMsg) tea.Cmd {
	if !w.nav.Rested(msg) {
		return nil
	}
	at, coming := w.nav.Tree.Cursor().DN, w.load.Coming
	switch {
	case coming != nil && coming.Place.Container().Equal(at):
		return nil
	case w.nav.IsShown(at):
		w.load.CancelOpening()
		return nil
	}
	return w.open(at, loader.Intent{How: loader.Follow})
}

// openCursor opens the container or the person under the cursor; else it shows the
// details.
func (w walk) openCursor() tea.Cmd { return w.openUnder(false) }

// openUnder opens what is under the cursor; below: what is below it, whatever it is.
func (w walk) openUnder(below bool) tea.Cmd {
	if w.nav.Focus == navigation.TreePane {
		n := w.nav.Tree.Cursor()
		w.nav.Settle()
		cmd := w.load.Tree.Unfold(n)
		if w.nav.IsShown(n.DN) {
			w.load.CancelOpening()
			w.nav.Focus = navigation.TablePane
			return cmd
		}
		return tea.Batch(cmd, w.open(n.DN, loader.Intent{Into: true}))
	}
	o := w.nav.Shown.Object()
	if o.Category == models.Person && !below && w.nav.Focus != navigation.DetailsPane {
		return w.openPerson(*o)
	}
	if !o.Category.HoldsObjects() && !below {
		w.layout.openDetails()
		return nil
	}
	return w.open(o.DN, loader.Intent{Into: true})
}

// goUp opens the place above, the cursor on where it came from.
func (w walk) goUp() tea.Cmd {
	switch w.nav.Focus {
	case navigation.DetailsPane:
		w.layout.leaveDetails()
		return nil
	case navigation.TreePane:
		from := w.nav.Tree.Cursor().DN
		return w.open(from.Parent(), loader.Intent{Cursor: from})
	default:
		at := w.nav.Shown.Place
		if above := at.Up(); above != nil {
			return w.load.Open(above, loader.Intent{Cursor: at.Container()})
		}
		return w.back()
	}
}

func (w walk) goRight() tea.Cmd {
	if w.nav.Focus != navigation.TreePane {
		return w.openUnder(true)
	}
	n := w.nav.Tree.Cursor()
	if n.Open() && n.State == tree.Ready {
		return w.moveTree(1)
	}
	return w.load.Tree.Unfold(n)
}

func (w walk) goLeft() tea.Cmd {
	if w.nav.Focus != navigation.TreePane {
		return w.goUp()
	}
	w.load.Tree.StayHere()
	return w.nav.Fold()
}

// travel shows the place of a step again, reading it where its rows are not fresh.
func (w walk) travel(s *navigation.Step, how loader.How) tea.Cmd {
	v := s.Fresh(w.env.Now())
	if v == nil {
		return w.load.Open(s.Place, s.Intent(how))
	}
	w.load.CancelOpening()
	v.List.ShowAdvanced(w.load.Advanced)
	cmd := w.arrive(v, s.Intent(how))
	w.nav.Shown.Table.Changed()
	return cmd
}

// goTo finds out what a name stands for, and goes there.
func (w walk) goTo(dn models.DN) tea.Cmd {
	if dn.Equal(w.info.BaseDN) {
		return w.arriveAt(loader.Target{DN: dn, Container: true})
	}
	return w.load.Objects.Find(dn)
}

func (w walk) arriveAt(t loader.Target) tea.Cmd {
	if t.Several {
		cmd := w.load.Open(place.Search(t.Named, place.Everything), loader.Intent{Into: true, Quiet: true})
		w.say(message.Warning, "Several objects are called so: choose one.")
		return cmd
	}
	if t.Container {
		return w.open(t.DN, loader.Intent{Into: true})
	}
	parent := t.DN.Parent()
	if w.nav.IsShown(parent) && !w.nav.Shown.IsNarrowed() {
		if row, ok := w.nav.Shown.List.Row(t.DN); ok {
			w.nav.Focus = navigation.TablePane
			w.nav.Shown.Table.MoveTo(row)
			w.say(message.Plain, "At "+place.Name(t.DN)+".")
			return nil
		}
	}
	return w.open(parent, loader.Intent{Into: true, Cursor: t.DN, Seek: true})
}

// refresh does again what failed; when nothing did, it reads the place anew.
func (w walk) refresh() tea.Cmd {
	retry := w.foot.retry
	w.foot = foot{}
	if retry != nil {
		return retry()
	}
	var cmd tea.Cmd
	if n := w.nav.Tree.Cursor(); w.nav.Focus == navigation.TreePane && (n.Open() || n.State == tree.Failed) {
		cmd = w.load.Tree.Load(n)
	}
	return tea.Batch(cmd, w.readShown())
}

// readShown reads the place on the screen anew because the person asks for it.
func (w walk) readShown() tea.Cmd {
	if domain := w.survey(); domain != nil {
		domain.ReadAnew()
	}
	intent := w.nav.Shown.Anew()
	intent.ByHand = true
	return w.load.Open(w.nav.Shown.Place, intent)
}
