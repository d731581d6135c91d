package forms

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/ui/message"
	"dirdesk/ui/trouble"
)

// pause is how long a name has to stay as it is before the server is asked
// whether it is taken.
const pause = 300 * time.Millisecond

// nameCheck asks whether a logon or group name is taken, while it is typed.
type nameCheck struct {
	form   *sheet
	row    *row
	serial int // of the text; answers about an earlier one are late
	asked  string
	state  nameState
	why    string // the check failed: in words

	tried int                 // numbers, at the end of a proposed name that is taken
	next  func(n int) tea.Cmd // proposes the name with another number; nil: nobody does
}

type nameState uint8

const (
	unasked nameState = iota
	asking
	free
	taken
	failed
)

// nameDueMsg says that a name has stayed as it is for a while.
type nameDueMsg struct {
	check  *nameCheck
	serial int
}

// nameMsg is the answer about a name.
type nameMsg struct {
	check  *nameCheck
	serial int
	taken  bool
	err    error
}

func newNameCheck(f *sheet, r *row) *nameCheck {
	c := &nameCheck{form: f, row: r}
	check := r.check
	r.check = func(text string) string {
		if wrong := check(text); wrong != "" {
			return wrong
		}
		if c.state == taken && c.asked == text {
			return "This name is taken, by a user, a group or a computer: choose another."
		}
		return ""
	}
	r.remark = c.remark
	f.refused = func() { // what was found out may be true no more
		if c.state == free {
			c.state = unasked
		}
	}
	return c
}

// typed starts the check of a text that may have changed.
func (c *nameCheck) typed() tea.Cmd {
	text := c.row.value()
	if text == c.asked {
		return nil
	}
	c.serial++
	c.asked, c.state, c.why = text, unasked, ""
	_, able := desk.Capability[desk.NameChecker](c.form.env.Desk.Backend())
	if !able || text == "" || c.row.complaint() != "" {
		return nil
	}
	c.state = asking
	return c.form.env.Later(pause, nameDueMsg{c, c.serial})
}

// receive acts on a message; false when it is for another.
func (c *nameCheck) receive(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case nameDueMsg:
		if msg.check != c {
			return nil, false
		}
		if msg.serial != c.serial {
			return nil, true
		}
		return c.ask(), true
	case nameMsg:
		if msg.check != c {
			return nil, false
		}
		if msg.serial == c.serial {
			return c.answered(msg), true
		}
		return nil, true
	}
	return nil, false
}

func (c *nameCheck) ask() tea.Cmd {
	checker, _ := desk.Capability[desk.NameChecker](c.form.env.Desk.Backend())
	ctx, name, serial := c.form.ctx, c.asked, c.serial
	return func() tea.Msg {
		is, err := checker.NameTaken(ctx, name)
		return nameMsg{c, serial, is, err}
	}
}

// mostTried is how many numbers are tried at the end of a proposed name.
const mostTried = 20

func (c *nameCheck) answered(msg nameMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		c.state, c.why = failed, trouble.Line("not checked", msg.err)
	case msg.taken:
		c.state = taken
		if c.next != nil && c.row.proposed() && c.tried < mostTried {
			c.tried++
			return c.next(c.tried + 1)
		}
	default:
		c.state = free
	}
	return nil
}

// remark is what is known of the name, beside its field.
func (c *nameCheck) remark() (string, message.Tone) {
	switch c.state {
	case asking:
		return "checking", message.Plain
	case free:
		return "free", message.Good
	case taken:
		return "taken", message.Bad
	case failed:
		return c.why, message.Plain
	default:
		return "", message.Plain
	}
}
