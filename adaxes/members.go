package adaxes

import (
	"context"
	"net/url"
	"strconv"

	"dirdesk/models"
)

const actionMembers = "read the members of"

// Members gives a group's direct members, as far as this account may see them.
func (b *Backend) Members(ctx context.Context, group models.DN) ([]models.DN, error) {
	found, err := b.members(ctx, group, false)
	if err != nil {
		return nil, err
	}
	all := newNames()
	for _, e := range found {
		all.add(e.dn)
	}
	if b.isPart(ctx, len(found), group) {
		// An old server ends at 1,000; the group's own list shows whether it did.
		e, err := b.getFor(ctx, actionMembers, string(group), "member")
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
func (b *Backend) IndirectMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	found, err := b.members(ctx, group, true)
	if err != nil {
		return nil, err
	}
	all := newNames()
	for _, e := range found {
		all.add(e.dn)
	}
	if b.isPart(ctx, len(found), group) {
		return b.walkMembers(ctx, group)
	}
	return all.list, nil
}

// walkMembers goes through the groups within a group one by one, for a server
// that ends its answers at 1,000.
func (b *Backend) walkMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	all, visited := newNames(), newNames()
	visited.add(group)
	for i := 0; i < len(visited.list); i++ {
		at := visited.list[i]
		direct, err := b.Members(ctx, at)
		if err != nil {
			return nil, err
		}
		for _, dn := range direct {
			all.add(dn)
		}
		inner, err := b.memberGroups(ctx, at)
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
func (b *Backend) memberGroups(ctx context.Context, group models.DN) ([]models.DN, error) {
	g := &gathering{
		backend: b, action: actionMembers, object: string(group),
		scope: scope{base: string(b.head().dn), classes: []string{classGroup}, condition: allOf(nameIs("memberOf", group))},
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

func (b *Backend) members(ctx context.Context, group models.DN, indirect bool) ([]entry, error) {
	if err := needName(actionMembers, group); err != nil {
		return nil, err
	}
	r := reading(pathMembers, url.Values{
		"group": {string(group)}, "includeIndirect": {strconv.FormatBool(indirect)},
	}, actionMembers, string(group))
	r.most = maxSearch
	raw, err := b.call(ctx, r)
	if err != nil {
		return nil, err
	}
	return b.entries(r, raw)
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
