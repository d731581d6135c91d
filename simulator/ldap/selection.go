package ldap

import (
	"slices"
	"strconv"
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/simulator/directory"
)

// selection are the attributes that a search asks for.
type selection struct {
	chosen []chosen
	names  []string // as they were asked for, in lower case
}

// chosen is one of them.
type chosen struct {
	attribute   directory.Attribute
	ranged      bool
	first, last int // of the values; last -1: to the end
}

// readSelection takes the list of a search: no names mean all, and 1.1 none.
func readSelection(list *ber.Packet) selection {
	s := selection{}
	for _, child := range list.Children {
		if name, ok := stringOf(child); ok {
			s.names = append(s.names, strings.ToLower(name))
		}
	}
	if len(s.names) == 0 {
		s.names = []string{"*"}
	}
	for _, name := range s.names {
		switch name {
		case "*":
			for _, a := range directory.Ordinary() {
				s.add(chosen{attribute: a})
			}
		case "+":
			for _, a := range directory.Operational() {
				s.add(chosen{attribute: a})
			}
		case "1.1":
		default:
			if one, ok := choose(name); ok {
				s.add(one)
			}
		}
	}
	return s
}

func (s *selection) add(one chosen) {
	if !slices.ContainsFunc(s.chosen, func(c chosen) bool { return c.attribute == one.attribute && !one.ranged }) {
		s.chosen = append(s.chosen, one)
	}
}

// choose reads a name with its options: "member;range=0-1499".
func choose(name string) (one chosen, ok bool) {
	base, options, _ := strings.Cut(name, ";")
	if one.attribute, ok = directory.AttributeNamed(base); !ok {
		return one, false
	}
	if options == "" || options == "binary" {
		return one, true
	}
	limits, isRange := strings.CutPrefix(options, "range=")
	low, high, found := strings.Cut(limits, "-")
	if !isRange || !found {
		return one, false
	}
	one.ranged, one.last = true, -1
	var err error
	if one.first, err = strconv.Atoi(low); err != nil || one.first < 0 {
		return one, false
	}
	if high != "*" {
		if one.last, err = strconv.Atoi(high); err != nil || one.last < one.first {
			return one, false
		}
	}
	return one, true
}

// rootDSE reports whether one of the rootDSE's attributes is asked for, which
// are in no schema.
func (s selection) rootDSE(name string) bool {
	return slices.ContainsFunc(s.names, func(n string) bool { return n == "*" || n == "+" || strings.EqualFold(n, name) })
}

// encode appends an attribute with its values.
func (a attributeValues) encode(out []byte, typesOnly bool) []byte {
	size := 0
	for _, v := range a.values {
		size += len(v) + 6
	}
	set := make([]byte, 0, size)
	if !typesOnly {
		for _, v := range a.values {
			set = element(set, tagOctets, v)
		}
	}
	return element(out, tagSequence, element(text(make([]byte, 0, len(set)+len(a.name)+12), tagOctets, a.name), tagSet, set))
}

// of gives one chosen attribute of an entry; ok is false when there is none.
func (c chosen) of(v directory.View, limit int, sent controls) (a attributeValues, ok bool) {
	name := c.attribute.Name()
	values := v.Of(c.attribute)
	switch name {
	case "nTSecurityDescriptor":
		if sent.parts != 0 {
			values = v.Descriptor(sent.parts)
		}
	case "userAccountControl":
		values = withoutAccessFlag(values)
	}
	if len(values) == 0 {
		return a, false
	}
	a.name = name
	if !c.attribute.IsDN() { // 1,500 are reached by links only, and a small limit is to leave the rest alone
		limit = 0
	}
	if c.ranged || limit > 0 && len(values) > limit {
		if c.first >= len(values) {
			return a, false
		}
		last := c.last
		if last < 0 || last >= len(values) {
			last = len(values) - 1
		}
		if limit > 0 {
			last = min(last, c.first+limit-1)
		}
		if !c.ranged {
			last = limit - 1
		}
		end := strconv.Itoa(last)
		if last == len(values)-1 {
			end = "*"
		}
		a.name += ";range=" + strconv.Itoa(c.first) + "-" + end
		values = values[c.first : last+1]
	}
	a.values = make([][]byte, len(values))
	for i, value := range values {
		if c.attribute.IsDN() {
			value = v.Extend(value, sent.extended)
		}
		a.values[i] = c.attribute.Wire(value)
	}
	return a, true
}

// withoutAccessFlag takes out the bit that AD keeps in the access list: "cannot
// change the password".
func withoutAccessFlag(values []string) []string {
	const cannotChange = 0x40
	if len(values) != 1 {
		return values
	}
	n, err := strconv.Atoi(values[0])
	if err != nil || n&cannotChange == 0 {
		return values
	}
	return []string{strconv.Itoa(n &^ cannotChange)}
}
