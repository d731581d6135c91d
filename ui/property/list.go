package property

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/ui/list"
	"dirdesk/ui/prompt"
)

// itemList is what is shown of the items, and where the cursor is.
type itemList struct {
	list.List
	keys      keymap.Keys // of the filter
	filter    *prompt.Prompt
	filtering bool // the filter has the keys
	setOnly   bool
	shown     []*item
}

// narrow works out which items are shown. What is changed is always among those
// that are set.
func (l *itemList) narrow(items []*item) {
	under := l.under()
	text := l.text()
	l.shown = l.shown[:0:0]
	for _, it := range items {
		if l.setOnly && len(it.property.Values) == 0 && it.change == nil {
			continue
		}
		if strings.Contains(it.hay, text) {
			l.shown = append(l.shown, it)
		}
	}
	l.Go(0, len(l.shown))
	if under != nil {
		l.find(under.property.Name)
	}
}

func (l *itemList) text() string { return strings.ToLower(strings.TrimSpace(l.filter.Value())) }

// best puts the cursor on the property whose name fits the filter best.
func (l *itemList) best() {
	text, at := l.text(), 0
	for i, it := range l.shown {
		name := strings.ToLower(it.property.Name)
		if name == text {
			at = i
			break
		}
		if strings.HasPrefix(name, text) && !strings.HasPrefix(strings.ToLower(l.shown[at].property.Name), text) {
			at = i
		}
	}
	l.Go(at, len(l.shown))
}

// under is the item under the cursor; nil when there is none.
func (l *itemList) under() *item {
	if l.At() >= len(l.shown) {
		return nil
	}
	return l.shown[l.At()]
}

// find puts the cursor on a property; false when it is not shown.
func (l *itemList) find(name string) bool {
	for i, it := range l.shown {
		if strings.EqualFold(it.property.Name, name) {
			l.Go(i, len(l.shown))
			return true
		}
	}
	return false
}

// typed takes a key or a paste into the filter.
func (l *itemList) typed(msg tea.Msg, items []*item) {
	if l.filtering && l.filter.Update(msg, l.keys) == prompt.Changed {
		l.narrow(items)
		l.best()
	}
}
