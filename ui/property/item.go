package property

import (
	"strings"

	"dirdesk/models"
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
