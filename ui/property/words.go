package property

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// words puts values into words for a person. What comes out is not safe to
// print.
type words struct {
	zone *time.Location
	now  func() time.Time
}

// mostShown is how much of a value is worked on to be shown, in bytes.
const mostShown = 2000

// brief is the values of an item in a few words.
func (w words) brief(it *item) string {
	switch {
	case !it.known:
		return "not told"
	case len(it.property.Values) == 0:
		return "not set"
	}
	return w.several(it.property, it.property.Values)
}

// several is the first of some values, and how many more there are.
func (w words) several(p models.Property, values []string) string {
	switch n := len(values); n {
	case 0:
		return "not set"
	case 1:
		return w.value(p, values[0])
	default:
		return fmt.Sprintf("%s and %d more", w.value(p, values[0]), n-1)
	}
}

// clock is what dates depend on.
func (w words) clock() moment.Clock { return moment.Clock{Now: w.now(), Zone: w.zone} }

// value is one value in words, on one line.
func (w words) value(p models.Property, text string) string {
	if p.Type.Editor() == models.EditObject {
		return cmp.Or(models.DN(text).RDN().Value, oneLine(text))
	}
	said := p.Type.Format(p.Name, text, w.zone)
	if p.Type == models.Integer && models.FlagSet(p.Name) != nil {
		said += " (" + text + ")"
	}
	return oneLine(said)
}

// whole is one value in full: what the line below the list says.
func (w words) whole(p models.Property, text string) string {
	if p.Type.Editor() == models.EditObject {
		return text
	}
	return w.value(p, text)
}

// oneLine shows line breaks as marks between the lines.
func oneLine(text string) string {
	return terminaltext.OneLine(text[:min(len(text), mostShown)])
}

// change says what is to become of an item, in a few words.
func (w words) change(it *item) string {
	c := it.change
	switch {
	case c.Masked:
		return maskWords(it.property.Name, c)
	case c.Operation == models.Append:
		return "add " + w.several(it.property, c.Values)
	case c.Operation == models.Remove:
		return "take away " + w.several(it.property, c.Values)
	case len(c.Values) == 0:
		return it.brief + " -> cleared"
	default:
		return it.brief + " -> " + w.several(it.property, c.Values)
	}
}

// sent says how a change goes to the server.
func sent(c models.PropertyChange) string {
	switch n := len(c.Values); {
	case c.Masked:
		return "value " + valueOf(c) + ", mask " + strconv.Itoa(int(c.Mask))
	case n == 0:
		return c.Operation.Name() + " with nothing: the property is cleared"
	default:
		return c.Operation.Name() + ", " + english.Count(n, "value")
	}
}

func valueOf(c models.PropertyChange) string {
	if len(c.Values) == 0 {
		return "0"
	}
	return c.Values[0]
}

// maskWords names the flags that are switched, and how.
func maskWords(name string, c *models.PropertyChange) string {
	value, _ := models.Bits(valueOf(*c))
	var parts []string
	for _, f := range models.FlagSet(name) {
		switch {
		case c.Mask&f.Bit == 0:
		case value&f.Bit != 0:
			parts = append(parts, "+"+f.Words)
		case f.Choice == "":
			parts = append(parts, "-"+f.Words)
		}
	}
	return strings.Join(parts, ", ")
}
