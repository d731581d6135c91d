package table_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/internal/terminaltext"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/table"
)

// rows are some objects by name; an empty name is a row that was not read.
type rows []string

func (r rows) Len() int { return len(r) }

func (r rows) At(i int) *models.Object {
	if i < 0 || i >= len(r) || r[i] == "" {
		return nil
	}
	return &models.Object{DN: models.DN("CN=" + r[i]), Name: r[i], Category: models.Person}
}

func (r rows) Row(dn models.DN) (int, bool) {
	i := slices.Index(r, string(dn[3:]))
	return i, i >= 0
}

func names(n int) rows {
	r := make(rows, n)
	for i := range r {
		r[i] = fmt.Sprint("n", i)
	}
	return r
}

func TestCursorFollowsItsObject(t *testing.T) {
	all := names(50)
	tb := table.New(&all)
	tb.SetRoom(10)
	tb.MoveTo(20)
	tb.Scroll(3)
	above := tb.Cursor() - tb.Top()
	all = append(rows{"new1", "new2"}, all...)
	tb.Changed()
	if got := tb.Object().Name; got != "n20" {
		t.Errorf("the cursor is on %s after rows came in above, want n20", got)
	}
	if tb.Cursor()-tb.Top() != above {
		t.Error("the window jumped")
	}
}

// Where the object under the cursor goes, the cursor is on none until it is
// moved: a key must not hit the neighbour.
func TestCursorIsOnNoneWhenItsObjectGoes(t *testing.T) {
	for by, want := range map[int]string{1: "n3", 2: "n4", -1: "n1", -9: "n0", 9: "n4"} {
		all := names(5)
		tb := table.New(&all)
		tb.MoveTo(2)
		all = slices.Delete(all, 2, 3)
		tb.Changed()
		if o := tb.Object(); o != nil {
			t.Errorf("the cursor is on %s", o.Name)
		}
		tb.Use(&all) // read anew
		if o := tb.Object(); o != nil {
			t.Errorf("read anew, the cursor is on %s", o.Name)
		}
		if tb.Move(by); tb.Object().Name != want {
			t.Errorf("moved by %d it is on %s, want %s", by, tb.Object().Name, want)
		}
	}
	all := names(5)
	tb := table.New(&all)
	tb.MoveTo(4)
	all = all[:3]
	tb.Changed()
	all = names(5)
	if tb.Changed(); tb.Object() == nil || tb.Object().Name != "n4" {
		t.Error("the object came back and the cursor is not on it")
	}
}

func TestSeekWaitsForItsObject(t *testing.T) {
	all := make(rows, 100)
	all[0] = "first"
	tb := table.New(&all)
	tb.Seek("CN=wanted", 7)
	if tb.Cursor() != 7 || tb.Wanted() != "CN=wanted" {
		t.Errorf("the cursor is on %d and waits for %q", tb.Cursor(), tb.Wanted())
	}
	all[60] = "wanted"
	tb.Changed()
	if tb.Cursor() != 60 || tb.Wanted() != "" {
		t.Errorf("the cursor is on %d and waits for %q", tb.Cursor(), tb.Wanted())
	}
}

func TestMovingGivesUpSeeking(t *testing.T) {
	all := make(rows, 100)
	tb := table.New(&all)
	tb.Seek("CN=wanted", 0)
	tb.Move(2)
	all[60] = "wanted"
	tb.Changed()
	if tb.Cursor() != 1 {
		t.Errorf("the cursor was torn away to row %d", tb.Cursor())
	}
}

// Whatever is done, the cursor is on a row and in sight, and what is drawn is
// as wide as told.
func TestCursorStaysInSight(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		all := names(rapid.IntRange(0, 60).Draw(t, "rows"))
		tb := table.New(&all)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				tb.Move(rapid.IntRange(-70, 70).Draw(t, "by"))
			case 1:
				tb.SetRoom(rapid.IntRange(-3, 40).Draw(t, "room"))
			case 2:
				tb.Scroll(rapid.IntRange(-70, 70).Draw(t, "scroll"))
			case 3:
				all = names(rapid.IntRange(0, 60).Draw(t, "now"))
				tb.Changed()
			case 4:
				tb.Seek(models.DN(fmt.Sprint("CN=n", rapid.IntRange(0, 80).Draw(t, "seek"))), 3)
			case 5:
				width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 30).Draw(t, "height")
				for _, line := range tb.View(table.Look{Theme: &th, Empty: []string{"nothing"}}, width, height) {
					if got := terminaltext.Width(line); got != width {
						t.Fatalf("a line is %d wide, not %d: %q", got, width, line)
					}
				}
			}
			if tb.Cursor() < 0 || tb.Cursor() >= max(len(all), 1) {
				t.Fatalf("the cursor is on row %d of %d", tb.Cursor(), len(all))
			}
			if tb.Cursor() < tb.Top() || tb.Cursor() >= tb.Top()+tb.Room() {
				t.Fatalf("the cursor, row %d, is out of sight of %d rows from %d on", tb.Cursor(), tb.Room(), tb.Top())
			}
		}
	})
}
