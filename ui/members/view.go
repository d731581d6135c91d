package members

import (
	"cmp"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/ui/frame"
	"dirdesk/ui/trouble"
)

// View draws as many lines as the area has rows, each of its width.
func (m *Model) View() string {
	o := m.options
	pane := frame.Pane{Title: o.Theme.Safe("Members of " + cmp.Or(o.Group.Name, o.Group.DN.RDN().Value)), Note: m.counted()}
	return pane.Overlay(o.Theme, o.Width, o.Height, func(p *frame.Pane, width, room int) ([]string, string) {
		return m.lines(p, width, room), m.foot(width)
	})
}

// counted says how many there are, and which.
func (m *Model) counted() string {
	l := m.shown()
	if !l.read {
		return ""
	}
	words := english.Number(len(l.dns)) + " direct"
	if m.indirect {
		words = english.Number(len(l.dns)) + " with those through groups"
	}
	return words
}

// lines are the members in sight, or why there are none.
func (m *Model) lines(p *frame.Pane, width, room int) []string {
	th, l := m.options.Theme, m.shown()
	if l.err != nil {
		var lines []string
		for _, line := range terminaltext.Wrap(th.Safe(trouble.Line("The members could not be read", l.err, models.AdviceFor(l.err), m.keys.Hints("", "members.refresh", "tries again"))), max(width-2, 1)) {
			lines = append(lines, th.Ink.Bad.Render(terminaltext.Fit(" "+line, width, "")))
		}
		return lines
	}
	switch {
	case !l.read:
		return []string{th.Ink.Muted.Render(th.Fit(" Asking the server who is in the group.", width))}
	case len(l.dns) == 0:
		return []string{th.Ink.Muted.Render(th.Fit(" Nobody is in this group, but perhaps by primary group.", width))}
	}
	names := min(max(width*2/5, 16), width)
	if width <= names+8 { // no room for more than the names
		names = width
	}
	return m.cursor.Draw(p, len(l.dns), room, 0, func(i int, under bool) string {
		dn := l.dns[i]
		head, rest := th.Fit(" "+cmp.Or(dn.RDN().Value, string(dn)), names), ""
		if width > names {
			rest = th.Fit("  "+string(dn.Parent()), width-names)
		}
		if under {
			return th.Ink.Cursor.Render(head + rest)
		}
		return head + th.Ink.Muted.Render(rest)
	})
}

func (m *Model) foot(width int) string {
	th := m.options.Theme
	if m.wrong != "" {
		return th.Ink.Warning.Render(th.Fit(" "+english.Own(m.wrong).Capital()+".", width))
	}
	other := ": with those through groups"
	if m.indirect {
		other = ": only direct ones"
	}
	text := " " + m.keys.Hints("   ", "members.go", "goes there", "members.other", other, "overlay.close", "closes")
	if terminaltext.Width(text) > width {
		text = " " + m.keys.Hints("  ", "members.go", "goes there", "members.other", "others", "overlay.close", "closes")
	}
	return th.Ink.Muted.Render(terminaltext.Fit(text, width, ""))
}
