package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// last is the last entry of a journal.
func last(t *testing.T, j *journal.Journal) journal.Entry {
	t.Helper()
	e, err := journal.Find(j.Path(), "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What was done and taken back is as it was.
func TestUndo(t *testing.T) {
	for _, change := range everyChange() {
		t.Run(string(change.Action), func(t *testing.T) {
			w, j := newWorld(), newJournal(t)
			d := journaled(w, j)
			before := stateOf(w)
			if out := apply(t, d, change)[0]; out.Verdict != verdict.Done {
				t.Fatalf("%s: %s", out.Verdict, out.Words)
			}
			done := last(t, j)
			plan, err := d.Undo(t.Context(), []journal.Entry{done}, nil)
			var cannot *CannotUndo
			if errors.As(err, &cannot) {
				if !slices.Contains([]models.Action{models.SetPassword, models.Unlock, models.Delete}, change.Action) {
					t.Errorf("cannot be undone: %s", cannot.Words)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			out := slices.Collect(d.Apply(t.Context(), plan))[0]
			if out.Verdict != verdict.Done || !out.Verified {
				t.Errorf("undo: %s: %s", out.Verdict, out.Words)
			}
			if after := stateOf(w); after != before {
				t.Errorf("the world was\n%s\nand is\n%s", before, after)
			}
			if undo := last(t, j); undo.Undoes != done.ID {
				t.Errorf("the journal says that it undoes %q, want %q", undo.Undoes, done.ID)
			}
			again, err := journal.Find(j.Path(), done.ID)
			if err != nil || again.UndoneBy != out.Entry {
				t.Errorf("undone by %q, %v; want %q", again.UndoneBy, err, out.Entry)
			}
			if _, err := d.Undo(t.Context(), []journal.Entry{again}, nil); !errors.As(err, &cannot) || !strings.Contains(cannot.Words, "already") {
				t.Errorf("a second undo: %v", err)
			}
			whole(t, j)
		})
	}
}

func stateOf(w *world) string {
	var all []string
	for _, o := range w.objects {
		all = append(all, strings.Join([]string{
			o.DN.Key(), o.TelephoneNumber, o.Disabled.Label(), o.Locked.Label(), o.AccountExpiry.String(), mustChange(o).Label(),
		}, "|"))
	}
	for key, values := range w.values {
		all = append(all, fmt.Sprintf("%s: %v, %d, %v", key, values, len(w.photos[key]), w.licences[key]))
	}
	for group, members := range w.members {
		all = append(all, group+": "+strings.Join(slices.Sorted(func(yield func(string) bool) {
			for _, m := range members {
				if !yield(m.Key()) {
					return
				}
			}
		}), ";"))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// Of several who were put in, only those come out again who were not in before.
func TestUndoOfMembersLeavesWhoWasIn(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	apply(t, d, models.Change{Action: models.AddMembers, DN: sales, Members: models.Refs(doe, roe)})
	plan, err := d.Undo(t.Context(), []journal.Entry{last(t, j)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.Steps[0].Change.Members; len(got) != 1 || !got[0].DN.Equal(roe) {
		t.Errorf("takes out %q, want Jane only", got)
	}
}

// For a deleted user there is a new one with the same fields and groups.
func TestUndoOfADeletion(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	apply(t, d, models.Change{Action: models.Delete, DN: doe})
	_, err := d.Undo(t.Context(), []journal.Entry{last(t, j)}, nil)
	var cannot *CannotUndo
	if !errors.As(err, &cannot) || cannot.Recreate == nil {
		t.Fatalf("error %v", err)
	}
	u := *cannot.Recreate.User
	want := models.NewUser{
		Container: models.Ref{DN: staff}, LogonName: "jdoe", GivenName: "John", Surname: "Doe", DisplayName: "John Doe", Mail: "jdoe@example.test", MustChange: true,
	}
	if u != want {
		t.Errorf("user %+v, want %+v", u, want)
	}
	if len(cannot.Groups) != 1 || !cannot.Groups[0].Equal(sales) {
		t.Errorf("groups %q", cannot.Groups)
	}
	again := *cannot.Recreate
	again.Password = models.NewSecret(newPassword)
	if out := apply(t, d, again)[0]; out.Verdict != verdict.Done {
		t.Errorf("making the new one: %s", out.Words)
	}
}

func TestUndoOfWhatWasNotDone(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	w.trouble = deny
	apply(t, d, phone(doe, "1"))
	var cannot *CannotUndo
	if _, err := d.Undo(t.Context(), []journal.Entry{last(t, j)}, nil); !errors.As(err, &cannot) || !strings.Contains(cannot.Words, "nothing was changed") {
		t.Errorf("error %v", err)
	}
}
