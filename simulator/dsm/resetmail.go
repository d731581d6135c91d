package dsm

// sendResetMail is SYNO.Auth.ForgotPwd.send. The answer is the same whether or
// not there is such an account, and nothing is mailed from here. The number is
// captured; what it means is not known.
func (h *Handler) sendResetMail(c *call) (any, *failure) {
	in := c.input()
	in.notEmpty("user", in.text("user"))
	if in.failure != nil {
		return nil, in.failure
	}
	return map[string]any{"msg": resetMailAnswer}, nil
}
