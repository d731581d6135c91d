package activedirectory

import (
	"context"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Below gives all that lies below an object, at every depth and of whatever
// class: what a tree delete takes along.
func (b *reader) Below(ctx context.Context, base models.Ref) (all []models.Descendant, cut string, err error) {
	entries, err := b.below(ctx, "look below", base, ldap.ScopeWholeSubtree, anything, "objectClass", guidAttribute)
	for _, entry := range entries {
		a := attributesOf(entry)
		one := models.Descendant{DN: models.DN(entry.DN), GUID: models.GUIDText(a.bytes(guidAttribute))}
		if !base.Is(models.Ref{DN: one.DN, GUID: one.GUID}) {
			if classes := a.texts("objectClass"); len(classes) > 0 { // the most special one stands last
				one.Class = classes[len(classes)-1]
			}
			all = append(all, one)
		}
	}
	return all, "", err
}

// CountOthers counts the children of a container that a listing leaves out.
func (b *reader) CountOthers(ctx context.Context, base models.Ref) (int, error) {
	listed, err := categoryFilter(nil)
	if err != nil {
		return 0, err
	}
	entries, err := b.below(ctx, "list", base, ldap.ScopeSingleLevel, "(!"+listed+")", "1.1")
	return len(entries), err
}

func (b *reader) below(ctx context.Context, action string, base models.Ref, scope int, filter string, attributes ...string) ([]*ldap.Entry, error) {
	return ask(ctx, b.connection, action, string(base.DN), func(c *conn) ([]*ldap.Entry, error) {
		return b.findAll(ctx, c, ldap.NewSearchRequest(named(base), scope, ldap.NeverDerefAliases, 0, 0, false, filter, attributes, nil))
	})
}
