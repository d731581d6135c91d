package adaxes

import (
	"encoding/json"
	"strings"

	"dirdesk/simulator/directory"
)

// test is a condition on an object.
type test func(directory.View) bool

func always(directory.View) bool { return true }

// criteria reads the criteria of a search: an object that meets one of
// objectTypes is found.
func (r *reader) criteria(raw json.RawMessage) test {
	o := r.object(raw, "criteria")
	types := o.list("objectTypes")
	if len(types) == 0 {
		return always
	}
	tests := make([]test, 0, len(types))
	for i, raw := range types {
		tests = append(tests, r.objectType(raw, o.item("objectTypes", i)))
	}
	return anyOf(tests)
}

func (r *reader) objectType(raw json.RawMessage, path string) test {
	o := r.object(raw, path)
	class := o.text("type")
	condition := test(always)
	if raw, ok := o.raw("items"); ok {
		if items := r.object(raw, o.at("items")); len(items.members) > 0 {
			condition = r.item(items, 0)
		}
	}
	return func(v directory.View) bool { return ofType(v, class) && condition(v) }
}

// deepest is how far compound items may be nested.
const deepest = 50

// item reads a simple or a compound item.
func (r *reader) item(o object, depth int) test {
	if depth > deepest {
		r.complain(o.path, "The criteria are nested too deeply.")
		return always
	}
	word, _ := o.enum("type")
	switch strings.ToLower(word) {
	case "simple", "0":
		return r.simple(o)
	case "compound", "1":
		return r.compound(o, depth)
	case "advanced", "2":
		r.complain(o.at("type"), "This simulator does not know the members of advanced items.")
	default:
		r.complain(o.at("type"), "The item type '"+word+"' is not known.")
	}
	return always
}

func (r *reader) compound(o object, depth int) test {
	var tests []test
	for i, raw := range o.list("items") {
		tests = append(tests, r.item(r.object(raw, o.item("items", i)), depth+1))
	}
	if r.all(o, "logicalOperator") {
		return allOf(tests)
	}
	return anyOf(tests)
}

// all reads a logical operator: Or, the preset, or And. A server was seen to take 2
// for Or.
func (r *reader) all(o object, name string) bool {
	word, known := o.enum(name)
	switch strings.ToLower(word) {
	case "and", "1":
		return true
	case "or", "0", "2":
	default:
		if known {
			r.complain(o.at(name), "The logical operator '"+word+"' is not known.")
		}
	}
	return false
}

// simple is the comparison of one property with values.
func (r *reader) simple(o object) test {
	property, operator := o.required("property"), strings.ToLower(o.required("operator"))
	compare, known := comparison(operator)
	if !known && operator != "" {
		r.complain(o.at("operator"), "The operator '"+operator+"' is not known.")
	}
	var tests []test
	for i, raw := range o.list("values") {
		c := r.criterion(raw, o.item("values", i))
		tests = append(tests, func(v directory.View) bool { return compare(r.custom.subject(v, property), c) })
	}
	if len(tests) == 0 {
		r.complain(o.at("values"), missing("values"))
		return always
	}
	if r.all(o, "valueLogicalOperator") {
		return allOf(tests)
	}
	return anyOf(tests)
}

func allOf(tests []test) test {
	return func(v directory.View) bool {
		for _, t := range tests {
			if !t(v) {
				return false
			}
		}
		return true
	}
}

// anyOf holds when one does; of none at all it holds too.
func anyOf(tests []test) test {
	return func(v directory.View) bool {
		for _, t := range tests {
			if t(v) {
				return true
			}
		}
		return len(tests) == 0
	}
}
