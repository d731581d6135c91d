package dsm

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
	if c.spoil.failTask {
		h.tasks.failUpdate(id)
	}
	now := h.options.Now()
	u, known := h.tasks.update(id, now)
	status := "updating"
	switch {
	case !known:
		return nil, badParameter("task_id", noSuchTaskReason)
	case u.failed:
		status = failedUpdateStatus
	case c.spoil.status != "":
		status = c.spoil.status
	case !now.Before(u.ends) && !c.spoil.stall:
		status = "finish"
	}
	return map[string]any{"status": status}, nil
}
