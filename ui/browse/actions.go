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

// builder gathers actions, with the keys and words of the table.
type builder struct {
	page    *Page
	actions []action.Action
}

// add takes an action. Why, when not empty, says why it cannot run now.
func (b *builder) add(id, why string, run func() tea.Cmd) {
	b.actions = append(b.actions, action.New(b.page.keys, id, why, run))
}

// named is add for an action whose words change with what is going on.
func (b *builder) named(id, short, name, why string, run func() tea.Cmd) {
	a := action.New(b.page.keys, id, why, run)
	a.Short, a.Name = short, name
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
	notYet := when(!p.started, "the domain is not known yet")
	b.add("go.open", first(notYet, p.whyNotOpen()), p.openCursor)
	b.add("pane.next", notYet, do(func() { p.cycle(1) }))
	b.add("pane.prev", notYet, do(func() { p.cycle(-1) }))
	b.add("view.details", notYet, do(p.toggleDetails))
}

func (p *Page) moveActions(b *builder) {
	why := when(!p.started, "the domain is not known yet")
	if p.focus == tablePane {
		why = first(why, when(p.shown == nil || p.shown.list.Len() == 0, "there are no rows"))
	}
	b.add("move.down", why, func() tea.Cmd { return p.move(1) })
	b.add("move.up", why, func() tea.Cmd { return p.move(-1) })
	b.add("move.page", why, func() tea.Cmd { return p.move(p.paneRoom()) })
	b.add("move.pageup", why, func() tea.Cmd { return p.move(-p.paneRoom()) })
	b.add("move.half", why, func() tea.Cmd { return p.move(max(p.paneRoom()/2, 1)) })
	b.add("move.halfup", why, func() tea.Cmd { return p.move(-max(p.paneRoom()/2, 1)) })
	b.add("move.first", why, func() tea.Cmd { return p.move(-endless) })
	b.add("move.last", why, func() tea.Cmd { return p.move(endless) })
}

func (p *Page) goActions(b *builder) {
	notYet := when(!p.started, "the domain is not known yet")
	noRows := when(p.shown == nil, "no container is open yet")
	b.add("go.up", first(notYet, noRows, p.whyNotUp()), p.goUp)
	b.add("go.dn", notYet, p.askDN)
	b.add("go.back", when(len(p.history.past) == 0, "there is nothing to go back to"), p.goBack)
	b.add("go.forward", when(len(p.history.future) == 0, "there is nothing to go forward to"), p.goForward)
	b.add("go.home", first(notYet, when(p.atTop(), "this is the top")), p.goHome)
	b.named("go.right", "", p.rightWords(), first(notYet, p.whyNotRight()), p.goRight)
	b.named("go.left", "", p.leftWords(), first(notYet, p.whyNotLeft()), p.goLeft)
}

func (p *Page) viewActions(b *builder) {
	notYet := when(!p.started, "the domain is not known yet")
	noRows := first(notYet, when(p.shown == nil, "no container is open yet"))
	b.add("view.narrow", noRows, p.askNarrow)
	b.add("view.sort", noRows, p.nextSort)
	b.add("view.reverse", noRows, func() tea.Cmd {
		return p.sortBy(p.shown.wanted.Column, !p.shown.wanted.Descending)
	})
	b.named("view.load", p.loadShort(), "load the rest of this container", first(noRows, p.whyNotLoad()), p.readRest)
	b.add("view.copy",
		first(noRows, when(p.subject() == nil, "no object is under the cursor")), p.askCopy)
	b.named("view.advanced", "", p.advancedWords(), notYet, func() tea.Cmd { return p.setAdvanced(!p.advanced) })
	b.named("view.refresh", p.refreshShort(), p.refreshWords(),
		when(p.retry == nil && p.shown == nil, "nothing has been read yet"), p.again)
	b.add("view.domain", notYet, p.showDomain)
	b.named("view.error", p.errorShort(), p.errorWords(),
		when(p.trouble == nil && len(p.said) == 0, "nothing went wrong"), p.showTrouble)
	b.named("view.escape", p.escapeShort(), p.escapeWords(), p.whyNotEscape(), p.escape)
}
