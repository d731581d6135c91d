package change

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/forms"
	"dirdesk/ui/message"
	"dirdesk/ui/password"
)

// Update takes a message: keys and pastes only while the flow is open, all that
// nobody else knows at any time.
func (f *Flow) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return f.typed(msg)
	case message.Leave:
		if f.stage == showing || f.stage == filling && f.form.Typed() { // asks as Esc does
			return f.typed(tea.KeyPressMsg{Code: tea.KeyEscape})
		}
		return message.Send(msg)
	case forms.Done:
		if msg.Form == f.form && f.stage == filling {
			f.order = Order{Changes: msg.Changes, Made: msg.Made}
			return f.look()
		}
		return nil
	case forms.Cancelled:
		if msg.Form == f.form && f.stage == filling {
			f.reset()
			return message.Send(Report{Words: "Nothing was changed."})
		}
		return nil
	case password.Closed:
		return f.forgotten(msg)
	case plannedMsg:
		return f.planned(msg)
	case outcomeMsg:
		return f.happened(msg)
	case watchMsg:
		return f.watched(msg)
	case madeMsg:
		return f.made(msg)
	}
	var cmds []tea.Cmd
	if f.form != nil {
		cmds = append(cmds, f.form.Update(msg))
	}
	if f.shown != nil {
		cmds = append(cmds, f.shown.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (f *Flow) typed(msg tea.Msg) tea.Cmd {
	switch f.stage {
	case filling:
		return f.form.Update(msg)
	case showing:
		return f.shown.Update(msg)
	}
	if f.screen == nil {
		return nil
	}
	id := f.keys().ID(pressed(msg))
	switch {
	case id == "planning.leave":
		return f.giveUp()
	case id == "writing.leave":
		f.behind = true
		return message.Send(Report{Words: "It goes on; what becomes of it is said here."})
	}
	said := f.screen.update(id, msg)
	if said == none {
		f.text.Key(id)
	}
	return f.answered(said)
}

// answered acts on what the person said to a screen.
func (f *Flow) answered(a answer) tea.Cmd {
	switch {
	case a == none:
		return nil
	case a == more:
		f.plan = f.screen.(*review).plan
		return nil
	case f.stage == overwriting:
		if f.newer.say(f.plan, a) {
			return f.look()
		}
		f.toReview()
		return nil
	case a == no && f.stage == allowing && f.then == nil:
		return f.back("It stays read-only: nothing was changed.")
	case a == no && f.stage == allowing:
		f.reset()
		return message.Send(Report{Words: "It stays read-only."})
	case a == no && f.stage == summing:
		f.reset()
		return nil
	case a == no:
		return f.back("Nothing was changed.")
	}
	switch f.stage {
	case choosing:
		run := f.screen.(*menu).chosen().Run
		f.reset()
		return run()
	case reviewing:
		return f.agreed()
	case insisting:
		f.insisted++
		return f.agreed()
	case allowing:
		return f.allowed()
	case offering:
		return f.accepted()
	default:
		f.reset()
		return nil
	}
}

func pressed(msg tea.Msg) string {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		return key.String()
	}
	return ""
}
