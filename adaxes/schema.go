package adaxes

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// attribute is what is known of one of AD's attributes beforehand: the REST API
// tells of no schema (docs/adaxes.md section 6). Names, syntaxes and whether
// there may be several values are Microsoft's documented ones.
type attribute struct {
	name  string // as the schema spells it
	kind  models.PropertyType
	multi models.Flag
	on    classes
	bits  bool   // a number made of flags, though they have no names here
	sid   bool   // told as "S-1-5-..."
	fixed string // why it is not changed as a property; "" when it is
}

// classes are the kinds of object that have an attribute.
type classes uint8

const (
	onUser classes = 1 << iota
	onContact
	onComputer
	onGroup
	onOU
	onContainer

	onAccounts = onUser | onComputer
	onPeople   = onUser | onContact
	onAll      = onUser | onContact | onComputer | onGroup | onOU | onContainer
)

// Why properties are not changed as such.
const (
	keptByServer = "kept by the server"
	workedOut    = "the server works it out"
	identifier   = "an identifier: kept by the server"
	throughName  = "rename the object by name instead"
	throughOther = "kept by the server from the other end of the link"
)

// classesOf finds the kind of an object: class is the server's name of it, and
// category decides when there is none. Objects of other kinds have what all have.
func classesOf(category models.Category, class string) classes {
	switch {
	case strings.EqualFold(class, classContact), class == "" && strings.EqualFold(string(category), classContact):
		return onContact
	case class == "" && category == models.Person, strings.EqualFold(class, "user"), strings.EqualFold(class, "inetOrgPerson"):
		return onUser
	case category == models.Computer, strings.EqualFold(class, "computer"):
		return onComputer
	case category == models.Group, strings.EqualFold(class, "group"):
		return onGroup
	case category == models.OrganizationalUnit, strings.EqualFold(class, "organizationalUnit"):
		return onOU
	default:
		return onContainer
	}
}

// attributesOn are those that an object of one kind may have, in the order of
// their names.
func attributesOn(on classes) []attribute {
	var list []attribute
	for _, a := range attributes() {
		if a.on&on != 0 {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b attribute) int {
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return list
}

// lookUpOn finds an attribute by its name, whatever the case, for one kind of
// object.
func lookUpOn(name string, on classes) (attribute, bool) {
	for _, a := range attributes() {
		if a.on&on != 0 && strings.EqualFold(a.name, name) {
			return a, true
		}
	}
	return attribute{}, false
}

// lookUp finds an attribute for an object of any kind: what differs between the
// kinds is not known then.
func lookUp(name string) (attribute, bool) {
	var found attribute
	for _, a := range attributes() {
		switch {
		case !strings.EqualFold(a.name, name):
			continue
		case found.name == "":
			found = a
			continue
		}
		found.on |= a.on
		if found.multi != a.multi {
			found.multi = models.Unknown
		}
		if found.fixed != a.fixed {
			found.fixed = ""
		}
	}
	return found, found.name != ""
}

// property describes the attribute without values.
func (a attribute) property() models.Property {
	return models.Property{Name: a.name, Type: a.kind, Multi: a.multi, Fixed: a.fixed}
}

func sortProperties(list []models.Property) {
	slices.SortFunc(list, func(a, b models.Property) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
}
