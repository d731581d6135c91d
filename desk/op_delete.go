package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// deletion deletes an object, a container with all that is in it.
type deletion struct{ renaming }

func (deletion) about() description {
	return description{
		Traits: Traits{Deletes: true, inParts: true}, several: "delete", cannot: needing[Deleter]("delete an object"),
		told:  func(o *models.Object) *models.Flag { return &o.Deletable },
		unfit: func(o models.Object) (never, now string) { return shielded(o, o.Deletable, "deleted"), "" },
	}
}

// examine counts what would go along: below a container, and below anything else
// where that can be told.
func (op deletion) examine(ctx context.Context, d *directory, s *Step, o PlanOptions) error {
	if reader, ok := Capability[PrimaryMemberReader](d.backend); ok && s.Change.Category == models.Group {
		if primary, err := reader.PrimaryMembers(ctx, s.Change.Ref(), false); err != nil {
			return err
		} else if len(primary) > 0 {
			s.refuse(models.ErrPolicy, english.Own("it is the primary group of "+english.Count(len(primary), "account")+": give them another one first"))
			return nil
		}
	}
	below, cut, err := op.readBelow(ctx, d, s.Change)
	if err != nil {
		return err
	}
	s.Below, s.below = len(below), below
	if cut != "" {
		s.warn(english.Own("there may be more in it: " + cut))
	}
	if s.Below == 0 {
		return nil
	}
	if i := slices.IndexFunc(below, func(one models.Descendant) bool { return one.Protected }); i >= 0 {
		s.refuse(models.ErrPolicy, english.Naming(string(below[i].DN), " in it is "+isProtected+"; "+liftIt))
		return nil
	}
	holds := "it holds " + objects(s.Below) + ": " + kinds(below)
	if _, can := op.deleterFor(d, true); !can {
		s.refuse(models.ErrNotEmpty, english.Own(holds+"; this connection deletes only what is empty"))
		return nil
	}
	if !o.Subtree {
		s.refuse(models.ErrNotEmpty, english.Own(holds))
		return nil
	}
	s.warn(english.Own(objects(s.Below) + " in it will be deleted too: " + kinds(below)))
	return nil
}

func (deletion) mayNot(_ *directory, on, _ models.Rights, _ models.Change) string {
	return when(on.Delete == models.No, "you may not delete it")
}

// kinds say how many objects there are of each class: "2 shared folders, 1 user".
func kinds(all []models.Descendant) string {
	counts := classes(all)
	var parts []string
	for _, class := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, english.Count(counts[class], models.ClassWords(class)))
	}
	return strings.Join(parts, ", ")
}

func classes(all []models.Descendant) map[string]int {
	counts := map[string]int{}
	for _, one := range all {
		counts[one.Class]++
	}
	return counts
}

// mostCounted is where counting what is below a container ends.
const mostCounted = 200_000

// readBelow gives the objects below one at every depth; cut says why there may
// be more of them.
func (deletion) readBelow(ctx context.Context, d *directory, c models.Change) (all []models.Descendant, cut string, err error) {
	if reader, ok := Capability[SubtreeReader](d.backend); ok {
		return reader.Below(ctx, c.Ref())
	}
	if !c.Category.HoldsObjects() {
		return nil, "", nil
	}
	queue := []models.DN{c.DN}
	for len(queue) > 0 && len(all) < mostCounted {
		dn := queue[0]
		queue = queue[1:]
		for page, err := range walk.Pages(ctx, d.backend, models.ListRequest{Base: dn}, walk.Options{}) {
			if err != nil {
				return nil, "", err
			}
			if page.Cut != "" {
				cut = page.Cut
			}
			for _, o := range page.Objects {
				all = append(all, models.Descendant{DN: o.DN, Class: string(o.Category)})
				if o.Category.HoldsObjects() {
					queue = append(queue, o.DN)
				}
			}
			if len(all) >= mostCounted {
				break
			}
		}
	}
	return all, cmp.Or(cut, d.backend.About().Called()+" does not list objects of every kind"), nil
}

// cameInto says what is in a tree now that the person did not see in the plan.
func cameInto(seen, now Step) english.Phrase {
	known := make(map[string]bool, len(seen.below))
	for _, one := range seen.below {
		known[one.DN.Key()] = true
	}
	for _, one := range now.below {
		if !known[one.DN.Key()] {
			return english.Naming(one.DN.RDN().Value, " came into it meanwhile"+lookAgain)
		}
	}
	return english.Phrase{}
}

func objects(n int) string {
	if n >= mostCounted {
		return "more than " + english.Count(mostCounted, "object")
	}
	return english.Count(n, "object")
}

// deleterFor is the first deleter that can do what is asked.
func (deletion) deleterFor(d *directory, subtree bool) (Deleter, bool) {
	for deleter := range capabilities[Deleter](d.backend) {
		if !subtree || deleter.CanDeleteSubtree() {
			return deleter, true
		}
	}
	return nil, false
}

func (deletion) title(s Step) string {
	title := "delete the " + s.Change.Category.Label() + " "
	if s.Below > 0 {
		return title + s.name("with", objects(s.Below))
	}
	return title + s.name()
}

func (deletion) lines(s Step) []Line {
	return []Line{{Label: s.Change.Category.Label(), Before: string(s.Change.DN), After: "(deleted)"}}
}

func (op deletion) send(ctx context.Context, d *directory, s Step, o PlanOptions) (models.DN, error) {
	subtree := o.Subtree && s.Below > 0
	deleter, ok := op.deleterFor(d, subtree)
	if !ok {
		return "", refuse(s.Change, models.ErrUnsupported, english.Own("this connection cannot delete it"))
	}
	reported := false
	var verdict error
	err := deleter.Delete(ctx, []models.Ref{s.Change.Ref()}, subtree, func(_ models.DN, err error) {
		reported, verdict = true, err
	})
	switch {
	case reported:
		return "", verdict
	case err != nil:
		return "", err
	default:
		return "", &models.Error{
			Kind: models.ErrUnknownOutcome, Action: string(models.Delete), Object: called(s.Change),
			Err: errors.New("the server did not say what became of it"),
		}
	}
}

// look reads that an object is gone. Where that takes a whole container to read,
// it asks whether the logon name is free first.
func (op deletion) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
	gone := finding{seen: match, words: "is gone"}
	named := s.before.SAMAccountName != "" && (s.before.Category == models.Person || s.before.Category == models.Group)
	if checker, ok := Capability[NameChecker](d.backend); ok && named && !has[Getter](d.backend) {
		if taken, err := checker.NameTaken(ctx, s.before.SAMAccountName); err == nil && !taken {
			return gone
		}
	}
	_, there, err := d.exists(ctx, s.Change.Ref())
	switch {
	case err != nil:
		return finding{err: err}
	case there:
		return op.stillThere(ctx, d, s)
	default:
		return gone
	}
}

// stillThere says how much of a tree is gone.
func (op deletion) stillThere(ctx context.Context, d *directory, s Step) finding {
	found := finding{seen: mismatch, words: "it is still there"}
	if s.Below == 0 {
		return found
	}
	left, _, err := op.readBelow(ctx, d, s.Change)
	if gone := s.Below - len(left); err == nil && gone > 0 {
		found.partly = true
		found.words = fmt.Sprintf("%d of %s in it are gone, but it is still there", gone, objects(s.Below))
	}
	return found
}

// mostWrittenDown is how many objects of a tree the journal has one by one;
// above it, it has their number by class and the first firstWrittenDown.
const (
	mostWrittenDown  = 10_000
	firstWrittenDown = 1_000
)

// valuesOf are the values of an object that are told of it in lists too.
func valuesOf(o models.Object) []journal.Field {
	all := []journal.Field{{Field: valueLogon, Before: o.SAMAccountName, Known: true}}
	for _, f := range models.Fields() {
		if now, known := f.Of(o); known {
			all = append(all, journal.Field{Field: string(f), Before: now, Known: true})
		}
	}
	if o.Disabled.Known() {
		all = append(all, journal.Field{Field: valueDisabled, Before: o.Disabled.Label(), Known: true})
	}
	if o.AccountExpiry.Known() {
		all = append(all, journal.Field{Field: valueExpires, Before: o.AccountExpiry.String(), Known: true})
	}
	return all
}

// note keeps what a new object of the same kind needs.
func (deletion) note(e *journal.Entry, s Step) {
	o := s.before
	e.Below = s.below
	if len(s.below) > mostWrittenDown {
		e.Below, e.BelowClasses = s.below[:firstWrittenDown], classes(s.below)
	}
	for _, f := range valuesOf(o) {
		if f.Field == valueLogon || !slices.Contains([]string{"", models.No.Label(), models.Never().String()}, f.Before) {
			e.Fields = append(e.Fields, f)
		}
	}
	if o.Account != nil {
		e.Groups = o.Account.MemberOf
	}
}

// reverse offers a new user for a deleted one.
func (deletion) reverse(e journal.Entry, c models.Change) (models.Change, []string, error) {
	cannot := &CannotUndo{Words: "what was deleted does not come back: its identity and all rights given to it are gone"}
	logon := before(e, valueLogon)
	if e.Category != models.Person || logon == "" {
		return c, nil, cannot
	}
	u := models.NewUser{
		Container: models.Ref{DN: e.DN.Parent()}, LogonName: logon, MustChange: true,
		Disabled: before(e, valueDisabled) == models.Yes.Label(),
	}
	for _, f := range newUserTexts() {
		*textOf(&u, f) = before(e, string(f))
	}
	cannot.Words += ". A new user with the same fields can be made; it is another to everything that knew the old one"
	cannot.Recreate = &models.Change{Action: models.CreateUser, DN: e.DN, Name: logon, Category: models.Person, User: &u}
	cannot.Groups = slices.Clone(e.Groups)
	return c, nil, cannot
}
