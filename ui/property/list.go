package property

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/ui/prompt"
)

// list is what is shown of the items, and where the cursor is.
type list struct {
	filter    *prompt.Prompt
	filtering bool // the filter has the keys
	setOnly   bool
	shown     []*item
	at, top   int
	room      int // rows when it was drawn last
}

// narrow works out which items are shown. What is changed is always among those
// that are set.
func (l *list) narrow(items []*item) {
	under := l.under()
	text := strings.ToLower(strings.TrimSpace(l.filter.Value()))
	l.shown = l.shown[:0:0]
	for _, it := range items {
		if l.setOnly && len(it.property.Values) == 0 && it.change == nil {
			continue
		}
		if strings.Contains(it.hay, text) {
			l.shown = append(l.shown, it)
		}
	}
	l.at = 0
	if under != nil {
		l.find(under.property.Name)
	}
}

// best puts the cursor on the property whose name fits the filter best.
func (l *list) best() {
	text := strings.ToLower(strings.TrimSpace(l.filter.Value()))
	l.at = 0
	for i, it := range l.shown {
		switch name := strings.ToLower(it.property.Name); {
		case name == text:
			l.at = i
			return
		case strings.HasPrefix(name, text) && !strings.HasPrefix(strings.ToLower(l.shown[l.at].property.Name), text):
			l.at = i
		}
	}
}

// under is the item under the cursor; nil when there is none.
func (l *list) under() *item {
	if l.at >= len(l.shown) {
		return nil
	}
	return l.shown[l.at]
}

// find puts the cursor on a property; false when it is not shown.
func (l *list) find(name string) bool {
	for i, it := range l.shown {
		if strings.EqualFold(it.property.Name, name) {
			l.at = i
			return true
		}
	}
	return false
}

func (l *list) move(step int) { l.at = max(min(l.at+step, len(l.shown)-1), 0) }

// paste goes into the filter.
func (l *list) paste(msg tea.PasteMsg, items []*item, keys keymap.Keys) {
	if l.filtering && l.filter.Update(msg, keys) == prompt.Changed {
		l.narrow(items)
		l.best()
	}
}

// step is how far a key moves the cursor; false when it moves nothing.
func (l *list) step(key string) (step int, ok bool) {
	switch key {
	case "up", "k":
		return -1, true
	case "down", "j":
		return 1, true
	case "pgup", "ctrl+b":
		return -max(l.room, 1), true
	case "pgdown", "ctrl+f":
		return max(l.room, 1), true
	case "home", "g":
		return -len(l.shown), true
	case "end", "G":
		return len(l.shown), true
	}
	return 0, false
}
