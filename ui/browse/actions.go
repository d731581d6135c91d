package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/action"
)

// Actions is the one list of what can be done on this page now. What cannot be
// done stays in it, with the reason.
func (p *Page) Actions() []action.Action {
	b := builder{page: p}
	p.paneActions(&b)
	p.moveActions(&b)
	p.goActions(&b)
	p.viewActions(&b)
	if p.env.Door.Views != nil {
		b.actions = append(b.actions, p.env.Door.Views()...)
	}
	if p.env.Door.Actions != nil {
		p.markActions(&b)
		b.actions = append(b.actions, p.env.Door.Actions()...)
	}
	return b.actions
}

// builder makes actions with the keys that the keymap gives them.
type builder struct {
	page    *Page
	group   string
	actions []action.Action
}

// add takes an action. Why, when not empty, says why it cannot run now.
func (b *builder) add(id, short, name, why string, run func() tea.Cmd) {
	a := action.Action{
		ID: id, Keys: b.page.env.Keys.Keys(id), Name: name, Short: short, Group: b.group, Unavailable: why,
	}
	if why == "" {
		a.Run = run
	}
	b.actions = append(b.actions, a)
}

// first gives the first reason that holds.
func first(reasons ...string) string {
	for _, r := range reasons {
		if r != "" {
			return r
		}
	}
	return ""
}

func when(holds bool, reason string) string {
	if holds {
		return reason
	}
	return ""
}

// do makes an action's function of one that needs no command.
func do(f func()) func() tea.Cmd {
	return func() tea.Cmd {
		f()
		return nil
	}
}

func (p *Page) paneActions(b *builder) {
	b.group = "Panes"
	notYet := when(!p.started, "the domain is not known yet")
	b.add("go.open", "open", "open what is under the cursor", first(notYet, p.whyNotOpen()), p.openCursor)
	b.add("pane.next", "pane", "go to the next pane", notYet, do(func() { p.cycle(1) }))
	b.add("pane.prev", "", "go to the previous pane", notYet, do(func() { p.cycle(-1) }))
	b.add("view.details", "details", "show or hide the details", notYet, do(p.toggleDetails))
}

func (p *Page) moveActions(b *builder) {
	b.group = "Move"
	why := when(!p.started, "the domain is not known yet")
	if p.focus == tablePane {
		why = first(why, when(p.shown == nil || p.shown.list.Len() == 0, "there are no rows"))
	}
	b.add("move.down", "", "move down", why, func() tea.Cmd { return p.move(1) })
	b.add("move.up", "", "move up", why, func() tea.Cmd { return p.move(-1) })
	b.add("move.page", "", "move a page down", why, func() tea.Cmd { return p.move(p.paneRoom()) })
	b.add("move.pageup", "", "move a page up", why, func() tea.Cmd { return p.move(-p.paneRoom()) })
	b.add("move.half", "", "move half a page down", why, func() tea.Cmd { return p.move(max(p.paneRoom()/2, 1)) })
	b.add("move.halfup", "", "move half a page up", why, func() tea.Cmd { return p.move(-max(p.paneRoom()/2, 1)) })
	b.add("move.first", "", "go to the first", why, func() tea.Cmd { return p.move(-endless) })
	b.add("move.last", "", "go to the last", why, func() tea.Cmd { return p.move(endless) })
}

func (p *Page) goActions(b *builder) {
	b.group = "Go"
	notYet := when(!p.started, "the domain is not known yet")
	noRows := when(p.shown == nil, "no container is open yet")
	b.add("go.up", "up", "go up to the parent", first(notYet, noRows, p.whyNotUp()), p.goUp)
	b.add("go.dn", "go to", "go to a DN, typed or pasted", notYet, p.askDN)
	b.add("go.back", "", "go back", when(len(p.history.past) == 0, "there is nothing to go back to"), p.goBack)
	b.add("go.forward", "", "go forward", when(len(p.history.future) == 0, "there is nothing to go forward to"), p.goForward)
	b.add("go.home", "", "go to the top of the domain", first(notYet, when(p.atTop(), "this is the top")), p.goHome)
	b.add("go.right", "", p.rightWords(), first(notYet, p.whyNotRight()), p.goRight)
	b.add("go.left", "", p.leftWords(), first(notYet, p.whyNotLeft()), p.goLeft)
}

func (p *Page) viewActions(b *builder) {
	b.group = "View"
	notYet := when(!p.started, "the domain is not known yet")
	noRows := first(notYet, when(p.shown == nil, "no container is open yet"))
	b.add("view.narrow", "narrow", "narrow the loaded rows by typing", noRows, p.askNarrow)
	b.add("view.sort", "sort", "sort by the next column", noRows, p.nextSort)
	b.add("view.reverse", "", "reverse the order", noRows, func() tea.Cmd {
		return p.sortBy(p.shown.wanted.Column, !p.shown.wanted.Descending)
	})
	b.add("view.load", p.loadShort(), "load the rest of this container", first(noRows, p.whyNotLoad()), p.readRest)
	b.add("view.copy", "copy", "copy DN, logon name or mail",
		first(noRows, when(p.subject() == nil, "no object is under the cursor")), p.askCopy)
	b.add("view.advanced", "", p.advancedWords(), notYet, func() tea.Cmd { return p.setAdvanced(!p.advanced) })
	b.add("view.refresh", p.refreshShort(), p.refreshWords(),
		when(p.retry == nil && p.shown == nil, "nothing has been read yet"), p.again)
	b.add("view.domain", "", "tell about the domain and the connection", notYet, p.showDomain)
	b.add("view.error", p.errorShort(), p.errorWords(),
		when(p.trouble == nil && len(p.said) == 0, "nothing went wrong"), p.showTrouble)
	b.add("view.escape", p.escapeShort(), p.escapeWords(), p.whyNotEscape(), p.escape)
}
