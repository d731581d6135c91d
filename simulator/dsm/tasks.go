package dsm

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// tasks keeps the work that goes on after its call was answered. A task's id
// tells who owns it: the group of administrators, so that any session of one
// may ask for it.
type tasks struct {
	mu        sync.Mutex
	updates   map[string]*update
	updated   time.Time // when the last finished update began
	deletions map[string]*deletion
}

// update is one run of bringing DSM's list of the domain's accounts up to date.
type update struct {
	began, ends time.Time
	failed      bool
}

func newTasks() *tasks {
	return &tasks{updates: map[string]*update{}, deletions: map[string]*deletion{}}
}

// taskID makes an id of the captured form: a prefix, eight hexadecimal digits
// of the Unix time, and random ones.
func taskID(prefix string, now time.Time) string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return fmt.Sprintf("@administrators/%s%08X%08X", prefix, now.Unix(), binary.BigEndian.Uint32(b[:]))
}

// startUpdate begins a domain update; busy when one runs.
func (t *tasks) startUpdate(now time.Time, takes time.Duration) (id string, busy bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settle(now)
	for old, u := range t.updates {
		if now.Before(u.ends) && !u.failed {
			return "", true
		}
		if now.Sub(u.ends) > taskKept {
			delete(t.updates, old)
		}
	}
	id = taskID("DomainUpdate", now)
	t.updates[id] = &update{began: now, ends: now.Add(takes)}
	return id, false
}

// settle notes which update finished last. The caller holds mu.
func (t *tasks) settle(now time.Time) {
	for _, u := range t.updates {
		if !u.failed && !now.Before(u.ends) && u.began.After(t.updated) {
			t.updated = u.began
		}
	}
}

// updatedAsOf gives when the last finished update began; zero without one.
func (t *tasks) updatedAsOf(now time.Time) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settle(now)
	return t.updated
}

// update finds a domain update whose result can still be read.
func (t *tasks) update(id string, now time.Time) (found update, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.updates[id]
	if u == nil || now.Sub(u.ends) > taskKept {
		return update{}, false
	}
	return *u, true
}

// failUpdate ends an update that then counts for nothing.
func (t *tasks) failUpdate(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if u := t.updates[id]; u != nil {
		u.failed = true
	}
}

// startDeletion keeps a deletion under its id, and forgets those that nobody
// came back for.
func (t *tasks) startDeletion(id string, d *deletion, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for old, other := range t.deletions {
		if now.Sub(other.began) > deletionKept {
			delete(t.deletions, old)
		}
	}
	t.deletions[id] = d
}

// deletion finds one; nil when there is none of that id.
func (t *tasks) deletion(id string) *deletion {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.deletions[id]
}

// ids are those of all tasks that begin with a prefix, after the group that owns them.
func (t *tasks) ids(prefix string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := []string{}
	for _, all := range []iter.Seq[string]{maps.Keys(t.updates), maps.Keys(t.deletions)} {
		for id := range all {
			if strings.HasPrefix(strings.TrimPrefix(id, "@administrators/"), prefix) {
				found = append(found, id)
			}
		}
	}
	slices.Sort(found)
	return found
}

// finished reports whether a task is through.
func (t *tasks) finished(id string, now time.Time) (finished, known bool) {
	if u, known := t.update(id, now); known {
		return u.failed || !now.Before(u.ends), true
	}
	d := t.deletion(id)
	if d == nil {
		return false, false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.results) == len(d.dns), true
}

func (t *tasks) forgetDeletion(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.deletions, id)
}
