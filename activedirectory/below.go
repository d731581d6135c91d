package activedirectory

import (
	"context"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Below gives all that lies below an object, at every depth and of whatever
// class: what a tree delete takes along, also OUs that are protected by themselves
// (measured on Samba 4.17.12; so say Microsoft's pages of their own controllers).
func (b *reader) Below(ctx context.Context, base models.Ref) (all []models.Descendant, cut string, err error) {
	var denied map[string]uint32
	entries, err := ask(ctx, b.connection, "look below", string(base.DN), func(c *conn) (_ []*ldap.Entry, err error) {
		if denied, err = b.protectedUnits(ctx, c, named(base), ldap.ScopeWholeSubtree); err != nil {
			return nil, err
		}
		return b.findAll(ctx, c, ldap.NewSearchRequest(named(base), ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0, 0, false,
			anything, []string{"objectClass", guidAttribute, "objectSid"}, nil))
	})
	for _, entry := range entries {
		a := attributesOf(entry)
		one := models.Descendant{DN: models.DN(entry.DN), GUID: models.GUIDText(a.bytes(guidAttribute)), SID: models.SIDText(a.bytes("objectSid"))}
		if !base.Is(models.Ref{DN: one.DN, GUID: one.GUID}) {
			if classes := a.texts("objectClass"); len(classes) > 0 { // the most special one stands last
				one.Class = classes[len(classes)-1]
			}
			one.Protected = denied[one.DN.Key()] != 0
			all = append(all, one)
		}
	}
	return all, "", err
}

// CountOthers counts the children of a container that are of no kind that a listing
// has.
func (b *reader) CountOthers(ctx context.Context, base models.DN) (int, error) {
	return ask(ctx, b.connection, "count the objects in", string(base), func(c *conn) (int, error) {
		listed, err := categoryFilter(nil)
		if err != nil {
			return 0, err
		}
		found, err := b.findAll(ctx, c, ldap.NewSearchRequest(string(base), ldap.ScopeSingleLevel, ldap.NeverDerefAliases, 0, 0, false,
			"(!"+listed+")", []string{guidAttribute}, nil))
		return len(found), err
	})
}
