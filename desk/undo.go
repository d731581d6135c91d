package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// CannotUndo says why a change cannot be taken back, and what can be done
// instead.
type CannotUndo struct {
	Words string
	// Recreate, for a deleted user, is a new one with the same fields, to which
	// a password has to be given; nil for all others.
	Recreate *models.Change
	// Groups are those the deleted user was in, as far as they were known: add
	// the new one to each, when it is made.
	Groups []models.DN
}

// Error gives the words.
func (c *CannotUndo) Error() string { return c.Words }

// Undo plans the reverse of journal entries, the last first: a plan like any
// other, with what is there now, its own read-back and its own lines in the
// journal. What cannot be taken back, or was changed since, is a step that is
// refused; over are newer values that may be overwritten all the same. When
// nothing can be taken back, the error is a *CannotUndo.
func (d *Desk) Undo(ctx context.Context, entries []journal.Entry, over Over) (Plan, error) {
	var changes []models.Change
	var backs []reversal
	var cannot []Step
	var last *CannotUndo
	for _, e := range slices.Backward(entries) {
		question, err := d.belongs(ctx, e)
		if err != nil {
			return Plan{}, err
		}
		c, left, err := reverse(e)
		if errors.As(err, &last) {
			s := Step{Change: c, Undoes: e.ID, Title: undoTitle(string(e.Action) + " " + english.Quoted(called(c)))}
			s.refuse(models.ErrUnsupported, english.Own("it cannot be taken back: "+last.Words))
			cannot = append(cannot, s)
			continue
		}
		if err != nil {
			return Plan{}, err
		}
		changes = append(changes, c)
		backs = append(backs, reversal{entry: e, change: c.Clone(), left: left, question: question})
	}
	switch {
	case len(changes) == 0 && len(cannot) == 1:
		return Plan{}, last
	case len(changes) == 0 && last != nil:
		return Plan{}, &CannotUndo{Words: fmt.Sprintf("none of the %d changes of this plan can be: %s", len(cannot), last.Words)}
	}
	plan, err := d.Plan(ctx, changes, PlanOptions{asItWas: true})
	if err != nil {
		return Plan{}, err
	}
	for i := range plan.Steps {
		if err := d.asTakenBack(ctx, &plan.Steps[i], backs[i], over[backs[i].entry.ID]); err != nil {
			return Plan{}, err
		}
	}
	plan.Steps = append(plan.Steps, cannot...)
	return plan, nil
}

// reversal is one entry on its way back.
type reversal struct {
	entry    journal.Entry
	change   models.Change // that takes it back, before anybody looked at what is there
	left     []string      // what of it cannot be taken back
	question string        // that only a person can answer; "" for none
}

func undoTitle(title string) string { return "undo: " + title }

// Over are values that are there now and may be overwritten when something is taken
// back, by the id of the one entry each.
type Over map[string][]string

// asTakenBack makes of a planned step one that takes an entry back.
func (d *Desk) asTakenBack(ctx context.Context, s *Step, r reversal, over []string) error {
	s.Undoes, s.Title = r.entry.ID, undoTitle(s.Title)
	for _, words := range r.left {
		s.warn(english.Own(words))
	}
	if s.Refused != nil || !s.known {
		return nil
	}
	if who := anotherThere(r.entry, s.before); who != "" {
		s.refuse(models.ErrNotFound, english.Own(who))
		return nil
	}
	if r.question != "" {
		s.doubt(AnotherServer, r.question)
	}
	if r.entry.Plan == "" || r.entry.GUID == "" && s.Change.GUID != "" {
		s.doubt(NoIdentity, "the entry does not say which object it was; there now: "+whoIs(s.before))
	}
	if s.Nothing {
		return nil
	}
	all, err := d.newerValues(ctx, r, *s)
	found := slices.DeleteFunc(all, func(n newer) bool { return slices.Contains(over, n.now) })
	if len(found) > 0 {
		s.Refused, s.Newer = overwrites(r.entry.ID, s.Change, found), newerOf(r.entry.ID, *s, all)
	}
	return err
}

// overwrites refuses to put an old value over a newer one.
func overwrites(id string, c models.Change, found []newer) error {
	words, command := make([]string, len(found)), "dirdesk undo "+id
	for i, n := range found {
		words[i] = n.label + " was changed meanwhile: it is " + orEmpty(n.now) + " now"
		command += " --over " + english.Shell(n.now)
	}
	return &models.Error{
		Kind: models.InWords(strings.Join(words, "; "), models.ErrExists), Action: string(c.Action), Object: called(c),
		Advice: "Nothing newer is overwritten unless you name it: " + command,
	}
}

// newer is a value that is neither what an entry wrote nor what was before it, with
// the old one that would come back.
type newer struct{ label, now, old string }

// Newer is what somebody has changed since an entry, and may be overwritten when a
// person says so of this one object.
type Newer struct {
	Entry    string   // its id
	Values   []string // that are there now, for Over
	Question string
}

func newerOf(id string, s Step, found []newer) *Newer {
	n := &Newer{Entry: id}
	var is, puts []string
	for _, f := range found {
		n.Values = append(n.Values, f.now)
		is = append(is, f.label+" is "+orEmpty(f.now)+" now")
		puts = append(puts, orEmpty(f.old))
	}
	n.Question = s.name() + ": " + strings.Join(is, ", ") + ". Put the old " + english.And(puts...) + " over it?"
	return n
}

func orEmpty(value string) string {
	if value == "" {
		return "empty"
	}
	return english.Quoted(value)
}

// newerValues are the values of an entry that somebody has changed since.
func (d *directory) newerValues(ctx context.Context, r reversal, s Step) (found []newer, err error) {
	for _, f := range r.entry.Fields {
		now, known := valueOf(s.before, f.Field)
		if !known || sameValue(f.Field, now, f.After) || f.Known && sameValue(f.Field, now, f.Before) {
			continue
		}
		found = append(found, newer{models.Field(f.Field).Label(), now, f.Before})
	}
	if m := s.Change.Modification; m != nil {
		for _, p := range m.Properties {
			was := slices.IndexFunc(r.change.Modification.Properties, func(w models.PropertyChange) bool { return strings.EqualFold(w.Name, p.Name) })
			if was < 0 || !p.BeforeKnown {
				continue
			}
			w := r.change.Modification.Properties[was]
			if w.Type == models.DNString { // the same object may be called otherwise by now
				w.Before, _ = apart(models.Refs(d.calledNow(ctx, w.BeforeRefs())...))
			}
			if w.BeforeKnown && overwritten(w, p.Before) {
				found = append(found, newer{p.Name, saidAll(p.Type, p.Name, p.Before), saidAll(p.Type, p.Name, expectedOf(p))})
			}
		}
		if photo := r.entry.Photo; m.PhotoSet && photo != nil && s.photoKnown && digest(s.photo) != photo.After {
			found = append(found, newer{"photo", digest(s.photo).SHA256, ""})
		}
	}
	return found, ctx.Err()
}

// overwritten reports whether a change of a property that was to find the values
// before would write over others. One that adds or takes out values leaves the
// rest as it is, and so does a mask.
func overwritten(p models.PropertyChange, now []string) bool {
	switch {
	case p.Masked:
		return firstBits(p.Before)&p.Mask != firstBits(now)&p.Mask
	case p.Operation != models.Replace:
		return false
	default:
		return !sameNow(p, p.Before, now)
	}
}

// valueOf is what an object has now of a value that stands in the journal.
func valueOf(o models.Object, field string) (now string, known bool) {
	for _, f := range []flagChange{
		disabledTo(models.Yes), lockedTo(models.Yes), mustChangeTo(models.Yes), cannotChangeTo(models.Yes), neverExpiresTo(models.Yes),
	} {
		if f.field == field {
			return f.of(o).Label(), f.of(o).Known()
		}
	}
	switch field {
	case valueLogon:
		return o.SAMAccountName, o.SAMAccountName != ""
	case valueExpires:
		return o.AccountExpiry.String(), o.AccountExpiry.Known()
	case valueName:
		return o.DN.RDN().Value, true
	case valueParent:
		return string(o.DN.Parent()), true
	default:
		return models.Field(field).Of(o)
	}
}

func sameValue(field, one, other string) bool {
	return one == other || field == valueParent && models.DN(one).Equal(models.DN(other))
}

// anotherThere says that the object under an entry's name is another one than
// the entry's; "" when nothing tells so. Where a server tells GUIDs, the object
// was read by its own.
func anotherThere(e journal.Entry, now models.Object) string {
	other := e.Category != "" && now.Category != "" && e.Category != now.Category
	for _, f := range e.Fields {
		other = other || f.Field == valueLogon && now.SAMAccountName != "" && !strings.EqualFold(cmp.Or(f.After, f.Before), now.SAMAccountName)
	}
	if e.GUID != "" && now.Ref().GUID != "" {
		other = e.GUID != now.Ref().GUID
	}
	return when(other, "another object has that name now: "+whoIs(now))
}

// reverse is the change that takes an entry back, and what of it cannot be
// taken back, in words.
func reverse(e journal.Entry) (c models.Change, left []string, err error) {
	if words := nothingDone(e); words != "" {
		return models.Change{}, nil, &CannotUndo{Words: words}
	}
	c = models.Change{DN: e.DN, GUID: e.GUID, Name: e.Name, Category: e.Category}
	if e.NewDN != "" {
		c.DN = e.NewDN
	}
	op, known := operations()[e.Action]
	if !known {
		return c, nil, &CannotUndo{Words: "dirdesk does not know how to take that back"}
	}
	return op.reverse(e, c)
}

// nothingDone says why there is nothing to take back; "" when there is.
func nothingDone(e journal.Entry) string {
	switch {
	case e.UndoneBy != "":
		return "it was taken back already, by entry " + e.UndoneBy
	case e.Outcome == verdict.Pending:
		return "nothing was changed: it waits for approval"
	case e.Outcome == verdict.Failed || e.Outcome == verdict.NotTried:
		return "nothing was changed: it " + map[verdict.Verdict]string{verdict.Failed: "failed", verdict.NotTried: "was not tried"}[e.Outcome]
	default:
		return ""
	}
}
