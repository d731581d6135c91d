package directory

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// Values are those of one attribute in a request to add an entry.
type Values struct {
	Name   string
	Values []string
}

// Add makes an entry of what a request lists, its objectClass too. A password
// goes by secret, nil for none.
func (c *Caller) Add(name string, given []Values, secret *models.Secret) error {
	d := c.d
	defer c.writing()()
	dn := models.DN(name)
	if strings.Contains(name, "<GUID=") { // measured
		return refuse(34, "Name it by its DN.", "00002032: ldb_add: invalid dn '(null)'").on("add", dn)
	}
	class, attributes, r := adding(d).asked(dn, given)
	if r == nil {
		r = c.checkAdd(dn, class)
	}
	if r == nil {
		r = adding(d).add(dn, class, attributes, secret)
	}
	return r.on("add", dn)
}

// asked sorts a request's attributes: the structural class, and what is the
// client's to set.
func (d adder) asked(dn models.DN, given []Values) (class string, attributes map[string][]string, r *refusal) {
	attributes = make(map[string][]string)
	for _, v := range given {
		switch strings.ToLower(v.Name) {
		case "objectclass":
			if class, r = structural(v.Values); r != nil {
				return "", nil, r
			}
		case "instancetype", "objectcategory", "distinguishedname": // given by some tools, as the server would
		case "pwdlastset":
			if !slices.Equal(v.Values, []string{"0"}) && !slices.Equal(v.Values, []string{"-1"}) {
				return "", nil, refuse(80, "", "00000057: setup_last_set_field: pwdLastSet must be 0 or -1 only!")
			}
			attributes["pwdLastSet"] = v.Values
			if v.Values[0] == "-1" {
				attributes["pwdLastSet"] = []string{FileTime(d.now())}
			}
		case "whencreated":
			return "", nil, refuse(19, "The server keeps this attribute itself.", "0000202F: objectclass_attrs: attribute 'whenCreated' on entry '%s' can only be modified as system", dn)
		default:
			attributes[v.Name] = d.dnValues(v.Name, v.Values)
		}
	}
	if class == "" {
		return "", nil, refuse(65, "Say what kind of object it is.", "00002014: objectclass: Cannot add %s, no objectclass specified!", dn)
	}
	return class, attributes, nil
}

// structural is the most special of the classes that are named.
func structural(names []string) (string, *refusal) {
	best := ""
	most := 0
	for _, name := range names {
		c := classByName(name)
		switch {
		case c != nil && len(c.chain) > most:
			best, most = c.name, len(c.chain)
		case c == nil && !isSuperclass(name):
			return "", refuse(16, "", "0000200A: objectclass %s is not a valid objectClass in schema", name)
		}
	}
	return best, nil
}

func isSuperclass(name string) bool {
	for i := range classes {
		if slices.ContainsFunc(classes[i].chain, func(c string) bool { return strings.EqualFold(c, name) }) {
			return true
		}
	}
	return false
}

// dnValues writes names of entries in AD's other forms as DNs.
func (d adder) dnValues(name string, values []string) []string {
	i := attributeIndex(name)
	if i < 0 || schema[i].syntax != asDN {
		return values
	}
	values = slices.Clone(values)
	for n, v := range values {
		if strings.HasPrefix(v, "<") {
			if e := reading(d.Directory).named(v); e != nil {
				values[n] = string(e.dn())
			}
		}
	}
	return values
}

func (c *Caller) checkAdd(dn models.DN, class string) *refusal {
	parent := c.d.lookup(dn.Parent())
	if parent == nil || classByName(class) == nil {
		return nil // what is wrong is said later
	}
	if !c.may(parent, rightCreateChild, classByName(class).guid()) {
		return noAccess("acl: unable to get access to %s", dn)
	}
	return nil
}
