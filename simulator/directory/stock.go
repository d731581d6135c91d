package directory

import (
	"strings"

	"dirdesk/models"
)

// RIDs of groups that accounts belong to from birth.
const (
	ridDomainUsers       = 513
	ridDomainGuests      = 514
	ridDomainComputers   = 515
	ridDomainControllers = 516
	ridController        = 1000
	ridFirstFree         = 1103 // where Samba goes on after provisioning (measured)
)

// stockEntry is one entry that every domain has.
type stockEntry struct {
	place    string // below the base, "" for right below it
	name     string
	class    string
	rid      uint32
	bits     int32 // groupType or userAccountControl
	advanced bool
	about    string
	members  string // names of accounts, separated by "|"
}

const (
	builtinGroup   = models.GroupSecurity | models.GroupLocal | models.GroupBuiltin
	globalGroup    = models.GroupSecurity | models.GroupGlobal
	localGroup     = models.GroupSecurity | models.GroupLocal
	universalGroup = models.GroupSecurity | models.GroupUniversal
)

// provision makes the base and everything a new domain holds.
func (d founder) provision(controller string) {
	now := d.now().Unix()
	base := models.DNFromRealm(d.realm)
	d.base = &entry{class: classByName("domainDNS"), name: string(base), system: true, created: now, changed: now}
	for _, step := range base.RDNs() {
		d.baseKeys = append(d.baseKeys, foldRDN(step.Type, step.Value))
	}
	d.serial, d.nextRID = 1, ridFirstFree
	d.base.serial = 1
	for _, s := range stockTree {
		d.provisionOne(s, now)
	}
	d.provisionOne(stockEntry{place: "Domain Controllers", name: controller, class: "computer", rid: ridController, bits: uacDomainControll}, now)
	d.controller = d.bySAM[fold(controller+"$")]
	d.controller.values = append(d.controller.values,
		value{attributeByName("dNSHostName"), strings.ToLower(controller + "." + d.realm)},
		value{attributeByName("operatingSystem"), "Samba"},
		value{attributeByName("operatingSystemVersion"), "4.17.12"})
	d.controller.primaryGroup = ridDomainControllers
	for _, s := range stockTree {
		if s.members == "" {
			continue
		}
		group := d.bySAM[fold(s.name)]
		for name := range strings.SplitSeq(s.members, "|") {
			m := d.bySAM[fold(name)]
			if m == nil {
				m = d.lookup(base.Child("CN", "ForeignSecurityPrincipals").Child("CN", name))
			}
			group.members = append(group.members, m)
			m.memberOf = append(m.memberOf, group)
		}
	}
}

func (d founder) provisionOne(s stockEntry, now int64) {
	parent := d.base
	for step := range strings.SplitSeq(s.place, "/") {
		if s.place != "" {
			if at := parent.child(foldRDN("CN", step)); at != nil {
				parent = at
			} else {
				parent = parent.child(foldRDN("OU", step))
			}
		}
	}
	c := classByName(s.class)
	e := &entry{
		parent: parent, class: c, name: s.name, key: foldRDN(c.rdn, s.name), rid: s.rid,
		system: true, advanced: s.advanced, created: now, changed: now, accountExpires: models.NeverFileTime,
	}
	if s.about != "" {
		e.values = []value{{attributeByName("description"), s.about}}
	}
	switch {
	case c.kind == kindGroup:
		e.sam, e.groupType = s.name, s.bits
	case c.kind == kindComputer:
		e.sam, e.uac, e.pwdLastSet = s.name+"$", s.bits, models.FileTimeOf(d.now())
	case c.account:
		e.sam, e.uac, e.pwdLastSet = s.name, s.bits, models.FileTimeOf(d.now())
		e.primaryGroup = ridDomainUsers
		if s.bits == uacGuestAccount {
			e.primaryGroup, e.pwdLastSet = ridDomainGuests, 0
		}
	}
	adding(d.Directory).enter(e)
}
