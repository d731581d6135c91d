package dsm

// work checks a call in DSM's order and runs it:
//
//	API known (102), version (104), method (103), session (119, 106, 107,
//	150), SynoToken (119), privilege (105), parameters (114, 120), the work.
//
// A part that is not there at all is 101 where its turn would be. That the
// version comes before the method is captured; see guesses.go for the rest.
func (h *Handler) work(c *call) (any, *failure) {
	if c.api == "" {
		return nil, fail(codeBadRequest)
	}
	a, known := h.apis[c.api]
	if !known {
		return nil, fail(codeNoAPI)
	}
	if !a.servedBy(c.request.cgi) {
		return nil, fail(wrongProgram)
	}
	if c.version == 0 {
		return nil, fail(codeBadRequest)
	}
	if c.version < a.lowest || c.version > a.highest {
		return nil, fail(codeNoVersion)
	}
	if c.method == "" {
		return nil, fail(codeBadRequest)
	}
	m, known := h.table[methodKey{c.api, c.method}]
	if !known {
		return nil, fail(codeNoMethod)
	}
	if c.version < m.lowest || c.version > m.highest {
		return nil, fail(methodOfOtherVersion)
	}
	if f := h.admit(c, m.access); f != nil {
		return nil, f
	}
	c.parameters.json = a.json
	c.parameters.strict = h.options.Strict
	return m.run(c)
}

// admit checks session, token and privilege. A call that needs no session
// still gets to know the one it came with.
func (h *Handler) admit(c *call, need access) *failure {
	s, f := h.sessions.check(c.request.credentials, h.options.Now())
	if need == accessOpen {
		if f == nil {
			c.session = s
		}
		return nil
	}
	if f != nil {
		return f
	}
	if s.tokenRequired && c.request.credentials.token != s.token {
		return fail(codeNoSession)
	}
	if need == accessAdmin && !s.account.Administrator {
		return fail(codeNoPrivilege)
	}
	c.session = s
	return nil
}

// servedBy tells whether an API answers at one of the .cgi programs.
func (a api) servedBy(cgi string) bool {
	return cgi == "entry.cgi" || cgi == a.cgi
}
