package browse

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/message"
)

// Actions are what can be done on this page now, and why the rest cannot.
func (p *Page) Actions() []action.Action {
	b := builder{keys: p.keys}
	p.paneActions(&b)
	p.moveActions(&b)
	p.goActions(&b)
	p.bookmarkActions(&b)
	p.viewActions(&b)
	b.actions = append(b.actions, p.env.Hooks.Views()...)
	p.markActions(&b)
	return append(b.actions, p.env.Hooks.Actions()...)
}

// builder gathers actions, with the keys and words of the table.
type builder struct {
	keys    keymap.Keys
	actions []action.Action
}

// add takes an action. Why, when not empty, says why it cannot run now.
func (b *builder) add(id, why string, run func() tea.Cmd) {
	b.actions = append(b.actions, action.New(b.keys, id, why, run))
}

// named is add for an action whose words change with what is going on.
func (b *builder) named(id, short, name, why string, run func() tea.Cmd) {
	b.add(id, why, run)
	a := &b.actions[len(b.actions)-1]
	a.Short, a.Name = short, name
}

// do makes an action's function of one that needs no command.
func do(f func()) func() tea.Cmd {
	return func() tea.Cmd {
		f()
		return nil
	}
}

// notYet says that the domain is not known; "" when it is.
func (s *state) notYet() string { return action.When(!s.started(), "the domain is not known yet") }

func (p *Page) paneActions(b *builder) {
	notYet := p.notYet()
	b.add("go.open", cmp.Or(notYet, p.onePerson(), p.nav.WhyNot("go.open")), p.walk.openCursor)
	b.add("pane.next", notYet, do(func() { p.layout.cycle(1) }))
	b.add("pane.prev", notYet, do(func() { p.layout.cycle(-1) }))
	b.add("view.details", cmp.Or(notYet, p.onePerson()), do(p.layout.toggleDetails))
}

func (p *Page) moveActions(b *builder) {
	why := p.notYet()
	if v := p.nav.Shown; p.nav.Focus == navigation.TablePane {
		why = cmp.Or(why, action.When(v == nil || v.List.Len() == 0, "there are no rows"))
	}
	for _, id := range []string{
		"move.down", "move.up", "move.page", "move.pageup", "move.half", "move.halfup", "move.first", "move.last",
	} {
		b.add(id, why, func() tea.Cmd { return p.walk.move(id) })
	}
}

func (p *Page) goActions(b *builder) {
	notYet := p.notYet()
	right, left := "open the container under the cursor", "go up to the parent"
	if p.nav.Focus == navigation.TreePane {
		right, left = "unfold the tree here, or go into it", "fold the tree here, or go to the parent"
	}
	b.add("go.up", cmp.Or(notYet, p.nav.WhyNot("go.up")), p.walk.goUp)
	b.add("go.manager", p.whyNoManager(), p.walk.goManager)
	b.add("go.find", notYet, p.typing.askFind)
	words := "go to an object by any of its names, or its DN, typed or pasted"
	if p.isElsewhere() {
		words = "go to the object in its container"
	}
	b.named("go.object", "go to", words, notYet, p.typing.goToObject)
	b.add("go.dn", notYet, p.typing.askDN)
	b.add("go.back", action.When(p.nav.Before() == nil, "there is nothing to go back to"), func() tea.Cmd {
		return p.walk.travel(p.nav.Before(), loader.Back)
	})
	b.add("go.forward", action.When(p.nav.After() == nil, "there is nothing to go forward to"), func() tea.Cmd {
		return p.walk.travel(p.nav.After(), loader.Forward)
	})
	b.add("go.home", cmp.Or(notYet, action.When(p.nav.IsTop(), "this is the top")), func() tea.Cmd {
		return p.open(p.info.BaseDN, loader.Intent{})
	})
	b.named("go.right", "", right, cmp.Or(notYet, p.nav.WhyNot("go.right")), p.walk.goRight)
	b.named("go.left", "", left, cmp.Or(notYet, p.nav.WhyNot("go.left")), p.walk.goLeft)
}

func (p *Page) viewActions(b *builder) {
	notYet := p.notYet()
	nowhere := cmp.Or(notYet, p.nav.WhyNothing())
	noRows := cmp.Or(nowhere, p.onePerson())
	b.add("view.through", cmp.Or(nowhere, action.When(!p.isPerson(), p.whyNoManager())), p.walk.askThrough)
	b.add("view.narrow", noRows, p.typing.askNarrow)
	b.add("view.sort", noRows, p.walk.nextSort)
	b.add("view.reverse", noRows, p.walk.reverse)
	short, why := p.loading()
	b.named("view.load", short, "load the rest of this container", cmp.Or(noRows, why), func() tea.Cmd { return p.load.ReadRest(p.rows()) })
	b.add("view.copy", cmp.Or(nowhere, action.When(p.nav.Subject() == nil, "no object is under the cursor")), p.typing.askCopy)
	b.add("view.export", noRows, do(func() {
		p.say(message.Plain, `On the command line, dirdesk ls "DN" --all --format csv writes a container as CSV; `+p.key("view.copy")+" copies the DN.")
	}))
	advanced := "show advanced objects"
	if p.load.Advanced {
		advanced = "hide advanced objects"
	}
	b.named("view.advanced", "", advanced, notYet, func() tea.Cmd { return p.walk.setAdvanced(!p.load.Advanced) })
	short, words := "refresh", "refresh"
	if p.foot.retry != nil {
		short, words = againWord, "try again what did not work"
	}
	b.named("view.refresh", short, words, action.When(p.foot.retry == nil && p.nav.Shown == nil, "nothing has been read yet"), p.walk.refresh)
	b.add("view.domain", notYet, do(p.showDomain))
	short, words = p.foot.errorWords()
	b.named("view.error", short, words, action.When(!p.foot.hasMore(), "nothing went wrong"), do(p.showTrouble))
	short, words, run := p.walk.escaping()
	b.named("view.escape", short, cmp.Or(words, "stop what is loading"), action.When(run == nil, "nothing is loading"), run)
}

// againWord is the refresh key's while something did not work.
const againWord = "try again"

// loading is the word of the key that loads the rest, and why there is none.
func (p *Page) loading() (short, why string) {
	v := p.nav.Shown
	switch {
	case v == nil:
		return "", ""
	case v.IsReadingAll():
		return "", "it is being read"
	case v.List.IsComplete() && v.List.Cut() != "":
		return "", "what the server gives is loaded, and there is more: " + v.List.Cut()
	case v.List.IsComplete():
		return "", "all of it is loaded"
	case v.IsArranged() || v.Halted:
		return "load all", ""
	default:
		return "", ""
	}
}

func (p *Page) markActions(b *builder) {
	noRow := cmp.Or(action.When(p.env.Hooks.Window().Never, "this connection is read-only"),
		action.When(p.nav.Shown.Object() == nil || p.nav.Focus != navigation.TablePane, "no row is under the cursor"))
	b.add("mark.toggle", noRow, do(func() { p.nav.Shown.Mark() }))
	b.add("mark.clear", action.When(p.nav.Shown.Marked() == 0, "nothing is marked"), do(p.walk.unmarkAll))
}
