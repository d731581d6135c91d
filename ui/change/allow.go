package change

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/internal/terminaltext"
	"dirdesk/theme"
)

// allow asks whether changes are allowed at all.
type allow struct{ question, as string }

func newAllow(e Env) *allow {
	about := e.Desk.Backend().About()
	return &allow{
		question: fmt.Sprintf("Allow changes on %s for %d minutes?", e.realm(), int(desk.DefaultWindow.Minutes())),
		as:       fmt.Sprintf("You are signed in as %s at %s.", about.Account, about.Host),
	}
}

func (a *allow) scroll() *int { return nil }

func (a *allow) update(msg tea.Msg) answer {
	switch pressed(msg) {
	case "y", "Y":
		return yes
	case "n", "N", "q", "enter", "esc":
		return no
	}
	return none
}

func (a *allow) page(th *theme.Theme, width int) page {
	p := page{title: "This connection is read-only", keys: short(width, "y: allow   Esc: stay read-only", "y: allow   Enter, n or Esc: stay read-only")}
	p.body = wrapped(th, th.Ink.Title, "", a.question, width)
	p.body = append(p.body, wrapped(th, th.Ink.Text, "", a.as+" For so long this is not asked again, and the header says so.", width)...)
	p.below = []string{th.Ink.Warning.Render(terminaltext.Cut("y yes   N no", width, ""))}
	return p
}
