package change

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/keymap"
	"dirdesk/ui/list"
)

// Item is one of a few things to choose from.
type Item struct {
	ID          string // of its key, in the scope New
	Name        string
	Unavailable string // why it cannot be chosen; "" it can
	Run         func() tea.Cmd
}

type menu struct {
	title string
	items []Item
	list  list.List
	wrong string
}

func (m *menu) chosen() Item { return m.items[m.list.At()] }

func (m *menu) scope() keymap.ScopeName { return keymap.New }

func (m *menu) update(id string, _ tea.Msg) answer {
	m.wrong = ""
	switch {
	case id == "overlay.close":
		return no
	case id == "menu.choose":
		return m.take()
	case m.list.Key(id, len(m.items)):
		return none
	}
	if i := slices.IndexFunc(m.items, func(item Item) bool { return item.ID == id }); i >= 0 {
		m.list.Go(i, len(m.items))
		return m.take()
	}
	return none
}

func (m *menu) take() answer {
	if why := m.chosen().Unavailable; why != "" {
		m.wrong = english.Own(m.chosen().Name).Capital() + ": " + why + "."
		return none
	}
	return yes
}

func (m *menu) page(l look) page {
	hints := l.keys.Hints("   ", "menu.choose", "chooses", "overlay.close", ": back")
	p := page{title: m.title, keys: l.short(hints, "A letter or "+hints)}
	for i, item := range m.items {
		mark, text := "  ", item.Name
		if i == m.list.At() {
			mark = l.Ink.Accent.Render("> ")
		}
		if item.Unavailable != "" {
			text += " (" + item.Unavailable + ")"
		}
		line := l.Cut(text, max(l.width-5, 1))
		if item.Unavailable != "" {
			line = l.Ink.Muted.Render(line)
		}
		p.body = append(p.body, mark+l.Ink.Key.Render(l.keys.Spell(item.ID))+"  "+line)
	}
	p.below = l.wrapped(l.Ink.Bad, "", m.wrong)
	return p
}
