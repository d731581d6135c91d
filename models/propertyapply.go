package models

import (
	"slices"
	"strconv"
	"strings"
)

// Apply gives the values that a property has after the change, when it has
// present before it: what a server is expected to hold. A masked change of
// what is no number gives the present values.
//
// Adding what is there and taking away what is not change nothing, as Adaxes is
// taken to do (inferred); a domain controller may refuse them.
func (c PropertyChange) Apply(present []string) []string {
	if c.Masked {
		return c.applyMask(present)
	}
	switch c.Operation {
	case Append:
		after := slices.Clone(present)
		for _, v := range c.Values {
			if !c.contains(after, v) {
				after = append(after, v)
			}
		}
		return after
	case Remove:
		return slices.DeleteFunc(slices.Clone(present), func(v string) bool { return c.contains(c.Values, v) })
	default:
		after := make([]string, 0, len(c.Values))
		for _, v := range c.Values {
			if !c.contains(after, v) {
				after = append(after, v)
			}
		}
		return after
	}
}

func (c PropertyChange) applyMask(present []string) []string {
	var value int32
	if len(c.Values) > 0 {
		v, ok := Bits(c.Values[0])
		if !ok {
			return present
		}
		value = v
	}
	var old int32
	if len(present) > 0 {
		v, ok := Bits(present[0])
		if !ok {
			return present
		}
		old = v
	}
	return []string{strconv.FormatInt(int64(WithMask(old, value, c.Mask)), 10)}
}

func (c PropertyChange) contains(values []string, wanted string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return SameValue(c.Type, v, wanted) })
}

// Operation is how the values of a multi-valued property are changed. Names
// and numbers are Adaxes'.
type Operation uint8

// The operations. Replace, the zero value, is also the one for single-valued
// properties; with no values it clears.
const (
	Replace Operation = 0 // all values by these
	Append  Operation = 1 // these beside those that are there
	Remove  Operation = 2 // these out of those that are there; "Delete" on the wire
)

// Name is the operation as Adaxes spells it.
func (o Operation) Name() string {
	switch o {
	case Append:
		return "Append"
	case Remove:
		return "Delete"
	default:
		return "Replace"
	}
}

// ParseOperation reads an operation's name, whatever the case, or its number.
func ParseOperation(text string) (Operation, bool) {
	for _, o := range []Operation{Replace, Append, Remove} {
		if strings.EqualFold(text, o.Name()) || text == strconv.Itoa(int(o)) {
			return o, true
		}
	}
	return 0, false
}
