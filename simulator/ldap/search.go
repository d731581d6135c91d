package ldap

import (
	"slices"
	"strings"

	"dirdesk/simulator/directory"
)

// search is a search request.
type search struct {
	query     directory.Query
	size      int // most entries; 0: all
	typesOnly bool
	wanted    selection
}

// shownAtOnce is how many entries are written while the directory stands still.
const shownAtOnce = 200

func readSearch(r request) (s search, ok bool) {
	if len(r.op.Children) < 8 {
		return s, false
	}
	base, ok1 := stringOf(r.op.Children[0])
	scope, ok2 := r.op.Children[1].Value.(int64)
	size, ok3 := r.op.Children[3].Value.(int64)
	s.typesOnly, _ = r.op.Children[5].Value.(bool)
	filter, ok4 := filterOf(r.op.Children[6])
	if !ok1 || !ok2 || !ok3 || !ok4 || scope < 0 || scope > int64(directory.Subtree) || size < 0 || size > 1<<31-1 {
		return s, false
	}
	s.query = directory.Query{Base: base, Scope: directory.Scope(scope), Filter: filter, Deleted: r.controls.deleted}
	s.size = int(size)
	s.wanted = readSelection(r.op.Children[7])
	return s, true
}

// search answers a search: the entries first, then its result.
func (c *conn) search(r request) result {
	s, ok := readSearch(r)
	if !ok {
		return failed(protocolError, "the search cannot be read")
	}
	if s.query.Base == "" && s.query.Scope == directory.Base {
		return c.searchRootDSE(r, s)
	}
	if refusal, ok := mustKnow(c.caller); !ok {
		return refusal
	}
	if p := r.controls.paged; p != nil && p.cookie != "" {
		return c.nextPage(r, s)
	}
	found, err := c.find(s)
	if err != nil {
		return outcome(err)
	}
	if r.controls.sort != nil {
		c.sort(found, *r.controls.sort)
	}
	if r.controls.paged != nil {
		return c.firstPage(r, s, found)
	}
	limit := c.server.options.Traits.Page
	if limit > 0 && s.size > 0 { // a size limit counts where there is one for all
		limit = min(limit, s.size)
	}
	short := limit > 0 && len(found) > limit
	if short {
		found = found[:limit]
	}
	if !c.show(r, s, found) {
		return result{}
	}
	c.refer(r, s)
	if short {
		return failed(sizeLimitExceeded, "")
	}
	return c.sorted(r, result{})
}

// find does the search. One level below a name by its GUID there is nothing for
// Samba (measured).
func (c *conn) find(s search) ([]directory.Found, error) {
	found, err := c.caller.Find(s.query)
	if s.query.Scope == directory.OneLevel && strings.HasPrefix(s.query.Base, "<GUID=") && !c.server.options.Traits.Words {
		return nil, err
	}
	return found, err
}

// show writes entries, a few at a time; false when there is nobody to read them.
func (c *conn) show(r request, s search, found []directory.Found) bool {
	limit := c.server.options.Traits.Range
	var out, body, list []byte
	for chunk := range slices.Chunk(found, shownAtOnce) {
		if r.ctx.Err() != nil {
			return false
		}
		out = out[:0]
		c.caller.Show(chunk, func(v directory.View) {
			list = list[:0]
			for _, one := range s.wanted.chosen {
				if a, ok := one.of(v, limit, r.controls); ok {
					list = a.encode(list, s.typesOnly)
				}
			}
			body = element(text(body[:0], tagOctets, v.Named(r.controls.extended)), tagSequence, list)
			out = message(out, r.id, answerEntry, body, nil)
		})
		if err := c.write(out, false); err != nil {
			c.cut()
			return false
		}
	}
	return true
}

// refer names the partitions below the root, which are searched apart.
func (c *conn) refer(r request, s search) {
	d := c.server.options.Directory
	if r.controls.domainScope || s.query.Scope != directory.Subtree || !d.BaseDN().Equal(baseOf(s.query.Base)) {
		return
	}
	base := string(d.BaseDN())
	urls := []string{"ldap://" + d.Realm() + "/CN=Configuration," + base}
	if c.server.options.Traits.Referral {
		urls = []string{
			"ldap://ForestDnsZones." + d.Realm() + "/DC=ForestDnsZones," + base,
			"ldap://DomainDnsZones." + d.Realm() + "/DC=DomainDnsZones," + base,
			urls[0],
		}
	}
	for _, url := range urls {
		if c.encrypted && !c.server.options.Traits.Referral {
			url = "ldaps" + strings.TrimPrefix(url, "ldap")
		}
		_ = c.write(message(nil, r.id, answerReference, text(nil, tagOctets, url), nil), false)
	}
}
