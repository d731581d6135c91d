package directory

import (
	"strconv"
	"strings"
	"time"

	"dirdesk/models"
)

// Filter decides whether a search finds an entry. What cannot be compared does
// not match.
type Filter func(View) bool

// And matches what all filters match; with none it matches everything.
func And(all ...Filter) Filter {
	return func(v View) bool {
		for _, f := range all {
			if !f(v) {
				return false
			}
		}
		return true
	}
}

// Or matches what one of the filters matches; with none it matches nothing.
func Or(all ...Filter) Filter {
	return func(v View) bool {
		for _, f := range all {
			if f(v) {
				return true
			}
		}
		return false
	}
}

// Not matches what f does not match.
func Not(f Filter) Filter { return func(v View) bool { return !f(v) } }

// Present matches entries that have the attribute.
func Present(a Attribute) Filter {
	if a.row.name == "objectClass" {
		return And()
	}
	return func(v View) bool { return len(v.Of(a)) > 0 }
}

// Equal matches entries with one value like this.
func Equal(a Attribute, text string) Filter {
	switch {
	case a.row.name == "objectClass":
		return func(v View) bool { return v.IsA(text) }
	case a.row.name == "objectCategory":
		return func(v View) bool {
			return strings.EqualFold(v.e.class.schemaName(), text) || strings.EqualFold(v.e.class.name, text) ||
				models.DN(text).Equal(models.DN(reading(v.d).categoryDN(v.e.class)))
		}
	case a.row.name == "sAMAccountName":
		folded := fold(text)
		return func(v View) bool { return v.e.sam != "" && fold(v.e.sam) == folded }
	case a.row.syntax == asDN:
		return equalDN(a, text)
	}
	return anyOf(a, func(value string) bool { return a.row.syntax.same(value, text) })
}

// equalDN looks for the entry that is named once, and then for links to it.
func equalDN(a Attribute, text string) Filter {
	var target *entry
	looked := false
	return func(v View) bool {
		if !looked {
			target, looked = reading(v.d).named(text), true
		}
		switch {
		case target == nil:
			return false
		case a.row.name == "distinguishedName":
			return v.e == target
		case a.row.name == "memberOf":
			return v.e.isMember(target)
		case a.row.name == "member":
			return target.isMember(v.e)
		}
		dn := string(target.dn())
		for _, value := range v.Of(a) {
			if value == dn {
				return true
			}
		}
		return false
	}
}

// AtLeast matches entries with one value that is this or more.
func AtLeast(a Attribute, text string) Filter {
	return anyOf(a, func(value string) bool { n, ok := a.row.syntax.order(value, text); return ok && n >= 0 })
}

// AtMost matches entries with one value that is this or less.
func AtMost(a Attribute, text string) Filter {
	return anyOf(a, func(value string) bool { n, ok := a.row.syntax.order(value, text); return ok && n <= 0 })
}

// order compares two values; ok is false for what has no order.
func (s syntax) order(a, b string) (n int, ok bool) {
	switch s {
	case asNumber, asLarge, asFiletime:
		x, err1 := strconv.ParseInt(a, 10, 64)
		y, err2 := strconv.ParseInt(b, 10, 64)
		switch {
		case err1 != nil || err2 != nil:
			return 0, false
		case x < y:
			return -1, true
		case x > y:
			return 1, true
		}
		return 0, true
	case asTime:
		x, ok1 := generalizedTime(a)
		y, ok2 := generalizedTime(b)
		return x.Compare(y), ok1 && ok2
	case asDN, asOctets, asHours, asSID, asGUID, asBoolean, asDescriptor:
		return 0, false
	case asExact:
		return strings.Compare(a, b), true
	default:
		return strings.Compare(fold(a), fold(b)), true
	}
}

// generalizedTime reads a moment with or without a fraction of the second.
func generalizedTime(text string) (time.Time, bool) {
	whole, _, _ := strings.Cut(strings.TrimSuffix(text, "Z"), ".")
	t, err := time.Parse("20060102150405", whole)
	return t, err == nil
}

// Substring is what a value begins with, holds in this order, and ends with.
type Substring struct {
	Initial string
	Any     []string
	Final   string
}

// Contains matches entries with one value that has the parts.
func Contains(a Attribute, s Substring) Filter {
	switch a.row.syntax {
	case asHours, asSID, asGUID, asBoolean, asDescriptor, asNumber, asLarge, asFiletime:
		return func(View) bool { return false }
	}
	turned := strings.ToUpper
	if a.row.syntax == asExact || a.row.syntax == asOctets {
		turned = func(s string) string { return s }
	}
	initial, final := turned(s.Initial), turned(s.Final)
	middle := make([]string, len(s.Any))
	for i, part := range s.Any {
		middle[i] = turned(part)
	}
	return anyOf(a, func(value string) bool {
		rest, ok := strings.CutPrefix(turned(value), initial)
		if !ok {
			return false
		}
		for _, part := range middle {
			if _, rest, ok = strings.Cut(rest, part); !ok {
				return false
			}
		}
		return strings.HasSuffix(rest, final)
	})
}

// AllBits and AnyBit are AD's rules for numbers that are flags.
func AllBits(a Attribute, text string) Filter { return bits(a, text, true) }

// AnyBit matches when one of the bits is set.
func AnyBit(a Attribute, text string) Filter { return bits(a, text, false) }

func bits(a Attribute, text string, all bool) Filter {
	mask, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return func(View) bool { return false }
	}
	return anyOf(a, func(value string) bool {
		n, err := strconv.ParseInt(value, 10, 64)
		return err == nil && (all && n&mask == mask || !all && n&mask != 0)
	})
}

func anyOf(a Attribute, matches func(string) bool) Filter {
	return func(v View) bool {
		for _, value := range v.Of(a) {
			if matches(value) {
				return true
			}
		}
		return false
	}
}

// Ambiguous is AD's ambiguous name resolution: the beginning of one of the names
// that a person has, or of first and last name in either order.
func Ambiguous(text string) Filter {
	var all []Filter
	starts := func(name, text string) Filter {
		a := Attribute{attributeByName(name)}
		if exact, ok := strings.CutPrefix(text, "="); ok {
			return Equal(a, exact)
		}
		return Contains(a, Substring{Initial: text})
	}
	for _, name := range []string{
		"displayName", "givenName", "sn", "sAMAccountName", "name", "mail", "proxyAddresses", "physicalDeliveryOfficeName",
	} {
		all = append(all, starts(name, text))
	}
	if one, two, found := strings.Cut(strings.TrimSpace(text), " "); found {
		two = strings.TrimSpace(two)
		all = append(
			all, And(starts("givenName", one), starts("sn", two)),
			And(starts("givenName", two), starts("sn", one)),
		)
	}
	return Or(all...)
}

// InChain follows links from entry to entry: with memberOf it matches who is in
// the group named, by way of other groups too.
func InChain(a Attribute, text string) Filter {
	var reached map[*entry]bool
	return func(v View) bool {
		if reached == nil {
			reached = make(map[*entry]bool)
			if target := reading(v.d).named(text); target != nil {
				target.reach(a.row.name, reached)
			}
		}
		return reached[v.e]
	}
}

// reach gathers the entries whose attribute leads to e, over any number of steps.
func (e *entry) reach(attribute string, reached map[*entry]bool) {
	step := func(other *entry) {
		if !reached[other] {
			reached[other] = true
			other.reach(attribute, reached)
		}
	}
	switch attribute {
	case "memberOf":
		for _, m := range e.members {
			step(m)
		}
	case "member":
		for _, g := range e.memberOf {
			step(g)
		}
	default:
		for _, back := range e.linkedBy {
			if back.attribute.name == attribute {
				step(back.to)
			}
		}
	}
}
