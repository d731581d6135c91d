package browse

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/internal/english"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/message"
)

// escaping is what Esc does now: the word for the foot, the one for the help,
// and how. All are empty when there is nothing to do.
func (w walk) escaping() (short, words string, run func() tea.Cmd) {
	v := w.nav.Shown
	switch {
	case w.env.Hooks.Stoppable():
		return "stop", "stop making changes", w.stopWriting
	case w.load.IsStoppable():
		return "stop", "stop what is loading", w.stopReading
	case w.nav.Focus == navigation.DetailsPane:
		return "rows", "go back to the rows", do(w.layout.leaveDetails)
	case v.IsNarrowed():
		return "show all", "show all rows again", func() tea.Cmd { return w.narrow("") }
	case v.Marked() > 0:
		return "unmark", "take all marks away", do(w.unmarkAll)
	default:
		return "", "", nil
	}
}

func (w walk) stopWriting() tea.Cmd {
	w.env.Hooks.Stop()
	w.say(message.Plain, "Stopping after this one.")
	return nil
}

// stopReading stops what is being read, and says how it can be done again.
func (w walk) stopReading() tea.Cmd {
	text := "Stopped " + w.load.Activity() + "."
	retry := w.foot.retry
	if again := w.load.Stop(w.rows()); again != nil {
		retry = again
	}
	switch {
	case retry != nil:
		text += " " + w.key("view.refresh") + " does it again."
	case w.nav.Shown != nil && w.nav.Shown.IsHalted():
		text += " " + w.key("view.load") + " loads the rest."
	}
	w.say(message.Plain, text)
	w.foot.retry = retry
	return nil
}

func (w walk) unmarkAll() {
	w.say(message.Plain, "Took "+english.Count(w.nav.Shown.UnmarkAll(), "mark")+" away.")
}
