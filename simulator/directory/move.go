package directory

import (
	"slices"

	"dirdesk/models"
)

// Rename gives an object another name where it is; name is not escaped. What
// lies below it goes along.
func (d *Directory) Rename(dn models.DN, name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.lookup(dn)
	if e == nil {
		return notFound(dn).on("rename", dn)
	}
	return changing(d).move(e, e.parent, name).on("rename", dn)
}

// Move puts an object below another container under the name it has.
func (d *Directory) Move(dn, container models.DN) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.lookup(dn)
	if e == nil {
		return notFound(dn).on("move", dn)
	}
	parent := d.lookup(container)
	if parent == nil {
		return refuse(80, "Choose a container that exists.",
			"00002095: objectclass: Cannot rename %s, parent does not exist!", dn).on("move", dn)
	}
	return changing(d).move(e, parent, e.name).on("move", dn)
}

func (d changer) move(e, parent *entry, name string) *refusal {
	r := d.checkMove(e, parent, name)
	if r == nil {
		d.place(e, parent, name)
	}
	return r
}

// checkMove asks whether e may stand below parent under a name.
func (d changer) checkMove(e, parent *entry, name string) *refusal {
	if e.isFixed() {
		return refuse(53, "It came with the domain and stays where it is.",
			"00002035: subtree_rename: Cannot rename %s - DISALLOW_RENAME set", e.dn())
	}
	if parent.isBelow(e) {
		return refuse(53, "Choose a container that is not below it.",
			"00002035: objectclass: Cannot rename %s to be a child of itself", e.dn())
	}
	if !e.class.mayStandBelow(parent.class) {
		return refuse(64, "Choose a container that may hold it.",
			"00002037: objectclass: structural objectClass %s is not a valid child class for %s", e.class.name, parent.dn())
	}
	next := *e
	if r := next.named(models.RDN{Type: e.class.rdn, Value: name}); r != nil {
		return r
	}
	if other := parent.child(next.key); other != nil && other != e {
		return refuse(68, "Choose another name.", "Entry %s already exists", other.dn())
	}
	return nil
}

// place puts e below parent under a name, which has been checked.
func (d changer) place(e, parent *entry, name string) {
	clear(d.recent)
	d.leaveTrace(e)
	d.remember(e)
	d.touch(e)
	key := foldRDN(e.class.rdn, name)
	if parent == e.parent { // keeps its place among its siblings
		delete(parent.inside.byKey, e.key)
		e.name, e.key = name, key
		parent.inside.byKey[e.key] = e
		return
	}
	e.parent.disown(e)
	e.name, e.key, e.parent = name, key, parent
	parent.adopt(e)
}

// AddMember puts an object into a group. Being in it already, also by the
// primary group, is models.ErrExists.
func (d *Directory) AddMember(group, member models.DN) error {
	return d.AddMembers(group, []models.DN{member})
}

// AddMembers puts several objects into a group, all or, when one of them cannot
// be added, none: as AddMember. One that is given twice is added once (measured).
func (d *Directory) AddMembers(group models.DN, members []models.DN) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var added []*entry
	var g *entry
	for _, name := range members {
		var m *entry
		var r *refusal
		if g, m, r = changing(d).membership(group, name); r == nil {
			r = changing(d).mayJoin(g, m)
		}
		if r != nil {
			return r.on("add "+string(name)+" to", group)
		}
		if !slices.Contains(added, m) {
			added = append(added, m)
		}
	}
	if g != nil {
		d.remember(g)
	}
	for _, m := range added {
		g.members, m.memberOf = append(g.members, m), append(m.memberOf, g)
		d.touch(g)
	}
	return nil
}

// mayJoin refuses who is in the group already.
func (d changer) mayJoin(g, m *entry) *refusal {
	switch {
	case m.class.account && m.primaryGroup == g.rid:
		return refuse(68, "", "00002071: samldb: member %s already set via primaryGroupID %d", m.dn(), g.rid)
	case m.isMember(g):
		return refuse(68, "", "Attribute member already exists for target GUID %s", reading(d.Directory).guid(m))
	}
	return nil
}

// RemoveMember takes an object out of a group. Not being in it is
// models.ErrPolicy, as Samba answers "unwilling", and the primary group cannot be
// left: models.ErrInvalid (both measured).
func (d *Directory) RemoveMember(group, member models.DN) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, m, r := changing(d).membership(group, member)
	switch {
	case r != nil:
	case m.class.account && m.primaryGroup == g.rid:
		r = refuse(16, "It is the account's primary group.", "error in module repl_meta_data: No such attribute during LDB_MODIFY (16)")
	case !m.isMember(g):
		r = refuse(53, "It is no member.", "Attribute member doesn't exist for target GUID %s", reading(d).guid(m))
	default:
		d.remember(g)
		g.members, m.memberOf = without(g.members, m), without(m.memberOf, g)
		d.touch(g)
	}
	return r.on("remove "+string(member)+" from", group)
}

// membership finds both ends of a member link.
func (d changer) membership(group, member models.DN) (g, m *entry, r *refusal) {
	g, m = d.lookup(group), d.lookup(member)
	switch {
	case g == nil:
		return nil, nil, notFound(group)
	case g.class.kind != kindGroup:
		return nil, nil, refuse(65, "Choose a group.", "attribute 'member' on entry '%s' does not exist in the specified objectclasses!", g.dn())
	case m == nil:
		return nil, nil, refuse(32, "The member does not exist.", "00000525: specified dn doesn't exist")
	}
	return g, m, nil
}

func without(entries []*entry, e *entry) []*entry {
	return slices.DeleteFunc(entries, func(other *entry) bool { return other == e })
}
