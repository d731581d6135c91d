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

// IndirectMembers gives all members of a group in its domain, those through other
// groups too, each once; without those who have one of the groups as their
// primary group. The server looks at every object for it, which takes its time in
// a big domain.
func (b *Backend) IndirectMembers(ctx context.Context, group models.DN) ([]models.DN, error) {
	const action = "read all members of"
	if err := named(action, group); err != nil {
		return nil, err
	}
	var members []models.DN
	err := b.use(ctx, always, func(c *conn) error {
		if _, err := c.read(ctx, b.silence, string(group), anything, "1.1"); err != nil {
			return err // or a group that is not there would have no members
		}
		found, err := b.findAll(ctx, c, b.domainSearch("(memberOf:"+inChain+":="+ldap.EscapeFilter(string(group))+")", "1.1"))
		members = make([]models.DN, len(found))
		for i, entry := range found {
			members[i] = models.DN(entry.DN)
		}
		return err
	})
	if err != nil {
		return nil, resultError(action, string(group), err)
	}
	slices.SortFunc(members, func(x, y models.DN) int { return strings.Compare(x.Key(), y.Key()) })
	return members, nil
}
