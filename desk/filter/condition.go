package filter

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/desk/fold"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// test judges an object by one column.
type test func(o *models.Object, now time.Time) models.Flag

func (t test) judge(s *subject) models.Flag { return t(s.object, s.now) }

// kind is what a column's facts are, with how a condition on them is read.
type kind struct {
	example   string // what it may be compared with
	operators string // besides ":", "=" and "!="
	read      func(c models.Column, t token, clock moment.Clock) (test, error)
	isKnown   func(c models.Column, o *models.Object) bool
	decides   bool // what is not known is not read at all
}

func kindOf(c models.Column) kind {
	switch {
	case c.Flag != nil:
		return kind{"yes, no or unknown", "", readFlag, func(c models.Column, o *models.Object) bool { return c.Flag(o).Known() }, true}
	case c.Moment != nil:
		return kind{"a date such as 2026-12-31 or -90, never or unknown", "<>", readMoment, func(c models.Column, o *models.Object) bool { return c.Moment(o).Known() }, true}
	case c.Number != nil:
		return kind{"a number or unknown", "<>", readNumber, func(c models.Column, o *models.Object) bool { _, known := c.Number(o); return known }, true}
	default:
		return kind{`a text or unknown; "" stands for none`, "", readText, func(c models.Column, o *models.Object) bool { return c.Told == nil || c.Told(o) }, false}
	}
}

// readCondition understands a condition by what its column is.
func readCondition(t token, clock moment.Clock) (node, error) {
	c, ok := models.ColumnNamed(t.name)
	if !ok {
		return nil, fmt.Errorf("%s is no column; quotes make it a text. Columns are %s", t.name, models.ColumnNames())
	}
	k := kindOf(c)
	switch wanted := strings.ToLower(t.value); {
	case wanted == "" && !t.quoted:
		return nil, fmt.Errorf("after %s%s comes %s", t.name, t.operator, k.example)
	case (t.operator == "<" || t.operator == ">") && k.operators == "":
		return nil, fmt.Errorf("%s has no order: after %s: comes %s", t.name, t.name, k.example)
	case wanted == "unknown" && !t.quoted:
		return placed(t, c, test(func(o *models.Object, _ time.Time) models.Flag { return models.FlagOf(!k.isKnown(c, o)) })), nil
	}
	read, err := k.read(c, t, clock)
	if err != nil {
		return nil, fmt.Errorf("%s%s%s: %w; it is %s", t.name, t.operator, t.value, err, k.example)
	}
	return placed(t, c, test(func(o *models.Object, now time.Time) models.Flag {
		if k.decides && !k.isKnown(c, o) {
			return models.Unknown
		}
		return read(o, now)
	})), nil
}

// placed is a test turned round for "!=", where its column applies.
func placed(t token, c models.Column, judge node) node {
	if t.operator == "!=" {
		judge = not{judge}
	}
	if c.Applies == nil {
		return judge
	}
	return all{test(func(o *models.Object, _ time.Time) models.Flag { return models.FlagOf(c.Applies(o)) }), judge}
}

func readFlag(c models.Column, t token, _ moment.Clock) (test, error) {
	wanted := map[string]models.Flag{"yes": models.Yes, "true": models.Yes, "no": models.No, "false": models.No}[strings.ToLower(t.value)]
	if !wanted.Known() {
		return nil, errors.New("that is neither yes nor no")
	}
	return func(o *models.Object, _ time.Time) models.Flag { return models.FlagOf(c.Flag(o) == wanted) }, nil
}

// readMoment compares points in time. What never happened is before and after
// nothing. A day alone is compared as a day.
func readMoment(c models.Column, t token, clock moment.Clock) (test, error) {
	clock.LastDay = c.LastDay
	wanted, err := clock.Parse(t.value)
	if err != nil {
		return nil, errors.New(strings.TrimSuffix(err.Error(), "."))
	}
	if wanted.Never && (t.operator == "<" || t.operator == ">") {
		return nil, errors.New("nothing is before or after never")
	}
	day := func(at time.Time) time.Time {
		if c.LastDay {
			at = at.Add(-time.Nanosecond) // the end of a day belongs to it
		}
		return moment.StartOf(at.In(clock.Zone))
	}
	return func(o *models.Object, _ time.Time) models.Flag {
		at, ok := c.Moment(o).Time()
		switch {
		case wanted.Never || !ok:
			return models.FlagOf(wanted.Never && !ok)
		case t.operator == "<":
			return models.FlagOf(at.Before(wanted.At))
		case t.operator == ">":
			return models.FlagOf(at.After(wanted.At))
		default:
			return models.FlagOf(day(at).Equal(day(wanted.At)))
		}
	}, nil
}

func readNumber(c models.Column, t token, _ moment.Clock) (test, error) {
	wanted, err := strconv.Atoi(t.value)
	if err != nil {
		return nil, errors.New("that is no number")
	}
	fits := map[string][]int{"<": {-1}, ">": {1}}[t.operator]
	if fits == nil {
		fits = []int{0}
	}
	return func(o *models.Object, _ time.Time) models.Flag {
		n, _ := c.Number(o)
		return models.FlagOf(slices.Contains(fits, cmp.Compare(n, wanted)))
	}, nil
}

// readText compares without case and accents. ":" asks for a part, the others for
// all of it, or for one whole of what the column holds.
func readText(c models.Column, t token, _ moment.Clock) (test, error) {
	wanted := fold.Append(nil, t.value)
	part := t.operator == ":" && len(wanted) > 0
	return func(o *models.Object, now time.Time) models.Flag {
		var buf [256]byte
		text := fold.Append(buf[:0], c.Words(o, now))
		switch {
		case part && bytes.Contains(text, wanted), len(wanted) > 0 && isOneOf(text, wanted):
			return models.Yes
		case c.Told != nil && !c.Told(o):
			return models.Unknown // there may be more than what is told
		default:
			return models.FlagOf(!part && isOneOf(text, wanted))
		}
	}, nil
}

// isOneOf reports whether a text is one of those that stand with zero bytes between.
func isOneOf(texts, wanted []byte) bool {
	for one := range bytes.SplitSeq(texts, []byte{0}) {
		if bytes.Equal(one, wanted) {
			return true
		}
	}
	return false
}
