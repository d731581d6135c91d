package directory

import (
	"strings"
	"time"

	"dirdesk/models"
)

// View looks at one entry while the directory stands still: it is good during
// the call that it is handed to and no longer.
type View struct {
	d   *Directory
	e   *entry
	now time.Time
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
func (v View) GUID() string { return v.d.guid(v.e) }

// IsAccount reports whether it can sign in: a user or a computer.
func (v View) IsAccount() bool { return v.e.class.account }

// Object is the entry with all that is known of it.
func (v View) Object() models.Object {
	o := v.d.object(v.e, v.now)
	o.Account = v.d.account(v.e, v.now)
	return o
}

// Values are those of one attribute, in the form of [Directory.Attributes];
// none for one that is not set or not known.
func (v View) Values(attribute string) []string {
	i := attributeIndex(attribute)
	if i < 0 {
		return nil
	}
	return v.d.valuesOf(v.e, &schema[i])
}

// Look hands over the entry named dn; models.ErrNotFound when there is none.
func (d *Directory) Look(dn models.DN, look func(View)) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(dn)
	if e == nil {
		return noBase().on("read", dn)
	}
	look(View{d, e, d.now()})
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
		e.eachChild(func(c *entry) bool { return visit(View{d, c, now}) })
		return nil
	}
	e.walk(func(c *entry) bool { return visit(View{d, c, now}) })
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
	if strings.HasPrefix(strings.ToUpper(id), "S-1-") {
		return d.bySID(id)
	}
	key, ok := parseGUID(id)
	if !ok {
		return "", false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.identities == nil {
		d.identities = make(map[[16]byte]*entry)
		d.base.walk(func(e *entry) bool {
			d.identities[d.guidBytes(e)] = e
			return true
		})
	}
	e := d.identities[key]
	if e == nil {
		return "", false
	}
	return e.dn(), true
}

func (d *Directory) bySID(sid string) (found models.DN, ok bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	d.base.walk(func(e *entry) bool {
		if (e.rid != 0 || !e.class.isPrincipal()) && strings.EqualFold(d.sid(e), sid) {
			found, ok = e.dn(), true
		}
		return !ok
	})
	return found, ok
}
