package activedirectory

import (
	"context"
	"errors"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
	"dirdesk/models"
)

// NameTaken reports whether any user, group or computer of the domain has the
// logon name; case does not count.
func (b *reader) NameTaken(ctx context.Context, name string) (bool, error) {
	const action = "look for the name"
	if strings.TrimSpace(name) == "" {
		return false, refuse(models.ErrInvalid, action, "", "Type a name.")
	}
	return ask(ctx, b.connection, action, name, func(c *conn) (bool, error) {
		found, err := c.find(ctx, b.silence, b.domainSearch("(sAMAccountName="+ldap.EscapeFilter(name)+")", "1.1"))
		return len(found) > 0, err
	})
}

// Find searches the whole domain for objects that text may mean: whose logon name
// it is, first; then those by ambiguous name resolution (MS-ADTS
// 3.1.1.3.1.3.3: the beginning of a name, or of the first and the last name) or
// with the text within their names, logon name or mail. No categories means all
// that a listing shows; limit 0 means all that are found.
func (b *reader) Find(ctx context.Context, text string, categories []models.Category, limit int) (found []models.Object, cut string, err error) {
	const action = "search for"
	text = strings.TrimSpace(text)
	if text == "" || limit < 0 {
		return nil, "", refuse(models.ErrInvalid, action, text, "Type a part of a name.")
	}
	filter, err := categoryFilter(categories)
	if err != nil {
		return nil, "", err
	}
	value := ldap.EscapeFilter(text)
	f := &finding{backend: b.connection, limit: limit}
	found, err = ask(ctx, b.connection, action, text, func(c *conn) (_ []models.Object, err error) {
		f.objects, f.seen, f.allowed = nil, make(map[string]bool), &allowance.Allowance{Rows: c.rows}
		if f.at, err = b.moment(ctx, c); err != nil {
			return nil, err
		}
		// By itself an index answers it; what follows scans all objects.
		exact := b.domainSearch("(&"+filter+"(sAMAccountName="+value+"))", f.wanted()...)
		if err := f.run(ctx, c, exact); err != nil || f.full() {
			return f.objects, err
		}
		var within strings.Builder
		for _, attribute := range []string{"sAMAccountName", "displayName", "name", "mail"} {
			within.WriteString("(" + attribute + "=*" + value + "*)")
		}
		err = f.run(ctx, c, b.domainSearch("(&"+filter+"(|(anr="+value+")"+within.String()+"))", f.wanted()...))
		return f.objects, err
	})
	return found, "", err
}

// Named finds all objects that have a text for one of their names. Indexes answer it.
func (b *reader) Named(ctx context.Context, text string) (found []models.Object, cut string, err error) {
	value := ldap.EscapeFilter(text)
	var filter strings.Builder
	for _, attribute := range []string{"sAMAccountName", "userPrincipalName", "mail", "name"} {
		filter.WriteString("(" + attribute + "=" + value + ")")
	}
	categories, err := categoryFilter(nil)
	if err != nil {
		return nil, "", err
	}
	f := &finding{backend: b.connection}
	found, err = ask(ctx, b.connection, "look for", text, func(c *conn) (_ []models.Object, err error) {
		f.objects, f.seen, f.allowed = nil, make(map[string]bool), &allowance.Allowance{Rows: c.rows}
		if f.at, err = b.moment(ctx, c); err != nil {
			return nil, err
		}
		err = f.run(ctx, c, b.domainSearch("(&"+categories+"(|(sAMAccountName="+value+"$)"+filter.String()+"))", f.wanted()...))
		return f.objects, err
	})
	return found, "", err
}

func (b *connection) domainSearch(filter string, attributes ...string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(string(b.root.baseDN), ldap.ScopeWholeSubtree, ldap.NeverDerefAliases, 0, 0, false, filter, attributes, nil)
}

// finding is one Find under way.
type finding struct {
	backend *connection
	limit   int
	at      moment
	objects []models.Object
	seen    map[string]bool
	allowed *allowance.Allowance
}

func (f *finding) wanted() []string {
	wanted := listAttributes()
	if f.at.fineGrained {
		wanted = append(wanted, computedAttributes()...)
	}
	return wanted
}

func (f *finding) full() bool { return f.limit > 0 && len(f.objects) >= f.limit }

// run reads page by page until there is enough: Samba ignores a size limit, and
// the paged control lets one stop.
func (f *finding) run(ctx context.Context, c *conn, request *ldap.SearchRequest) error {
	size := serverPage
	if f.limit > 0 {
		size = min(size, f.limit+len(f.objects)) // what the first search found may come again
	}
	paging := ldap.NewControlPaging(uint32(size))
	request.Controls = []ldap.Control{paging}
	var p progress
	_, err := c.eachPage(paging, &p, func() ([]ldap.Control, bool, error) {
		found, controls, err := c.findWithControls(ctx, f.backend.silence, request, f.allowed)
		for _, entry := range found {
			if p.add(entry); !f.full() && !f.seen[entry.DN] {
				f.seen[entry.DN] = true
				f.objects = append(f.objects, objectOf(entry, f.at))
			}
		}
		return controls, !f.full(), err
	})
	return err
}

// Identify finds an object by its GUID or SID, which a domain controller takes in
// the place of a name (MS-ADTS 3.1.1.3.1.2.4; seen on Samba 4.17.12).
func (b *reader) Identify(ctx context.Context, id string) (models.Object, error) {
	const action = "find the object"
	id = strings.TrimSpace(id)
	var name string
	switch {
	case models.IsGUID(id):
		name = named(models.Ref{GUID: id})
	case models.IsSID(id):
		name = "<SID=" + strings.ToUpper(id) + ">"
	default:
		return models.Object{}, refuse(models.ErrInvalid, action, id,
			"Give a GUID such as 1b2c3d4e-0000-1111-2222-333344445555, or a SID such as S-1-5-21-1-2-3-500.")
	}
	object, err := ask(ctx, b.connection, action, id, func(c *conn) (models.Object, error) { return b.get(ctx, c, name) })
	var said *models.Error
	if errors.As(err, &said) && said.Kind == models.ErrNotFound {
		said.Advice = "No object of this domain, that your account may see, has this identifier."
	}
	return object, err
}
