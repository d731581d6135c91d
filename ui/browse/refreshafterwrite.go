package browse

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/desk/why"
	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
)

// mostReadAnew is how many rows are read one by one; of more, the whole place is.
const mostReadAnew = 8

// Refresh reads anew what was changed. Nothing else makes a row look otherwise:
// it shows what the directory says. read reads one object. With follow the cursor
// goes to what was changed, or is on nothing where that is not in sight: the next key
// must not hit another.
func (p *Page) Refresh(all []desk.Affected, follow bool, read func(context.Context, models.DN) (models.Object, error)) tea.Cmd {
	p.load.Objects.Forget()
	p.load.Person.Renew()
	var cmds []tea.Cmd
	var alone []models.DN
	whole := false
	var cursor, elsewhere models.DN
	for _, a := range all {
		if a.To != "" && !a.To.Equal(a.DN) {
			cmds = append(cmds, p.rename(a.DN, a.To))
		}
		if a.Show != "" && p.nav.IsShown(a.Show.Parent()) {
			cursor = a.Show
		} else if a.Gone() || a.Show != "" && p.nav.Focus != navigation.TreePane { // which follows by itself
			elsewhere = cmp.Or(a.Show, a.DN)
		}
		if !a.Structure {
			if r := p.rows(); r != nil && r.List.Get(a.DN) != nil {
				alone = append(alone, a.DN)
			}
			p.nav.Outdate(a.DN.Parent())
			continue
		}
		for _, parent := range a.Parents {
			p.nav.Outdate(parent)
			whole = whole || p.nav.Shown != nil && p.nav.Shown.Place.Lists(parent)
			if a.Containers {
				cmds = append(cmds, p.load.Tree.Reload(parent))
			}
		}
		if p.isGone(a) {
			cmds = append(cmds, p.open(a.DN.Parent(), loader.Intent{Quiet: true, Cursor: a.DN}))
			whole = false
		}
	}
	if !follow {
		cursor, elsewhere = "", ""
	}
	if cursor == "" && elsewhere != "" && p.nav.Shown != nil {
		p.nav.Shown.Table.KeepTo(elsewhere)
		p.nav.Focus = navigation.TablePane // the tree's cursor is always on something
	}
	if whole || len(alone) > mostReadAnew {
		cmds = append(cmds, p.readAnew(cursor))
	} else {
		if r := p.rows(); cursor != "" && r != nil {
			if row, ok := r.List.Row(cursor); ok {
				p.nav.Shown.Table.MoveTo(row)
			}
		}
		for _, dn := range alone {
			cmds = append(cmds, p.load.ReadRow(p.rows(), dn, read))
		}
	}
	return tea.Batch(append(cmds, p.settle())...)
}

// isGone reports whether a change took the place on the screen away.
func (p *Page) isGone(a desk.Affected) bool {
	if p.nav.Shown == nil {
		return false
	}
	if o := p.nav.Shown.Object(); p.isPerson() && o != nil && a.Gone() && o.DN.Equal(a.DN) {
		return true
	}
	if !a.Containers {
		return false
	}
	at := p.nav.Shown.Place.Container()
	return at != "" && (at.Equal(a.DN) || at.IsBelow(a.DN))
}

// readAnew reads the shown place anew; the cursor goes to an object, or stays on its own.
func (p *Page) readAnew(cursor models.DN) tea.Cmd {
	if p.load.Coming != nil { // the person is on the way elsewhere
		return nil
	}
	intent := p.nav.Shown.Anew()
	intent.Quiet = true
	if cursor != "" {
		intent.Cursor, intent.Seek = cursor, true
	}
	return p.load.Open(p.nav.Shown.Place, intent)
}

// rename takes a new name to everything that knows the old one, or names below
// it. What is on the screen, or on its way there, is read anew under its new name.
func (p *Page) rename(old, to models.DN) tea.Cmd {
	cmd := p.load.Rename(old, to)
	if p.nav.Rename(old, to) && p.load.Coming == nil {
		at := p.nav.Shown.Object()
		if at == nil {
			return p.readAnew("")
		}
		cursor, _ := place.Rebase(at.DN, old, to)
		return p.readAnew(cursor)
	}
	return cmd
}

// Hooks are what the page is told about changes. All are set.
type Hooks struct {
	// Window tells whether changes are allowed, for the header.
	Window func() desk.Window
	// Activity is what is being written, for the foot; "" for nothing.
	Activity func() string
	// Stop keeps what was not begun from being written; it reports whether there
	// was anything. Stoppable reports whether there is.
	Stop      func() bool
	Stoppable func() bool
	// Actions are those that change something, Views those that only look.
	Actions func() []action.Action
	Views   func() []action.Action
	// Cannot says why an action cannot be done to an object, as far as is known; ""
	// when it can.
	Cannot func(models.Action, models.Object) string
	// Settled lets others look at where the cursor is, after every message.
	Settled func() tea.Cmd
	// Bookmarks are those of the connection, nil where none are kept; Recent are the
	// people that the journal has, the last first.
	Bookmarks func() *bookmarks.Book
	Recent    func(most int) []bookmarks.Mark
	// Note is what is to be said of an object in the place of its state; "" for
	// nothing. Noted reports whether there is any such object.
	Note  func(o *models.Object) string
	Noted func() bool
	// Remark is what is to be said of an object among its details; "" for nothing.
	Remark func(models.DN) string
	// Why says what keeps the owner of an account from logging on, and Done what this
	// desk did to an object, the newest first.
	Why  func(o models.Object) why.Diagnosis
	Done func(o models.Object) ([]string, error)
	// Ticket is the text for the ticket of the last change of an object in this
	// session; "" for none.
	Ticket func(o *models.Object) string
	// Reread is told which objects the person has read anew.
	Reread func(read func(models.DN) bool)
}
