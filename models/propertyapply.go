package models

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
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

// SameValue compares two values of one type as a directory does: DNs and the
// strings but CaseExactString whatever the case, numbers by their value, times
// by their moment, bytes by what they decode to.
func SameValue(t PropertyType, a, b string) bool {
	if a == b {
		return true
	}
	switch t {
	case DNString:
		return DN(a).Equal(DN(b))
	case CaseExactString:
		return false
	case Integer:
		x, okX := Bits(a)
		y, okY := Bits(b)
		return okX && okY && x == y
	case LargeInteger:
		x, errX := strconv.ParseInt(a, 10, 64)
		y, errY := strconv.ParseInt(b, 10, 64)
		return errX == nil && errY == nil && x == y
	case UTCTime, Timestamp:
		x, errX := time.Parse(time.RFC3339Nano, a)
		y, errY := time.Parse(time.RFC3339Nano, b)
		return errX == nil && errY == nil && x.Equal(y) || strings.EqualFold(a, NeverText) && strings.EqualFold(b, NeverText)
	case OctetString, LogonHours:
		x, errX := base64.StdEncoding.DecodeString(a)
		y, errY := base64.StdEncoding.DecodeString(b)
		return errX == nil && errY == nil && string(x) == string(y)
	default:
		return strings.EqualFold(a, b)
	}
}

// SameValues compares two sets of values, in whatever order.
func SameValues(t PropertyType, a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	left := slices.Clone(b)
	for _, v := range a {
		i := slices.IndexFunc(left, func(w string) bool { return SameValue(t, v, w) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}
