package directory

import (
	"slices"
	"time"

	"dirdesk/models"
)

// Delegate gives an account or a group what Windows' wizard calls a delegated
// task, for the users below a container: to reset passwords, which includes that
// they must be changed, and to write some attributes.
func (d *Directory) Delegate(container, trustee models.DN, reset bool, attributes ...string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, to := d.lookup(container), d.lookup(trustee)
	if e == nil || to == nil {
		return notFound(container).on("delegate", container)
	}
	sid := reading(d).sid(to)
	var granted []ace
	if reset {
		granted = append(granted, grant(sid, rightControlAccess, rightResetPassword).onlyBelow("user"))
		attributes = append(attributes, "pwdLastSet")
	}
	for _, name := range attributes {
		granted = append(granted, grant(sid, rightWriteProperty, attributeByName(name).guid()).onlyBelow("user"))
	}
	granting(d).permit(e, granted...)
	return nil
}

// Protect keeps an object from being deleted by accident, as Windows' tools do:
// everyone is denied to delete it, and to delete what lies in its container.
func (d *Directory) Protect(dn models.DN) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.lookup(dn)
	if e == nil || e.isHead() {
		return notFound(dn).on("protect", dn)
	}
	granting(d).permit(e, denial(sidEveryone, rightDelete|rightDeleteTree))
	granting(d).permit(e.parent, denial(sidEveryone, rightDeleteChild))
	return nil
}

// permit adds entries to an object's own access list.
func (d granter) permit(e *entry, added ...ace) {
	own := slices.Clone(d.usual(e.class))
	if e.rare != nil && e.rare.grants != nil {
		own = e.rare.grants
	}
	for _, a := range added {
		if !slices.Contains(own, a) {
			own = append(own, a)
		}
	}
	e.part().grants = own
}

// DeleteAt is [Directory.Delete], as if it had been done at another time.
func (d *Directory) DeleteAt(dn models.DN, at time.Time) error {
	d.mu.Lock()
	e := d.lookup(dn)
	d.mu.Unlock()
	if err := d.Delete(dn); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	e.changed = at.Unix()
	return nil
}
