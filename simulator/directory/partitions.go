package directory

import (
	"strings"
	"sync"

	"dirdesk/models"
)

// beside are the trees that are named as if they lay below the domain, yet are
// no part of it: the configuration, the schema, and the deleted objects.
type beside struct {
	configuration *entry
	deleted       *entry
	sites         *entry // the container of the controllers' servers
	serial        uint32 // of entries made here, in a range of their own

	once   sync.Once
	schema *entry // made when somebody looks: most never do
}

const (
	keyConfiguration = "CN=CONFIGURATION"
	keySchema        = "CN=SCHEMA"
	keyDeleted       = "CN=DELETED OBJECTS"
	// besideSerials is where the serial numbers of such entries begin, so that
	// those of the domain stay as they are.
	besideSerials = 1 << 31
	schemaSerials = besideSerials + 1<<30
)

// root is the tree that begins below at with a step of this key; nil for none.
func (b *beside) root(d *Directory, at *entry, key string) *entry {
	switch {
	case at == d.base && key == keyConfiguration:
		return b.configuration
	case at == b.configuration && key == keySchema:
		return founding(d).schemaRoot()
	default:
		return nil
	}
}

// settle makes what lies beside the domain, and what the domain holds of it.
func (d founder) settle(controllers []string) {
	b, now := &d.beside, d.now().Unix()
	b.serial = besideSerials
	b.configuration = &entry{
		class: classByName("configuration"), name: "CN=Configuration," + d.base.name,
		system: true, created: now, changed: now, serial: b.next(),
	}
	b.deleted = &entry{
		parent: d.base, class: classByName("container"), name: "Deleted Objects", key: keyDeleted,
		system: true, advanced: true, created: now, changed: now, serial: b.next(),
	}
	partitions := d.beneath(b.configuration, "crossRefContainer", "Partitions")
	d.crossRef(partitions, d.workgroup, d.base, "nETBIOSName", d.workgroup, "systemFlags", "3")
	d.crossRef(partitions, "Enterprise Configuration", b.configuration)
	sites := d.beneath(b.configuration, "sitesContainer", "Sites")
	site := d.beneath(sites, "site", "Default-First-Site-Name")
	b.sites = d.beneath(site, "serversContainer", "Servers")
	features := d.beneath(b.configuration, "container", "Services")
	for _, step := range []string{"Windows NT", "Directory Service", "Optional Features"} {
		features = d.beneath(features, "container", step)
	}
	recycleBin := d.beneath(features, "msDS-OptionalFeature", "Recycle Bin Feature")
	system := d.base.child("CN=SYSTEM")
	roles := []*entry{
		d.base, partitions, d.beneath(system, "rIDManager", "RID Manager$"), d.base.child("CN=INFRASTRUCTURE"),
	}
	d.beneath(system, "msDS-PasswordSettingsContainer", "Password Settings Container")
	for i, name := range controllers {
		d.server(name, d.controllerComputer(i, name))
	}
	if d.readOnly {
		last := d.controllers[len(d.controllers)-1]
		last.settings.class = classByName("nTDSDSARO")
	}
	for _, role := range roles {
		role.link("fSMORoleOwner", d.controllers[0].settings)
	}
	if d.recycleBin {
		partitions.link("msDS-EnabledFeature", recycleBin)
	}
}

func (b *beside) next() uint32 {
	b.serial++
	return b.serial
}

// beneath makes one entry that came with the domain.
func (d founder) beneath(parent *entry, class, name string, attributes ...string) *entry {
	c, now := classByName(class), d.now().Unix()
	e := &entry{
		parent: parent, class: c, name: name, key: foldRDN(c.rdn, name), system: true, advanced: true,
		created: now, changed: now, serial: d.beside.next(), accountExpires: models.NeverFileTime,
	}
	for i := 0; i+1 < len(attributes); i += 2 {
		e.values = append(e.values, value{attributeByName(attributes[i]), attributes[i+1]})
	}
	parent.adopt(e)
	return e
}

func (d founder) crossRef(partitions *entry, name string, head *entry, attributes ...string) {
	e := d.beneath(partitions, "crossRef", name, append(attributes, "dnsRoot", d.realm)...)
	e.link("nCName", head)
}

// controllerComputer is the computer of a controller, made unless it is the first.
func (d founder) controllerComputer(n int, name string) *entry {
	if n == 0 {
		return d.controller
	}
	d.provisionOne(stockEntry{
		place: "Domain Controllers", name: name, class: "computer", rid: ridController + uint32(n), bits: uacDomainControll,
	}, d.now().Unix())
	computer := d.bySAM[fold(name+"$")]
	computer.values = append(computer.values, value{attributeByName("dNSHostName"), strings.ToLower(name + "." + d.realm)})
	computer.primaryGroup = ridDomainControllers
	return computer
}

// server makes a controller's entries in the configuration, for its computer.
func (d founder) server(name string, computer *entry) {
	server := d.beneath(d.beside.sites, "server", name, "dNSHostName", computer.text("dNSHostName"))
	server.link("serverReference", computer)
	settings := d.beneath(server, "nTDSDSA", "NTDS Settings", "options", "1")
	d.controllers = append(d.controllers, controller{computer: computer, server: server, settings: settings})
}

// link adds one value of an attribute that names another entry.
func (e *entry) link(attribute string, to *entry) {
	a := attributeByName(attribute)
	e.links = append(e.links, link{a, to})
	to.linkedBy = append(to.linkedBy, link{a, e})
}

// isHead reports whether e is the root of a naming context: its name is its
// whole DN.
func (e *entry) isHead() bool { return e.parent == nil }

// canonical writes the entry's canonicalName: "example.test/Staff/Anna".
func (d reader) canonical(e *entry) string {
	var steps []string
	at := e
	for ; at.parent != nil; at = at.parent {
		steps = append(steps, strings.NewReplacer(`\`, `\\`, "/", `\/`).Replace(at.name))
	}
	name := d.realm
	switch at {
	case d.beside.configuration:
		name += "/Configuration"
	case d.beside.schema:
		name += "/Configuration/Schema"
	}
	if len(steps) == 0 {
		return name + "/"
	}
	for i := len(steps) - 1; i >= 0; i-- {
		name += "/" + steps[i]
	}
	return name
}
