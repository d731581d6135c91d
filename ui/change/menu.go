package change

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/theme"
)

// Item is one of a few things to choose from.
type Item struct {
	Key         string
	Name        string
	Unavailable string // why it cannot be chosen; "" it can
	Run         func() tea.Cmd
}

type menu struct {
	title string
	items []Item
	at    int
	wrong string
}

func (m *menu) chosen() Item { return m.items[m.at] }

func (m *menu) scroll() *int { return nil }

func (m *menu) update(msg tea.Msg) answer {
	m.wrong = ""
	switch key := pressed(msg); key {
	case "esc", "q":
		return no
	case "up", "k":
		m.at = max(m.at-1, 0)
	case "down", "j":
		m.at = min(m.at+1, len(m.items)-1)
	case "enter":
		return m.take(m.at)
	default:
		for i, item := range m.items {
			if item.Key == key {
				return m.take(i)
			}
		}
	}
	return none
}

func (m *menu) take(i int) answer {
	m.at = i
	if why := m.items[i].Unavailable; why != "" {
		m.wrong = english.Own(m.items[i].Name).Capital() + ": " + why + "."
		return none
	}
	return yes
}

func (m *menu) page(th *theme.Theme, width int) page {
	p := page{title: m.title, keys: short(width, "Enter chooses   Esc: back", "A letter or Enter chooses   Esc: back")}
	for i, item := range m.items {
		mark := "  "
		if i == m.at {
			mark = th.Ink.Accent.Render("> ")
		}
		text := item.Name
		if item.Unavailable != "" {
			text += " (" + item.Unavailable + ")"
		}
		line := th.Cut(text, max(width-5, 1))
		if item.Unavailable != "" {
			line = th.Ink.Muted.Render(line)
		}
		p.body = append(p.body, mark+th.Ink.Key.Render(item.Key)+"  "+line)
	}
	p.below = wrapped(th, th.Ink.Bad, "", m.wrong, width)
	return p
}
