package dsm

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync"
	"time"
)

// tasks keeps the work that goes on after its call was answered. A task's id
// tells who owns it: the group of administrators, so that any session of one
// may ask for it.
type tasks struct {
	mu      sync.Mutex
	updates map[string]time.Time // domain updates: when each is finished
}

func newTasks() *tasks {
	return &tasks{updates: map[string]time.Time{}}
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
	for old, end := range t.updates {
		if now.Before(end) {
			return "", true
		}
		if now.Sub(end) > taskKept {
			delete(t.updates, old)
		}
	}
	id = taskID("DomainUpdate", now)
	t.updates[id] = now.Add(takes)
	return id, false
}

// update tells whether a domain update is finished.
func (t *tasks) update(id string, now time.Time) (finished, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	end, known := t.updates[id]
	if !known || now.Sub(end) > taskKept {
		return false, false
	}
	return !now.Before(end), true
}

// updateStart is SYNO.Core.Directory.Domain.update_start, version 1 only.
func (h *Handler) updateStart(c *call) (any, *failure) {
	in := c.input()
	in.text("domain_name")
	if in.failure != nil {
		return nil, in.failure
	}
	id, busy := h.tasks.startUpdate(h.options.Now(), h.options.DomainUpdate)
	if busy {
		return nil, fail(domainUpdateBusy)
	}
	return map[string]any{"task_id": id}, nil
}

// updateStatus is SYNO.Core.Directory.Domain.update_status, version 1 only.
func (h *Handler) updateStatus(c *call) (any, *failure) {
	in := c.input()
	id := in.text("task_id")
	if in.failure != nil {
		return nil, in.failure
	}
	finished, known := h.tasks.update(id, h.options.Now())
	if !known {
		return nil, badParameter("task_id", noSuchTaskReason)
	}
	status := "updating"
	if finished {
		status = "finish"
	}
	return map[string]any{"status": status}, nil
}

// poll is SYNO.ActiveDirectory.Polling.get. It tells of tasks that deleting
// starts; nothing that is served starts one, so that no id is known.
func (h *Handler) poll(c *call) (any, *failure) {
	in := c.input()
	in.text("task_id")
	in.reject(badParameter("task_id", noSuchTaskReason))
	return nil, in.failure
}
