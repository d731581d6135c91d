package property

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"dirdesk/internal/english"
	"dirdesk/models"
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

// value is one value in words, on one line.
func (w words) value(p models.Property, text string) string {
	switch p.Type {
	case models.DNString:
		if rdn := models.DN(text).RDN(); rdn.Value != "" {
			return rdn.Value
		}
	case models.Boolean:
		switch text {
		case "TRUE":
			return "yes"
		case "FALSE":
			return "no"
		}
	case models.Integer:
		if bits, ok := models.Bits(text); ok && models.FlagSet(p.Name) != nil {
			return flagWords(p.Name, bits) + " (" + text + ")"
		}
	case models.UTCTime, models.Timestamp:
		return w.moment(p, text)
	case models.OctetString:
		return octetWords(text)
	case models.LogonHours:
		return hoursWords(text)
	}
	return oneLine(text)
}

// whole is one value in full: what the line below the list says.
func (w words) whole(p models.Property, text string) string {
	if p.Type == models.DNString {
		return text
	}
	return w.value(p, text)
}

// oneLine shows line breaks as marks between the lines.
func oneLine(text string) string {
	text = text[:min(len(text), mostShown)]
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " / ")
}

// moment is a point in time in the zone of the person.
func (w words) moment(p models.Property, text string) string {
	if strings.EqualFold(text, models.NeverText) {
		return "never"
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return oneLine(text)
	}
	t = t.In(w.zone)
	if namesLastDay(p.Name) && t.Equal(midnight(t, 0)) {
		return "end of " + t.Add(-time.Second).Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04:05 MST")
}

// octetWords is how many bytes there are, and the first of them.
func octetWords(text string) string {
	// The first bytes need no more than the first characters.
	head := text[:min(len(text), 16)]
	data, err := base64.StdEncoding.DecodeString(head)
	if err != nil {
		return oneLine(text)
	}
	size := base64.StdEncoding.DecodedLen(len(text)) - strings.Count(text[max(len(text)-2, 0):], "=")
	return bytesWords(size, data)
}

// bytesWords says a size and the first bytes, of which more may follow.
func bytesWords(size int, head []byte) string {
	const most = 8
	shown := head[:min(len(head), most)]
	more := ""
	if size > len(shown) {
		more = " .."
	}
	return fmt.Sprintf("%s: % x%s", english.Count(size, "byte"), shown, more)
}

// flagWords are the flags that are set, by name.
func flagWords(name string, bits int32) string {
	if text := models.FlagWords(name, bits); text != "" {
		return text
	}
	return "no flags"
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
