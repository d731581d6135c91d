package directory

import (
	"fmt"
	"strconv"
	"strings"
)

// schemaRoot is the head of the schema partition, made when somebody looks at it:
// one entry for each attribute and class that the simulator knows.
func (d founder) schemaRoot() *entry {
	b := &d.beside
	b.once.Do(func() {
		now := d.base.created
		root := &entry{
			class: classByName("dMD"), name: "CN=Schema," + b.configuration.name,
			system: true, created: now, changed: now, serial: schemaSerials,
		}
		root.links = []link{{attributeByName("fSMORoleOwner"), d.controllers[0].settings}}
		for i := range schema {
			d.schemaEntry(root, "attributeSchema", schema[i].name, schema[i].schemaValues(i))
		}
		for i := range classes {
			d.schemaEntry(root, "classSchema", classes[i].name, classes[i].schemaValues(d.Directory, i))
		}
		b.schema = root
	})
	return b.schema
}

func (d founder) schemaEntry(root *entry, class, name string, values []value) {
	e := &entry{
		parent: root, class: classByName(class), name: schemaName(name), system: true, advanced: true,
		created: root.created, changed: root.created, serial: schemaSerials + 1,
	}
	if root.inside != nil {
		e.serial += uint32(len(root.inside.byKey))
	}
	e.key = foldRDN("CN", e.name)
	if root.child(e.key) != nil { // an attribute and a class of one name
		e.name += "-Attribute"
		e.key = foldRDN("CN", e.name)
	}
	e.values = values
	root.adopt(e)
}

// values makes a list of pairs.
func pairs(texts ...string) (all []value) {
	for i := 0; i+1 < len(texts); i += 2 {
		all = append(all, value{attributeByName(texts[i]), texts[i+1]})
	}
	return all
}

// The object identifiers are made up: they lie below an arc that is kept for
// examples.
const exampleArc = "2.999."

func (a *attribute) schemaValues(n int) []value {
	syntax, om := a.syntax.number()
	flags, search := 0, 0
	if a.made {
		flags = 4
	}
	if a.secret {
		search = 128
	}
	all := pairs("lDAPDisplayName", a.name, "attributeID", exampleArc+"1."+strconv.Itoa(n+1),
		"attributeSyntax", syntax, "oMSyntax", om, "isSingleValued", boolean(!a.many),
		"systemOnly", boolean(a.isSystemOnly()), "systemFlags", strconv.Itoa(flags), "searchFlags", strconv.Itoa(search),
		"schemaIDGUID", a.guid().String())
	if a.limit > 0 {
		all = append(all, pairs("rangeUpper", strconv.Itoa(a.limit))...)
	}
	if id := a.linkID(); id != 0 {
		all = append(all, pairs("linkID", strconv.Itoa(id))...)
	}
	if set := a.propertySet(); set != (guid{}) {
		all = append(all, pairs("attributeSecurityGUID", set.String())...)
	}
	return all
}

// isSystemOnly says what AD's schema says of the few that the server alone
// writes; others it keeps are refused in other ways.
func (a *attribute) isSystemOnly() bool {
	return a.name == "whenCreated" || a.server && !a.made && a.linkID() == 0
}

func boolean(b bool) string {
	if b {
		return "TRUE"
	}
	return "FALSE"
}

// number is the syntax in the schema's terms (MS-ADTS 3.1.1.2.2.2).
func (s syntax) number() (attributeSyntax, om string) {
	switch s {
	case asExact:
		return "2.5.5.5", "22"
	case asPlain:
		return "2.5.5.5", "19"
	case asDigits:
		return "2.5.5.6", "18"
	case asNumber:
		return "2.5.5.9", "2"
	case asLarge, asFiletime:
		return "2.5.5.16", "65"
	case asTime:
		return "2.5.5.11", "24"
	case asBoolean:
		return "2.5.5.8", "1"
	case asDN:
		return "2.5.5.1", "127"
	case asOctets, asHours, asGUID:
		return "2.5.5.10", "4"
	case asSID:
		return "2.5.5.17", "4"
	case asDescriptor:
		return "2.5.5.15", "66"
	default:
		return "2.5.5.12", "64"
	}
}

// linkID pairs the attributes whose values are seen at both ends; 0 for others.
func (a *attribute) linkID() int {
	switch a.name {
	case "member":
		return 2
	case "memberOf":
		return 3
	case "manager":
		return 42
	case "directReports":
		return 43
	case "managedBy":
		return 72
	case "managedObjects":
		return 73
	case "msDS-PSOAppliesTo":
		return 2118
	case "msDS-PSOApplied":
		return 2119
	case "serverReference":
		return 94
	default:
		return 0
	}
}

func (c *class) schemaValues(d *Directory, n int) []value {
	above, kind := "top", "1"
	if len(c.chain) > 1 {
		above = c.chain[len(c.chain)-2]
	}
	all := pairs("lDAPDisplayName", c.name, "governsID", exampleArc+"2."+strconv.Itoa(n+1), "rDNAttID", strings.ToLower(c.rdn),
		"objectClassCategory", kind, "subClassOf", above, "schemaIDGUID", c.guid().String(),
		"systemOnly", "FALSE", "defaultObjectCategory", reading(d).categoryDN(c))
	for _, parent := range c.parents {
		all = append(all, pairs("systemPossSuperiors", parent)...)
	}
	for _, must := range c.must {
		all = append(all, pairs("systemMustContain", must)...)
	}
	for i := range schema {
		if schema[i].on&c.owners() != 0 {
			all = append(all, pairs("systemMayContain", schema[i].name)...)
		}
	}
	return all
}

func (d reader) categoryDN(c *class) string {
	return fmt.Sprintf("CN=%s,CN=Schema,CN=Configuration,%s", c.schemaName(), d.base.name)
}
