package browse

import (
	"slices"
	"strings"

	"dirdesk/desk/rows"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/details"
	"dirdesk/ui/frame"
	"dirdesk/ui/table"
	"dirdesk/ui/tree"
)

// View draws the page: as many lines as it is high, each as wide as it is.
// Global are the actions of the whole program, for the foot.
func (p *Page) View(th *theme.Theme, global []action.Action) []string {
	width, height := p.layout.width, p.layout.height
	if width <= 0 || height <= 0 {
		return nil
	}
	p.arrangePanes()
	d := picture{p.state, th}
	block := d.body()
	if p.layout.hasEdges() {
		block = append([]string{d.header()}, block...)
		block = append(block, d.message()...)
		block = append(block, d.keysLine(p.Actions(), global))
	}
	return frame.Fill(block, width, height)[:height]
}

// picture draws what the page shows now.
type picture struct {
	*state
	th *theme.Theme
}

func (d picture) body() []string {
	l := &d.layout
	room := l.body()
	switch {
	case d.sheet != nil:
		pane := frame.Pane{Title: d.sheet.title, Note: d.env.Keys.In(keymap.Facts).Hints("", "overlay.close", "closes"), Active: true, Slim: l.slim}
		w, h := pane.Inner(room.w, room.h)
		return pane.Draw(d.th, room.w, room.h, d.sheet.draw(d.th, w, h))
	case !d.started():
		pane := frame.Pane{Active: true, Slim: l.slim}
		w, _ := pane.Inner(room.w, room.h)
		return pane.Draw(d.th, room.w, room.h, []string{d.th.Ink.Muted.Render(d.th.Fit(" "+d.waiting(), w))})
	}
	if d.isPerson() {
		return d.personPane()
	}
	right := d.tablePane()
	beside := l.details.w > 0 && l.details.x > l.table.x && l.table.w > 0
	if l.details.w > 0 && !beside {
		right = append(right, d.detailsPane()...)
	}
	block := frame.Beside(d.treePane(), right, l.gap())
	if beside {
		block = frame.Beside(block, d.detailsPane(), l.gap())
	}
	return block
}

func (d picture) waiting() string {
	if d.isBusy() {
		return "Asking " + d.load.Backend.About().Host + " for its domain."
	}
	return "The domain is not known. " + d.key("view.refresh") + " asks again."
}

// pane is the frame of a pane, and the room inside it.
func (d picture) pane(of navigation.Pane, title string) (pane frame.Pane, width, height int) {
	width, height = d.layout.inner(of)
	return frame.Pane{Title: title, Active: d.nav.Focus == of, Slim: d.layout.slim}, width, height
}

// fill draws a pane around its content.
func (d picture) fill(of navigation.Pane, pane frame.Pane, content []string) []string {
	r := d.layout.place(of)
	return pane.Draw(d.th, r.w, r.h, content)
}

func (d picture) treePane() []string {
	pane, w, h := d.pane(navigation.TreePane, "Tree")
	look := tree.Look{Theme: d.th, Focused: pane.Active, Spinner: d.spinner()}
	if d.nav.Shown != nil {
		look.Shown = d.nav.Shown.Place.Key()
	}
	content := d.nav.Tree.View(look, &pane, w, h)
	return d.fill(navigation.TreePane, pane, content)
}

func (d picture) tablePane() []string {
	pane, w, h := d.pane(navigation.TablePane, "")
	v := d.nav.Shown
	if v == nil {
		text := ""
		if d.load.Coming == nil {
			text = " Nothing is open. " + d.key("view.refresh") + " tries again."
		}
		return d.fill(navigation.TablePane, pane, []string{d.th.Ink.Muted.Render(d.th.Fit(text, w))})
	}
	pane.Note = v.Counted()
	if n := v.Marked(); n > 0 {
		pane.Note = english.Number(n) + " marked, " + pane.Note
	}
	pane.Title = d.title(w - terminaltext.Width(pane.Note) - 8)
	if !d.layout.slim {
		pane.Foot = d.tableFoot()
	}
	wanted, _ := v.Arrangement()
	content := v.Table.View(table.Look{
		Theme: d.th, Focused: pane.Active, Now: d.env.Now(),
		Sorted: wanted.Column, Descending: wanted.Descending,
		Marks: v.Marked(), Marked: v.Marks.Has,
		Noted: d.env.Hooks.Noted(), Note: d.env.Hooks.Note,
		Missing: d.missing, Empty: d.emptyWords(), Anywhere: v.Place.Container() == "",
	}, w, h)
	pane.Scrolled(v.Table.Top(), h-1, v.List.Len(), 1) // beside the rows, not beside their heading
	return d.fill(navigation.TablePane, pane, content)
}

// title is the way down to the place, its own name being the last thing to go.
func (d picture) title(room int) string {
	at := d.nav.Shown.Place
	if at.IsTop() {
		return d.th.Cut(d.info.Realm, room)
	}
	path, step := at.Path(), " "+d.th.Glyphs.Step+" "
	own := len(path) - 1
	title := d.th.Safe(path[own])
	for _, above := range slices.Backward(path[:own]) {
		longer := d.th.Safe(above) + step + title
		if terminaltext.Width(longer) > room {
			if longer = d.th.Glyphs.Ellipsis + step + title; terminaltext.Width(longer) <= room {
				title = longer
			}
			break
		}
		title = longer
	}
	return title
}

// tableFoot says at the lower edge that rows are sorted, narrowed or hidden.
func (d picture) tableFoot() string {
	v := d.nav.Shown
	var parts []string
	if why := v.List.Cut(); why != "" {
		parts = append(parts, "more than shown: "+d.th.Safe(why))
	}
	wanted, _ := v.Arrangement()
	if wanted.Column != rows.ServerOrder {
		parts = append(parts, "by "+wanted.Column.Label())
	}
	if wanted.Descending {
		parts = append(parts, "reversed")
	}
	if words := d.surveyed(); words != "" {
		parts = append(parts, words)
	}
	if n := wanted.Narrow; !n.IsEmpty() {
		parts = append(parts, `narrowed to "`+d.th.Cut(n.String(), 20)+`"`)
	}
	if n := v.List.Unknown(); n > 0 {
		parts = append(parts, "not known of "+english.Number(n))
	}
	if v.IsArranged() && v.HasMore() {
		parts = append(parts, d.key("view.load")+" loads the rest")
	}
	if n := v.List.Hidden(); n > 0 {
		parts = append(parts, d.hidden(n)+" hidden")
	}
	if v.List.Len() > v.Table.Room() {
		parts = append(parts, "row "+english.Number(v.Table.Cursor()+1))
	}
	return strings.Join(parts, ", ")
}

// surveyed says how far the domain was read that a place is searched in.
func (d picture) surveyed() string {
	domain := d.survey()
	if domain == nil {
		return ""
	}
	reading := domain.Reading()
	words := reading.Words(d.env.Now())
	switch {
	case words == "":
	case reading.Running:
		words += d.escStops()
	default:
		words += ", " + d.key("view.refresh") + " reads it again"
	}
	return strings.TrimSpace(words)
}

// emptyWords are shown in the place of rows.
func (d picture) emptyWords() []string {
	v := d.nav.Shown
	switch hidden := v.List.Hidden(); {
	case v.IsArranging():
		return nil
	case v.IsNarrowed() && v.IsReadingAll():
		return []string{"Nothing matches in what is loaded so far."}
	case v.IsNarrowed() && v.HasMore():
		return []string{"Nothing matches in what is loaded.", d.key("view.load") + " loads the rest."}
	case v.IsNarrowed() && v.List.Cut() != "":
		return []string{"Nothing matches in what is shown. " + d.key("view.escape") + " shows all of it.", "There is more: " + v.List.Cut() + "."}
	case v.IsNarrowed():
		return []string{"Nothing here matches. " + d.key("view.escape") + " shows all."}
	case v.IsReading():
		return nil
	case hidden > 0:
		return []string{d.hidden(hidden) + " hidden.", d.key("view.advanced") + " shows them."}
	default:
		return []string{v.Place.Nothing(d.load.Backend.About())}
	}
}

// hidden counts rows that are left out: the directory's own, and where a listing has
// them those of kinds that are not listed.
func (d picture) hidden(n int) string {
	if d.load.Backend.About().AnyKind {
		return english.Count(n, "advanced or other object")
	}
	return english.Count(n, "advanced object")
}

// missing says what is with a row that was not read.
func (d picture) missing(row int) string {
	if d.nav.Shown.HasFailed(row) {
		return "not loaded; " + d.key("view.refresh") + " tries again"
	}
	return d.th.Glyphs.Loading
}

func (d picture) detailsPane() []string {
	pane, w, h := d.pane(navigation.DetailsPane, "Details")
	s := details.Subject{Now: d.env.Now(), Zone: d.env.Zone, Backend: d.load.Backend.About().Backend, Cannot: d.env.Hooks.Cannot}
	s.Object, s.Reading, s.Err = d.load.Objects.Described(d.nav.Shown.Object())
	if s.Object != nil {
		s.Pending = d.env.Hooks.Remark(s.Object.DN)
	}
	lines := details.Lines(d.th, s, w)
	return d.fill(navigation.DetailsPane, pane, d.layout.text.Draw(&pane, lines, h, 0))
}

func (d picture) spinner() string {
	pictures := d.th.Glyphs.Spinner
	return pictures[d.spin%len(pictures)]
}
