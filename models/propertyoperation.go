package models

import (
	"strconv"
	"strings"
)

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
