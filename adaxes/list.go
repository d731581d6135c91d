package adaxes

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// pageSize is how many objects a page of a listing holds. It is ours: the server
// knows no pages and gives all at once.
const pageSize = 500

const actionList = "list"

// List gives the direct children of one object, containers first and each kind by
// name. Without categories that is all of them, those of other kinds too.
//
// There are no pages over REST (docs/adaxes.md section 7), and no order: so a
// container is read whole and arranged here, whatever window is asked for. What
// the server held back is said in Cut of the last page, and Total is unknown then.
func (r *reader) List(ctx context.Context, request models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		all, cut, err := r.children(ctx, request)
		if err != nil {
			yield(models.Page{}, err)
			return
		}
		total := len(all)
		if cut != "" {
			total = models.UnknownTotal
		}
		from := min(request.Offset, len(all))
		until := len(all)
		if request.Limit > 0 {
			until = min(until, from+min(request.Limit, len(all)))
		}
		for rest := all[from:until]; ; {
			n := min(pageSize, len(rest))
			page := models.Page{Objects: rest[:n:n], Offset: until - len(rest), Total: total}
			if rest = rest[n:]; len(rest) == 0 {
				page.Cut = cut
			}
			if page.Objects == nil || n == 0 {
				page.Offset = request.Offset
			}
			if ctx.Err() != nil {
				yield(models.Page{}, ctx.Err())
				return
			}
			if !yield(page, nil) || len(rest) == 0 {
				return
			}
		}
	}
}

// children reads and arranges all children of the kinds asked for.
func (r *reader) children(ctx context.Context, request models.ListRequest) ([]models.Object, string, error) {
	base := string(request.Base)
	switch {
	case base == "":
		return nil, "", invalid(actionList, r.base.Host, "no container is named", "Name the container to list.")
	case request.Offset < 0 || request.Limit < 0:
		return nil, "", invalid(actionList, base, "an offset or limit below 0", "Ask from 0 on.")
	}
	if slices.Contains(request.Categories, models.AnyKind) {
		request.Categories = nil // which here is all that there is
	}
	g := &gathering{
		backend: r, action: actionList, object: base,
		scope: scope{base: base, oneLevel: true, classes: searchClasses(request.Categories)},
	}
	if err := g.run(ctx); err != nil {
		return nil, "", err
	}
	if len(g.found) == 0 {
		// An empty answer is also what a base that does not exist may get.
		if _, err := r.getFor(ctx, actionList, base); err != nil {
			return nil, "", err
		}
	}
	all := g.found[:0]
	for _, o := range g.found {
		if len(request.Categories) == 0 || slices.Contains(request.Categories, o.Category) {
			all = append(all, o)
		}
	}
	arrange(all)
	return all, g.cut, nil
}

// arrange sorts by kind, those that hold others first, then by name.
func arrange(objects []models.Object) {
	kinds := append(models.ContainerCategories(), models.Person, models.Group, models.Computer)
	rank := func(c models.Category) int {
		if i := slices.Index(kinds, c); i >= 0 {
			return i
		}
		return len(kinds)
	}
	type key struct{ name, dn string }
	keys := make(map[models.DN]key, len(objects))
	for _, o := range objects {
		keys[o.DN] = key{strings.ToLower(o.Name), string(o.DN)}
	}
	slices.SortStableFunc(objects, func(x, y models.Object) int {
		a, b := keys[x.DN], keys[y.DN]
		return cmp.Or(cmp.Compare(rank(x.Category), rank(y.Category)), strings.Compare(string(x.Category), string(y.Category)),
			strings.Compare(a.name, b.name), strings.Compare(a.dn, b.dn))
	})
}

// mostCandidates is how many objects a search asks for: the best are among them, or
// more has to be typed.
const mostCandidates = 1000

// Find searches the whole domain for objects that have each word within their
// name, logon name, display name, mail, office or telephone, and what has the
// text as its logon name. What comes is judged by the request. No categories means
// all kinds; limit 0 means all that are found. cut says in words why something may
// be missing; "" when nothing is, or the limit came first.
func (r *reader) Find(ctx context.Context, req models.FindRequest) (all []models.Object, cut string, err error) {
	const action = "search for"
	text := strings.TrimSpace(req.Text)
	if text == "" || req.Limit < 0 {
		return nil, "", invalid(action, r.base.Host, "nothing to search for", "Type a part of a name.")
	}
	var words []any
	for i, word := range req.Words {
		words = append(words, holding(word, req.Folded[i]))
	}
	conditions := []any{allOf(textIs("sAMAccountName", opEquals, text))}
	if len(words) > 0 {
		conditions = append(conditions, allOf(words...))
	}
	if req.Number != "" {
		conditions = append(conditions, withDigits(req.Number))
	}
	seen, want := make(map[string]bool), req.Limit
	if want > 0 {
		want = max(want+1, mostCandidates)
	}
	for i, condition := range conditions {
		g := &gathering{
			backend: r, action: action, object: text, want: want,
			scope: scope{base: cmp.Or(string(req.Base), string(r.domain.dn)), classes: searchClasses(req.Categories), condition: condition},
		}
		if err := g.run(ctx); err != nil {
			return nil, "", err
		}
		if cut = cmp.Or(g.cut, cut); want > 0 && len(g.found) >= want {
			cut = "more than " + english.Number(want-1) + " may match: type more"
		}
		for _, o := range g.found {
			if !seen[o.DN.Key()] && (len(req.Categories) == 0 || slices.Contains(req.Categories, o.Category)) && (i == 0 || req.Matches == nil || req.Matches(&o)) {
				seen[o.DN.Key()] = true
				all = append(all, o)
			}
		}
	}
	return all, cut, nil
}

// Named finds all objects that have a text for one of their names.
func (r *reader) Named(ctx context.Context, text string) (all []models.Object, cut string, err error) {
	conditions := []any{textIs("sAMAccountName", opEquals, text+"$")}
	for _, property := range []string{"sAMAccountName", "userPrincipalName", "mail", "name"} {
		conditions = append(conditions, textIs(property, opEquals, text))
	}
	g := &gathering{
		backend: r, action: "look for", object: text,
		scope: scope{base: string(r.domain.dn), classes: searchClasses(nil), condition: anyOf(conditions...)},
	}
	if err := g.run(ctx); err != nil {
		return nil, "", err
	}
	arrange(g.found)
	return g.found, g.cut, nil
}

// holding is the condition that an object has a word somewhere.
func holding(typed, folded string) any {
	var within []any
	for _, property := range []string{"name", "sAMAccountName", "displayName", "mail", "physicalDeliveryOfficeName"} {
		within = append(within, textIs(property, opContains, typed))
		if !strings.EqualFold(typed, folded) {
			within = append(within, textIs(property, opContains, folded))
		}
	}
	if strings.Trim(folded, "0123456789") == "" {
		within = append(within, withDigits(folded))
	}
	return anyOf(within...)
}

// withDigits is the condition that a telephone number has some digits, in any
// order: the service knows no pattern for what may stand between them.
func withDigits(digits string) any {
	var each []any
	for _, digit := range strings.Split("0123456789", "") {
		if strings.Contains(digits, digit) {
			each = append(each, textIs("telephoneNumber", opContains, digit))
		}
	}
	return allOf(each...)
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
