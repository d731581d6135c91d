package adaxes

import (
	"fmt"
	"strconv"
	"strings"

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
func (c *checker) properties(list node) {
	if list.kind != listNode {
		c.wrong(memberProperties, "must be a list, and is %s", list.kind)
		return
	}
	first := map[string]string{}
	for i, item := range list.elements {
		path := memberProperties + "[" + strconv.Itoa(i) + "]"
		if item.kind != objectNode {
			c.wrong(path, "must be an object, and is %s", item.kind)
			continue
		}
		c.members(path, item, memberName, memberType, memberValues, memberOperation, memberMask)
		p := propertyChecker{checker: c, path: path, item: item}
		p.check()
		if key := strings.ToLower(p.change.Name); key != "" {
			if earlier, twice := first[key]; twice {
				c.wrong(join(path, memberName), "%s is changed by %s already", p.change.Name, earlier)
			} else {
				first[key] = path
			}
		}
		c.request.Modification.Properties = append(c.request.Modification.Properties, p.change)
	}
}

// propertyChecker checks one item of properties.
type propertyChecker struct {
	*checker
	path   string
	item   node
	change models.PropertyChange
	known  attribute // what the schema says; the zero value when it says nothing
}

func (p *propertyChecker) check() {
	p.name()
	typed := p.propertyType()
	p.operation()
	p.mask(typed)
	p.values(typed)
}

func (p *propertyChecker) name() {
	path := join(p.path, memberName)
	given, found := p.item.member(memberName)
	switch {
	case !found:
		p.wrong(path, "missing; it is the LDAP name, such as description")
	case given.kind != stringNode:
		p.wrong(path, "must be text in quotes, and is %s", given.kind)
	case !isAttributeName(given.text):
		p.wrong(path, "%q is no LDAP name of a property", shorten(given.text))
	case models.PasswordProperty(given.text):
		p.wrong(path, "%s is a password: it is not set as a property; use dirdesk user passwd", given.text)
	default:
		p.change.Name = given.text
		p.known, _ = lookUp(given.text)
		if p.known.fixed != "" {
			p.warn(path, "%s is not changed as a property: %s", given.text, p.known.fixed)
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

func (p *propertyChecker) propertyType() bool {
	path := join(p.path, memberType)
	given, found := p.item.member(memberType)
	if !found {
		p.wrong(path, "missing; it is one of %s", strings.Join(typeNames(), ", "))
		return false
	}
	t, ok := models.PropertyType(0), false
	switch given.kind {
	case numberNode:
		if t, ok = models.ParsePropertyType(given.text); !ok {
			p.wrong(path, "%s is no type; the types are 1 to 10, 14 and 19", given.text)
		}
	case stringNode:
		t, ok = models.ParsePropertyType(given.text)
		switch {
		case ok && given.text == t.Name():
		case ok && strings.EqualFold(given.text, t.Name()):
			p.wrong(path, "%q is no type; did you mean %s?", given.text, t.Name())
			ok = false
		case ok:
			p.wrong(path, "a number stands without quotes: write %s, or %q", given.text, t.Name())
			ok = false
		case strings.EqualFold(given.text, "String"):
			p.wrong(path, "%q is no type; write %q", given.text, models.CaseIgnoreString.Name())
		default:
			p.wrong(path, "%q is no type%s", shorten(given.text), didYouMean(given.text, typeNames()))
		}
	default:
		p.wrong(path, "must be a name in quotes or a number, and is %s", given.kind)
	}
	if !ok {
		return false
	}
	p.change.Type = t
	if p.known.kind != 0 && p.known.kind != t && p.known.fixed == "" {
		p.warn(path, "%s is known as %s", p.change.Name, p.known.kind.Name())
	}
	return true
}

func typeNames() []string {
	var names []string
	for _, t := range models.PropertyTypes() {
		names = append(names, t.Name())
	}
	return names
}

func (p *propertyChecker) operation() {
	path := join(p.path, memberOperation)
	given, found := p.item.member(memberOperation)
	if !found {
		return
	}
	names := []string{models.Replace.Name(), models.Append.Name(), models.Remove.Name()}
	operation, ok := models.ParseOperation(given.text)
	switch given.kind {
	case numberNode:
		if !ok {
			p.wrong(path, "%s is no operation; they are 0 (Replace), 1 (Append) and 2 (Delete)", given.text)
			return
		}
	case stringNode:
		switch {
		case ok && given.text == operation.Name():
		case ok && !strings.EqualFold(given.text, operation.Name()):
			p.wrong(path, "a number stands without quotes: write %s, or %q", given.text, operation.Name())
			return
		case strings.EqualFold(given.text, "Remove"):
			p.wrong(path, "%q is no operation; did you mean Delete?", given.text)
			return
		default:
			p.wrong(path, "%q is no operation%s", shorten(given.text), didYouMean(given.text, names))
			return
		}
	case nullNode:
		p.wrong(path, "null is no operation; leave it out")
		return
	default:
		p.wrong(path, "must be a name in quotes or a number, and is %s", given.kind)
		return
	}
	p.change.Operation = operation
	if p.known.multi == models.No {
		p.warn(path, "%s has a single value; leave operation out", p.change.Name)
	}
}

func (p *propertyChecker) mask(typed bool) {
	path := join(p.path, memberMask)
	given, found := p.item.member(memberMask)
	if !found {
		return
	}
	if given.kind == nullNode {
		p.wrong(path, "null is no mask; leave it out")
		return
	}
	mask, words := signed32(given)
	if words != "" {
		p.wrong(path, "%s", words)
		return
	}
	p.change.Masked, p.change.Mask = true, mask
	switch {
	case typed && p.change.Type != models.Integer:
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
func signed32(n node) (value int32, words string) {
	switch n.kind {
	case numberNode:
	case stringNode:
		if _, err := strconv.ParseInt(n.text, 10, 64); err == nil {
			return 0, "a number stands without quotes: write " + n.text
		}
		return 0, fmt.Sprintf("must be a whole number, and is %s", n.kind)
	default:
		return 0, fmt.Sprintf("must be a whole number, and is %s", n.kind)
	}
	wide, err := strconv.ParseInt(n.text, 10, 64)
	switch {
	case err != nil && strings.ContainsAny(n.text, ".eE"):
		return 0, n.text + " is no whole number"
	case err != nil || wide < -1<<32 || wide >= 1<<32 || wide < -1<<31:
		return 0, n.text + " does not fit in signed 32 bits"
	case wide >= 1<<31:
		return 0, fmt.Sprintf("%s does not fit in signed 32 bits; write %d", n.text, int32(uint32(wide)))
	}
	return int32(wide), ""
}
