package adaxes

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dirdesk/internal/allowance"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// scope is what a gathering looks through.
type scope struct {
	base      string
	oneLevel  bool
	classes   []string // of objects; none: all
	condition any      // an item of criteria; nil: none
}

// gathering reads all objects of a scope. Servers of 2021 give 1,000 at most
// whatever they are asked for, and do not say that there are more (a vendor's
// answer): exactly as many as a server gives at most are therefore taken for a
// part. The rest is found by asking for each beginning of a name, as far as it takes,
// and for whatever begins with none of those seen.
type gathering struct {
	backend *reader
	scope   scope
	action  string
	object  string
	want    int // most objects; 0: the backend's limit

	found    []models.Object
	allowed  allowance.Allowance
	seen     map[string]bool
	requests int
	cut      string // in words why something is missing; "" when all is there
}

// maxQuestions bounds the searches of one gathering.
const maxQuestions = 3000

// nobody is the beginning of no name: a sign that Unicode gives to nobody.
const nobody = "\uf8ff\uf8ff"

func (g *gathering) run(ctx context.Context) error {
	g.seen, g.allowed = make(map[string]bool), g.backend.allowance()
	if g.want == 0 {
		g.want = g.backend.options.Limit
	}
	got, err := g.ask(ctx, "")
	if err != nil {
		return err
	}
	g.backend.learnCap(ctx, len(got), g.action, g.object)
	if !g.capped(got) {
		return nil
	}
	g.backend.options.Logger.Info("adaxes: the server may have held objects back, asking in parts", "base", g.scope.base, "objects", len(got))
	if none, err := g.ask(ctx, nobody); err != nil || len(none) > 0 {
		g.held("the server gives at most %s objects at once, and does not search by name", english.Number(len(got)))
		return err
	}
	return g.split(ctx, "", got)
}

// capped reports whether an answer may be a part only, and more is wanted.
func (g *gathering) capped(got []string) bool {
	return g.backend.mayBePart(len(got)) && g.cut == ""
}

// split asks in parts for the objects whose names begin with prefix, of which
// got is what came when asked for all of them at once.
func (g *gathering) split(ctx context.Context, prefix string, got []string) error {
	var excluded []string
	for g.capped(got) {
		next := beginnings(got, prefix, excluded)
		if len(next) == 0 {
			g.held("the server gives at most %s objects at once, and some cannot be told apart by their names", english.Number(len(got)))
			return nil
		}
		for _, longer := range next {
			part, err := g.ask(ctx, longer)
			if err == nil {
				err = g.split(ctx, longer, part)
			}
			if err != nil {
				return err
			}
		}
		excluded = append(excluded, next...)
		var err error
		if got, err = g.ask(ctx, prefix, excluded...); err != nil {
			return err
		}
	}
	return nil
}

// beginnings are prefixes one letter longer than prefix, of the names in got,
// which are not excluded yet. Small letters without accents stand for all others,
// as they do in Active Directory; where they do not, the others come again, and
// then are tried as they are.
func beginnings(got []string, prefix string, excluded []string) []string {
	var next []string
	length := len([]rune(prefix))
	for _, found := range got {
		name := []rune(found)
		if len(name) <= length {
			continue
		}
		letter := name[length]
		plain := []rune(norm.NFD.String(string(unicode.ToLower(letter))))[0]
		for _, try := range []rune{plain, unicode.ToLower(letter), letter} {
			longer := prefix + string(try)
			if slices.Contains(excluded, longer) {
				continue
			}
			if !slices.Contains(next, longer) {
				next = append(next, longer)
			}
			break
		}
	}
	return next
}

// ask runs one search for names that begin with prefix and with none of others, keeps
// what is new in it, and gives the names.
func (g *gathering) ask(ctx context.Context, prefix string, others ...string) (got []string, err error) {
	if g.requests++; g.requests > maxQuestions {
		g.held("the server gives at most %s objects at once, and was asked %s times", english.Number(int(g.backend.serverCap.Load())), english.Number(maxQuestions))
		return nil, nil
	}
	now := g.backend.now()
	err = g.backend.searchEach(ctx, searchBody{
		BaseObject: g.scope.base, OneLevel: g.scope.oneLevel, Criteria: ofTypes(g.scope.classes, g.condition(prefix, others)),
		Select: selection{strings.Join(rowProperties(), ",")}, SizeLimit: g.want + 1,
	}, g.action, g.object, func(e entry) error {
		o := objectOf(e, now)
		got = append(got, o.Name)
		return g.keep(o)
	})
	return got, err
}

// keep takes an object in that is new.
func (g *gathering) keep(o models.Object) error {
	key := o.Account.GUID
	if key == "" {
		key = o.DN.Key()
	}
	switch {
	case g.seen[key]:
		return nil
	case len(g.found) >= g.want:
		g.seen[key] = true
		g.held("there are more than %s objects", english.Number(g.want))
		return nil
	}
	g.seen[key] = true
	g.found = append(g.found, o)
	return g.allowed.Take(allowance.Weight(o))
}

func (g *gathering) condition(prefix string, others []string) any {
	var items []any
	if g.scope.condition != nil {
		items = append(items, g.scope.condition)
	}
	if prefix != "" {
		items = append(items, textIs("name", opStartsWith, prefix))
	}
	for _, text := range others {
		items = append(items, textIs("name", opStartsNotBy, text))
	}
	if len(items) == 0 {
		return nil
	}
	return allOf(items...)
}

// held notes why something is missing; the first reason stays.
func (g *gathering) held(format string, values ...any) {
	if g.cut == "" {
		g.cut = fmt.Sprintf(format, values...)
	}
}

// A server that holds objects back says nothing of it: the answer only ends. So
// once for a connection it is asked for more objects of the whole domain than
// old servers give. What it gives then is what it gives at most, or the domain
// has no more: and no container of it has as many children as the whole.

// learnCap finds out how many objects the server gives at most, after an answer
// of n. A failure is no harm: it is asked again the next time.
func (r *reader) learnCap(ctx context.Context, n int, action, object string) {
	if n == 0 || r.capKnown.Load() {
		return
	}
	if n > usualCap {
		r.capKnown.Store(true)
		return
	}
	got, err := r.search(ctx, searchBody{
		BaseObject: string(r.domain.dn), Select: selection{"name"}, SizeLimit: usualCap + 1,
	}, action, object)
	if err != nil || len(got) < n {
		r.options.Logger.Info("adaxes: how many objects a search gives at most is not known", "error", err)
		return
	}
	if len(got) < usualCap {
		r.serverCap.Store(int64(len(got)))
	}
	r.capKnown.Store(true)
}

// mayBePart reports whether an answer of n objects may be a part only.
func (r *reader) mayBePart(n int) bool { return int64(n) == r.serverCap.Load() }

// walkMembers goes through the groups within a group one by one, for a server
// that ends its answers at 1,000.
func (m *memberships) walkMembers(ctx context.Context, group models.Ref) ([]models.DN, error) {
	var all []models.DN
	visited := []models.DN{group.DN}
	for i := 0; i < len(visited); i++ {
		direct, err := m.Members(ctx, models.Ref{DN: visited[i]})
		if err != nil {
			return nil, err
		}
		all = append(all, direct...)
		inner, err := m.memberGroups(ctx, visited[i])
		if err != nil {
			return nil, err
		}
		visited = models.Distinct(append(visited, inner...))
	}
	return models.Distinct(all), nil
}

// PrimaryMembers gives those whose primary group it is; with indirect also those of
// the groups within it, one after the other.
func (m *memberships) PrimaryMembers(ctx context.Context, group models.Ref, indirect bool) ([]models.DN, error) {
	head, err := m.getFor(ctx, actionMembers, idOf(group), "objectSid")
	if err != nil {
		return nil, err
	}
	all, err := m.primaryOf(ctx, head)
	visited := []models.DN{head.dn}
	for i := 0; indirect && err == nil && i < len(visited); i++ {
		var inner, found []models.DN
		if inner, err = m.memberGroups(ctx, visited[i]); err != nil {
			break
		}
		visited = models.Distinct(append(visited, inner...))
		if i > 0 {
			if head, err = m.getFor(ctx, actionMembers, string(visited[i]), "objectSid"); err == nil {
				found, err = m.primaryOf(ctx, head)
				all = append(all, found...)
			}
		}
	}
	return models.Distinct(all), err
}

// primaryOf are those whose primary group it is, by the number at the end of its SID.
func (m *memberships) primaryOf(ctx context.Context, group entry) ([]models.DN, error) {
	sid := sidText(group.text("objectSid"))
	if !strings.HasPrefix(sid, "S-1-5-21-") {
		return nil, nil
	}
	return m.named(ctx, string(group.dn), []string{classUser, classComputer}, numberIs("primaryGroupID", models.RID(sid)))
}

// memberGroups are the groups whose memberOf names a group: the search finds them
// however many other members there are.
func (m *memberships) memberGroups(ctx context.Context, group models.DN) ([]models.DN, error) {
	return m.named(ctx, string(group), []string{classGroup}, nameIs("memberOf", group))
}

// named are the names of the objects of the domain that meet a condition.
func (m *memberships) named(ctx context.Context, group string, classes []string, condition simple) ([]models.DN, error) {
	g := &gathering{
		backend: m.reader, action: actionMembers, object: group,
		scope: scope{base: string(m.domain.dn), classes: classes, condition: allOf(condition)},
	}
	if err := g.run(ctx); err != nil {
		return nil, err
	}
	var all []models.DN
	for _, o := range g.found {
		all = append(all, o.DN)
	}
	return all, nil
}
