package directory

import (
	"slices"
	"strings"

	"dirdesk/models"
)

// Delete removes an entry, with tree all that lies below it too.
func (c *Caller) Delete(name string, tree bool) error {
	d := c.d
	defer c.writing()()
	dn := models.DN(name)
	e := reading(d).named(name)
	switch {
	case e == nil && strings.HasPrefix(name, "<"):
		return refuse(32, "", "Base-DN '%s' not found", name).on("delete", dn)
	case e == nil || e.isDeleted(d):
		return refuse(32, "", "00002030: objectclass: Cannot delete %s, entry does not exist!", dn).on("delete", dn)
	}
	return c.delete(e, tree).on("delete", dn)
}

func (c *Caller) delete(e *entry, tree bool) *refusal {
	allowed := c.may(e, rightDelete) || !e.isHead() && c.mayDeleteBelow(e)
	if tree && !e.isEmpty() {
		allowed = c.may(e, rightDeleteTree)
	}
	switch {
	case !allowed && e.isHead():
		return noAccess("dsdb_access: Access check failed on %s", e.dn())
	case !allowed:
		return noAccess("dsdb_access: Access check failed on %s", e.parent.dn())
	case e.mayGo() != nil:
		return e.mayGo()
	case !tree && !e.isEmpty():
		return refuse(66, "Delete or move what is in it first.", "00002015: subtree_delete: Unable to delete a non-leaf node (it has %d children)!", len(e.inside.byKey))
	}
	var all []*entry
	e.walk(func(at *entry) bool {
		all = append(all, at)
		return true
	})
	for _, at := range all {
		if r := at.mayGo(); r != nil {
			return r
		}
	}
	for _, at := range slices.Backward(all) { // what lies below goes first
		changing(c.d).unlink(at)
	}
	return nil
}

// mayDeleteBelow asks the container, which a denial for the object does not
// outweigh but for what protects from accidents: that denies both.
func (c *Caller) mayDeleteBelow(e *entry) bool {
	return c.may(e.parent, rightDeleteChild, e.class.guid())
}

// Move gives an entry another RDN, another container, or both. newParent "" leaves
// it where it is.
func (c *Caller) Move(name, newRDN, newParent string) error {
	defer c.writing()()
	dn := models.DN(name)
	r := c.move(name, newRDN, newParent)
	return r.on("rename", dn)
}

func (c *Caller) move(name, newRDN, newParent string) *refusal {
	d := c.d
	e := reading(d).named(name)
	switch {
	case e == nil || e.isDeleted(d):
		return refuse(32, "", "00002030: No such Base DN: %s", name)
	case strings.HasPrefix(name, "<") && newParent == "": // measured
		return refuse(32, "", "00002030: No such object")
	}
	step := models.DN(newRDN).RDNs()
	if len(step) != 1 || step[0].More != "" {
		return refuse(34, "", "Invalid new RDN %q", newRDN)
	}
	if !strings.EqualFold(step[0].Type, e.class.rdn) {
		return refuse(53, "", "00002035: objectclass: Invalid RDN '%s' for objectclass '%s'!", step[0].Type, e.class.name)
	}
	parent := e.parent
	if newParent != "" {
		if parent = d.lookup(models.DN(newParent)); parent == nil {
			return refuse(80, "Choose a container that exists.", "00002095: objectclass: Cannot rename %s, parent does not exist!", e.dn())
		}
	}
	if e.isHead() {
		return refuse(53, "", "00002035: subtree_rename: Cannot rename %s - DISALLOW_RENAME set", e.dn())
	}
	if r := c.checkRename(e, parent); r != nil {
		return r
	}
	return changing(d).move(e, parent, step[0].Value)
}

func (c *Caller) checkRename(e, parent *entry) *refusal {
	if !c.mayWrite(e, attributeByName("name")) {
		return noAccess("00002098: Object %s has no wp on name", e.dn())
	}
	if parent == e.parent {
		return nil
	}
	if !c.may(parent, rightCreateChild, e.class.guid()) {
		return noAccess("acl:access_denied renaming %s", e.dn())
	}
	if !c.may(e, rightDelete) && !c.mayDeleteBelow(e) {
		return noAccess("acl:access_denied renaming %s", e.dn())
	}
	return nil
}

// Compare reports whether an entry has a value.
func (c *Caller) Compare(name string, f Filter) (bool, error) {
	found, err := c.Find(Query{Base: name, Filter: f})
	return len(found) > 0, err
}
