package browse

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/prompt"
)

type promptKind uint8

const (
	narrowing promptKind = iota
	going
)

// typed takes a key or a paste while the page captures text.
func (p *Page) typed(msg tea.Msg) tea.Cmd {
	switch {
	case p.sheet != nil:
		p.readSheet(msg)
		return nil
	case p.ask.choosing:
		return p.chooseCopy(msg)
	case p.ask.line == nil:
		return nil
	}
	outcome := p.ask.line.Update(msg, p.env.Keys.In(keymap.Narrowing))
	if p.ask.kind == going {
		return p.typedDN(outcome)
	}
	return p.typedNarrow(outcome, msg)
}

func (p *Page) askNarrow() tea.Cmd {
	p.focus = tablePane
	p.ask = prompting{kind: narrowing, line: prompt.New("Narrow to", p.shown.wanted.Narrow)}
	return nil
}

func (p *Page) typedNarrow(outcome prompt.Outcome, msg tea.Msg) tea.Cmd {
	switch outcome {
	case prompt.Changed:
		return p.setNarrow(p.ask.line.Value())
	case prompt.Left:
		p.ask.line = nil
		return p.setNarrow("")
	case prompt.Entered:
		p.ask.line = nil
		p.focus = tablePane
	case prompt.Ignored:
		if key, ok := msg.(tea.KeyPressMsg); ok {
			p.moveWhileTyping(key.String())
		}
	}
	return nil
}

// moveWhileTyping lets the arrows walk the rows that are left.
func (p *Page) moveWhileTyping(key string) {
	switch key {
	case "up":
		p.shown.table.Move(-1)
	case "down":
		p.shown.table.Move(1)
	case "pgup":
		p.shown.table.Move(-p.shown.table.Page())
	case "pgdown":
		p.shown.table.Move(p.shown.table.Page())
	}
}

func (p *Page) askDN() tea.Cmd {
	present := p.info.BaseDN
	if p.shown != nil {
		present = p.shown.base
		if o := p.shown.table.Object(); o != nil && p.focus != treePane {
			present = o.DN
		}
	}
	if p.focus == treePane {
		present = p.tree.Cursor().DN
	}
	p.ask = prompting{kind: going, line: prompt.New("Go to DN", string(present))}
	return nil
}

func (p *Page) typedDN(outcome prompt.Outcome) tea.Cmd {
	switch outcome {
	case prompt.Changed:
		p.ask.wrong = ""
	case prompt.Left:
		p.ask.line = nil
	case prompt.Entered:
		dn, err := models.ParseDN(p.ask.line.Value())
		if err != nil {
			p.ask.wrong = err.Error()
			return nil
		}
		if !dn.Equal(p.info.BaseDN) && !dn.IsBelow(p.info.BaseDN) {
			p.ask.wrong = "This name is not below " + string(p.info.BaseDN) + "."
			return nil
		}
		p.ask.line = nil // so that the foot tells how it goes, and Esc stops it
		return p.goTo(dn)
	}
	return nil
}

type targetMsg struct {
	task      int
	dn        models.DN
	container bool
	err       error
}

// goTo finds out whether a name is a container or an object in one, and goes
// there.
func (p *Page) goTo(dn models.DN) tea.Cmd {
	if dn.Equal(p.info.BaseDN) {
		return p.arriveAt(targetMsg{dn: dn, container: true})
	}
	t, ctx := p.tasks.start(p.env.Context, "looking for "+name(dn))
	backend := p.env.Backend
	return func() tea.Msg {
		found, holds, err := identify(ctx, backend, dn)
		return targetMsg{t.id, found, holds, err}
	}
}

// identify asks for the object itself or, where that cannot be asked, looks
// among the containers beside it, of which there are few. It gives the name as
// the server writes it.
func identify(ctx context.Context, backend desk.Backend, dn models.DN) (models.DN, bool, error) {
	if getter, ok := desk.Ability[desk.Getter](backend); ok {
		o, err := getter.Get(ctx, dn)
		if err != nil {
			return dn, false, err
		}
		return o.DN, o.Category.HoldsObjects(), nil
	}
	beside, _, err := branches(ctx, backend, dn.Parent())
	for i := range beside {
		if beside[i].DN.Equal(dn) {
			return beside[i].DN, true, nil
		}
	}
	return dn, false, err
}

func (p *Page) onTarget(msg targetMsg) tea.Cmd {
	if !p.tasks.alive(msg.task) {
		return nil
	}
	p.tasks.end(msg.task)
	if msg.err != nil {
		return p.targetFailed(msg)
	}
	return p.arriveAt(msg)
}

// targetFailed gives a name that does not exist back to be mended, unless
// something else is being typed by now.
func (p *Page) targetFailed(msg targetMsg) tea.Cmd {
	if p.Typing() || !errors.Is(msg.err, models.ErrNotFound) {
		again := func() tea.Cmd { return p.goTo(msg.dn) }
		return p.fail("Could not go to "+string(msg.dn), msg.err, again)
	}
	p.ask = prompting{
		kind: going, line: prompt.New("Go to DN", string(msg.dn)),
		wrong: "No object has this name. It may have been moved, renamed or deleted.",
	}
	return nil
}

func (p *Page) arriveAt(msg targetMsg) tea.Cmd {
	if msg.container {
		return p.open(msg.dn, openOptions{into: true})
	}
	parent := msg.dn.Parent()
	if p.shown != nil && p.shown.base.Equal(parent) && p.shown.wanted.Narrow == "" {
		if row, ok := p.shown.list.Row(msg.dn); ok {
			p.focus = tablePane
			p.shown.table.MoveTo(row)
			p.say(tonePlain, fmt.Sprintf("At %s.", name(msg.dn)))
			return nil
		}
	}
	return p.open(parent, openOptions{into: true, cursor: msg.dn, seek: true})
}
