package directory

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// entry is one object. What every account has sits in fields of its own, as a
// number where it is one; the rest is a short list, so that 100,000 users take
// about 100 megabytes.
type entry struct {
	parent *entry
	class  *class
	name   string // the RDN's value
	key    string // folded RDN, the key in the parent's index
	serial uint32 // counts entries as they are made; the GUID is derived from it
	usn    uint32 // the update that changed it last
	rid    uint32 // last part of the SID; 0 for what has none

	sam          string
	uac          int32
	groupType    int32
	primaryGroup uint32
	system       bool // made with the domain: may not be deleted
	advanced     bool // showInAdvancedViewOnly
	gone         bool // deleted; links to it are dead
	hadPassword  bool // though it must be changed now, and this directory holds none

	created, changed int64 // Unix seconds
	accountExpires   filetime
	pwdLastSet       filetime
	lockoutTime      filetime
	signIn           // at the first controller, whose lastLogon is lastLogonTimestamp too

	values   []value
	links    []link
	members  []*entry // of a group, its member links
	memberOf []*entry // their other ends
	linkedBy []link   // the other ends of links, by the link's own attribute
	password *password
	// oldPasswords are those before it, the latest first.
	oldPasswords []password
	inside       *children
	rare         *rare // nil for most
}

// rare is what few entries have.
type rare struct {
	grants  []ace     // its own part of the access list, when it is not that of its class
	deleted *deletion // of a deleted entry
	signIns []signIn  // at the controllers but the first
	// versions are for controllers that have not heard of a change, the oldest first.
	versions []version
}

// part gives what few have, made when it is first needed.
func (e *entry) part() *rare {
	if e.rare == nil {
		e.rare = &rare{}
	}
	return e.rare
}

// value is one value of an attribute that has no field of its own. Values of
// one attribute stand side by side, in the order they were given.
type value struct {
	attribute *attribute
	text      string
}

// link is one value of an attribute that names another entry.
type link struct {
	attribute *attribute
	to        *entry
}

// dn writes the entry's name as Samba would: the schema's attribute type, the
// name as it was given, the parents as they are called now.
func (e *entry) dn() models.DN {
	n := 0
	for at := e; at != nil; at = at.parent {
		n += len(at.class.rdn) + len(at.name) + 10
	}
	var b strings.Builder
	b.Grow(n)
	e.writeDN(&b)
	return models.DN(b.String())
}

func (e *entry) writeDN(b *strings.Builder) {
	if e.parent == nil {
		b.WriteString(e.name) // the base: its whole DN
		return
	}
	e.writeRDN(b)
	b.WriteByte(',')
	e.parent.writeDN(b)
}

func (e *entry) writeRDN(b *strings.Builder) {
	b.WriteString(e.class.rdn)
	b.WriteByte('=')
	escapeValue(b, e.name)
}

// text is the first value of a plain attribute, "" when there is none.
func (e *entry) text(name string) string {
	for _, v := range e.values {
		if v.attribute.name == name {
			return v.text
		}
	}
	return ""
}

// child finds a direct child by its folded RDN.
func (e *entry) child(key string) *entry {
	if e.inside == nil {
		return nil
	}
	return e.inside.byKey[key]
}

// isMember reports whether e has group among its groups, looked up at the end
// with fewer links.
func (e *entry) isMember(group *entry) bool {
	if len(e.memberOf) <= len(group.members) {
		return slices.Contains(e.memberOf, group)
	}
	return slices.Contains(group.members, e)
}

// children are the direct children of an entry: by name, and in a stable order
// by kind, so that any page of any choice of kinds is found without a scan.
type children struct {
	byKey  map[string]*entry
	byKind [kinds][]*entry
}

func (e *entry) adopt(c *entry) {
	if e.inside == nil {
		e.inside = &children{byKey: make(map[string]*entry)}
	}
	e.inside.byKey[c.key] = c
	k := c.class.kind
	e.inside.byKind[k] = append(e.inside.byKind[k], c)
}

// disown takes a child out. It costs a scan of its siblings of one kind.
func (e *entry) disown(c *entry) {
	delete(e.inside.byKey, c.key)
	k := c.class.kind
	e.inside.byKind[k] = slices.DeleteFunc(e.inside.byKind[k], func(other *entry) bool { return other == c })
}

// isEmpty reports whether nothing lies below e.
func (e *entry) isEmpty() bool {
	return e.inside == nil || len(e.inside.byKey) == 0
}

// touch notes that the entry was changed.
func (d *Directory) touch(e *entry) {
	d.usn++
	e.changed, e.usn = d.now().Unix(), d.usn
}

// mergeRare is what next, a changed copy of e, has of the rare: its own access
// list, and all else as it is now.
func mergeRare(e *entry, next *entry) *rare {
	if e.rare == nil || next.rare == nil || e.rare == next.rare {
		if next.rare == nil {
			return e.rare
		}
		return next.rare
	}
	merged := *e.rare
	merged.grants = next.rare.grants
	return &merged
}
