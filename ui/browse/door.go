package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/action"
)

// Door is what the page is told about changes. Its functions may be nil: then
// nothing can be changed.
type Door struct {
	// Window tells whether changes are allowed, for the header.
	Window func() desk.Window
	// Activity is what is being written, for the foot; "" for nothing.
	Activity func() string
	// Stop keeps what was not begun from being written; it reports whether there
	// was anything. Stoppable reports whether there is.
	Stop      func() bool
	Stoppable func() bool
	// Actions are those that change something.
	Actions func() []action.Action
	// Views are further actions that only look.
	Views func() []action.Action
	// Note is what is to be said of an object in the place of its state; "" for
	// nothing. Noted reports whether there is any such object.
	Note  func(models.DN) string
	Noted func() bool
	// Remark is what is to be said of an object among its details; "" for nothing.
	Remark func(models.DN) string
	// Reread is told when the person has read a container anew.
	Reread func(base models.DN)
}

func (d Door) activity() string {
	if d.Activity == nil {
		return ""
	}
	return d.Activity()
}

func (d Door) stoppable() bool { return d.Stoppable != nil && d.Stoppable() }

func (d Door) window() desk.Window {
	if d.Window == nil {
		return desk.Window{Words: "READ-ONLY", Never: true}
	}
	return d.Window()
}

func (d Door) noted() bool { return d.Noted != nil && d.Noted() }

func (d Door) note(o *models.Object) string {
	if d.Note == nil {
		return ""
	}
	return d.Note(o.DN)
}

// Tone is how a message is meant.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Good
	Pending
	Warning
	Bad
)

// Report shows a message from outside the page. An error, and what the server
// said, can be read in full.
func (p *Page) Report(t Tone, text string, err error, said []models.Message) tea.Cmd {
	p.say(tone(t), text)
	p.status.what = "The change"
	p.said = said // of this change, and not of one before
	if !p.failed() {
		p.trouble = nil
	}
	if err == nil {
		return p.settle()
	}
	p.trouble = err
	return batch(p.lost(err), p.settle())
}

// Wake lets the page look at what has changed outside it.
func (p *Page) Wake() tea.Cmd { return p.settle() }

// Info is what is known of the domain.
func (p *Page) Info() models.DirectoryInfo { return p.info }

// Subjects are the objects that a change is about: those that are marked, else
// the one under the cursor.
func (p *Page) Subjects() []models.Object {
	if !p.started {
		return nil
	}
	if p.shown != nil && p.focus != treePane && len(p.shown.marks.order) > 0 {
		return p.shown.marks.objects(p.shown.list)
	}
	if p.focus == treePane {
		return []models.Object{*p.subject()}
	}
	if p.shown == nil {
		return nil
	}
	if o := p.shown.table.Object(); o != nil {
		return []models.Object{*o}
	}
	return nil
}

// Marked is how many objects are marked, of those that a change would be about.
func (p *Page) Marked() int {
	if p.shown == nil || p.focus == treePane {
		return 0
	}
	return len(p.shown.marks.order)
}

// Subject is the object that the cursor is on; nil for none.
func (p *Page) Subject() *models.Object {
	if !p.started {
		return nil
	}
	return p.subject()
}

// GoTo goes to an object, wherever in the domain it is.
func (p *Page) GoTo(dn models.DN) tea.Cmd {
	if !dn.Equal(p.info.BaseDN) && !dn.IsBelow(p.info.BaseDN) {
		p.say(toneWarning, name(dn)+" is in another domain: "+string(dn)+".")
		return nil
	}
	return batch(p.goTo(dn), p.settle())
}

// Here is the container at hand: where something new would go.
func (p *Page) Here() models.Object {
	if !p.started {
		return models.Object{}
	}
	dn := p.info.BaseDN
	if p.focus == treePane {
		dn = p.tree.Cursor().DN
	} else if p.shown != nil {
		dn = p.shown.base
	}
	o := models.Object{DN: dn, Name: name(dn)}
	if n := p.tree.Find(dn); n != nil {
		o.Category = n.Category
	}
	return o
}

// Place is where an object of the shown container stands in the server's order.
func (p *Page) Place(dn models.DN) (int, bool) {
	if p.shown == nil {
		return 0, false
	}
	return p.shown.list.Place(dn)
}
