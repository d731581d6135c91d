package directory

import (
	"strings"

	"dirdesk/models"
)

// deletion is what an entry was before it was deleted.
type deletion struct {
	parent            *entry
	name              string
	memberOf, members []*entry
	links, linkedBy   []link
	recycled          bool // nothing but its names is left
}

// isDeleted reports whether e is a deleted entry, or the container of them.
func (e *entry) isDeleted(d *Directory) bool {
	return e == d.beside.deleted || e.parent == d.beside.deleted && e.parent != nil
}

// bury puts a deleted entry among the others. Without a recycle bin it keeps its
// names only (measured: name, sAMAccountName, SID and where it was).
func (d changer) bury(e *entry, was *deletion) {
	e.part().deleted = was
	e.name += "\nDEL:" + reading(d.Directory).guid(e)
	e.key = foldRDN(e.class.rdn, e.name)
	e.parent = d.beside.deleted
	e.members, e.memberOf, e.links, e.linkedBy = nil, nil, nil, nil
	if !d.recycleBin {
		was.recycled = true
		was.memberOf, was.members, was.links, was.linkedBy = nil, nil, nil, nil
		e.values, e.password, e.oldPasswords = nil, nil, nil
		e.rare.grants = nil
	}
	d.touch(e)
	d.beside.deleted.adopt(e)
}

// buried finds a deleted entry by the DN that it has now. The caller holds mu.
func (d reader) buried(dn models.DN) *entry {
	head := d.beside.deleted.dn()
	switch {
	case dn.Equal(head):
		return d.beside.deleted
	case !dn.Parent().Equal(head):
		return nil
	}
	own := dn.RDN()
	return d.beside.deleted.child(foldRDN(own.Type, own.Value))
}

// field gives an attribute that only deleted entries have.
func (was *deletion) field(name string) []string {
	switch name {
	case "lastKnownParent":
		return []string{string(was.parent.dn())}
	case "msDS-LastKnownRDN":
		return []string{was.name}
	case "isRecycled":
		if was.recycled {
			return []string{"TRUE"}
		}
	}
	return nil
}

// restore brings a deleted entry back under a DN. Links come back as far as
// their other ends are there.
func (d changer) restore(e *entry, target models.DN) *refusal {
	was := e.rare.deleted
	parent, own, ok := d.parentOf(target)
	switch {
	case !ok:
		return refuse(34, "", "Invalid DN %q", string(target))
	case parent == nil:
		return refuse(32, "Restore the container first.", "00002030: objectclass: Cannot restore %s, parent does not exist!", target)
	case parent.child(foldRDN(own.Type, own.Value)) != nil:
		return refuse(68, "Restore it under another name.", "Entry %s already exists", target)
	case e.sam != "" && d.bySAM[fold(e.sam)] != nil:
		return refuse(68, "Rename the other account first.", "00002071: samldb: samAccountName '%s' already in use!", e.sam)
	}
	next := *e
	if r := next.named(own); r != nil {
		return r
	}
	if !e.class.mayStandBelow(parent.class) {
		return refuse(64, "", "00002037: structural objectClass %s is not a valid child class for %s", e.class.name, parent.dn())
	}
	d.beside.deleted.disown(e)
	e.name, e.key, e.parent, e.gone = next.name, next.key, parent, false
	e.rare.deleted = nil
	if was.recycled && e.class.account {
		e.uac |= models.UACDisabled
	}
	parent.adopt(e)
	adding(d.Directory).index(e)
	d.relink(e, was)
	d.touch(e)
	d.identities = nil
	clear(d.recent)
	return nil
}

func (d changer) relink(e *entry, was *deletion) {
	for _, g := range was.memberOf {
		if !g.gone {
			g.members, e.memberOf = append(g.members, e), append(e.memberOf, g)
		}
	}
	for _, m := range was.members {
		if !m.gone {
			e.members, m.memberOf = append(e.members, m), append(m.memberOf, e)
		}
	}
	for _, l := range was.links {
		if !l.to.gone {
			e.links = append(e.links, l)
		}
	}
	e.linked()
	for _, back := range was.linkedBy {
		if !back.to.gone {
			back.to.links = append(back.to.links, link{back.attribute, e})
			e.linkedBy = append(e.linkedBy, back)
		}
	}
}

// restoring reports whether a change asks to bring a deleted entry back, and
// under which name: it takes away isDeleted and gives a distinguishedName.
func restoring(changes []AttributeChange) (target models.DN, ok bool) {
	revived := false
	for _, c := range changes {
		switch {
		case strings.EqualFold(c.Name, "isDeleted") && c.How == models.Remove:
			revived = true
		case strings.EqualFold(c.Name, "distinguishedName") && c.How == models.Replace && len(c.Values) == 1:
			target = models.DN(c.Values[0])
		}
	}
	return target, revived && target != ""
}
