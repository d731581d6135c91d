package adaxes

import (
	"context"
	"net/url"
	"strconv"

	"dirdesk/models"
)

const actionMembers = "read the members of"

// Members gives a group's direct members, as far as this account may see them.
func (m *memberships) Members(ctx context.Context, group models.DN) ([]models.DN, error) {
	found, err := m.members(ctx, group, false)
	if err != nil {
		return nil, err
	}
	all := newNames()
	for _, e := range found {
		all.add(e.dn)
	}
	if m.isPart(ctx, len(found), group) {
		// An old server ends at 1,000; the group's own list shows whether it did.
		e, err := m.getFor(ctx, actionMembers, string(group), "member")
		if err != nil {
			return nil, err
		}
		for _, member := range e.texts("member") {
			all.add(models.DN(member))
		}
	}
	return all.list, nil
}

// IndirectMembers gives all members of a group, those through other groups too,
// each once.
func (m *memberships) IndirectMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	found, err := m.members(ctx, group, true)
	if err != nil {
		return nil, err
	}
	all := newNames()
	for _, e := range found {
		all.add(e.dn)
	}
	if m.isPart(ctx, len(found), group) {
		return m.walkMembers(ctx, group)
	}
	return all.list, nil
}

// walkMembers goes through the groups within a group one by one, for a server
// that ends its answers at 1,000.
func (m *memberships) walkMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	all, visited := newNames(), newNames()
	visited.add(group)
	for i := 0; i < len(visited.list); i++ {
		at := visited.list[i]
		direct, err := m.Members(ctx, at)
		if err != nil {
			return nil, err
		}
		for _, dn := range direct {
			all.add(dn)
		}
		inner, err := m.memberGroups(ctx, at)
		if err != nil {
			return nil, err
		}
		for _, dn := range inner {
			visited.add(dn)
		}
	}
	return all.list, nil
}

// memberGroups are the groups whose memberOf names a group: the search finds them
// however many other members there are.
func (m *memberships) memberGroups(ctx context.Context, group models.DN) ([]models.DN, error) {
	g := &gathering{
		backend: m.reader, action: actionMembers, object: string(group),
		scope: scope{base: string(m.domain.dn), classes: []string{classGroup}, condition: allOf(nameIs("memberOf", group))},
	}
	if err := g.run(ctx); err != nil {
		return nil, err
	}
	var groups []models.DN
	for _, e := range g.found {
		groups = append(groups, e.dn)
	}
	return groups, nil
}

// isPart reports whether a list of n members may be a part only.
func (m *memberships) isPart(ctx context.Context, n int, group models.DN) bool {
	m.learnCap(ctx, n, actionMembers, string(group))
	return m.mayBePart(n)
}

func (m *memberships) members(ctx context.Context, group models.DN, indirect bool) ([]entry, error) {
	if err := needName(actionMembers, group); err != nil {
		return nil, err
	}
	r := reading(pathMembers, url.Values{
		"group": {string(group)}, "includeIndirect": {strconv.FormatBool(indirect)},
	}, actionMembers, string(group))
	r.most = maxSearch
	raw, err := m.call(ctx, r)
	if err != nil {
		return nil, err
	}
	return m.entries(r, raw)
}

// names are names of objects, each once, in the order they came.
type names struct {
	list []models.DN
	seen map[string]bool
}

func newNames() *names { return &names{seen: make(map[string]bool)} }

func (n *names) add(dn models.DN) {
	if key := dn.Key(); dn != "" && !n.seen[key] {
		n.seen[key] = true
		n.list = append(n.list, dn)
	}
}
