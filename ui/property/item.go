package property

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/list"
	"dirdesk/ui/prompt"
)

// item is one property of the object, and what is to become of it.
type item struct {
	property models.Property
	known    bool                   // its values could be read
	change   *models.PropertyChange // nil: it stays as it is

	brief string // the present values in a few words, safe in no way
	hay   string // what a filter looks in, in lower case
}

// mostSought is how much of a property's values a filter looks through, in
// bytes: a group may have thousands of members.
const mostSought = 4096

// prepare works out what does not change with every key.
func (it *item) prepare(w words) {
	it.brief = w.brief(it)
	var hay strings.Builder
	hay.WriteString(it.property.Name)
	for _, v := range it.property.Values {
		if hay.Len() > mostSought {
			break
		}
		hay.WriteByte('\n')
		hay.WriteString(v[:min(len(v), mostSought)])
	}
	it.hay = strings.ToLower(hay.String())
}

// flags are the names of the bits; nil when the value is no set of flags.
func (it *item) flags() []models.NamedFlag {
	if it.property.Type != models.Integer {
		return nil
	}
	return models.FlagSet(it.property.Name)
}

// bits is the present value as bits.
func (it *item) bits() (bits int32, known bool) {
	if !it.known {
		return 0, false
	}
	if len(it.property.Values) == 0 {
		return 0, true
	}
	return models.Bits(it.property.Values[0])
}

// several reports whether it takes a list of values.
func (it *item) several() bool {
	return it.property.Multi == models.Yes || len(it.property.Values) > 1 || it.property.Multi == models.Unknown && !it.known
}

// set makes the change, or none where everything stays as it is.
func (it *item) set(c models.PropertyChange) {
	c.Name, c.Type = it.property.Name, it.property.Type
	it.change = &c
	same := c.Operation == models.Replace && sameText(it.property.Values, c.Values)
	if c.Masked {
		same = c.Mask == 0
	}
	if it.known && same {
		it.change = nil
	}
}

// sameText compares values letter by letter: to change the case of a name is a
// change too.
func sameText(a, b []string) bool {
	seen := map[string]int{}
	for _, v := range a {
		seen[v]++
	}
	for _, v := range b {
		seen[v]--
	}
	for _, n := range seen {
		if n != 0 {
			return false
		}
	}
	return true
}

// final is the change as it is sent: with what was there before.
func (it *item) final() models.PropertyChange {
	c := *it.change
	c.BeforeKnown = it.known
	if it.known {
		c.Before = it.property.Values
	}
	return c
}

// now is the values as they are to be.
func (it *item) now() []string {
	if it.change == nil {
		return it.property.Values
	}
	return it.change.Apply(it.property.Values)
}

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
