package desk

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// deep is a world that tells what lies below an object, of whatever class.
type deep struct {
	*world
	below []models.Descendant
}

func (d *deep) Below(context.Context, models.Ref) ([]models.Descendant, string, error) {
	if d.index(roe) < 0 {
		return nil, "", nil
	}
	return d.below, "", nil
}

func folder(name string) models.Descendant {
	return models.Descendant{DN: roe.Child("CN", name), Class: "volume", GUID: "guid of " + name}
}

// A user too can have objects below it. All of them are counted and named by
// their kind, none goes unasked, and the journal has each.
func TestDeletingAUserWithObjectsBelow(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	b := &deep{w, []models.Descendant{folder("a"), folder("b"), {DN: roe.Child("CN", "p"), Class: "printQueue"}}}
	d := journaled(b, j)
	removal := models.Change{Action: models.Delete, DN: roe}
	if err := planned(t, d, PlanOptions{}, removal).Refused(); err == nil || !strings.Contains(err.Error(), "it holds 3 objects: 1 printer, 2 shared folders") {
		t.Errorf("unasked: %v", err)
	}
	plan := planned(t, d, PlanOptions{Subtree: true}, removal)
	if q := plan.Question(); q.Kind != TypeNumber || q.Number != 4 {
		t.Errorf("asks %+v", q)
	}
	for out := range d.Apply(t.Context(), plan) {
		if out.Verdict != verdict.Done {
			t.Errorf("%s: %s", out.Verdict, out.Words)
		}
	}
	if e := last(t, j); len(e.Below) != 3 || e.Below[1] != folder("b") {
		t.Errorf("the journal has %+v", e.Below)
	}
}

// What came into a tree after the plan was seen does not go with it.
func TestDeletingWhatCameMeanwhile(t *testing.T) {
	w := newWorld()
	b := &deep{w, []models.Descendant{folder("a")}}
	d := open(b)
	plan := planned(t, d, PlanOptions{Subtree: true}, models.Change{Action: models.Delete, DN: roe})
	b.below = append(b.below, folder("new"))
	for out := range d.Apply(t.Context(), plan) {
		if out.Verdict != verdict.NotTried || !strings.Contains(out.Words, "new came into it meanwhile") || len(w.sent) != 0 {
			t.Errorf("%s: %s after %v", out.Verdict, out.Words, w.sent)
		}
	}
}

// stuck deletes the first object below, and refuses the rest.
type stuck struct{ *deep }

func (s stuck) Delete(_ context.Context, refs []models.Ref, _ bool, done func(models.DN, error)) error {
	s.below = s.below[1:]
	done(refs[0].DN, &models.Error{Kind: models.ErrDenied, Action: "delete"})
	return nil
}

func TestATreeOfWhichAPartIsGone(t *testing.T) {
	d := open(stuck{&deep{newWorld(), []models.Descendant{folder("a"), folder("b")}}})
	out := apply(t, d, models.Change{Action: models.Delete, DN: roe})[0]
	if out.Verdict != verdict.Partly || !strings.Contains(out.Words, "1 of 2 objects in it are gone, but it is still there") {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
}

// Of a very large tree the journal has the number of each class and the first
// thousand names.
func TestAVeryLargeTreeInTheJournal(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	b := &deep{world: w}
	for i := range mostWrittenDown + 1 {
		b.below = append(b.below, folder(fmt.Sprint(i)))
	}
	apply(t, journaled(b, j), models.Change{Action: models.Delete, DN: roe})
	if e := last(t, j); len(e.Below) != firstWrittenDown || e.BelowClasses["volume"] != mostWrittenDown+1 {
		t.Errorf("%d names, %v", len(e.Below), e.BelowClasses)
	}
}

// A plan may concern no more than was said, whatever it does.
func TestPlansHaveABound(t *testing.T) {
	changes := []models.Change{phone(doe, "1"), phone(roe, "2")}
	if err := planned(t, open(newWorld()), PlanOptions{MaxObjects: 1}, changes...).Refused(); err == nil || !strings.Contains(err.Error(), "the plan concerns 2 objects, and at most 1 are allowed at once") {
		t.Errorf("refused with %v", err)
	}
	if err := planned(t, open(newWorld()), PlanOptions{MaxObjects: 2}, changes...).Refused(); err != nil {
		t.Error(err)
	}
}
