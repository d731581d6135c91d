package adaxes

import (
	"strconv"

	"dirdesk/models"
)

// values checks the new values against their type, where it is known, and keeps
// them in the form of models.Property.
func (p *propertyChecker) values(typed bool) {
	path := join(p.path, memberValues)
	given, found := p.item.member(memberValues)
	switch {
	case !found:
		p.wrong(path, "missing; write [] to clear the property")
		return
	case given.kind == nullNode: // clears, as [] does (official)
	case given.kind != listNode:
		p.wrong(path, "must be a list, even of one value, and is %s", given.kind)
		return
	}
	if !typed {
		return
	}
	for i, element := range given.elements {
		at := path + "[" + strconv.Itoa(i) + "]"
		value, words := readValue(p.change.Type, element)
		if words != "" {
			p.wrong(at, "%s", words)
			continue
		}
		for _, earlier := range p.change.Values {
			if models.SameValue(p.change.Type, earlier, value) {
				p.warn(at, "the same value as one before it")
				break
			}
		}
		p.change.Values = append(p.change.Values, value)
	}
	p.count(path, len(given.elements))
}

// count looks at how many values there are.
func (p *propertyChecker) count(path string, n int) {
	switch {
	case p.change.Masked && n > 1:
		p.wrong(path, "with a mask there is one value, not %d", n)
	case p.change.Masked && n == 0:
		p.warn(path, "there is no value: all flags of the mask are switched off")
	case p.change.Masked:
		p.outside(path)
	case n == 0 && p.change.Operation != models.Replace:
		p.wrong(path, "%s needs values", p.change.Operation.Name())
	case n > 1 && p.known.multi == models.No:
		p.warn(path, "%s has a single value, and here are %d", p.change.Name, n)
	}
}

func (p *propertyChecker) outside(path string) {
	if len(p.change.Values) != 1 {
		return // it does not fit its type
	}
	if bits, _ := models.Bits(p.change.Values[0]); bits&^p.change.Mask != 0 {
		p.warn(path, "the bits %d lie outside the mask and do not count", bits&^p.change.Mask)
	}
}
