package models

// Category is the kind of an object, spelled as DSM's objectCategory (docs/dsm.md
// section 7; attested by a live capture) and as the AD class of that name. A
// server may send others; they are kept as they came.
type Category string

// The six categories that list_directory_objects knows.
const (
	Person             Category = "person"
	Group              Category = "group"
	OrganizationalUnit Category = "organizationalUnit"
	Computer           Category = "computer"
	Container          Category = "container"
	BuiltinDomain      Category = "builtinDomain"
)

// Categories are the six known categories in DSM's order.
func Categories() []Category {
	return []Category{Person, Group, OrganizationalUnit, Computer, Container, BuiltinDomain}
}

// ContainerCategories are those that hold other objects: the tree's nodes.
func ContainerCategories() []Category {
	return []Category{OrganizationalUnit, Container, BuiltinDomain}
}

// HoldsObjects reports whether objects of this category are nodes of the tree.
func (c Category) HoldsObjects() bool {
	return c == OrganizationalUnit || c == Container || c == BuiltinDomain
}

// Label names the category for a person: "user", "group", "OU", ...
func (c Category) Label() string {
	switch c {
	case Person:
		return "user"
	case OrganizationalUnit:
		return "OU"
	case BuiltinDomain:
		return "builtin"
	case "":
		return "object"
	default:
		return string(c)
	}
}
