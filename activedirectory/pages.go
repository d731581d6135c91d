package activedirectory

import (
	"context"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
)

// mostStale is how many pages in a row may hold no object that is new. That the
// cookie is the same each time means nothing: Samba's is.
const mostStale = 3

// progress watches that pages get on.
type progress struct {
	seen  map[string]struct{}
	fresh bool // the page under way has brought an object that is new
	stale int
}

// add notes an object of the page. It is known by its GUID, where that was asked for.
func (p *progress) add(entry *ldap.Entry) {
	key := entry.DN
	for _, attribute := range entry.Attributes {
		if strings.EqualFold(attribute.Name, guidAttribute) && len(attribute.Values) > 0 {
			key = attribute.Values[0]
		}
	}
	if _, known := p.seen[key]; known {
		return
	}
	if p.seen == nil {
		p.seen = make(map[string]struct{})
	}
	p.seen[key] = struct{}{}
	p.fresh = true
}

// turn ends a page; the error says that the server only repeats itself.
func (p *progress) turn() error {
	if p.stale++; p.fresh {
		p.stale = 0
	}
	p.fresh = false
	if p.stale >= mostStale {
		return allowance.Broken("the server keeps sending pages with nothing new on them")
	}
	return nil
}

// eachPage runs a search by pages. page gets each and says whether to go on; where it
// does not, the server is left with the rest.
func (c *conn) eachPage(paging *ldap.ControlPaging, p *progress, page func() (controls []ldap.Control, more bool, err error)) (complete bool, err error) {
	for {
		controls, more, err := page()
		if err != nil {
			return false, err
		}
		answer, ok := ldap.FindControl(controls, ldap.ControlTypePaging).(*ldap.ControlPaging)
		if !ok || len(answer.Cookie) == 0 {
			return true, nil
		}
		if !more {
			c.dirty = true // the server holds the rest ready: closing frees it
			return false, nil
		}
		if err := p.turn(); err != nil {
			c.dirty = true
			return false, err
		}
		paging.SetCookie(answer.Cookie)
	}
}

// findAll runs a search to its end, by pages where the server ends it early
// (Windows gives 1,000 objects at a time).
func (b *connection) findAll(ctx context.Context, c *conn, request *ldap.SearchRequest) ([]*ldap.Entry, error) {
	allowed := &allowance.Allowance{Rows: c.rows}
	if !b.pages.Load() {
		found, _, err := c.findWithControls(ctx, b.silence, request, allowed)
		if !isResult(err, ldap.LDAPResultSizeLimitExceeded, ldap.LDAPResultAdminLimitExceeded) {
			return found, err
		}
		b.pages.Store(true)
	}
	paging := ldap.NewControlPaging(serverPage)
	request.Controls = append(request.Controls, paging)
	var all []*ldap.Entry
	var p progress
	_, err := c.eachPage(paging, &p, func() ([]ldap.Control, bool, error) {
		found, controls, err := c.findWithControls(ctx, b.silence, request, allowed)
		for _, entry := range found {
			p.add(entry)
		}
		all = append(all, found...)
		return controls, true, err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}
