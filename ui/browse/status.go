package browse

import (
	"cmp"
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/tree"
	"dirdesk/ui/trouble"
)

// tone is how a message is meant.
type tone uint8

const (
	tonePlain tone = iota
	toneGood
	tonePending
	toneWarning
	toneBad
)

// status is the message at the foot. It stays until something newer is to be
// said, so that nobody has to be quick to read it.
type status struct {
	tone tone
	text string // not safe to print yet
	what string // of a failure: what could not be done
}

func (p *Page) say(t tone, text string) {
	p.status = status{tone: t, text: text}
}

// key is how the first key of an action is written.
func (p *Page) key(id string) string { return cmp.Or(p.keys.Spell(id), ":") }

// fail says what went wrong and keeps how to do it again. Something that was
// cancelled did not go wrong.
func (p *Page) fail(what string, err error, again func() tea.Cmd) tea.Cmd {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	advice := trouble.Advice(err)
	if again != nil {
		advice = p.key("view.refresh") + " tries again, " + p.key("view.error") + " tells more"
	}
	p.say(toneBad, trouble.Line(what, err, advice))
	p.status.what = what
	p.retry, p.trouble, p.said = again, err, nil
	return p.lost(err)
}

// lost tells the root when an error means that somebody has to sign in again.
func (p *Page) lost(err error) tea.Cmd {
	if !errors.Is(err, models.ErrSession) && !errors.Is(err, models.ErrCredentials) {
		return nil
	}
	return func() tea.Msg { return LostMsg{err} }
}

// escape stops what is being written or read or, when nothing is, shows all
// rows again; when all are shown, it takes the marks away.
func (p *Page) escape() tea.Cmd {
	if p.env.Door.stoppable() {
		p.env.Door.Stop()
		p.say(tonePlain, "Stopping after this one.")
		return nil
	}
	if p.tasks.stoppable() {
		p.cancelAll()
		return nil
	}
	if p.narrowed() && p.focus != detailsPane {
		return p.setNarrow("")
	}
	if p.focus != detailsPane && p.anyMarks() {
		p.unmarkAll()
		return nil
	}
	p.leaveDetails()
	return nil
}

// leaveDetails gives the keys back to the rows.
func (p *Page) leaveDetails() {
	p.focus = tablePane
	if p.folded() {
		p.setDetails(false)
	}
}

func (p *Page) cancelAll() {
	what := p.tasks.words()
	c := p.shown
	for _, t := range p.tasks.running {
		if t.quiet {
			continue
		}
		if c != nil {
			if l := c.loads[t.id]; l != nil {
				c.failed = append(c.failed, l.span)
				delete(c.loads, t.id)
			}
			if c.reading == t.id {
				c.reading, c.halted, c.find = 0, true, ""
			}
		}
	}
	if o := p.coming; o != nil {
		p.coming = nil
		p.retry = func() tea.Cmd { return p.open(o.base, o.openOptions) }
	} else if !p.started {
		p.retry = p.askInfo
	} else if c != nil && len(c.failed) > 0 {
		p.retry = p.retryRows
	}
	for i := len(p.tasks.running) - 1; i >= 0; i-- {
		if t := p.tasks.running[i]; !t.quiet {
			p.tasks.end(t.id)
		}
	}
	p.revealing = ""
	text := "Stopped " + what + "."
	switch {
	case p.retry != nil:
		text += " " + p.key("view.refresh") + " does it again."
	case c != nil && c.halted:
		text += " " + p.key("view.load") + " loads the rest."
	}
	p.say(tonePlain, text)
}

// again is the retry key: what failed is done again, else the container on the
// screen is read anew.
func (p *Page) again() tea.Cmd {
	if p.retry != nil {
		retry := p.retry
		p.retry, p.trouble, p.said = nil, nil, nil
		p.say(tonePlain, "")
		return retry()
	}
	p.say(tonePlain, "")
	var cmds []tea.Cmd
	if n := p.tree.Cursor(); p.focus == treePane && (n.Open() || n.State == tree.Failed) {
		cmds = append(cmds, p.loadChildren(n))
	}
	c := p.shown
	o := openOptions{how: refresh, row: c.table.Cursor(), byHand: true}
	if object := c.table.Object(); object != nil {
		o.cursor = object.DN
	}
	return batch(append(cmds, p.open(c.base, o))...)
}

// Tell shows a message from outside the page.
func (p *Page) Tell(text string) { p.say(tonePlain, text) }
