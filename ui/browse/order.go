package browse

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/filter"
	"dirdesk/desk/rows"
	"dirdesk/internal/english"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/message"
)

// nextSort sorts by the next column of the round.
func (w walk) nextSort() tea.Cmd {
	round := w.nav.Shown.SortColumns()
	at := slices.Index(round, w.nav.Shown.Wanted.Column)
	return w.sortBy(round[(at+1)%len(round)], false)
}

func (w walk) reverse() tea.Cmd {
	wanted := w.nav.Shown.Wanted
	return w.sortBy(wanted.Column, !wanted.Descending)
}

func (w walk) sortBy(column rows.Column, descending bool) tea.Cmd {
	v := w.nav.Shown
	v.Wanted.Column, v.Wanted.Descending = column, descending
	text := "Sorted by " + column.Label()
	if column == rows.ServerOrder {
		text = "In the server's order"
	}
	if descending {
		text += ", reversed"
	}
	if !v.List.IsComplete() && v.IsArranged() {
		text += fmt.Sprintf(": only the loaded rows; %s loads the rest", w.key("view.load"))
	} else if why := v.List.Cut(); why != "" {
		text += ": only the rows that are shown, and there are more: " + why
	}
	w.say(message.Plain, text+".")
	return w.load.Rearrange(v.Rows)
}

// narrow keeps the rows that fit.
func (w walk) narrow(conditions filter.Filter) tea.Cmd {
	w.nav.Shown.Wanted.Narrow = conditions
	return w.load.Rearrange(w.nav.Shown.Rows)
}

// setAdvanced takes the objects of the advanced view in or out.
func (w walk) setAdvanced(show bool) tea.Cmd {
	w.say(message.Plain, "Advanced objects are hidden.")
	if show {
		w.say(message.Plain, "Advanced objects are shown.")
	}
	return w.load.ShowAdvanced(show, w.rows())
}

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
		return "show all", "show all rows again", func() tea.Cmd { return w.narrow(filter.Filter{}) }
	case w.isPerson():
		return "back", "go back to the rows", w.back
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
	retry, survey := w.foot.retry, w.survey()
	if again := w.load.Stop(w.rows()); again != nil {
		retry = again
	}
	switch {
	case retry != nil:
		text += " " + w.key("view.refresh") + " does it again."
	case w.nav.Shown != nil && w.nav.Shown.Halted:
		text += " " + w.key("view.load") + " loads the rest."
	}
	w.say(message.Plain, text)
	w.foot.retry = retry
	if survey == nil {
		return nil
	}
	return func() tea.Msg { // it waits for the end of what it stops
		survey.StopReading()
		return nil
	}
}

func (w walk) unmarkAll() {
	w.say(message.Plain, "Took "+english.Count(w.nav.Shown.UnmarkAll(), "mark")+" away.")
}
