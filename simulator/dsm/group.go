package dsm

import "dirdesk/models"

// createGroup is SYNO.ActiveDirectory.Group.create (captured from a public
// client).
func (h *Handler) createGroup(c *call) (any, *failure) {
	in := c.input()
	group := models.NewGroup{
		Name:        in.text("name"),
		Container:   models.Ref{DN: models.DN(in.text("located_dn"))},
		Mail:        in.optionalText("email"),
		Description: in.optionalText("description"),
		Type:        models.GroupType(in.word("type", string(models.TypeSecurity), string(models.TypeDistribution))),
		Scope: models.GroupScope(in.word("scope",
			string(models.ScopeGlobal), string(models.ScopeLocal), string(models.ScopeUniversal))),
	}
	in.notEmpty("name", group.Name)
	if in.failure != nil {
		return nil, in.failure
	}
	dn, err := h.options.Writer.CreateGroup(c.lasting(), group)
	if err != nil {
		return nil, directoryFailure("add", err)
	}
	return h.created(c, dn, group.Name)
}

// addMembers is SYNO.ActiveDirectory.Group.Member.add: dn is the group's. It
// answers with the members as they were sent (captured). The modification is
// one: when one of several cannot be added, none is.
func (h *Handler) addMembers(c *call) (any, *failure) {
	in := c.input()
	group := models.DN(in.text("dn"))
	names := in.requiredTexts("members")
	if in.failure != nil {
		return nil, in.failure
	}
	members := make([]models.DN, len(names))
	for i, name := range names {
		members[i] = models.DN(name)
	}
	if err := h.options.Writer.AddMembers(c.lasting(), group, members); err != nil {
		return nil, directoryFailure("modify", err)
	}
	return map[string]any{"members": members}, nil
}
