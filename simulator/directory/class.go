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
}

func (c *class) isPrincipal() bool { return c.account || c.kind == kindGroup }

var holders = []string{"domainDNS", "organizationalUnit", "container", "builtinDomain", "lostAndFound"}

// classes is the schema; looked up by classByName, never changed.
var classes = []class{
	{name: "domainDNS", category: "domainDNS", kind: kindOther, rdn: "DC", chain: []string{"top", "domain", "domainDNS"}},
	{name: "builtinDomain", category: models.BuiltinDomain, kind: kindBuiltin, rdn: "CN", chain: []string{"top", "builtinDomain"}},
	{
		name: "organizationalUnit", category: models.OrganizationalUnit, kind: kindOU, rdn: "OU",
		parents: []string{"domainDNS", "organizationalUnit"}, chain: []string{"top", "organizationalUnit"},
	},
	{
		name: "container", category: models.Container, kind: kindContainer, rdn: "CN", hidden: true,
		parents: []string{"domainDNS", "organizationalUnit", "container", "lostAndFound"}, chain: []string{"top", "container"},
	},
	{
		name: "user", category: models.Person, kind: kindPerson, rdn: "CN", parents: holders, account: true,
		chain: []string{"top", "person", "organizationalPerson", "user"},
	},
	{
		name: "inetOrgPerson", category: models.Person, kind: kindPerson, rdn: "CN", parents: holders, account: true,
		chain: []string{"top", "person", "organizationalPerson", "user", "inetOrgPerson"},
	},
	{
		name: "contact", category: models.Person, kind: kindPerson, rdn: "CN", parents: holders,
		chain: []string{"top", "person", "organizationalPerson", "contact"},
	},
	{
		name: "computer", category: models.Computer, kind: kindComputer, rdn: "CN", parents: holders, account: true,
		chain: []string{"top", "person", "organizationalPerson", "user", "computer"},
	},
	{name: "group", category: models.Group, kind: kindGroup, rdn: "CN", parents: holders, chain: []string{"top", "group"}},
	{
		name: "printQueue", category: "printQueue", kind: kindOther, rdn: "CN",
		parents: []string{"domainDNS", "organizationalUnit", "container", "computer"},
		chain:   []string{"top", "leaf", "connectionPoint", "printQueue"}, must: []string{"uNCName", "printerName"},
	},
	{
		name: "volume", category: "volume", kind: kindOther, rdn: "CN",
		parents: []string{"domainDNS", "organizationalUnit", "container"},
		chain:   []string{"top", "leaf", "connectionPoint", "volume"}, must: []string{"uNCName"},
	},
	{
		name: "foreignSecurityPrincipal", category: "foreignSecurityPrincipal", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "foreignSecurityPrincipal"},
	},
	{name: "lostAndFound", category: "lostAndFound", kind: kindOther, rdn: "CN", hidden: true, chain: []string{"top", "lostAndFound"}},
	{
		name: "infrastructureUpdate", category: "infrastructureUpdate", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "infrastructureUpdate"},
	},
	{
		name: "msDS-QuotaContainer", category: "msDS-QuotaContainer", kind: kindOther, rdn: "CN", hidden: true,
		chain: []string{"top", "msDS-QuotaContainer"},
	},
}

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
