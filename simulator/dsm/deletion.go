package dsm

import (
	"sync"
	"time"

	"dirdesk/models"
)

// deletion is a task that deletes objects one by one, some of them each time
// somebody asks how it is going: without that it does not complete (as the
// documentation of a public client has it).
type deletion struct {
	began time.Time

	mu      sync.Mutex
	dns     []models.DN
	results []map[string]any // of the first len(results) objects
	polls   int              // how often it has been asked about
}

// due is up to which object the task gets with its nth poll.
func (d *deletion) due(n int) int {
	total := len(d.dns)
	whole := max(deletionPolls, (total+deletionsPerPoll-1)/deletionsPerPoll)
	return min(total, total*n/whole)
}

// deleteObjects is SYNO.ActiveDirectory.Directory.delete. It starts a task and
// touches nothing yet.
func (h *Handler) deleteObjects(c *call) (any, *failure) {
	in := c.input()
	names := in.requiredTexts("dnList")
	if in.failure != nil {
		return nil, in.failure
	}
	now := h.options.Now()
	d := &deletion{began: now}
	for _, name := range names {
		d.dns = append(d.dns, models.DN(name))
	}
	id := taskID("Synoads_SYNO.ActiveDirectory.Directory_delete", now)
	h.tasks.startDeletion(id, d, now)
	return map[string]any{"task_id": id}, nil
}

// poll is SYNO.ActiveDirectory.Polling.get: it lets a deletion go on and tells
// what became of the objects so far, an empty status for a good end.
func (h *Handler) poll(c *call) (any, *failure) {
	in := c.input()
	id := in.text("task_id")
	if in.failure != nil {
		return nil, in.failure
	}
	d := h.tasks.deletion(id)
	if d == nil {
		return nil, badParameter("task_id", noSuchTaskReason)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case c.spoil.stall:
	case c.spoil.failTask:
		for len(d.results) < len(d.dns) {
			d.note(map[string]any{"code": failedTaskCode, "msg": failedTaskWords})
		}
	default:
		d.polls++
		for len(d.results) < d.due(d.polls) {
			d.note(h.deleteOne(c, d.dns[len(d.results)]))
		}
	}
	finished := len(d.results) == len(d.dns)
	if finished && finishedTaskIsReadOnce {
		h.tasks.forgetDeletion(id)
	}
	return map[string]any{"data": d.results[:len(d.results):len(d.results)], "finished": finished, "total": len(d.dns)}, nil
}

// note adds the status of the next object.
func (d *deletion) note(status map[string]any) {
	d.results = append(d.results, map[string]any{"dn": d.dns[len(d.results)], "status": status})
}

// deleteOne gives the object's status.
func (h *Handler) deleteOne(c *call, dn models.DN) map[string]any {
	err := h.options.Writer.Delete(c.lasting(), dn)
	if err != nil {
		return detailOf("delete", err)
	}
	h.newcomers.remove(dn)
	return map[string]any{}
}
