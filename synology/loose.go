package synology

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// The loose types take a value in any of the forms in which DSM builds are
// known to send it, and stay at "unknown" for the rest: one odd member must not
// cost the whole answer.

// looseText is a text; numbers and booleans become their JSON text.
type looseText string

// UnmarshalJSON never fails.
func (t *looseText) UnmarshalJSON(raw []byte) error {
	*t = looseText(textOf(raw))
	return nil
}

// textOf gives a scalar as text, "" for null, arrays and objects. raw must be
// valid JSON or nothing.
func textOf(raw json.RawMessage) string {
	switch first(raw) {
	case 0, 'n', '[', '{':
		return ""
	case '"':
		return rawjson.Text(raw)
	default:
		return strings.TrimSpace(string(raw))
	}
}

// looseInt is a whole number, also as text or in floating-point form.
type looseInt struct {
	value int64
	known bool
}

// UnmarshalJSON never fails.
func (n *looseInt) UnmarshalJSON(raw []byte) error {
	n.read(raw)
	return nil
}

func (n *looseInt) read(raw []byte) {
	*n = looseInt{}
	text := strings.TrimSpace(textOf(raw))
	if value, err := strconv.ParseInt(text, 10, 64); err == nil {
		*n = looseInt{value, true}
		return
	}
	// Beyond 2^53 a float no longer holds every whole number.
	if value, err := strconv.ParseFloat(text, 64); err == nil && value == math.Trunc(value) && math.Abs(value) <= 1<<53 {
		*n = looseInt{int64(value), true}
	}
}

// looseBool is true or false, also as 0 and 1, and as text.
type looseBool struct{ flag models.Flag }

// UnmarshalJSON never fails.
func (b *looseBool) UnmarshalJSON(raw []byte) error {
	b.read(raw)
	return nil
}

func (b *looseBool) read(raw []byte) {
	switch strings.ToLower(strings.TrimSpace(textOf(raw))) {
	case "true", "1", "yes":
		b.flag = models.Yes
	case "false", "0", "no":
		b.flag = models.No
	default:
		b.flag = models.Unknown
	}
}

func joinInts(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}
