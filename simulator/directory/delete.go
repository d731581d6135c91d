package directory

import (
	"slices"

	"dirdesk/models"
)

// Delete removes an object that has nothing below it. What came with the domain
// stays: models.ErrPolicy, or models.ErrServer for accounts and groups outside
// CN=Builtin, where Samba gives no reason (measured). models.ErrNotEmpty for a container
// with something in it.
func (d *Directory) Delete(dn models.DN) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.lookup(dn)
	switch {
	case e == nil:
		return refuse(32, "", "00002030: objectclass: Cannot delete %s, entry does not exist!", dn).on("delete", dn)
	case e.mayGo() != nil:
		return e.mayGo().on("delete", dn)
	case !e.isEmpty():
		return refuse(66, "Delete or move what is in it first.", "00002015: subtree_delete: Unable to delete a non-leaf node (it has %d children)!", len(e.inside.byKey)).on("delete", dn)
	}
	changing(d).unlink(e)
	return nil
}

// mayGo asks whether an entry may be deleted, whatever lies below it.
func (e *entry) mayGo() *refusal {
	switch {
	case e.system && !e.isFixed():
		return refuse(80, "It came with the domain and cannot be deleted.", "error in module samldb: Other during LDB_DELETE (80)")
	case e.system:
		return refuse(53, "It came with the domain and cannot be deleted.", "00002035: objectclass: Cannot delete %s, it isn't permitted!", e.dn())
	default:
		return nil
	}
}

// unlink takes an entry out of the tree, the indexes and everybody's links, and
// puts what is left of it among the deleted ones.
func (d changer) unlink(e *entry) {
	d.leaveTrace(e)
	for _, linked := range slices.Concat(e.memberOf, e.members) {
		d.remember(linked)
	}
	e.gone = true
	clear(d.recent)
	e.parent.disown(e)
	if e.class.isPrincipal() {
		delete(d.bySAM, fold(e.sam))
		delete(d.byUPN, fold(e.text("userPrincipalName")))
		delete(d.groups, e.rid)
	}
	kept := &deletion{
		parent: e.parent, name: e.name, memberOf: slices.Clone(e.memberOf), members: slices.Clone(e.members),
		links: slices.Clone(e.links), linkedBy: slices.Clone(e.linkedBy),
	}
	e.dropLinks()
	d.identities = nil
	for _, g := range e.memberOf {
		g.members = without(g.members, e)
	}
	for _, m := range e.members {
		m.memberOf = without(m.memberOf, e)
	}
	d.bury(e, kept)
}

// isFixed reports whether an entry may be neither moved nor renamed. Of what came
// with the domain, accounts and groups outside CN=Builtin may (measured), though
// a listing does not offer it.
func (e *entry) isFixed() bool {
	return e.system && (!e.class.isPrincipal() || e.parent.class.kind == kindBuiltin)
}

// isBelow reports whether e is other or lies under it.
func (e *entry) isBelow(other *entry) bool {
	for at := e; at != nil; at = at.parent {
		if at == other {
			return true
		}
	}
	return false
}
