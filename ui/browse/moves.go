package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/tree"
)

// endless is farther than any list is long.
const endless = 1 << 40

// move moves the cursor of the focused pane.
func (p *Page) move(by int) tea.Cmd {
	switch p.focus {
	case treePane:
		return p.moveTree(by)
	case detailsPane:
		p.details.offset = max(p.details.offset+min(by, p.detailsEnd()), 0)
		return nil
	default:
		p.shown.table.Move(by)
		if why := p.shown.cut(); by == endless && why != "" {
			p.say(toneWarning, "This is the last row shown, not the last there is: "+why+".")
		}
		return nil
	}
}

// cycle moves the keys to another pane.
func (p *Page) cycle(by int) {
	panes := p.panes()
	at := 0
	for i, pane := range panes {
		if pane == p.focus {
			at = i
		}
	}
	p.focus = panes[(at+by+len(panes))%len(panes)]
	p.arrangePanes()
}

func (p *Page) panes() []pane {
	if p.detailsShown() {
		return []pane{treePane, tablePane, detailsPane}
	}
	return []pane{treePane, tablePane}
}

func (p *Page) whyNotOpen() string {
	switch {
	case p.focus == treePane:
		return ""
	case p.shown == nil || p.shown.table.Object() == nil:
		return "nothing is under the cursor"
	default:
		return ""
	}
}

// openCursor opens the container under the cursor; of anything else it shows
// the details.
func (p *Page) openCursor() tea.Cmd {
	if p.focus == treePane {
		n := p.tree.Cursor()
		p.followed++ // opened now: nothing is left to follow
		cmd := p.unfold(n)
		if p.shown != nil && p.shown.base.Equal(n.DN) {
			p.cancelOpening()
			p.focus = tablePane
			return cmd
		}
		return batch(cmd, p.open(n.DN, openOptions{into: true}))
	}
	o := p.shown.table.Object()
	if !o.Category.HoldsObjects() {
		p.setDetails(!p.detailsShown() || p.focus == tablePane)
		if p.detailsShown() && p.folded() {
			p.focus = detailsPane
		}
		p.arrangePanes()
		return nil
	}
	return p.open(o.DN, openOptions{into: true})
}

func (p *Page) atTop() bool { return p.shown != nil && p.shown.key == p.topKey }

func (p *Page) whyNotUp() string {
	return when(p.focus == tablePane && p.atTop() ||
		p.focus == treePane && p.tree != nil && p.tree.Cursor().Parent() == nil, "this is the top")
}

// goUp opens the parent, the cursor on where it came from.
func (p *Page) goUp() tea.Cmd {
	base := p.shown.base
	switch p.focus {
	case detailsPane:
		p.leaveDetails()
		return nil
	case treePane:
		base = p.tree.Cursor().DN
	}
	return p.open(base.Parent(), openOptions{cursor: base})
}

func (p *Page) goHome() tea.Cmd { return p.open(p.info.BaseDN, openOptions{}) }

func (p *Page) rightWords() string {
	if p.focus == treePane {
		return "unfold the tree here, or go into it"
	}
	return "open the container under the cursor"
}

func (p *Page) leftWords() string {
	if p.focus == treePane {
		return "fold the tree here, or go to the parent"
	}
	return "go up to the parent"
}

func (p *Page) whyNotRight() string {
	if p.focus == treePane {
		return ""
	}
	if p.shown == nil {
		return "no container is open yet"
	}
	o := p.shown.table.Object()
	return when(o == nil || !o.Category.HoldsObjects(), "no container is under the cursor")
}

func (p *Page) goRight() tea.Cmd {
	if p.focus != treePane {
		return p.openCursor()
	}
	n := p.tree.Cursor()
	if n.Open() && n.State == tree.Ready {
		return p.moveTree(1)
	}
	return p.unfold(n)
}

func (p *Page) whyNotLeft() string {
	if p.focus == treePane {
		n := p.tree.Cursor()
		return when(!n.Open() && n.Parent() == nil, "this is the top")
	}
	return first(when(p.shown == nil, "no container is open yet"), p.whyNotUp())
}

func (p *Page) goLeft() tea.Cmd {
	if p.focus != treePane {
		return p.goUp()
	}
	n := p.tree.Cursor()
	if n.Open() {
		p.tree.SetOpen(n, false)
		return nil
	}
	p.tree.MoveTo(n.Parent())
	return p.moveTree(0)
}

// setAdvanced takes the objects of the advanced view in or out.
func (p *Page) setAdvanced(show bool) tea.Cmd {
	p.advanced = show
	if p.tree != nil {
		p.tree.ShowAdvanced(show)
	}
	text := "Advanced objects are hidden."
	if show {
		text = "Advanced objects are shown."
	}
	p.say(tonePlain, text)
	for _, c := range []*container{p.shown, p.comingContainer()} {
		if c != nil {
			c.list.ShowAdvanced(show)
			c.table.Changed()
		}
	}
	return p.rearrange()
}

func (p *Page) comingContainer() *container {
	if p.coming == nil {
		return nil
	}
	return p.coming.container
}

// hiddenHere is how many loaded objects of the shown container are left out.
func (p *Page) hiddenHere() int {
	if p.shown == nil || p.advanced {
		return 0
	}
	return p.shown.list.Hidden()
}
