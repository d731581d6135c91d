package directory

import (
	"slices"

	"dirdesk/models"
)

// Rights of an access control entry (MS-ADTS 5.1.3.2).
const (
	rightCreateChild   = 0x00000001
	rightDeleteChild   = 0x00000002
	rightList          = 0x00000004
	rightReadProperty  = 0x00000010
	rightWriteProperty = 0x00000020
	rightDeleteTree    = 0x00000040
	rightControlAccess = 0x00000100
	rightDelete        = 0x00010000
	rightReadControl   = 0x00020000
	rightWriteDACL     = 0x00040000
	rightWriteOwner    = 0x00080000

	fullControl = 0x000F01FF
	readAll     = rightReadControl | rightReadProperty | rightList
)

// Flags of an access control entry (MS-DTYP 2.4.4.1).
const (
	aceInherits    = 0x02 // by what lies below
	aceInheritOnly = 0x08 // does not count for the object itself
	aceInherited   = 0x10
)

// Well-known SIDs.
const (
	sidEveryone      = "S-1-1-0"
	sidSelf          = "S-1-5-10"
	sidAuthenticated = "S-1-5-11"
	sidSystem        = "S-1-5-18"
	sidAdmins        = "S-1-5-32-544"
	sidAccountOps    = "S-1-5-32-548"
)

// ace grants or denies rights to one SID.
type ace struct {
	deny      bool
	flags     uint8
	mask      uint32
	object    guid // the attribute, property set, right or class; none: all
	inheritor guid // the class that inherits it; none: all
	sid       string
}

func grant(sid string, mask uint32, objects ...guid) ace {
	a := ace{mask: mask, sid: sid}
	if len(objects) > 0 {
		a.object = objects[0]
	}
	return a
}

func denial(sid string, mask uint32, objects ...guid) ace {
	a := grant(sid, mask, objects...)
	a.deny = true
	return a
}

// below makes an entry that what lies below inherits too.
func (a ace) below() ace {
	a.flags |= aceInherits
	return a
}

// onlyBelow makes an entry that the objects of one class below inherit.
func (a ace) onlyBelow(class string) ace {
	a.flags |= aceInherits | aceInheritOnly
	a.inheritor = classByName(class).guid()
	return a
}

// usual is the part of an access list that an object of a class has from the
// schema.
func (d granter) usual(c *class) []ace {
	admins := d.domainSID + "-512"
	all := []ace{grant(admins, fullControl), grant(sidSystem, fullControl)}
	switch {
	case c.guarded:
		return all
	case c.name == "domainDNS", c.name == "configuration":
		return []ace{
			grant(admins, fullControl).below(), grant(d.domainSID+"-519", fullControl).below(),
			grant(sidAdmins, fullControl).below(), grant(sidSystem, fullControl), grant(sidAuthenticated, readAll),
		}
	case c.account && c.kind == kindPerson:
		all = append(
			all, grant(sidAccountOps, fullControl), grant(sidSelf, rightWriteProperty, setPersonal),
			grant(sidSelf, rightWriteProperty, setWeb), grant(sidSelf, rightControlAccess, rightChangePassword),
			grant(sidEveryone, rightControlAccess, rightChangePassword),
		)
	case c.isPrincipal():
		all = append(all, grant(sidAccountOps, fullControl))
	case c.kind == kindOU, c.kind == kindContainer:
		for _, name := range []string{"user", "group", "computer"} {
			all = append(all, grant(sidAccountOps, rightCreateChild|rightDeleteChild, classByName(name).guid()))
		}
	}
	return append(all, grant(sidAuthenticated, readAll))
}

// grants are the entry's own part of its access list.
func (d granter) grants(e *entry) []ace {
	own := d.usual(e.class)
	if e.rare != nil && e.rare.grants != nil {
		own = e.rare.grants
	}
	if e.uac&models.UACCannotChange != 0 {
		return append(cannotChange(), own...)
	}
	return own
}

// cannotChange are the two entries that keep an account from changing its own
// password, as Windows' tools write them.
func cannotChange() []ace {
	return []ace{
		denial(sidSelf, rightControlAccess, rightChangePassword),
		denial(sidEveryone, rightControlAccess, rightChangePassword),
	}
}

// accessList is the whole list, in the order in which it is gone through: own
// denials and grants, then those that come from above.
func (d granter) accessList(e *entry) []ace {
	own := slices.Clone(d.grants(e))
	slices.SortStableFunc(own, denialsFirst)
	if e.text("adminCount") == "1" { // AdminSDHolder has it inherit nothing
		return own
	}
	var inherited []ace
	for at := e.parent; at != nil; at = at.parent {
		for _, a := range d.grants(at) {
			if a.flags&aceInherits == 0 || a.inheritor != (guid{}) && !e.class.is(a.inheritor) {
				continue
			}
			a.flags = a.flags&^aceInheritOnly | aceInherited
			inherited = append(inherited, a)
		}
	}
	slices.SortStableFunc(inherited, denialsFirst)
	return append(own, inherited...)
}

func denialsFirst(a, b ace) int {
	switch {
	case a.deny == b.deny:
		return 0
	case a.deny:
		return -1
	default:
		return 1
	}
}

// is reports whether an entry of this class inherits what is meant for one: by
// the class itself, as a computer is no user here.
func (c *class) is(id guid) bool { return c.guid() == id }

// allows goes through an access list for somebody with these SIDs. objects are
// what the right is wanted for: an attribute and its property set, say.
func allows(list []ace, sids map[string]bool, isSelf bool, wanted uint32, objects ...guid) bool {
	for _, a := range list {
		switch {
		case a.flags&aceInheritOnly != 0, a.mask&wanted == 0:
		case !sids[a.sid] && !(a.sid == sidSelf && isSelf):
		case a.object != (guid{}) && !slices.Contains(objects, a.object):
		case a.deny:
			return false
		default:
			if wanted &^= a.mask; wanted == 0 {
				return true
			}
		}
	}
	return false
}
