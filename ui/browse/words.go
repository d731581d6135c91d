package browse

import (
	"errors"

	"dirdesk/models"
)

// The words of actions that change with what is going on. A short word puts the
// key at the foot, so it is there only when it helps.

// againWord is the refresh key's while something did not work.
const againWord = "try again"

func (p *Page) loadShort() string {
	if incomplete(p.shown) && (p.shown.arranged() || p.shown.halted) {
		return "load all"
	}
	return ""
}

func (p *Page) whyNotLoad() string {
	switch c := p.shown; {
	case c == nil:
		return "no container is open yet"
	case c.reading != 0:
		return "it is being read"
	case c.list.IsComplete() && c.cut() != "":
		return "what the server gives is loaded, and there is more: " + c.cut()
	default:
		return when(c.list.IsComplete(), "all of it is loaded")
	}
}

func (p *Page) advancedWords() string {
	if p.advanced {
		return "hide advanced objects"
	}
	return "show advanced objects"
}

func (p *Page) refreshShort() string {
	if p.retry != nil {
		return againWord
	}
	return "refresh"
}

func (p *Page) refreshWords() string {
	if p.retry != nil {
		return "try again what did not work"
	}
	return "refresh"
}

func (p *Page) errorShort() string {
	switch {
	case p.failed():
		return "why"
	case p.trouble != nil || len(p.said) > 0:
		return "more"
	default:
		return ""
	}
}

func (p *Page) errorWords() string {
	if !p.failed() && (p.trouble != nil || len(p.said) > 0) {
		return "tell what the server said of the last change"
	}
	return "tell more about what went wrong"
}

// failed reports whether something went wrong: that somebody has to approve it
// first is no failure.
func (p *Page) failed() bool { return p.trouble != nil && !errors.Is(p.trouble, models.ErrPending) }

func (p *Page) narrowed() bool { return p.shown != nil && p.shown.wanted.Narrow != "" }

// escaping is what Esc does now: the word for the foot and for the help; both
// are empty when there is nothing to do.
func (p *Page) escaping() (short, words string) {
	switch {
	case p.env.Door.stoppable():
		return "stop", "stop making changes"
	case p.tasks.stoppable():
		return "stop", "stop what is loading"
	case p.focus == detailsPane:
		return "rows", "go back to the rows"
	case p.narrowed():
		return "show all", "show all rows again"
	case p.anyMarks():
		return "unmark", "take all marks away"
	default:
		return "", ""
	}
}

func (p *Page) escapeShort() string {
	short, _ := p.escaping()
	return short
}

func (p *Page) escapeWords() string {
	if _, words := p.escaping(); words != "" {
		return words
	}
	return "stop what is loading"
}

func (p *Page) whyNotEscape() string {
	return when(p.escapeShort() == "", "nothing is loading")
}
