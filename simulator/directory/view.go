package directory

import (
	"strings"
	"time"

	"dirdesk/models"
)

// View looks at one entry while the directory stands still: it is good during
// the call that it is handed to and no longer.
type View struct {
	d      *Directory
	e      *entry
	now    time.Time
	caller *Caller // nil: whoever may see everything
}

// DN is the entry's name.
func (v View) DN() models.DN { return v.e.dn() }

// Name is the value of its RDN.
func (v View) Name() string { return v.e.shownName() }

// Class is its structural class: "user".
func (v View) Class() string { return v.e.class.name }

// IsA reports whether it is of a class, also by one that its own is made of.
func (v View) IsA(class string) bool {
	for _, c := range v.e.class.chain {
		if strings.EqualFold(c, class) {
			return true
		}
	}
	return false
}

// GUID is the entry's objectGUID in the usual form.
func (v View) GUID() string { return reading(v.d).guid(v.e) }

// IsAccount reports whether it can sign in: a user or a computer.
func (v View) IsAccount() bool { return v.e.class.account }

// Object is the entry with all that is known of it.
func (v View) Object() models.Object {
	o := reading(v.d).object(v.e, v.now)
	o.Account = reading(v.d).account(v.e, v.now)
	return o
}

// Values are those of one attribute, in the form of [Directory.Attributes];
// none for one that is not set or not known.
func (v View) Values(attribute string) []string {
	a, ok := AttributeNamed(attribute)
	if !ok {
		return nil
	}
	return v.Of(a)
}

// Of is Values of an attribute that was looked up before. A caller who may not
// read a confidential one finds none.
func (v View) Of(a Attribute) []string {
	switch {
	case v.caller != nil && !v.caller.mayRead(v.e, a.row):
		return nil
	case a.row.made:
		return v.made(a.row.name)
	case v.caller != nil && v.caller.controller > 0 && a.row.server || a.row.field:
		if own, ok := v.local(a.row.name); ok {
			return own
		}
	}
	return reading(v.d).valuesOf(v.e, a.row)
}

// Look hands over the entry named dn; models.ErrNotFound when there is none.
func (d *Directory) Look(dn models.DN, look func(View)) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(dn)
	if e == nil {
		return noBase().on("read", dn)
	}
	look(View{d: d, e: e, now: d.now()})
	return nil
}

// Walk hands over the entries below base, parents before what is below them,
// until visit says false; with oneLevel only the direct children. Base itself
// is left out with oneLevel and comes first without it, as in a search over
// LDAP. models.ErrNotFound when there is no base.
func (d *Directory) Walk(base models.DN, oneLevel bool, visit func(View) bool) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(base)
	if e == nil {
		return noBase().on("search", base)
	}
	now := d.now()
	if oneLevel {
		e.eachChild(func(c *entry) bool { return visit(View{d: d, e: c, now: now}) })
		return nil
	}
	e.walk(func(c *entry) bool { return visit(View{d: d, e: c, now: now}) })
	return nil
}

func (e *entry) eachChild(visit func(*entry) bool) bool {
	if e.inside == nil {
		return true
	}
	for _, run := range e.inside.byKind {
		for _, c := range run {
			if !visit(c) {
				return false
			}
		}
	}
	return true
}

func (e *entry) walk(visit func(*entry) bool) bool {
	return visit(e) && e.eachChild(func(c *entry) bool { return c.walk(visit) })
}

// Identify finds an entry by its GUID, hyphenated and without braces, or by its
// SID.
func (d *Directory) Identify(id string) (models.DN, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	find := reading(d).byGUID
	if strings.HasPrefix(strings.ToUpper(id), "S-1-") {
		find = reading(d).bySID
	}
	if e := find(id); e != nil && !e.gone {
		return e.dn(), true
	}
	return "", false
}

// byGUID finds an entry by its GUID in the usual form. The caller holds mu.
func (d reader) byGUID(id string) *entry {
	key, ok := parseGUID(id)
	if !ok {
		return nil
	}
	d.identify.Lock()
	defer d.identify.Unlock()
	if d.identities == nil {
		d.identities = make(map[guid]*entry)
		for _, head := range []*entry{d.base, d.beside.configuration, d.beside.deleted} {
			head.walk(func(e *entry) bool {
				d.identities[d.guidBytes(e)] = e
				return true
			})
		}
	}
	return d.identities[key]
}

// bySID finds an entry by its SID. The caller holds mu.
func (d reader) bySID(sid string) (found *entry) {
	d.base.walk(func(e *entry) bool {
		if (e.rid != 0 || !e.class.isPrincipal()) && strings.EqualFold(d.sid(e), sid) {
			found = e
		}
		return found == nil
	})
	return found
}
