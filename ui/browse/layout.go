package browse

import (
	"slices"

	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/frame"
	"dirdesk/ui/list"
)

// rect is a place on the screen; without width it is not drawn.
type rect struct{ x, y, w, h int }

func (r rect) holds(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// layout is where everything is.
type layout struct {
	nav           *navigation.Navigation // whose focus decides what is shown where there is little room
	width, height int
	chosen        bool      // a person said whether to show the details; else the room decides
	shown         bool      // what they said
	text          list.Text // the details, of which some lines are in sight

	tree, table, details rect
	slim                 bool // no boxes, only a rule above each pane
	footLines            int  // of the message
}

const (
	singleBelow  = 60  // narrower than this, one pane has the screen
	gapBelow     = 80  // narrower than this, a column parts the boxes
	boxesFrom    = 16  // lines from which on panes have boxes
	detailsRight = 140 // columns from which on the details stand at the right
	detailsBelow = 22  // lines from which on they can stand below
	detailsAlone = 36  // lines from which on they do so unasked
)

// arrange shares the screen out. The message takes so many lines of it.
func (l *layout) arrange(footLines int) {
	l.tree, l.table, l.details = rect{}, rect{}, rect{}
	l.slim, l.footLines = l.width < singleBelow || l.height < boxesFrom, footLines
	body := l.body()
	if v := l.nav.Shown; v != nil && place.IsPerson(v.Place) { // their page has the screen
		l.nav.Focus, l.table = navigation.TablePane, body
		return
	}
	if l.nav.Focus == navigation.DetailsPane && !l.detailsShown() {
		l.nav.Focus = navigation.TablePane
	}
	if l.width < singleBelow {
		*l.place(l.nav.Focus) = body
	} else {
		l.split(body)
	}
	if l.nav.Shown != nil {
		t := l.table
		if t.w == 0 {
			t = body
		}
		_, room := frame.Pane{Slim: l.slim}.Inner(t.w, t.h)
		l.nav.Shown.Table.SetRoom(room - 1)
	}
}

// body is the room of the panes: all but the header, the message and the keys.
func (l *layout) body() rect {
	if !l.hasEdges() {
		return rect{0, 0, l.width, l.height}
	}
	return rect{0, 1, l.width, max(l.height-2-l.footLines, 0)}
}

// hasEdges reports whether there is room for the header and the foot.
func (l *layout) hasEdges() bool { return l.height >= 5 }

func (l *layout) split(body rect) {
	l.tree, l.table = body, body
	l.tree.w = min(max(l.width/5, 22), 36)
	l.table.x, l.table.w = l.tree.w+l.gap(), l.width-l.tree.w-l.gap()
	if !l.detailsShown() {
		return
	}
	l.details = l.table
	switch {
	case l.width >= detailsRight:
		l.details.w = min(max(l.width*27/100, 38), 60)
		l.table.w -= l.details.w + l.gap()
		l.details.x = l.table.x + l.table.w + l.gap()
	case !l.folded():
		l.details.h = min(max(body.h*2/5, 9), 22)
		l.table.h -= l.details.h
		l.details.y = l.table.y + l.table.h
	case l.nav.Focus == navigation.DetailsPane:
		l.table = rect{}
	default:
		l.details = rect{}
	}
}

// gap is the room between panes that have no boxes to part them, and between boxes so
// narrow that their edges would be taken for one.
func (l *layout) gap() int {
	if l.slim || l.width < gapBelow {
		return 1
	}
	return 0
}

func (l *layout) place(of navigation.Pane) *rect {
	switch of {
	case navigation.TreePane:
		return &l.tree
	case navigation.DetailsPane:
		return &l.details
	default:
		return &l.table
	}
}

// inner is the room inside a pane.
func (l *layout) inner(of navigation.Pane) (width, height int) {
	r := l.place(of)
	return frame.Pane{Slim: l.slim}.Inner(r.w, r.h)
}

// detailsShown is what a person chose; before that the room decides.
func (l *layout) detailsShown() bool {
	if l.chosen {
		return l.shown
	}
	return l.width >= detailsRight || l.width >= singleBelow && l.height >= detailsAlone
}

// folded reports whether the details take the place of another pane.
func (l *layout) folded() bool {
	return l.width < singleBelow || l.width < detailsRight && l.height < detailsBelow
}

func (l *layout) setDetails(show bool) { l.chosen, l.shown = true, show }

func (l *layout) toggleDetails() {
	// Folded away behind another pane they are not to be seen, whatever was
	// chosen: the key brings them up.
	hidden := l.folded() && l.nav.Focus != navigation.DetailsPane
	l.setDetails(!l.detailsShown() || hidden)
	switch {
	case l.detailsShown() && l.folded():
		l.nav.Focus = navigation.DetailsPane
	case l.nav.Focus == navigation.DetailsPane:
		l.nav.Focus = navigation.TablePane
	}
}

// openDetails shows the details of what is under the cursor.
func (l *layout) openDetails() {
	l.setDetails(!l.detailsShown() || l.nav.Focus == navigation.TablePane)
	if l.detailsShown() && l.folded() {
		l.nav.Focus = navigation.DetailsPane
	}
}

// leaveDetails gives the keys back to the rows.
func (l *layout) leaveDetails() {
	l.nav.Focus = navigation.TablePane
	if l.folded() {
		l.setDetails(false)
	}
}

// cycle moves the keys to another pane.
func (l *layout) cycle(by int) {
	panes := []navigation.Pane{navigation.TreePane, navigation.TablePane}
	if l.detailsShown() {
		panes = append(panes, navigation.DetailsPane)
	}
	if v := l.nav.Shown; v != nil && place.IsPerson(v.Place) {
		return
	}
	at := max(slices.Index(panes, l.nav.Focus), 0)
	l.nav.Focus = panes[(at+by+len(panes))%len(panes)]
}
