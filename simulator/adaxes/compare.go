package adaxes

import (
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// subject is the property of an object that a criterion is compared with.
type subject struct {
	kind   models.PropertyType
	values []string
}

// subject reads a property, or one of those that exist in criteria only.
func (a *customAttributes) subject(v directory.View, property string) subject {
	if value, virtual := virtualProperty(v, property); virtual {
		return subject{models.Boolean, []string{value}}
	}
	about, known := describe(property)
	if !known {
		return subject{kind: models.CaseIgnoreString}
	}
	return subject{about.Type, a.of(v, property)}
}

// virtualProperty gives accountDisabled and mailEnabled (attested for criteria).
func virtualProperty(v directory.View, property string) (value string, virtual bool) {
	yes := false
	switch strings.ToLower(property) {
	case "accountdisabled":
		yes = v.IsAccount() && v.Object().Disabled == models.Yes
	case "mailenabled":
		yes = len(v.Values("mailNickname")) > 0
	default:
		return "", false
	}
	if yes {
		return "TRUE", true
	}
	return "FALSE", true
}

// comparison is what an operator does; its name is in lower case. The negative
// ones hold for a property that is not set.
func comparison(operator string) (func(subject, criterion) bool, bool) {
	some := func(hit func(kind models.PropertyType, value, wanted string) bool) func(subject, criterion) bool {
		return func(s subject, c criterion) bool {
			return slices.ContainsFunc(s.values, func(v string) bool { return hit(s.kind, v, c.text) })
		}
	}
	none := func(positive func(subject, criterion) bool) func(subject, criterion) bool {
		return func(s subject, c criterion) bool { return !positive(s, c) }
	}
	text := func(hit func(value, wanted string) bool) func(subject, criterion) bool {
		return some(func(_ models.PropertyType, value, wanted string) bool {
			return hit(strings.ToLower(value), strings.ToLower(wanted))
		})
	}
	ordered := func(hit func(int) bool) func(subject, criterion) bool {
		return some(func(kind models.PropertyType, value, wanted string) bool {
			n, ok := order(kind, value, wanted)
			return ok && hit(n)
		})
	}
	equal := some(sameValue)
	switch operator {
	case "eq":
		return equal, true
	case "ne":
		return none(equal), true
	case "gt":
		return ordered(func(n int) bool { return n > 0 }), true
	case "ge":
		return ordered(func(n int) bool { return n >= 0 }), true
	case "lt":
		return ordered(func(n int) bool { return n < 0 }), true
	case "le":
		return ordered(func(n int) bool { return n <= 0 }), true
	case "contains":
		return text(strings.Contains), true
	case "notcontains":
		return none(text(strings.Contains)), true
	case "startswith":
		return text(strings.HasPrefix), true
	case "notstartswith":
		return none(text(strings.HasPrefix)), true
	case "endswith":
		return text(strings.HasSuffix), true
	case "notendswith":
		return none(text(strings.HasSuffix)), true
	case "empty":
		return func(s subject, c criterion) bool { return (len(s.values) == 0) == (c.text == "TRUE") }, true
	default:
		return func(subject, criterion) bool { return false }, false
	}
}

// sameValue compares two of the directory's texts, numbers by their value.
func sameValue(kind models.PropertyType, value, wanted string) bool {
	switch kind {
	case models.Integer:
		return models.SameValue(models.Integer, value, wanted)
	case models.LargeInteger, models.Timestamp:
		return models.SameValue(models.LargeInteger, value, wanted)
	case models.UTCTime:
		return value == wanted
	default:
		return models.SameValue(kind, value, wanted)
	}
}

// order compares numbers by value, times by their moment, and texts by their
// letters whatever the case.
func order(kind models.PropertyType, value, wanted string) (int, bool) {
	switch kind {
	case models.Integer, models.LargeInteger, models.Timestamp:
		a, errA := strconv.ParseInt(value, 10, 64)
		b, errB := strconv.ParseInt(wanted, 10, 64)
		switch {
		case errA != nil || errB != nil:
			return 0, false
		case a < b:
			return -1, true
		case a > b:
			return 1, true
		}
		return 0, true
	case models.UTCTime:
		a, errA := dirTime(value)
		b, errB := dirTime(wanted)
		return a.Compare(b), errA == nil && errB == nil
	default:
		return strings.Compare(strings.ToLower(value), strings.ToLower(wanted)), true
	}
}
