package forms

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/trouble"
)

// relatedMsg is who is in a group, or in which groups an object is.
type relatedMsg struct {
	picker *picker
	dns    []models.DN
	known  bool
	err    error
}

// AddToGroups asks for the groups that objects are to be put into: one change
// for each group.
func AddToGroups(env Env, objects []models.Object) Form {
	p := newPicker(env, "Add to groups: "+names(objects), "a group")
	p.several, p.types = true, []models.Category{models.Group}
	if len(objects) == 1 {
		p.markRelated(p.groupsOf(objects[0]), "is in it already")
	}
	p.build = func(groups []models.Object) []models.Change {
		return inGroups(models.AddMembers, groups, objects)
	}
	return p
}

// AddMembers asks for who is to be put into a group.
func AddMembers(env Env, group models.Object) Form {
	p := newPicker(env, "Add members: "+group.Called(), "a user, a group or a computer")
	p.several = true
	p.types = []models.Category{models.Person, models.Group, models.Computer}
	p.markRelated(p.membersOf(group, false), "is in it already")
	held := p.held
	p.held = func(o models.Object) string {
		if o.DN.Equal(group.DN) {
			return "is the group itself"
		}
		return held(o)
	}
	p.build = memberChange(models.AddMembers, group)
	return p
}

// RemoveMembers asks for who is to be taken out of a group.
func RemoveMembers(env Env, group models.Object) Form {
	p := newPicker(env, "Remove members: "+group.Called(), "a member")
	p.several, p.fixed = true, true
	p.listRelated(p.membersOf(group, true))
	p.build = memberChange(models.RemoveMembers, group)
	return p
}

// RemoveFromGroups asks for the groups that an object is to be taken out of.
func RemoveFromGroups(env Env, o models.Object) Form {
	p := newPicker(env, "Remove from groups: "+o.Called(), "a group")
	p.several, p.fixed = true, true
	p.listRelated(p.groupsOf(o))
	p.build = func(groups []models.Object) []models.Change {
		return inGroups(models.RemoveMembers, groups, []models.Object{o})
	}
	return p
}

func memberChange(action models.Action, group models.Object) func([]models.Object) []models.Change {
	return func(chosen []models.Object) []models.Change {
		return inGroups(action, []models.Object{group}, chosen)
	}
}

// inGroups makes a change of each group's members.
func inGroups(action models.Action, groups, members []models.Object) []models.Change {
	refs := make([]models.Ref, len(members))
	for i, o := range members {
		refs[i] = o.Ref()
	}
	changes := make([]models.Change, len(groups))
	for i, g := range groups {
		changes[i] = models.Change{Action: action, Members: refs}.Of(g)
		changes[i].Category = models.Group
	}
	return changes
}

// membersOf reads who is in a group; taking: who can be taken out.
func (p *picker) membersOf(group models.Object, taking bool) tea.Cmd {
	ctx := p.ctx
	d := desk.New(p.env.Desk.Backend(), desk.Options{})
	return func() tea.Msg {
		if !d.CanListMembers(false) {
			return relatedMsg{picker: p}
		}
		members, err := d.Everyone(ctx, group.Ref(), false)
		if taking {
			members.DNs = slices.DeleteFunc(members.DNs, members.IsPrimary) // they cannot be taken out
		}
		return relatedMsg{p, members.DNs, err == nil, err}
	}
}

// groupsOf reads in which groups an object is.
func (p *picker) groupsOf(o models.Object) tea.Cmd {
	ctx, d := p.ctx, p.env.Desk
	_, able := desk.Capability[desk.Getter](d.Backend())
	return func() tea.Msg {
		if !able {
			return relatedMsg{picker: p}
		}
		whole, err := d.Read(ctx, o.Ref())
		if err != nil || whole.Account == nil {
			return relatedMsg{picker: p, err: err}
		}
		return relatedMsg{picker: p, dns: whole.Account.MemberOf, known: true}
	}
}

// markRelated marks those that a command reads as not to be picked again.
func (p *picker) markRelated(read tea.Cmd, words string) {
	in := map[string]bool{}
	p.start = append(p.start, read)
	p.held = func(o models.Object) string {
		if in[o.DN.Key()] {
			return words
		}
		return ""
	}
	p.receive = func(msg tea.Msg) tea.Cmd {
		m, ok := msg.(relatedMsg)
		if !ok || m.picker != p {
			return nil
		}
		p.say(m, "adding somebody again does no harm")
		for _, dn := range m.dns {
			in[dn.Key()] = true
		}
		return nil
	}
}

// listRelated lists those that a command reads, to be picked from.
func (p *picker) listRelated(read tea.Cmd) {
	p.start = append(p.start, read)
	p.search.busy = true
	p.receive = func(msg tea.Msg) tea.Cmd {
		m, ok := msg.(relatedMsg)
		if !ok || m.picker != p {
			return nil
		}
		p.search.busy = false
		p.say(m, "there is nothing to pick from")
		for _, dn := range m.dns {
			p.all = append(p.all, models.Object{DN: dn, Name: dn.RDN().Value})
		}
		p.filter()
		return nil
	}
}

// say tells when the connection could not say who is in what.
func (p *picker) say(m relatedMsg, so string) {
	switch {
	case m.err != nil:
		p.remark = trouble.Line("Who is in already could not be read", m.err)
	case !m.known:
		p.remark = "Who is in already is not told by " + p.env.Desk.Backend().About().Backend + "; " + so + "."
	}
}

// names says who it is about.
func names(objects []models.Object) string {
	if len(objects) == 1 {
		return objects[0].Called()
	}
	return fmt.Sprintf("%d objects", len(objects))
}
