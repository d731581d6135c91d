package dsm

// setDomain is SYNO.Core.Directory.Domain.set. The whole object is wanted: a part of
// it is refused with 2001 (live).
func (h *Handler) setDomain(c *call) (any, *failure) {
	in := c.input()
	for _, name := range domainMembers() {
		if _, sent := in.get(name, false); !sent {
			return nil, fail(codePartOfDomain)
		}
	}
	return map[string]any{}, in.failure
}

// domainList is SYNO.Core.Directory.Domain.get_domain_list: an item is a text, or in
// version 2 a list of what is shown, what is sent, and a description (client).
func (h *Handler) domainList(c *call) (any, *failure) {
	info, err := h.options.Directory.Info(c.request.ctx)
	if err != nil {
		return nil, directoryFailure("info", err)
	}
	list := []any{info.Workgroup}
	if c.version > 1 {
		list = append(list, []string{info.Realm, info.Realm, "Active Directory"})
	}
	return map[string]any{"domain_list": list}, nil
}

// healthCheck is SYNO.Core.Directory.Domain.ADHealthCheck: start, status and stop.
func (h *Handler) healthCheck(*call) (any, *failure) {
	return map[string]any{"status": healthStatus}, nil
}

// pollingList is SYNO.Entry.Request.Polling.list: the tasks that the caller may ask
// about, whose ids begin with a prefix. Those here belong to the administrators.
func (h *Handler) pollingList(c *call) (any, *failure) {
	in := c.input()
	prefix := in.optionalText("task_id_prefix")
	if in.failure != nil {
		return nil, in.failure
	}
	found := []string{}
	if c.session.account.Administrator {
		found = h.tasks.ids(prefix)
	}
	return map[string]any{"tasks": found}, nil
}

// pollingStatus is SYNO.Entry.Request.Polling.status.
func (h *Handler) pollingStatus(c *call) (any, *failure) {
	in := c.input()
	id := in.text("task_id")
	if in.failure != nil {
		return nil, in.failure
	}
	finished, known := h.tasks.finished(id, h.options.Now())
	if !known || !c.session.account.Administrator {
		return nil, badParameter("task_id", noSuchTaskReason)
	}
	return map[string]any{"finished": finished}, nil
}
