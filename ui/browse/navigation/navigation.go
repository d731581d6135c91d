// Package navigation is where a person stands: the pane that has the keys, the
// place on the screen with its cursor and marks, the tree's cursor, and the way
// that led there. It reads nothing; whoever owns it opens what it points at.
package navigation

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/tree"
)

// Pane is what has the keys.
type Pane uint8

// The panes.
const (
	TreePane Pane = iota
	TablePane
	DetailsPane
)

// Navigation is where a person stands.
type Navigation struct {
	history
	Focus Pane
	Tree  *tree.Tree // nil until the domain is known
	Shown *View      // on the screen; nil before the first
	// AnyKind says that objects of all kinds can be listed, also those below users
	// and computers.
	AnyKind bool

	later func(time.Duration, tea.Msg) tea.Cmd
	moves int        // counts moves in the tree, to act on the last only
	came  loader.How // how the shown place came: one that follows, or refines, takes its place
}

// New is a navigation that shows nothing yet.
func New(later func(time.Duration, tea.Msg) tea.Cmd) *Navigation {
	return &Navigation{Focus: TablePane, later: later}
}

// Arrive shows a place that was opened.
func (n *Navigation) Arrive(v *View, intent loader.Intent) {
	old := n.Shown
	switch {
	case intent.Anew != nil && old != nil && place.Same(old.Place, v.Place):
		old.Replace(v.Rows)
		v = old
	case intent.How == loader.Back:
		n.wentBack(old)
	case intent.How == loader.Forward:
		n.wentForward(old)
	case intent.How != loader.Follow && intent.How != loader.Refine || n.came != intent.How:
		n.visit(old)
	}
	if intent.Anew == nil {
		n.came = intent.How
	}
	n.Shown = v
	v.put(intent)
	if intent.Into {
		n.Focus = TablePane
	}
}

// Refined reports whether the shown place came by what is being typed, and Keep
// makes it a step of its own: the next search does not take its place.
func (n *Navigation) Refined() bool { return n.came == loader.Refine }

// Keep ends the typing that led here.
func (n *Navigation) Keep() { n.came = loader.Visit }

// views are those whose rows are kept.
func (n *Navigation) views(yield func(*View) bool) {
	if n.Shown != nil && !yield(n.Shown) {
		return
	}
	for s := range n.steps {
		if s.view != nil && !yield(s.view) {
			return
		}
	}
}

// Unmark takes the mark of an object away, wherever it is kept.
func (n *Navigation) Unmark(dn models.DN) {
	for v := range n.views {
		v.Marks.drop(dn)
	}
}

// Rename takes a new name to everything that knows the old one, or names below
// it. It reports whether the shown place has another name now.
func (n *Navigation) Rename(old, to models.DN) bool {
	n.rename(old, to)
	for v := range n.views {
		v.Marks.rename(old, to)
	}
	if n.Shown == nil {
		return false
	}
	at, renamed := n.Shown.Place.Renamed(old, to)
	if renamed {
		n.Shown.Place = at
	}
	return renamed
}

// Subject is the object that the focused pane's cursor is on; in an empty
// container that is the container. It is nil for none.
func (n *Navigation) Subject() *models.Object {
	if n.Focus == TreePane && n.Tree != nil {
		at := n.Tree.Cursor()
		return &models.Object{DN: at.DN, Name: at.Name, Category: at.Category}
	}
	o := n.Shown.Object()
	if o != nil || n.Shown == nil || n.Shown.List.Len() > 0 || n.Shown.Place.Container() == "" {
		return o
	}
	return &models.Object{DN: n.Shown.Place.Container(), Name: n.Shown.Place.Name()}
}

// Subjects are what a change is about: the marked, else the one under the cursor.
func (n *Navigation) Subjects() []models.Object {
	var o *models.Object
	switch {
	case n.Focus == TreePane:
		o = n.Subject()
	case n.Shown.Marked() > 0:
		return n.Shown.Marks.objects(n.Shown.List)
	default:
		o = n.Shown.Object()
	}
	if o == nil {
		return nil
	}
	return []models.Object{*o}
}

// Here is the container at hand: where something new would go.
func (n *Navigation) Here() models.Object {
	if n.Tree == nil {
		return models.Object{}
	}
	dn := n.Tree.Cursor().DN
	if n.Focus != TreePane && n.Shown != nil && n.Shown.Place.Container() != "" {
		dn = n.Shown.Place.Container()
	}
	o := models.Object{DN: dn, Name: place.Name(dn)}
	if node := n.Tree.Find(dn); node != nil {
		o.Category = node.Category
	}
	return o
}

// Offset is where an object of the shown container stands in the server's order.
func (n *Navigation) Offset(dn models.DN) (int, bool) {
	if n.Shown == nil || n.Shown.Place.Container() == "" {
		return 0, false
	}
	return n.Shown.List.Place(dn)
}

// Beside are the objects of a container that are known because it is shown.
func (n *Navigation) Beside(container models.DN) (all []models.Object) {
	if !n.IsShown(container) {
		return nil
	}
	for row := range n.Shown.List.Len() {
		if o := n.Shown.List.At(row); o != nil {
			all = append(all, *o)
		}
	}
	return all
}

// IsShown reports whether a container is the place on the screen.
func (n *Navigation) IsShown(container models.DN) bool {
	return n.Shown != nil && n.Shown.Place.Container().Equal(container)
}

// IsTop reports whether nothing is above the place on the screen.
func (n *Navigation) IsTop() bool { return n.Shown != nil && n.Shown.Place.IsTop() }

// WhyNot says why an action that goes somewhere cannot run; "" when it can.
func (n *Navigation) WhyNot(id string) string {
	const top = "this is the top"
	if n.Focus == TreePane {
		at := n.Tree.Cursor()
		return action.When(at.Parent() == nil && (id == "go.up" || id == "go.left" && !at.Open()), top)
	}
	o := n.Shown.Object()
	switch {
	case id == "go.open":
		return action.When(o == nil, "nothing is under the cursor")
	case n.Shown == nil:
		return noPlace
	case id == "go.right":
		return action.When(o == nil || !o.Category.HoldsObjects() && !n.AnyKind, "no container is under the cursor")
	default:
		return action.When(n.Focus == TablePane && n.IsTop(), top)
	}
}

const noPlace = "no container is open yet"

// WhyNothing says that no place is on the screen; "" when one is.
func (n *Navigation) WhyNothing() string { return action.When(n.Shown == nil, noPlace) }

// followAfter is how long the tree's cursor rests before the table follows.
const followAfter = 150 * time.Millisecond

// RestedMsg says that the tree's cursor was moved a while ago.
type RestedMsg struct{ moves int }

// MoveTree moves the tree's cursor; the table follows once it rests.
func (n *Navigation) MoveTree(by int) tea.Cmd {
	n.Tree.Move(by)
	n.moves++
	return n.later(followAfter, RestedMsg{n.moves})
}

// Rested reports whether the tree's cursor rests since then.
func (n *Navigation) Rested(msg RestedMsg) bool {
	return msg.moves == n.moves && n.Focus == TreePane
}

// Settle keeps the table from following the tree.
func (n *Navigation) Settle() { n.moves++ }

// Fold folds the node under the tree's cursor; of a folded one it goes to the parent.
func (n *Navigation) Fold() tea.Cmd {
	node := n.Tree.Cursor()
	if node.Open() {
		n.Tree.SetOpen(node, false)
		return nil
	}
	n.Tree.MoveTo(node.Parent())
	return n.MoveTree(0)
}
