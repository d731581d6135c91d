package dsm

import (
	"context"

	"dirdesk/models"
)

// lasting is the context of a write: it outlives the client's connection.
func (c *call) lasting() context.Context { return context.WithoutCancel(c.request.ctx) }

// createUser is SYNO.ActiveDirectory.User.create (captured from a public
// client): the name of the new entry is the logon name. The account is not one
// of DSM's own until the next domain update.
func (h *Handler) createUser(c *call) (any, *failure) {
	in := c.input()
	user := models.NewUser{
		LogonName:    in.text("logon_name"),
		Container:    models.Ref{DN: models.DN(in.text("located_dn"))},
		Mail:         in.optionalText("email"),
		Description:  in.optionalText("description"),
		Disabled:     in.flag("account_is_disabled", false),
		CannotChange: in.flag("cannot_change_password", false),
		MustChange:   in.flag("change_password_next_logon", false),
		NeverExpires: in.flag("password_never_expire", false),
	}
	password := models.NewSecret(in.text("password"))
	if user.MustChange && (user.CannotChange || user.NeverExpires) {
		in.reject(exclusiveFlags())
	}
	in.notEmpty("logon_name", user.LogonName)
	if in.failure != nil {
		return nil, in.failure
	}
	dn, err := h.options.Writer.CreateUser(c.lasting(), user, password)
	if err != nil {
		return nil, directoryFailure("add", err)
	}
	h.newcomers.add(user.LogonName, dn, h.options.Now())
	return h.created(c, dn, user.LogonName)
}

// created answers a creation: the DN, and the name after the workgroup and a
// backslash.
func (h *Handler) created(c *call, dn models.DN, name string) (any, *failure) {
	info, err := h.options.Directory.Info(c.lasting())
	if err != nil {
		return nil, directoryFailure("info", err)
	}
	return map[string]any{"dn": dn, "name": info.Workgroup + `\` + name}, nil
}
