package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dirdesk/desk/journal"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// deletion deletes an object, a container with all that is in it.
type deletion struct{ renaming }

func (deletion) about() description {
	return description{
		Traits: Traits{Deletes: true}, several: "delete", cannot: needing[Deleter]("delete an object"),
		unfit: func(o models.Object) (never, now string) { return unless(o.Deletable, "deleted"), "" },
	}
}

// examine counts what would go along.
func (op deletion) examine(ctx context.Context, d *directory, s *Step, o PlanOptions) error {
	if !s.before.Category.HoldsObjects() {
		return nil
	}
	below, cut, err := op.countBelow(ctx, d, s.Change.DN)
	if err != nil {
		return err
	}
	s.Below = below
	if cut != "" {
		s.warn(english.Own("there may be more: " + cut))
	}
	if below == 0 {
		return nil
	}
	if _, can := op.deleterFor(d, true); !can {
		s.refuse(models.ErrNotEmpty, english.Own(fmt.Sprintf("it holds %s, and this connection deletes empty containers only", objects(below))))
		return nil
	}
	if !o.Subtree {
		s.refuse(models.ErrNotEmpty, english.Own(fmt.Sprintf("it holds %s", objects(below))))
		return nil
	}
	s.warn(english.Own(objects(below) + " in it will be deleted too"))
	return nil
}

// mostCounted is where counting what is below a container ends.
const mostCounted = 200_000

// countBelow counts the objects below a container at every depth; cut says why
// there may be more of them.
func (deletion) countBelow(ctx context.Context, d *directory, base models.DN) (count int, cut string, err error) {
	queue := []models.DN{base}
	for len(queue) > 0 && count < mostCounted {
		dn := queue[0]
		queue = queue[1:]
		for page, err := range walk.Pages(ctx, d.backend, models.ListRequest{Base: dn}, walk.Options{}) {
			if err != nil {
				return 0, "", err
			}
			if page.Cut != "" {
				cut = page.Cut
			}
			count += len(page.Objects)
			for i := range page.Objects {
				if page.Objects[i].Category.HoldsObjects() {
					queue = append(queue, page.Objects[i].DN)
				}
			}
			if count >= mostCounted {
				break
			}
		}
	}
	return count, cut, nil
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
	title := "delete the " + s.Change.Category.Label() + " " + s.name()
	if s.Below > 0 {
		title += " with " + objects(s.Below)
	}
	return title
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
func (deletion) look(ctx context.Context, d *directory, s Step, _ models.DN) finding {
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
		return finding{seen: mismatch, words: "it is still there"}
	default:
		return gone
	}
}

// note keeps what a new object of the same kind needs.
func (deletion) note(e *journal.Entry, s Step) {
	o := s.before
	e.Fields = []journal.Field{{Field: valueLogon, Before: o.SAMAccountName, Known: true}}
	for _, f := range models.Fields() {
		if now, known := f.Of(o); known && now != "" {
			e.Fields = append(e.Fields, journal.Field{Field: string(f), Before: now, Known: true})
		}
	}
	if o.Disabled == models.Yes {
		e.Fields = append(e.Fields, journal.Field{Field: valueDisabled, Before: "yes", Known: true})
	}
	if o.AccountExpiry.Known() && !o.AccountExpiry.IsNever() {
		e.Fields = append(e.Fields, journal.Field{Field: valueExpires, Before: o.AccountExpiry.String(), Known: true})
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
