package directory

import (
	"slices"
	"time"
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
