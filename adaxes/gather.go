package adaxes

import (
	"context"
	"fmt"
	"strings"
	"unicode"

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
// answer): exactly 1,000 are therefore taken for a part. The rest is found by
// asking for each class by itself, then for each beginning of a name, as far as
// it takes, and for whatever begins with none of those seen.
type gathering struct {
	backend *Backend
	scope   scope
	action  string
	object  string
	want    int // most objects; 0: the backend's limit

	found    []entry
	seen     map[string]bool
	requests int
	cut      string // in words why something is missing; "" when all is there
}

// maxQuestions bounds the searches of one gathering.
const maxQuestions = 3000

func (g *gathering) run(ctx context.Context) error {
	g.seen = make(map[string]bool)
	if g.want == 0 {
		g.want = g.backend.options.Limit
	}
	got, err := g.ask(ctx, g.scope.classes, nil)
	if err != nil || !isCapped(len(got)) || g.full() {
		return err
	}
	g.backend.logger.Info("adaxes: the server may have held objects back, asking in parts", "base", g.scope.base, "objects", len(got))
	if len(g.scope.classes) < 2 {
		return g.split(ctx, g.scope.classes, "", got)
	}
	for _, class := range g.scope.classes {
		one := []string{class}
		got, err := g.ask(ctx, one, nil)
		if err != nil {
			return err
		}
		if isCapped(len(got)) {
			if err := g.split(ctx, one, "", got); err != nil {
				return err
			}
		}
	}
	return nil
}

// split asks in parts for the objects whose names begin with prefix, of which
// got is what came when asked for all of them at once.
func (g *gathering) split(ctx context.Context, classes []string, prefix string, got []entry) error {
	var excluded []string
	for isCapped(len(got)) && !g.full() {
		next := beginnings(got, prefix, excluded)
		if len(next) == 0 {
			g.held("the server gives at most %s objects at once, and these cannot be told apart by their names", thousands(len(got)))
			return nil
		}
		for _, longer := range next {
			part, err := g.ask(ctx, classes, []string{longer})
			if err != nil {
				return err
			}
			if isCapped(len(part)) {
				if err := g.split(ctx, classes, longer, part); err != nil {
					return err
				}
			}
		}
		excluded = append(excluded, next...)
		if g.requests >= maxQuestions {
			g.held("the server gives at most %s objects at once; it was asked %s times", thousands(len(got)), thousands(g.requests))
			return nil
		}
		var err error
		if got, err = g.ask(ctx, classes, []string{prefix}, excluded...); err != nil {
			return err
		}
	}
	return nil
}

// beginnings are prefixes one letter longer than prefix, of the names in got,
// which are not excluded yet. A letter that the server takes for another one than
// we do, and which therefore comes again, is tried as it stands.
func beginnings(got []entry, prefix string, excluded []string) []string {
	known := make(map[string]bool, len(excluded))
	for _, e := range excluded {
		known[e] = true
	}
	var next []string
	length := len([]rune(prefix))
	for _, e := range got {
		name := []rune(nameOf(e))
		if len(name) <= length {
			continue
		}
		letter := name[length]
		for _, try := range []rune{unicode.ToLower(letter), letter} {
			longer := prefix + string(try)
			if !known[longer] {
				known[longer] = true
				next = append(next, longer)
			}
			if try == letter || !contains(excluded, longer) {
				break
			}
		}
	}
	return next
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// ask runs one search and keeps what is new in it: begins has at most one
// beginning of a name, others are beginnings that are not asked for.
func (g *gathering) ask(ctx context.Context, classes, begins []string, others ...string) ([]entry, error) {
	var items []any
	if g.scope.condition != nil {
		items = append(items, g.scope.condition)
	}
	for _, text := range begins {
		if text != "" {
			items = append(items, textIs("name", opStartsWith, text))
		}
	}
	for _, text := range others {
		items = append(items, textIs("name", opStartsNotBy, text))
	}
	var condition any
	switch {
	case len(items) == 1:
		condition = allOf(items[0])
	case len(items) > 1:
		condition = allOf(items...)
	}
	g.requests++
	got, err := g.backend.search(ctx, searchBody{
		BaseObject: g.scope.base, OneLevel: g.scope.oneLevel, Criteria: ofTypes(classes, condition),
		Select: selection{strings.Join(rowProperties(), ",")}, SizeLimit: g.want + 1,
	}, g.action, g.object)
	if err != nil {
		return nil, err
	}
	for _, e := range got {
		key := e.guid
		if key == "" {
			key = e.dn.Key()
		}
		if g.seen[key] {
			continue
		}
		g.seen[key] = true
		if len(g.found) >= g.want {
			g.held("there are more than %s objects", thousands(g.want))
			break
		}
		g.found = append(g.found, e)
	}
	return got, nil
}

func (g *gathering) full() bool { return len(g.found) >= g.want && g.cut != "" }

// held notes why something is missing; the first reason stays.
func (g *gathering) held(format string, values ...any) {
	if g.cut == "" {
		g.cut = fmt.Sprintf(format, values...)
	}
}

// thousands writes a number as a person reads it: 100,000.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// categoryOf names the kind of an object by its class. A contact is a person, as
// its objectCategory in the directory says; classes that are none of the six kept
// as they are.
func categoryOf(e entry) models.Category {
	for _, kind := range classCategories() {
		if strings.EqualFold(kind.class, e.objectType) {
			return kind.category
		}
	}
	return models.Category(e.objectType)
}

type classCategory struct {
	class    string
	category models.Category
}

func classCategories() []classCategory {
	return []classCategory{
		{classUser, models.Person},
		{classContact, models.Person},
		{"inetOrgPerson", models.Person},
		{classGroup, models.Group},
		{classComputer, models.Computer},
		{classOU, models.OrganizationalUnit},
		{classContainer, models.Container},
		{classBuiltin, models.BuiltinDomain},
	}
}

// searchClasses are the classes to ask for; none, for all, without categories.
func searchClasses(categories []models.Category) []string {
	var classes []string
	for _, category := range categories {
		known := false
		for _, kind := range classCategories() {
			if kind.category == category {
				classes = append(classes, kind.class)
				known = true
			}
		}
		if !known {
			classes = append(classes, string(category))
		}
	}
	return classes
}
