package browse

import (
	"dirdesk/internal/terminaltext"
	"dirdesk/ui/frame"
)

// rect is a place on the screen; without width it is not drawn.
type rect struct{ x, y, w, h int }

func (r rect) holds(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// layout is where everything is.
type layout struct {
	tree, table, details rect
	slim                 bool // no boxes, only a rule above each pane
	footLines            int  // of the message
	ownDetails           bool // the details have a place of their own
}

const (
	singleBelow  = 60  // narrower than this, one pane has the screen
	boxesFrom    = 16  // lines from which on panes have boxes
	detailsRight = 140 // columns from which on the details stand at the right
	detailsBelow = 22  // lines from which on they can stand below
	detailsAlone = 36  // lines from which on they do so unasked
)

// arrangePanes shares the screen out.
func (p *Page) arrangePanes() {
	l := layout{slim: p.width < singleBelow || p.height < boxesFrom}
	l.footLines = p.statusLines()
	// The header, the message and the keys; the rest is for the panes.
	body := rect{0, 1, p.width, max(p.height-2-l.footLines, 0)}
	if p.height < 5 {
		body.y, body.h = 0, p.height
	}
	right := p.width >= detailsRight
	l.ownDetails = p.width >= singleBelow && (right || p.height >= detailsBelow)
	if p.focus == detailsPane && !p.details.want(p.detailsByRoom()) {
		p.focus = tablePane
	}
	if p.width < singleBelow {
		*l.place(p.focus) = body
	} else {
		p.split(&l, body, right)
	}
	p.layout = l
	if p.shown != nil {
		t := l.table
		if t.w == 0 {
			t = body
		}
		_, room := frame.Pane{Slim: l.slim}.Inner(t.w, t.h)
		p.shown.table.SetRoom(room - 1)
	}
}

func (p *Page) split(l *layout, body rect, right bool) {
	l.tree, l.table = body, body
	l.tree.w = min(max(p.width/5, 22), 36)
	l.table.x, l.table.w = l.tree.w, p.width-l.tree.w
	if !p.details.want(p.detailsByRoom()) {
		return
	}
	l.details = l.table
	switch {
	case right:
		l.details.w = min(max(p.width*27/100, 38), 60)
		l.table.w -= l.details.w
		l.details.x = l.table.x + l.table.w
	case l.ownDetails:
		l.details.h = min(max(body.h*2/5, 9), 22)
		l.table.h -= l.details.h
		l.details.y = l.table.y + l.table.h
	case p.focus == detailsPane:
		l.table = rect{}
	default:
		l.details = rect{}
	}
}

func (l *layout) place(of pane) *rect {
	switch of {
	case treePane:
		return &l.tree
	case detailsPane:
		return &l.details
	default:
		return &l.table
	}
}

// detailsByRoom is whether the details are shown unasked.
func (p *Page) detailsByRoom() bool {
	return p.width >= detailsRight || p.width >= singleBelow && p.height >= detailsAlone
}

// want is what a person chose or, before they did, what the room suggests.
func (d *detailsState) want(byRoom bool) bool {
	if d.chosen {
		return d.shown
	}
	return byRoom
}

func (p *Page) detailsShown() bool { return p.details.want(p.detailsByRoom()) }

// folded reports whether the details take the place of another pane.
func (p *Page) folded() bool {
	return p.width < singleBelow || p.width < detailsRight && p.height < detailsBelow
}

func (p *Page) setDetails(show bool) {
	p.details.chosen, p.details.shown = true, show
}

func (p *Page) toggleDetails() {
	// Folded away behind another pane they are not to be seen, whatever was
	// chosen: the key brings them up.
	hidden := p.folded() && p.focus != detailsPane
	p.setDetails(!p.detailsShown() || hidden)
	switch {
	case p.detailsShown() && p.folded():
		p.focus = detailsPane
	case p.focus == detailsPane:
		p.focus = tablePane
	}
	p.arrangePanes()
}

// paneRoom is the number of lines that a page key moves.
func (p *Page) paneRoom() int {
	if p.focus == tablePane && p.shown != nil {
		return p.shown.table.Page()
	}
	r := *p.layout.place(p.focus)
	_, room := frame.Pane{Slim: p.layout.slim}.Inner(r.w, r.h)
	return max(room-1, 1)
}

// statusLines is how many lines the message takes: one, or a few for what
// would not fit, as long as most of the screen is left for the panes.
func (p *Page) statusLines() int {
	if p.Typing() || p.status.text == "" || p.width <= 2 {
		return 1
	}
	wrapped := terminaltext.Wrap(terminaltext.Safe(p.status.text), p.width-2)
	lines := len(wrapped)
	if lines > 0 && terminaltext.Width(wrapped[lines-1])+p.writingRoom() > p.width-2 {
		lines++
	}
	return max(min(lines, 3, p.height/5), 1)
}

// writingRoom is the room that is taken by what is being written, beside the
// last line of the message.
func (p *Page) writingRoom() int {
	writing := terminaltext.Width(terminaltext.Safe(p.env.Door.activity()))
	if writing == 0 {
		return 0
	}
	return min(writing, p.width/2) + len(" . , Esc stops ")
}
