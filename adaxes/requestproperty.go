package adaxes

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// Members of an item of properties, in the order of the document.
const (
	memberName      = "propertyName"
	memberType      = "propertyType"
	memberValues    = "values"
	memberOperation = "operation"
	memberMask      = "mask"
)

// properties checks the list of changes.
func (c *checker) properties(raw json.RawMessage) {
	changed := map[string]string{}
	c.list(memberProperties, raw, func(path string, raw json.RawMessage) {
		item, ok := c.object(path, raw, c.noSuch, memberName, memberType, memberValues, memberOperation, memberMask)
		if !ok {
			return
		}
		p := propertyChecker{checker: c, path: path, item: item}
		p.name()
		p.propertyType()
		p.operation()
		p.mask()
		p.values()
		c.once(changed, path, memberName, p.change.Name)
		c.request.Modification.Properties = append(c.request.Modification.Properties, p.change)
	})
}

// propertyChecker checks one item of properties.
type propertyChecker struct {
	*checker
	path   string
	item   map[string]json.RawMessage
	change models.PropertyChange
	// bySchema says that the type is "String": the server converts text by its schema.
	bySchema bool
	known    attribute // what the schema says; the zero value when it says nothing
}

func (p *propertyChecker) name() {
	path := join(p.path, memberName)
	name, ok := p.text(path, p.item[memberName], "it is the LDAP name, such as description")
	switch {
	case !ok:
	case !isAttributeName(name):
		p.wrong(path, "%q is no LDAP name of a property", english.Short(name))
	case models.PasswordProperty(name):
		p.wrong(path, "%s is a password: it is not set as a property; use dirdesk user passwd", name)
	default:
		p.change.Name = name
		p.known, _ = lookUp(name)
		if p.known.fixed != "" {
			p.warn(path, "%s is not changed as a property: %s", name, p.known.fixed)
		}
	}
}

// isAttributeName reports a name by RFC 4512: a letter, then letters, digits and
// hyphens. No attribute of AD is longer than 64.
func isAttributeName(name string) bool {
	if name == "" || len(name) > 64 {
		return false
	}
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return true
}

// nameOrNumber reads a member that is written as a name in quotes or as a number. It
// is known when parse knows it under that very name, or as that number.
func nameOrNumber[T interface{ Name() string }](p *propertyChecker, member string, parse func(string) (T, bool), thing, numbers string) (found T, ok bool) {
	path, raw := join(p.path, member), p.item[member]
	text := rawjson.Scalar(raw)
	found, ok = parse(text)
	switch kindOf(raw) {
	case "text":
		if ok = ok && text == found.Name(); !ok {
			p.wrong(path, "%q is no %s", english.Short(text), thing)
		}
	case "a number":
		if !ok {
			p.wrong(path, "%s is no %s; %s", text, thing, numbers)
		}
	default:
		p.wrong(path, "must be a name in quotes or a number, and is %s", kindOf(raw))
		ok = false
	}
	return found, ok
}

func (p *propertyChecker) propertyType() {
	path := join(p.path, memberType)
	if p.item[memberType] == nil {
		var names []string
		for _, t := range models.PropertyTypes() {
			names = append(names, t.Name())
		}
		p.wrong(path, "missing; it is one of %s", strings.Join(names, ", "))
		return
	}
	if rawjson.Text(p.item[memberType]) == models.AnyString {
		p.bySchema, p.change.Type = true, cmp.Or(p.known.kind, models.CaseIgnoreString)
		p.warn(path, "%s is not documented, though servers take it; the documented name here is %s", models.AnyString, p.change.Type.Name())
		return
	}
	t, ok := nameOrNumber(p, memberType, models.ParsePropertyType, "type", "the types are 1 to 10, 14 and 19")
	if !ok {
		return
	}
	p.change.Type = t
	if p.known.kind != 0 && p.known.kind != t && p.known.fixed == "" {
		p.warn(path, "%s is known as %s", p.change.Name, p.known.kind.Name())
	}
}

func (p *propertyChecker) operation() {
	if p.item[memberOperation] == nil {
		return
	}
	operation, ok := nameOrNumber(p, memberOperation, models.ParseOperation, "operation", "they are 0 (Replace), 1 (Append) and 2 (Delete)")
	if !ok {
		return
	}
	p.change.Operation = operation
	if p.known.multi == models.No {
		p.warn(join(p.path, memberOperation), "%s has a single value; leave operation out", p.change.Name)
	}
}

func (p *propertyChecker) mask() {
	path, raw := join(p.path, memberMask), p.item[memberMask]
	if raw == nil {
		return
	}
	mask, words := signed32(raw)
	if words != "" {
		p.wrong(path, "%s", words)
		return
	}
	p.change.Masked, p.change.Mask = true, mask
	switch {
	case p.change.Type != 0 && p.change.Type != models.Integer:
		p.wrong(path, "a mask goes with the type Integer only, not with %s", p.change.Type.Name())
		return
	case mask == 0:
		p.warn(path, "0 touches no flag: nothing is changed")
	case p.known.kind != 0 && models.FlagSet(p.change.Name) == nil && !p.known.bits:
		p.warn(path, "%s is not known to be made of flags", p.change.Name)
	}
	if p.change.Operation != models.Replace {
		p.warn(path, "with a mask the operation %s does not count", p.change.Operation.Name())
	}
}

// signed32 reads a whole number of 32 bits with its sign; words say what is wrong
// with it.
func signed32(raw json.RawMessage) (value int32, words string) {
	if kind := kindOf(raw); kind != "a number" {
		return 0, "must be a whole number, and is " + kind
	}
	text := string(raw)
	wide, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil && strings.ContainsAny(text, ".eE"):
		return 0, text + " is no whole number"
	case err != nil || wide >= 1<<32 || wide < -1<<31:
		return 0, text + " does not fit in signed 32 bits"
	case wide >= 1<<31:
		return 0, fmt.Sprintf("%s does not fit in signed 32 bits; write %d", text, int32(uint32(wide)))
	}
	return int32(wide), ""
}

// values checks the new values against their type, where it is known, and keeps
// them in the form of models.Property.
func (p *propertyChecker) values() {
	path, raw := join(p.path, memberValues), p.item[memberValues]
	switch {
	case raw == nil:
		p.wrong(path, "missing; write [] to clear the property")
		return
	case rawjson.IsNull(raw): // clears, as [] does (official)
		raw = json.RawMessage("[]")
	case rawjson.First(raw) != '[':
		p.wrong(path, "must be a list, even of one value, and is %s", kindOf(raw))
		return
	case p.change.Type == 0:
		return
	}
	n := 0
	p.list(path, raw, func(path string, element json.RawMessage) {
		n++
		switch p.change.Type {
		case models.Boolean, models.Integer, models.LargeInteger:
			if p.bySchema && rawjson.First(element) == '"' {
				element = json.RawMessage(rawjson.Text(element))
			}
		}
		value, words := readValue(p.change.Type, element)
		if words != "" {
			p.wrong(path, "%s", words)
			return
		}
		for _, earlier := range p.change.Values {
			if models.SameValue(p.change.Type, earlier, value) {
				p.warn(path, "the same value as one before it")
				break
			}
		}
		p.change.Values = append(p.change.Values, value)
	})
	p.count(path, n)
}

// count looks at how many values there are.
func (p *propertyChecker) count(path string, n int) {
	switch {
	case p.change.Masked && n > 1:
		p.wrong(path, "with a mask there is one value, not %d", n)
	case p.change.Masked && n == 0:
		p.warn(path, "there is no value: all flags of the mask are switched off")
	case p.change.Masked && len(p.change.Values) == 1: // else it does not fit its type
		if bits, _ := models.Bits(p.change.Values[0]); bits&^p.change.Mask != 0 {
			p.warn(path, "the bits %d lie outside the mask and do not count", bits&^p.change.Mask)
		}
	case n == 0 && p.change.Operation != models.Replace:
		p.wrong(path, "%s needs values", p.change.Operation.Name())
	case n > 1 && p.known.multi == models.No:
		p.warn(path, "%s has a single value, and here are %d", p.change.Name, n)
	}
}
