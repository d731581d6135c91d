package browse

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/rows"
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

// narrow keeps the rows that hold a text.
func (w walk) narrow(text string) tea.Cmd {
	w.nav.Shown.Wanted.Narrow = text
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

func (w walk) toggleAdvanced() tea.Cmd { return w.setAdvanced(!w.load.ShowsAdvanced()) }
