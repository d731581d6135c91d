package adaxes

import (
	"strconv"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// members lists a group's members; of groups in groups too with includeIndirect.
// Who is in it by the primary group is left out.
func (h reading) members(c *call) (answer, *failure) {
	dn, failed := h.group(c.query.Get("group"))
	if failed != nil {
		return answer{}, failed
	}
	limit := 0
	if text := c.query.Get("sizelimit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return answer{}, badMember("sizeLimit", "The value '%s' is not valid.", text)
		}
		limit = n
	}
	if cap := h.options.SearchCap; cap > 0 && (limit == 0 || limit > cap) {
		limit = cap
	}
	names := h.membersOf(dn, strings.EqualFold(c.query.Get("includeindirect"), "true"))
	a, found := wanted(c.query.Get("properties")), []any{}
	for _, name := range first(names, limit) {
		_ = h.options.Directory.Look(name, func(v directory.View) { found = append(found, h.show(v, a)) })
	}
	return reply(found), nil
}

// membersOf gives the members that the caller may see, each once.
func (h reading) membersOf(group models.DN, indirect bool) []models.DN {
	seen := map[string]bool{group.Key(): true}
	var all []models.DN
	for open := []models.DN{group}; len(open) > 0; open = open[1:] {
		names, err := h.options.Directory.Members(open[0])
		if err != nil {
			continue
		}
		for _, name := range names {
			if seen[name.Key()] {
				continue
			}
			seen[name.Key()] = true
			if !h.hidden(name) {
				all = append(all, name)
			}
			if indirect {
				open = append(open, name)
			}
		}
	}
	return all
}

// resolveMember is resolve for a call that answers a name that can be none of an
// object, as "Sales" is, with 400 (seen on a server).
func (h *service) resolveMember(path, id string) (models.DN, *failure) {
	if !strings.Contains(id, "=") && !models.IsGUID(id) && !models.IsSID(id) {
		return "", badMember(path, "The value '%s' is not valid.", id)
	}
	return h.resolve(id)
}

// group resolves what has to be a group.
func (h *service) group(id string) (models.DN, *failure) {
	if id == "" {
		return "", absent("group")
	}
	dn, failed := h.resolveMember("group", id)
	if failed != nil {
		return "", failed
	}
	isGroup := false
	_ = h.options.Directory.Look(dn, func(v directory.View) { isGroup = v.IsA("group") })
	if !isGroup {
		return "", badMember("group", "'%s' is not a group.", id)
	}
	return dn, nil
}

func (h writing) addMember(c *call) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	group, member := body.required("group"), body.required("newMember")
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	return h.changeMember(c, group, member, h.options.Directory.AddMember)
}

func (h writing) removeMember(c *call) (answer, *failure) {
	return h.changeMember(c, c.query.Get("group"), c.query.Get("member"), h.options.Directory.RemoveMember)
}

func (h writing) changeMember(c *call, groupID, memberID string, change func(group, member models.DN) error) (answer, *failure) {
	group, failed := h.group(groupID)
	if failed != nil {
		return answer{}, failed
	}
	if memberID == "" {
		return answer{}, absent("member")
	}
	member, failed := h.resolveMember("member", memberID)
	if failed != nil {
		return answer{}, failed
	}
	return h.operate(c, deed{dn: group, properties: []string{"member"}}, func() (done, error) {
		return done{dn: group}, change(group, member)
	})
}
