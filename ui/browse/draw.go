package browse

import (
	"strings"

	"dirdesk/desk/rows"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/details"
	"dirdesk/ui/frame"
	"dirdesk/ui/table"
	"dirdesk/ui/tree"
)

// View draws the page: as many lines as it is high, each as wide as it is.
// Global are the actions of the whole program, for the foot.
func (p *Page) View(th *theme.Theme, global []action.Action) []string {
	if p.width <= 0 || p.height <= 0 {
		return nil
	}
	p.arrangePanes()
	var block []string
	if p.height >= 5 {
		block = append(block, p.header(th))
	}
	block = append(block, p.body(th)...)
	if p.height >= 5 {
		block = append(block, p.foot(th, global)...)
	}
	return frame.Fill(block, p.width, p.height)[:p.height]
}

func (p *Page) body(th *theme.Theme) []string {
	l := &p.layout
	height := max(p.height-2-l.footLines, 0)
	if p.height < 5 {
		height = p.height
	}
	switch {
	case p.sheet != nil:
		pane := frame.Pane{Title: p.sheet.title, Note: "Esc closes", Active: true, Slim: l.slim}
		w, h := pane.Inner(p.width, height)
		return pane.Draw(th, p.width, height, p.sheet.draw(th, w, h))
	case !p.started:
		pane := frame.Pane{Active: true, Slim: l.slim}
		w, _ := pane.Inner(p.width, height)
		return pane.Draw(th, p.width, height, []string{th.Ink.Muted.Render(th.Fit(" "+p.waiting(), w))})
	}
	right := append(p.drawTable(th), p.drawDetailsBelow(th)...)
	block := frame.Beside(p.drawTree(th), right)
	if l.details.w > 0 && l.details.x > l.table.x && l.table.w > 0 {
		block = frame.Beside(block, p.drawDetails(th))
	}
	return block
}

func (p *Page) waiting() string {
	if p.Busy() {
		return "Asking " + p.env.Backend.About().Host + " for its domain."
	}
	return "The domain is not known. " + p.key("view.refresh") + " asks again."
}

func (p *Page) drawTree(th *theme.Theme) []string {
	r := p.layout.tree
	pane := frame.Pane{Title: "Tree", Active: p.focus == treePane, Slim: p.layout.slim}
	w, h := pane.Inner(r.w, r.h)
	look := tree.Look{Theme: th, Focused: p.focus == treePane, Spinner: p.spinner(th)}
	if p.shown != nil {
		look.Shown = p.shown.key
	}
	content := p.tree.View(look, w, h)
	pane.Thumb, pane.Scroll = frame.Thumb(p.tree.Top(), h, p.tree.Len())
	return pane.Draw(th, r.w, r.h, content)
}

func (p *Page) drawTable(th *theme.Theme) []string {
	r := p.layout.table
	pane := frame.Pane{Active: p.focus == tablePane, Slim: p.layout.slim}
	w, h := pane.Inner(r.w, r.h)
	c := p.shown
	if c == nil {
		text := ""
		if p.coming == nil {
			text = " Nothing is open. " + p.key("view.refresh") + " tries again."
		}
		return pane.Draw(th, r.w, r.h, []string{th.Ink.Muted.Render(th.Fit(text, w))})
	}
	pane.Note = c.marksWords() + counted(c)
	pane.Title = p.title(th, w-terminaltext.Width(pane.Note)-8)
	pane.Foot = p.tableFoot(th)
	if p.layout.slim {
		pane.Foot = ""
	}
	wanted, _ := c.arrangement()
	content := c.table.View(table.Look{
		Theme: th, Focused: p.focus == tablePane, Now: p.env.Now(),
		Sorted: wanted.Column, Descending: wanted.Descending,
		Marks: len(c.marks.order), Marked: c.marks.has,
		Noted: p.env.Door.noted(), Note: p.env.Door.note,
		Missing: func(row int) string { return p.missing(th, row) },
		Empty:   p.emptyWords(),
	}, w, h)
	pane.Thumb, pane.Scroll = frame.Thumb(c.table.Top(), h-1, c.list.Len())
	if pane.Scroll { // the bar stands beside the rows, not beside their heading
		pane.Thumb[0]++
		pane.Thumb[1]++
	}
	return pane.Draw(th, r.w, r.h, content)
}

// title is the way down to the container as far as there is room for it, its
// own name being the last thing to go.
func (p *Page) title(th *theme.Theme, room int) string {
	if p.atTop() {
		return th.Cut(p.info.Realm, room)
	}
	title := th.Safe(name(p.shown.base))
	for at := p.shown.base.Parent(); at != "" && !at.Equal(p.info.BaseDN); at = at.Parent() {
		longer := th.Safe(name(at)) + " " + th.Glyphs.Step + " " + title
		if terminaltext.Width(longer) > room {
			longer = th.Glyphs.Ellipsis + " " + th.Glyphs.Step + " " + title
			if terminaltext.Width(longer) <= room {
				title = longer
			}
			break
		}
		title = longer
	}
	return title
}

// tableFoot says at the lower edge what is not as one might think: that rows
// are sorted, narrowed or hidden.
func (p *Page) tableFoot(th *theme.Theme) string {
	c := p.shown
	var parts []string
	if why := c.cut(); why != "" {
		parts = append(parts, "more than shown: "+th.Safe(why))
	}
	wanted, _ := c.arrangement()
	if wanted.Column != rows.ServerOrder {
		parts = append(parts, "by "+columnWords(wanted.Column))
	}
	if wanted.Descending {
		parts = append(parts, "reversed")
	}
	if n := wanted.Narrow; n != "" {
		parts = append(parts, `narrowed to "`+th.Cut(n, 20)+`"`)
	}
	if c.arranged() && incomplete(c) {
		parts = append(parts, p.key("view.load")+" loads the rest")
	}
	if n := p.hiddenHere(); n > 0 {
		parts = append(parts, english.Count(n, "advanced object")+" hidden")
	}
	if c.list.Len() > c.table.Room() {
		parts = append(parts, "row "+english.Number(c.table.Cursor()+1))
	}
	return strings.Join(parts, ", ")
}

// emptyWords are shown in the place of rows.
func (p *Page) emptyWords() []string {
	c := p.shown
	load := p.key("view.load") + " loads the rest."
	switch {
	case c.arranging != 0:
		return nil
	case c.wanted.Narrow != "" && c.reading != 0:
		return []string{"Nothing matches in what is loaded so far."}
	case c.wanted.Narrow != "" && incomplete(c):
		return []string{"Nothing matches in what is loaded.", load}
	case c.wanted.Narrow != "" && c.cut() != "":
		return []string{"Nothing matches in what is shown. Esc shows all of it.", "There is more: " + c.cut() + "."}
	case c.wanted.Narrow != "":
		return []string{"Nothing here matches. Esc shows all."}
	case c.reading != 0 || len(c.loads) > 0:
		return nil
	case p.hiddenHere() > 0:
		return []string{english.Count(p.hiddenHere(), "advanced object") + " hidden.", p.key("view.advanced") + " shows advanced objects."}
	default:
		return []string{"This container is empty."}
	}
}

func (p *Page) drawDetailsBelow(th *theme.Theme) []string {
	l := p.layout
	if l.details.w == 0 || l.details.x > l.table.x && l.table.w > 0 {
		return nil
	}
	return p.drawDetails(th)
}

func (p *Page) drawDetails(th *theme.Theme) []string {
	r := p.layout.details
	pane := frame.Pane{Title: "Details", Active: p.focus == detailsPane, Slim: p.layout.slim}
	w, h := pane.Inner(r.w, r.h)
	lines := details.Lines(th, p.detailsSubject(), w)
	p.details.offset = max(min(p.details.offset, len(lines)-h), 0)
	pane.Thumb, pane.Scroll = frame.Thumb(p.details.offset, h, len(lines))
	return pane.Draw(th, r.w, r.h, lines[p.details.offset:])
}

// detailsEnd is farther than the details go.
func (p *Page) detailsEnd() int { return 10000 }

func (p *Page) detailsSubject() details.Subject {
	s := details.Subject{
		Now: p.env.Now(), Zone: p.env.Zone, Backend: p.env.Backend.About().Backend,
	}
	if p.shown != nil {
		s.Object = p.shown.table.Object()
	}
	if s.Object != nil && p.env.Door.Remark != nil {
		s.Pending = p.env.Door.Remark(s.Object.DN)
	}
	d := &p.details
	if s.Object != nil && s.Object.DN == d.subject {
		s.Reading, s.Err = d.reading != 0, d.err
		if d.full != nil {
			s.Object = d.full
		}
	}
	return s
}

func (p *Page) missing(th *theme.Theme, row int) string {
	if req, ok := p.shown.list.Need(row, row, 1); ok && p.shown.hasFailed(spanOf(req)) {
		return "not loaded; " + p.key("view.refresh") + " tries again"
	}
	return th.Glyphs.Loading
}

func (p *Page) spinner(th *theme.Theme) string {
	pictures := th.Glyphs.Spinner
	return pictures[p.spin%len(pictures)]
}
