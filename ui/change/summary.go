package change

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/theme"
)

// summary tells what became of each object: what needs a person's eye first.
type summary struct {
	outcomes []desk.Outcome
	title    string
	offset   int
}

func newSummary(outcomes []desk.Outcome) *summary {
	s := &summary{outcomes: slices.Clone(outcomes), title: counts(outcomes)}
	rank := []desk.Verdict{desk.Failed, desk.Unknown, desk.NotTried, desk.Done}
	slices.SortStableFunc(s.outcomes, func(a, b desk.Outcome) int {
		return slices.Index(rank, a.Verdict) - slices.Index(rank, b.Verdict)
	})
	return s
}

func (s *summary) scroll() *int { return &s.offset }

func (s *summary) update(msg tea.Msg) answer {
	switch key := pressed(msg); key {
	case "esc", "enter", "q":
		return no
	default:
		scrolled(&s.offset, key)
	}
	return none
}

func (s *summary) page(th *theme.Theme, width int) page {
	p := page{title: s.title, keys: "Up and Down scroll   Enter or Esc: back"}
	for _, out := range s.outcomes {
		ink := th.Ink.Text
		switch toneOf(out) {
		case Good:
			ink = th.Ink.Good
		case Warning:
			ink = th.Ink.Warning
		case Bad:
			ink = th.Ink.Bad
		}
		for i, line := range wrapped(th, th.Ink.Text, "", out.Words, max(width-11, 1)) {
			head := th.Fit("", 11)
			if i == 0 {
				head = ink.Render(th.Fit(capital(string(out.Verdict)), 11))
			}
			p.body = append(p.body, head+line)
		}
	}
	return p
}
