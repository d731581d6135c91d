package activedirectory

import (
	"context"
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// inChain has the server follow a link over any number of steps (MS-ADTS
// 3.1.1.3.4.4.3, LDAP_MATCHING_RULE_TRANSITIVE_EVAL).
const inChain = "1.2.840.113556.1.4.1941"

// IndirectMembers gives all members of a group, those through other groups of its
// domain too, each once; without those who have one of the groups as their primary
// group.
//
// The server is asked which groups lie in the group at any depth, and then for the
// members of each. Asking it for all members in that way would have it look at
// every object: 4 to 7 s in a domain of 5,000 users (Samba 4.17.12), against 0.2 to
// 0.4 s.
func (b *groups) IndirectMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	const action = "read all members of"
	if err := named(action, group); err != nil {
		return nil, err
	}
	var members []models.DN
	err := b.use(ctx, always, func(c *conn) error {
		nested, err := b.findAll(ctx, c, b.domainSearch(
			"(&(objectCategory=group)(memberOf:"+inChain+":="+ldap.EscapeFilter(string(group))+"))", "1.1"))
		if err != nil {
			return err
		}
		groups := []models.DN{group}
		for _, entry := range nested {
			groups = append(groups, models.DN(entry.DN))
		}
		members, err = b.membersOfAll(ctx, c, distinct(groups)) // it may lie in itself
		return err
	})
	if err != nil {
		return nil, resultError(action, string(group), err)
	}
	slices.SortFunc(members, func(x, y models.DN) int { return strings.Compare(x.Key(), y.Key()) })
	return members, nil
}

// membersOfAll gives the direct members of any of the groups, each once.
func (b *groups) membersOfAll(ctx context.Context, c *conn, groups []models.DN) ([]models.DN, error) {
	var all []models.DN
	for _, group := range groups {
		entry, err := c.read(ctx, b.silence, string(group), anything, "member")
		if err != nil {
			return nil, err
		}
		values, err := b.wholeAttribute(ctx, c, entry, "member")
		if err != nil {
			return nil, err
		}
		for _, value := range values {
			all = append(all, models.DN(value))
		}
	}
	return distinct(all), nil
}

// distinct leaves out what names the same object as one before it.
func distinct(dns []models.DN) []models.DN {
	seen := make(map[string]bool, len(dns))
	return slices.DeleteFunc(dns, func(dn models.DN) bool {
		key := dn.Key()
		again := seen[key]
		seen[key] = true
		return again
	})
}
