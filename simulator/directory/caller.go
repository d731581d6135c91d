package directory

import (
	"encoding/hex"
	"strings"

	"dirdesk/models"
)

// Caller is somebody who is signed in at a controller, and sees and changes what
// the access lists allow. The methods of [Directory] ask nobody.
type Caller struct {
	d          *Directory
	controller int
	self       *entry          // nil for nobody
	sids       map[string]bool // its own and those of all its groups
	admin      bool
}

// SignIn checks a password at a controller, as [Directory.Authenticate] does.
func (d *Directory) SignIn(controller int, account string, secret models.Secret) (*Caller, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, err := d.authenticate(controller, account, secret)
	if err != nil {
		return nil, err
	}
	c := &Caller{d: d, controller: controller, self: e, sids: map[string]bool{
		sidEveryone: true, sidAuthenticated: true,
	}}
	for _, sid := range granting(d).tokens(e, true) {
		c.sids[sid] = true
	}
	c.admin = c.sids[sidAdmins] || c.sids[d.domainSID+"-512"]
	return c, nil
}

// Nobody is who has not signed in.
func (d *Directory) Nobody(controller int) *Caller { return &Caller{d: d, controller: controller} }

// Name is the caller's name in the form that WhoAmI gives: "CORP\anna"; "" for
// nobody.
func (c *Caller) Name() string {
	if c.self == nil {
		return ""
	}
	c.d.mu.RLock()
	defer c.d.mu.RUnlock()
	return c.d.workgroup + `\` + c.self.sam
}

// Known reports whether somebody is signed in.
func (c *Caller) Known() bool { return c.self != nil }

// tokens are the SIDs of an account and of all its groups.
func (d granter) tokens(e *entry, own bool) (sids []string) {
	seen := make(map[*entry]bool)
	e.reach("member", seen)
	if e.class.account {
		if primary := d.primaryGroup(e); primary != nil && !seen[primary] {
			seen[primary] = true
			primary.reach("member", seen)
		}
	}
	if own {
		sids = append(sids, reading(d.Directory).sid(e))
	}
	for g := range seen {
		if g.groupType&models.GroupSecurity != 0 {
			sids = append(sids, reading(d.Directory).sid(g))
		}
	}
	return sids
}

// primaryGroup is the group that an account belongs to by its number.
func (d granter) primaryGroup(e *entry) *entry { return d.groups[e.primaryGroup] }

// may asks whether the caller has a right on an entry.
func (c *Caller) may(e *entry, right uint32, objects ...guid) bool {
	return allows(granting(c.d).accessList(e), c.sids, e == c.self, right, objects...)
}

// mayWrite asks for one attribute.
func (c *Caller) mayWrite(e *entry, a *attribute) bool {
	return c.may(e, rightWriteProperty, a.guid(), a.propertySet())
}

// sees reports whether the caller knows that an entry is there.
func (c *Caller) sees(e *entry) bool { return c.admin || !e.class.guarded }

// Scope says which entries a search looks at.
type Scope int

// The scopes, by LDAP's numbers.
const (
	Base Scope = iota
	OneLevel
	Subtree
)

// Query is a search.
type Query struct {
	Base    string // a DN, or one of AD's other forms: <GUID=...>, <SID=...>, <WKGUID=...>
	Scope   Scope
	Filter  Filter
	Deleted bool // deleted entries too
}

// Found is an entry that a search has found.
type Found struct{ e *entry }

// Find gives the entries that a search finds, parents first.
func (c *Caller) Find(q Query) ([]Found, error) {
	d := c.d
	d.mu.RLock()
	defer d.mu.RUnlock()
	base := c.known(q.Base, reading(d).named(q.Base))
	if base == nil || base.isDeleted(d) && !q.Deleted || !c.sees(base) {
		if strings.HasPrefix(q.Base, "<") {
			return nil, refuse(32, "", "Base-DN '%s' not found", q.Base).on("search", models.DN(q.Base))
		}
		return nil, noBase().on("search", models.DN(q.Base))
	}
	now := d.now()
	var found []Found
	visit := func(e *entry) bool {
		here := e.seenAt(c.controller, now)
		if here != nil && here.parent == e.parent && here.key == e.key && c.sees(e) && q.Filter(View{d: d, e: here, now: now, caller: c}) {
			found = append(found, Found{e})
		}
		return true
	}
	switch q.Scope {
	case Base:
		visit(base)
	case OneLevel:
		base.eachChild(visit)
	default:
		base.walk(visit)
	}
	for _, t := range c.traces() {
		if q.Scope == OneLevel && t.before.parent == base || q.Scope == Subtree && t.before != base && t.before.isBelow(base) {
			visit(t.before)
		}
	}
	if q.Deleted && base == d.base && q.Scope != Base {
		visit(d.beside.deleted)
		if q.Scope == Subtree {
			d.beside.deleted.eachChild(visit)
		}
	}
	return found, nil
}

// Show hands over entries that were found, but for those that are gone
// meanwhile, while the directory stands still.
func (c *Caller) Show(found []Found, show func(View)) {
	c.d.mu.RLock()
	defer c.d.mu.RUnlock()
	now := c.d.now()
	for _, f := range found {
		here := f.e.seenAt(c.controller, now)
		if here != nil && (!f.e.gone || f.e.isDeleted(c.d)) {
			show(View{d: c.d, e: here, now: now, caller: c})
		}
	}
}

// wellKnown are the containers that have a GUID of their own in every domain
// (MS-ADTS 6.1.1.4).
func (d reader) wellKnown(id string) *entry {
	switch strings.ToLower(id) {
	case "a9d1ca15768811d1aded00c04fd8d5cd":
		return d.base.child("CN=USERS")
	case "aa312825768811d1aded00c04fd8d5cd":
		return d.base.child("CN=COMPUTERS")
	case "a361b2ffffd211d1aa4b00c04fd7d83a":
		return d.base.child("OU=DOMAIN CONTROLLERS")
	case "ab1d30f3768811d1aded00c04fd8d5cd":
		return d.base.child("CN=SYSTEM")
	case "18e2ea80684f11d2b9aa00c04f79f805":
		return d.beside.deleted
	default:
		return nil
	}
}

// named finds an entry by a DN or one of AD's other forms of a name. The caller
// holds mu.
func (d reader) named(name string) *entry {
	inside, special := strings.CutPrefix(name, "<")
	if !special {
		if e := d.lookup(models.DN(name)); e != nil {
			return e
		}
		return d.buried(models.DN(name))
	}
	inside, special = strings.CutSuffix(inside, ">")
	form, id, found := strings.Cut(inside, "=")
	if !special || !found {
		return nil
	}
	switch strings.ToUpper(form) {
	case "GUID":
		if b, err := hex.DecodeString(id); err == nil && len(b) == 16 {
			id = GUIDText(b)
		}
		return d.byGUID(id)
	case "SID":
		if b, err := hex.DecodeString(id); err == nil {
			id, _ = SIDText(b)
		}
		return d.bySID(id)
	case "WKGUID":
		id, _, _ = strings.Cut(id, ",")
		return d.wellKnown(id)
	default:
		return nil
	}
}
