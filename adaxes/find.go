package adaxes

import (
	"context"
	"slices"
	"strings"

	"dirdesk/models"
)

// Find searches the whole domain for objects that have the text within their
// name, logon name, display name or mail. Who has it as the logon name comes
// first. No categories means all kinds; limit 0 means all that are found.
// cut says in words why something may be missing; "" when nothing is, or limit
// came first.
func (r *reader) Find(ctx context.Context, text string, categories []models.Category, limit int) (all []models.Object, cut string, err error) {
	const action = "search for"
	text = strings.TrimSpace(text)
	if text == "" || limit < 0 {
		return nil, "", invalid(action, r.base.Host, "nothing to search for", "Type a part of a name.")
	}
	var within []any
	for _, property := range []string{"name", "sAMAccountName", "displayName", "mail"} {
		within = append(within, textIs(property, opContains, text))
	}
	classes := searchClasses(categories)
	seen := make(map[string]bool)
	for _, condition := range []any{allOf(textIs("sAMAccountName", opEquals, text)), anyOf(within...)} {
		g := &gathering{
			backend: r, action: action, object: text, want: limit,
			scope: scope{base: string(r.domain.dn), classes: classes, condition: condition},
		}
		if err := g.run(ctx); err != nil {
			return nil, "", err
		}
		if g.cut != "" {
			cut = g.cut
		}
		found := make([]models.Object, 0, len(g.found))
		for _, e := range g.found {
			o := objectOf(e, r.now())
			if !seen[o.DN.Key()] && (len(categories) == 0 || slices.Contains(categories, o.Category)) {
				seen[o.DN.Key()] = true
				found = append(found, o)
			}
		}
		arrange(found)
		if all = append(all, found...); limit > 0 && len(all) >= limit {
			return all[:limit], "", nil
		}
	}
	return all, cut, nil
}

// NameTaken reports whether any object of the domain has the logon name; case
// does not count.
func (r *reader) NameTaken(ctx context.Context, name string) (bool, error) {
	const action = "look for the name"
	if name = strings.TrimSpace(name); name == "" {
		return false, invalid(action, r.base.Host, "no name is given", "Type a name.")
	}
	found, err := r.search(ctx, searchBody{
		BaseObject: string(r.domain.dn),
		Criteria:   ofTypes(nil, allOf(textIs("sAMAccountName", opEquals, name))),
		Select:     selection{"sAMAccountName"}, SizeLimit: 1,
	}, action, name)
	return len(found) > 0, err
}
