package change

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
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

func (a *allow) scope() keymap.ScopeName { return keymap.Question }

func (a *allow) update(id string, _ tea.Msg) answer { return answered(id, no) }

func (a *allow) page(l look) page {
	p := page{title: "This connection is read-only"}
	p.keys = l.short(
		l.keys.Hints("   ", "question.yes", ": allow", "question.no", ": stay read-only"),
		l.keys.Hints("   ", "question.yes", ": allow", "question.default|question.no", ": stay read-only"))
	p.body = append(l.wrapped(l.Ink.Title, "", a.question),
		l.wrapped(l.Ink.Text, "", a.as+" For so long this is not asked again, and the header says so.")...)
	p.below = []string{l.yesNo(no)}
	return p
}

// answered is what an action of the scope Question means, where Enter means one
// of the answers.
func answered(id string, enter answer) answer {
	switch id {
	case "question.yes":
		return yes
	case "question.no":
		return no
	case "question.default":
		return enter
	}
	return none
}
