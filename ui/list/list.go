// Package list is what all lists and texts on the screen have in common: the
// cursor, the part that is in sight, the keys that move them, and the mark of
// the scroll bar.
package list

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/ui/action"
	"dirdesk/ui/frame"
	"dirdesk/ui/message"
	"dirdesk/ui/prompt"
)

// List is the cursor in a list and the part of it that is in sight. The zero
// value is at the top. Who has the rows says how many there are.
type List struct {
	at, top int
	room    int // when it was drawn last
}

// At is the row of the cursor.
func (l *List) At() int { return l.at }

// Top is the first row in sight.
func (l *List) Top() int { return l.top }

// Go puts the cursor on a row of all; the nearest where there is none.
func (l *List) Go(to, all int) { l.at = max(min(to, all-1), 0) }

// Key moves the cursor as an action says; false when it moves in no list.
func (l *List) Key(id string, all int) bool {
	by, ok := Steps(id, l.room, all)
	if ok {
		l.Go(l.at+by, all)
	}
	return ok
}

// Window is the part of all rows that is in sight, the cursor in it.
func (l *List) Window(all, room int) (first, last int) {
	l.room = room
	l.Go(l.at, all)
	l.top = max(min(l.top, l.at, all-room), l.at-room+1, 0)
	return l.top, max(min(l.top+room, all), l.top)
}

// Draw draws the rows that are in sight and says so in the edge of the pane:
// above are the lines of the pane over the list.
func (l *List) Draw(p *frame.Pane, all, room, above int, row func(i int, under bool) string) []string {
	first, last := l.Window(all, room)
	p.Scrolled(first, room, all, above)
	lines := make([]string, 0, last-first)
	for i := first; i < last; i++ {
		lines = append(lines, row(i, i == l.at))
	}
	return lines
}

// Text is the part of a text that is in sight. The zero value is at the top.
type Text struct{ top, all, room int }

// Key scrolls as an action says; false when it moves in no list.
func (t *Text) Key(id string) bool {
	by, ok := Steps(id, t.room, t.all)
	t.Scroll(by)
	return ok
}

// Scroll moves the text by so many lines.
func (t *Text) Scroll(by int) { t.top = max(min(t.top+by, t.all-t.room), 0) }

// Rest is how many lines are below what is in sight.
func (t *Text) Rest() int { return max(t.all-t.top-t.room, 0) }

// Window is the part of the lines that is in sight.
func (t *Text) Window(lines []string, room int) []string {
	t.all, t.room = len(lines), room
	t.top = max(min(t.top, t.all-room), 0)
	return lines[t.top:min(t.top+max(room, 0), t.all)]
}

// Draw is Window, and says in the edge of the pane what part it is.
func (t *Text) Draw(p *frame.Pane, lines []string, room, above int) []string {
	seen := t.Window(lines, room)
	p.Scrolled(t.top, room, t.all, above)
	return seen
}

// Steps is how far an action of the scopes move and overlay goes in a list of
// which room rows are in sight; false when it is none of those.
func Steps(id string, room, all int) (by int, ok bool) {
	page := max(room-1, 1) // one row stays in sight
	by, ok = map[string]int{
		"move.up": -1, "move.down": 1, "move.pageup": -page, "move.page": page, "overlay.page": page,
		"move.halfup": -max(room/2, 1), "move.half": max(room/2, 1), "move.first": -all, "move.last": all,
	}[id]
	return by, ok
}

// Finder is a list that is narrowed by what is typed above it.
type Finder struct {
	List
	Line *prompt.Prompt
	Keys keymap.Keys // of a scope that uses keymap.Find
}

// Update takes a key or a paste: it moves the cursor among all rows, or goes
// into the line.
func (f *Finder) Update(msg tea.Msg, all int) prompt.Outcome {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		id := f.Keys.ID(key.String())
		switch id {
		case "find.up":
			id = "move.up"
		case "find.down":
			id = "move.down"
		}
		if f.Key(id, all) {
			f.Line.Error = ""
			return prompt.Moved
		}
	}
	return f.Line.Update(msg, f.Keys)
}

// Run is Update for a list of actions: Enter runs the one under the cursor, or
// says why it cannot run, and Esc closes. narrow is told that the text changed.
func (f *Finder) Run(msg tea.Msg, all int, at func(i int) action.Action, narrow func()) tea.Cmd {
	switch f.Update(msg, all) {
	case prompt.Changed:
		f.List = List{}
		narrow()
	case prompt.Left:
		return message.Send(message.Closed{})
	case prompt.Entered:
		if f.at >= all {
			return nil
		}
		a := at(f.at)
		if a.Unavailable == "" {
			return message.Send(message.Chosen{Action: a})
		}
		f.Line.Error = "not now: " + a.Unavailable
	}
	return nil
}
