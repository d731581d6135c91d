package adaxes

import (
	"encoding/json"
	"strconv"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// query is a search, whichever of the two calls it came by.
type query struct {
	base     string // "" for all domains
	oneLevel bool
	limit    int // 0: none
	asked    asked
	matches  func(directory.View) bool
}

func (h reading) search(c *call) (answer, *failure) {
	r := reader{custom: h.custom}
	body := r.object(c.body, "")
	q := query{base: body.text("baseObject"), matches: func(directory.View) bool { return true }}
	q.oneLevel, _ = body.flag("oneLevel")
	if n, known := body.number("sizeLimit"); known {
		if n < 0 {
			r.complain("sizeLimit", "The value cannot be negative.")
		}
		q.limit = int(n)
	}
	if raw, ok := body.raw("select"); ok {
		chosen := r.object(raw, "select")
		q.asked = wanted(chosen.text("properties"))
		if photo := chosen.text("thumbnailPhoto"); photo != "" && !strings.EqualFold(photo, "None") {
			q.asked.photo = true
		}
	}
	if scope, ok := body.enum("scope"); ok && !strings.EqualFold(scope, "All") && scope != "0" {
		q.matches = func(directory.View) bool { return false } // nobody has enrolled
	}
	if raw, ok := body.raw("criteria"); ok {
		inner := q.matches
		tested := r.criteria(raw)
		q.matches = func(v directory.View) bool { return inner(v) && tested(v) }
	}
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	return h.searchFor(q)
}

// search2021 is the older search, with an LDAP filter in the query.
func (h reading) search2021(c *call) (answer, *failure) {
	q := query{base: c.query.Get("baseobject"), asked: wanted(c.query.Get("properties")), limit: presetSizeLimit}
	q.oneLevel = strings.EqualFold(c.query.Get("onelevel"), "true")
	if text := c.query.Get("sizelimit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return answer{}, badMember("sizeLimit", "The value '%s' is not valid.", text)
		}
		q.limit = n
	}
	var failed *failure
	if q.matches, failed = oldFilter(c.query.Get("filter")); failed != nil {
		return answer{}, failed
	}
	return h.searchFor(q)
}

func (h reading) searchFor(q query) (answer, *failure) {
	if most := h.options.SearchCap; most > 0 && (q.limit == 0 || q.limit > most) {
		q.limit = most
	}
	found := []any{}
	if q.base == "" {
		for _, d := range h.domains() {
			found = h.collect(d, d.BaseDN(), q, found)
		}
		return reply(found), nil
	}
	if failed := containerID(q.base); failed != nil {
		return answer{}, failed
	}
	d, base, failed := h.resolveAnywhere(q.base)
	if failed != nil {
		return answer{}, failed
	}
	return reply(h.collect(d, base, q, found)), nil
}

// collect adds what a search finds in one domain. The base is not among what is
// under it, but the domains are among what all of them hold.
func (h reading) collect(d *directory.Directory, base models.DN, q query, found []any) []any {
	_ = d.Walk(base, q.oneLevel && q.base != "", func(v directory.View) bool {
		switch {
		case q.limit > 0 && len(found) >= q.limit:
			return false
		case q.base != "" && v.DN() == base:
		case q.matches(v) && !h.hidden(v.DN()):
			found = append(found, h.show(v, q.asked))
		}
		return true
	})
	return found
}

// criterion is a value of a criteria item with its type.
type criterion struct {
	kind models.PropertyType
	text string
}

func (r *reader) criterion(raw json.RawMessage, path string) criterion {
	o := r.object(raw, path)
	word, _ := o.enum("type")
	kind, known := propertyType(word, "")
	if !known {
		r.complain(o.at("type"), "The type '"+word+"' is not known.")
		return criterion{}
	}
	v, ok := o.raw("value")
	if !ok {
		r.complain(o.at("value"), missing("value"))
		return criterion{}
	}
	text, complaint := written(kind, v, true)
	if complaint != "" {
		r.complain(o.at("value"), complaint)
	}
	return criterion{kind, text}
}
