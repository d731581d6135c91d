package directory

import (
	"slices"
	"strings"
	"time"

	"dirdesk/models"
)

// version is what an entry was before a change that other controllers have not
// heard of yet.
type version struct {
	before *entry // nil: there was none
	until  time.Time
	origin int // the controller that made the change
}

// remember keeps what an entry is, for the other controllers, before it is
// changed. What locks an account is not kept back, as it is replicated at once.
func (d *Directory) remember(e *entry) {
	if d.replication <= 0 {
		return
	}
	before := *e
	before.values, before.links = slices.Clone(e.values), slices.Clone(e.links)
	before.members, before.memberOf = slices.Clone(e.members), slices.Clone(e.memberOf)
	d.keepBack(e, &before)
}

func (d *Directory) keepBack(e, before *entry) {
	if d.replication <= 0 {
		return
	}
	now := d.now()
	kept := e.part()
	kept.versions = slices.DeleteFunc(kept.versions, func(v version) bool { return !v.until.After(now) })
	kept.versions = append(kept.versions, version{before: before, until: now.Add(d.replication), origin: d.origin})
}

// seenAt is the entry as a controller knows it; nil when it has not heard of it.
func (e *entry) seenAt(controller int, now time.Time) *entry {
	if e.rare == nil {
		return e
	}
	for _, v := range e.rare.versions {
		if v.origin != controller && v.until.After(now) {
			return v.before
		}
	}
	return e
}

// writing marks what follows as a controller's own changes; the caller holds mu
// and calls what it gets when the change is made.
func (c *Caller) writing() (done func()) {
	c.d.mu.Lock()
	c.d.origin = c.controller
	return func() {
		c.d.origin = 0
		c.d.mu.Unlock()
	}
}

// trace is an entry as it was at a place which it has left: other controllers
// find it there until they have heard of it.
type trace struct {
	of, before *entry
	until      time.Time
	origin     int
}

// leaveTrace keeps what an entry is, and where, before it is moved or deleted.
// What is in it follows it at once.
func (d *Directory) leaveTrace(e *entry) {
	if d.replication <= 0 {
		return
	}
	now := d.now()
	d.traces = slices.DeleteFunc(d.traces, func(t trace) bool { return !t.until.After(now) })
	before := *e
	before.values, before.links = slices.Clone(e.values), slices.Clone(e.links)
	before.members, before.memberOf = slices.Clone(e.members), slices.Clone(e.memberOf)
	for _, t := range d.traces {
		if t.before.parent == e { // a tree is deleted from its leaves on
			t.before.parent = &before
		}
	}
	d.traces = append(d.traces, trace{of: e, before: &before, until: now.Add(d.replication), origin: d.origin})
}

// traces are the entries that the caller's controller knows at places which they
// have left.
func (c *Caller) traces() (known []trace) {
	now := c.d.now()
	for _, t := range c.d.traces {
		if t.origin != c.controller && t.until.After(now) {
			known = append(known, t)
		}
	}
	return known
}

// known is the entry that the caller's controller has by a name, where e is what
// has it by now; nil for none.
func (c *Caller) known(name string, e *entry) *entry {
	for _, t := range c.traces() {
		switch special := strings.HasPrefix(name, "<"); {
		case special && t.of == e, !special && t.before.dn().Equal(models.DN(name)):
			return t.before
		case t.of == e:
			return nil
		}
	}
	return e
}
