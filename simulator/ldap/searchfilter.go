package ldap

import (
	"strings"

	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/simulator/directory"
)

// Tags of filters (RFC 4511 section 4.5.1).
const (
	filterAnd = iota
	filterOr
	filterNot
	filterEqual
	filterSubstrings
	filterAtLeast
	filterAtMost
	filterPresent
	filterApprox
	filterExtensible
)

// Matching rules of AD.
const (
	ruleAllBits = "1.2.840.113556.1.4.803"
	ruleAnyBit  = "1.2.840.113556.1.4.804"
	ruleInChain = "1.2.840.113556.1.4.1941"
)

func nothing(directory.View) bool { return false }

// filterOf reads a filter. An attribute that is not in the schema matches
// nothing (measured); a filter that cannot be read is an error of the protocol.
func filterOf(p *ber.Packet) (f directory.Filter, ok bool) {
	if p.ClassType != ber.ClassContext {
		return nil, false
	}
	switch p.Tag {
	case filterAnd, filterOr:
		var all []directory.Filter
		for _, child := range p.Children {
			one, ok := filterOf(child)
			if !ok {
				return nil, false
			}
			all = append(all, one)
		}
		if p.Tag == filterAnd {
			return directory.And(all...), true
		}
		return directory.Or(all...), true
	case filterNot:
		if len(p.Children) != 1 {
			return nil, false
		}
		inner, ok := filterOf(p.Children[0])
		if !ok {
			return nil, false
		}
		return directory.Not(inner), true
	case filterPresent:
		a, known := directory.AttributeNamed(p.Data.String())
		if !known {
			return nothing, true
		}
		return directory.Present(a), true
	case filterSubstrings:
		return substringFilter(p)
	case filterExtensible:
		return extensibleFilter(p)
	default:
		return assertionFilter(p)
	}
}

func assertionFilter(p *ber.Packet) (directory.Filter, bool) {
	if len(p.Children) != 2 {
		return nil, false
	}
	name, ok1 := stringOf(p.Children[0])
	_, ok2 := stringOf(p.Children[1])
	if !ok1 || !ok2 {
		return nil, false
	}
	value := p.Children[1].Data.Bytes()
	if strings.EqualFold(name, "anr") {
		return directory.Ambiguous(string(value)), true
	}
	a, known := directory.AttributeNamed(name)
	if !known {
		return nothing, true
	}
	switch p.Tag {
	case filterEqual, filterApprox:
		return directory.Equal(a, a.FromWire(value)), true
	case filterAtLeast:
		return directory.AtLeast(a, a.FromWire(value)), true
	case filterAtMost:
		return directory.AtMost(a, a.FromWire(value)), true
	default:
		return nil, false
	}
}

func substringFilter(p *ber.Packet) (directory.Filter, bool) {
	if len(p.Children) != 2 {
		return nil, false
	}
	name, ok := stringOf(p.Children[0])
	if !ok {
		return nil, false
	}
	var s directory.Substring
	for _, part := range p.Children[1].Children {
		value, ok := stringOf(part)
		if !ok {
			return nil, false
		}
		switch part.Tag {
		case 0:
			s.Initial = value
		case 1:
			s.Any = append(s.Any, value)
		case 2:
			s.Final = value
		default:
			return nil, false
		}
	}
	if strings.EqualFold(name, "anr") {
		return directory.Ambiguous(s.Initial), true
	}
	a, known := directory.AttributeNamed(name)
	if !known {
		return nothing, true
	}
	return directory.Contains(a, s), true
}

// extensibleFilter knows AD's three rules; another rule matches nothing.
func extensibleFilter(p *ber.Packet) (directory.Filter, bool) {
	var rule, name string
	var value []byte
	for _, child := range p.Children {
		switch child.Tag {
		case 1:
			rule = child.Data.String()
		case 2:
			name = child.Data.String()
		case 3:
			value = child.Data.Bytes()
		}
	}
	a, known := directory.AttributeNamed(name)
	if !known {
		return nothing, true
	}
	assertion := a.FromWire(value)
	switch rule {
	case ruleAllBits:
		return directory.AllBits(a, assertion), true
	case ruleAnyBit:
		return directory.AnyBit(a, assertion), true
	case ruleInChain:
		return directory.InChain(a, assertion), true
	case "":
		return directory.Equal(a, assertion), true
	default:
		return nothing, true
	}
}
