package directory

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// kind groups the classes by the category that a listing asks for. Listings
// give the kinds in this order, which the protocol leaves open: those that hold
// others first.
type kind uint8

const (
	kindBuiltin kind = iota
	kindOU
	kindContainer
	kindGroup
	kindPerson
	kindComputer
	kindOther // in no listing: DSM asks for the six categories above only
	kinds     // how many there are
)

// class is an object class as far as the simulator needs it.
type class struct {
	name     string
	category models.Category
	kind     kind
	rdn      string   // naming attribute
	parents  []string // classes it may stand below (measured)
	hidden   bool     // shown in the advanced view only unless said otherwise (measured)
	account  bool     // has a SID, a sAMAccountName and an account's state
	chain    []string // objectClass values, the most general first
	must     []string // attributes that an entry cannot be without
	guarded  bool     // seen by the domain's administrators only
}

// isForest reports whether it is a class of the configuration or the schema.
func (c *class) isForest() bool {
	switch c.name {
	case "configuration", "crossRefContainer", "crossRef", "sitesContainer", "site", "serversContainer", "server",
		"nTDSDSA", "nTDSDSARO", "msDS-OptionalFeature", "dMD", "attributeSchema", "classSchema":
		return true
	}
	return false
}

func (c *class) isPrincipal() bool { return c.account || c.kind == kindGroup }

var holders = []string{"domainDNS", "organizationalUnit", "container", "builtinDomain", "lostAndFound"}

func classByName(name string) *class {
	for i := range classes {
		if strings.EqualFold(classes[i].name, name) {
			return &classes[i]
		}
	}
	return nil
}

// mayStandBelow reports whether the schema allows an entry of class c in one of
// class parent.
func (c *class) mayStandBelow(parent *class) bool {
	return slices.Contains(c.parents, parent.name)
}

// kindOf maps a category a client may ask for to its kind.
func kindOf(c models.Category) (kind, bool) {
	for i := range classes {
		if classes[i].category == c {
			return classes[i].kind, true
		}
	}
	return 0, false
}
