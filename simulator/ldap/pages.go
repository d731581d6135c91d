package ldap

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// pages are the result sets that a connection keeps for paging, the latest used
// last. A cookie stays the same from page to page (measured).
type pages struct {
	next int
	kept []resultSet
}

type resultSet struct {
	cookie string
	rest   []directory.Found
}

func (p *pages) clear() { p.kept = nil }

// keep notes what is left of a result, and throws away the oldest if there are
// too many.
func (p *pages) keep(cookie string, rest []directory.Found, most int) string {
	if cookie == "" {
		p.next++
		cookie = "page " + strconv.Itoa(p.next)
	}
	p.kept = append(p.kept, resultSet{cookie, rest})
	if len(p.kept) > most {
		p.kept = slices.Delete(p.kept, 0, len(p.kept)-most)
	}
	return cookie
}

// take gives what is left, and keeps it no longer.
func (p *pages) take(cookie string) (rest []directory.Found, ok bool) {
	i := slices.IndexFunc(p.kept, func(s resultSet) bool { return s.cookie == cookie })
	if i < 0 {
		return nil, false
	}
	rest = p.kept[i].rest
	p.kept = slices.Delete(p.kept, i, i+1)
	return rest, true
}

func (c *conn) firstPage(r request, s search, found []directory.Found) result {
	c.refer(r, s)
	return c.page(r, s, "", found)
}

func (c *conn) nextPage(r request, s search) result {
	rest, ok := c.pages.take(r.controls.paged.cookie)
	switch {
	case !ok && c.server.options.Traits.Words:
		return failed(criticalUnavailable, "00000057: LdapErr: DSID-0C0907C5, comment: Error processing control, data 0, v4563")
	case !ok:
		return failed(unwilling, "")
	case r.controls.paged.size == 0: // the client wants no more
		return result{controls: pagedAnswer(0, "")}
	}
	return c.page(r, s, r.controls.paged.cookie, rest)
}

// page shows one page and keeps the rest.
func (c *conn) page(r request, s search, cookie string, found []directory.Found) result {
	size := r.controls.paged.size
	if most := c.server.options.Traits.Page; most > 0 {
		size = min(size, most)
	}
	size = min(size, len(found))
	if !c.show(r, s, found[:size]) {
		return result{}
	}
	if rest := found[size:]; len(rest) > 0 {
		cookie = c.pages.keep(cookie, rest, c.server.options.Traits.cookies())
	} else {
		cookie = ""
	}
	answer := c.sorted(r, result{})
	answer.controls = append(answer.controls, pagedAnswer(0, cookie)...)
	return answer
}

func pagedAnswer(size int64, cookie string) []byte {
	value := text(number(nil, tagInteger, size), tagOctets, cookie)
	return control(oidPaged, element(nil, tagSequence, value))
}

// sort puts a result into the order of one attribute's first value, those
// without it last.
func (c *conn) sort(found []directory.Found, key sortKey) {
	a, ok := directory.AttributeNamed(key.attribute)
	if !ok {
		return
	}
	type keyed struct {
		found directory.Found
		key   string
	}
	all := make([]keyed, 0, len(found))
	for _, f := range found {
		c.caller.Show([]directory.Found{f}, func(v directory.View) {
			text := "\U0010ffff"
			if values := v.Of(a); len(values) > 0 {
				text = strings.ToUpper(values[0])
			}
			all = append(all, keyed{f, text})
		})
	}
	slices.SortStableFunc(all, func(x, y keyed) int {
		if key.reverse {
			x, y = y, x
		}
		return cmp.Compare(x.key, y.key)
	})
	for i, k := range all {
		found[i] = k.found
	}
}

// sorted adds the answer to the sort control.
func (c *conn) sorted(r request, out result) result {
	if r.controls.sort != nil {
		out.controls = append(out.controls, control(oidSortAnswer, element(nil, tagSequence, number(nil, tagEnumerated, success)))...)
	}
	return out
}

func baseOf(name string) models.DN { return models.DN(name) }
