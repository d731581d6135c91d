package change

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/trouble"
)

// summary tells what became of each object: what needs a person's eye first.
type summary struct {
	outcomes []desk.Outcome
	title    string
}

func newSummary(outcomes []desk.Outcome) *summary {
	s := &summary{outcomes: slices.Clone(outcomes), title: counts(outcomes)}
	rank := verdicts()
	slices.SortStableFunc(s.outcomes, func(a, b desk.Outcome) int {
		return slices.Index(rank, a.Verdict) - slices.Index(rank, b.Verdict)
	})
	return s
}

func (s *summary) scope() keymap.ScopeName { return keymap.Overlay }

func (s *summary) update(id string, _ tea.Msg) answer {
	if id == "overlay.close" {
		return no
	}
	return none
}

func (s *summary) page(l look) page {
	th, width := l.Theme, l.width
	p := page{title: s.title, keys: l.keys.Spell("move.up") + " and " + l.keys.Hints("   ", "move.down", "scroll", "overlay.close", ": back")}
	room := 11
	for _, out := range s.outcomes {
		room = max(room, terminaltext.Width(headOf(th, out))+2)
	}
	if width < 3*room { // narrow: the verdict has a line of its own
		room = 2
	}
	for _, out := range s.outcomes {
		ink := toneOf(out).Ink(th)
		if room == 2 {
			p.body = append(p.body, ink.Render(th.Cut(headOf(th, out), width)))
		}
		for i, line := range wrapped(th, th.Ink.Text, "", out.Words, max(width-room, 1)) {
			head := th.Fit("", room)
			if i == 0 && room > 2 {
				head = ink.Render(th.Fit(headOf(th, out), room))
			}
			p.body = append(p.body, head+line)
		}
		p.body = append(p.body, saidLines(th, out.Messages, room, width)...)
	}
	return p
}

// headOf is the verdict in words, with a mark where it waits for somebody.
func headOf(th *theme.Theme, out desk.Outcome) string {
	words := english.Own(string(out.Verdict)).Capital()
	if out.Verdict == verdict.Pending {
		words = th.Glyphs.Pending + " " + words
	}
	return words
}

// saidLines are what the server said of one object, as a tree.
func saidLines(th *theme.Theme, messages []models.Message, indent, width int) []string {
	var lines []string
	for _, said := range trouble.Tree(messages) {
		ink := th.Ink.Muted
		switch said.Kind {
		case models.MessageError:
			ink = th.Ink.Bad
		case models.MessageWarning:
			ink = th.Ink.Warning
		case models.MessageApproval:
			ink = th.Ink.Pending
		}
		in := strings.Repeat(" ", max(min(indent+2*said.Depth, width-20), 0))
		for i, line := range wrapped(th, ink, "  ", said.Text, max(width-len(in), 3)) {
			if i == 0 {
				line = ink.Render("- ") + strings.TrimPrefix(line, "  ")
			}
			lines = append(lines, in+line)
		}
	}
	return lines
}
