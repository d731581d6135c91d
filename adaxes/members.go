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
	all, part, err := m.members(ctx, group, false)
	if err != nil || !part {
		return all.list, err
	}
	// An old server ends at 1,000; the group's own list shows whether it did.
	e, err := m.getFor(ctx, actionMembers, string(group), "member")
	if err != nil {
		return nil, err
	}
	for _, member := range e.texts("member") {
		all.add(models.DN(member))
	}
	return all.list, nil
}

// IndirectMembers gives all members of a group, those through other groups too,
// each once.
func (m *memberships) IndirectMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	all, part, err := m.members(ctx, group, true)
	if part {
		return m.walkMembers(ctx, group)
	}
	return all.list, err
}

// members asks for members; part says that they may be a part only.
func (m *memberships) members(ctx context.Context, group models.DN, indirect bool) (all *names, part bool, err error) {
	all = newNames()
	if err := needName(actionMembers, group); err != nil {
		return all, false, err
	}
	r := reading(pathMembers, url.Values{
		"group": {string(group)}, "includeIndirect": {strconv.FormatBool(indirect)},
	}, actionMembers, string(group))
	r.most = maxSearch
	raw, err := m.call(ctx, r)
	if err != nil {
		return all, false, err
	}
	found, err := m.entries(r, raw)
	if err != nil {
		return all, false, err
	}
	for _, e := range found {
		all.add(e.dn)
	}
	m.learnCap(ctx, len(found), actionMembers, string(group))
	return all, m.mayBePart(len(found)), nil
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
