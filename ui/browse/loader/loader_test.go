package loader_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"dirdesk/desk/rows"
	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/tree"
	"dirdesk/ui/uitest"
)

var staff = uitest.Base.Child("OU", "Staff")

func TestWhatIsInSightIsAskedForOnce(t *testing.T) {
	d := uitest.NewDirectory()
	r := newRig(t, d)
	shown := r.open(large)
	d.Forget()
	window := loader.Window{Top: 50_000, Room: 20, Down: true}
	first := r.Fill(shown, window)
	if r.Fill(shown, window) != nil {
		t.Error("what is on its way is asked for again")
	}
	r.run(first)
	if shown.List.At(50_010) == nil || shown.List.At(50_100) == nil {
		t.Error("the rows in sight, or those ahead, are not there")
	}
	if r.Fill(shown, window) != nil {
		t.Error("what is there is asked for again")
	}
	if n := len(d.Requests()); n != 2 {
		t.Errorf("%d requests for two pages", n)
	}
}

func TestRowsThatFailedWaitForTheRetry(t *testing.T) {
	d := uitest.NewDirectory()
	r := newRig(t, d)
	shown := r.open(large)
	d.Fail = func(models.ListRequest) error { return &models.Error{Kind: models.ErrBusy} }
	window := loader.Window{Top: 500, Room: 20, Down: true}
	r.run(r.Fill(shown, window))
	failure := r.failed()
	if failure == nil || failure.What != "Rows 601 to 700 of Large are not loaded" {
		t.Fatalf("%+v is said", failure)
	}
	if !shown.HasFailed(510) || shown.HasFailed(10) {
		t.Error("it is not known which rows failed")
	}
	d.Fail = nil
	if r.Fill(shown, loader.Window{Top: 500, Room: 20, Down: true}) != nil {
		t.Error("what failed is asked for again before anybody said so")
	}
	r.run(failure.Again())
	r.run(r.Fill(shown, window))
	if shown.List.At(510) == nil || shown.HasFailed(510) {
		t.Error("the retry did not bring the rows")
	}
}

func TestAPlaceThatIsGoneIsNamed(t *testing.T) {
	r := newRig(t, uitest.NewDirectory())
	r.run(r.Open(at(staff.Child("OU", "Gone")), loader.Intent{}))
	if f := r.failed(); f == nil || f.Gone == nil || f.Gone.Name() != "Gone" || r.Coming != nil {
		t.Errorf("%+v", f)
	}
}

func TestAnotherPlaceGivesUpTheFirst(t *testing.T) {
	r := newRig(t, uitest.NewDirectory())
	r.start(r.Open(at(large), loader.Intent{}))
	r.run(r.Open(at(staff), loader.Intent{}))
	for _, report := range r.reports {
		if report.Arrived != nil && report.Arrived.Place.Name() != "Staff" {
			t.Errorf("%s arrived", report.Arrived.Place.Name())
		}
	}
	r.arrived()
}

func TestReadingAnewKeepsOldRowsUntilTheCursorsRowIsThere(t *testing.T) {
	r := newRig(t, streaming())
	old := r.open(large)
	old.Wanted.Column = rows.ServerOrder // the order of kind and name needs all
	r.reports = nil
	r.start(r.Open(at(large), loader.Intent{Anew: old, Row: 2500, Room: 20}))
	for pages := 1; r.Coming != nil; pages++ {
		if pages > 3 {
			t.Fatal("it does not arrive with the row of the cursor")
		}
		r.step()
	}
	if n := r.arrived().List.Loaded(); n != 3000 {
		t.Errorf("it arrived with %d rows", n)
	}
	r.run(nil) // to its end
}

func TestReadingStopsAtTheObjectThatIsSought(t *testing.T) {
	d := uitest.NewDirectory()
	r := newRig(t, d)
	shown := r.open(large)
	r.run(r.Seek(shown, large.Child("CN", "User 00450")))
	if !slices.ContainsFunc(r.reports, func(report loader.Report) bool { return report.Found != nil }) {
		t.Error("it is not found")
	}
	if shown.List.Loaded() > 2000 {
		t.Errorf("%d objects were read for it", shown.List.Loaded())
	}
}

func TestWhatIsSoughtInVainIsSaid(t *testing.T) {
	for _, seekable := range []bool{true, false} {
		t.Run(fmt.Sprint("seekable ", seekable), func(t *testing.T) {
			d := uitest.NewDirectory()
			d.Facts.Seekable = seekable
			r := newRig(t, d)
			berlin := staff.Child("OU", "Berlin")
			shown := r.open(berlin)
			d.Forget()
			r.run(r.Seek(shown, berlin.Child("CN", "Nobody")))
			if warning := r.reports[len(r.reports)-1].Warning; warning != "Nobody is not in Berlin: all 8 objects were read." {
				t.Errorf("%q is said", warning)
			}
			if n := len(d.Requests()); n != 0 {
				t.Errorf("%d requests for what was read already", n)
			}
		})
	}
}

func TestEscSaysHowToGoOn(t *testing.T) {
	r := newRig(t, uitest.NewDirectory())
	r.start(r.Open(at(large), loader.Intent{}))
	if r.Activity() != "opening Large" || !r.IsStoppable() {
		t.Fatalf("%q is under way", r.Activity())
	}
	again := r.Stop(nil)
	if again == nil || r.IsBusy() {
		t.Fatal("it goes on, or there is no way back")
	}
	r.run(again())
	if r.arrived().Place.Name() != "Large" {
		t.Error("doing it again opens something else")
	}
}

func TestTheTreeIsOpenedDownToAContainer(t *testing.T) {
	d := uitest.NewDirectory()
	r := newRig(t, d)
	berlin := staff.Child("OU", "Berlin")
	r.run(r.Tree.Reveal(berlin))
	if got := r.Tree.Nodes.Cursor().DN; !got.Equal(berlin) {
		t.Errorf("the tree's cursor is on %s", got)
	}
}

func TestTheTreeLearnsFromRowsThatWereRead(t *testing.T) {
	r := newRig(t, uitest.NewDirectory())
	r.run(r.Tree.Load(r.Tree.Nodes.Root()))
	r.open(staff)
	n := r.Tree.Nodes.Find(staff)
	if n == nil || n.State != tree.Ready || r.Tree.Nodes.Find(staff.Child("OU", "Kyiv")) == nil {
		t.Error("the containers among the rows are not in the tree")
	}
}

func TestANodeWhoseReadingWasStoppedCanBeReadAgain(t *testing.T) {
	r := newRig(t, uitest.NewDirectory())
	root := r.Tree.Nodes.Root()
	r.start(r.Tree.Load(root))
	r.Stop(nil)
	for r.step() {
	}
	if root.State != tree.Unread {
		t.Errorf("its state is %d", root.State)
	}
}

// described is a backend that tells more of an object.
type described struct {
	*uitest.Directory
	asked []models.DN
	err   error
}

func (d *described) Get(_ context.Context, ref models.Ref) (models.Object, error) {
	d.asked = append(d.asked, ref.DN)
	return models.Object{DN: ref.DN, Description: "in full"}, d.err
}

func TestOnlyTheObjectOnWhichTheCursorRestsIsAskedFor(t *testing.T) {
	d := &described{Directory: uitest.NewDirectory()}
	r := newRig(t, d)
	a, b := &models.Object{DN: "CN=a," + uitest.Base}, &models.Object{DN: "CN=b," + uitest.Base}
	r.run(r.Objects.Describe(a))
	r.run(r.Objects.Describe(b))
	for _, msg := range r.timers {
		r.take(msg)
	}
	r.run(nil)
	if len(d.asked) != 1 || d.asked[0] != b.DN {
		t.Errorf("%v were asked for", d.asked)
	}
	if full, reading, err := r.Objects.Described(b); full.Description != "in full" || reading || err != nil {
		t.Errorf("%+v, %v, %v", full, reading, err)
	}
	if full, _, _ := r.Objects.Described(a); full != a {
		t.Error("the row of another object is described by it")
	}
}

func TestAnObjectThatCannotBeDescribedSaysWhy(t *testing.T) {
	d := &described{Directory: uitest.NewDirectory(), err: errors.New("no")}
	r := newRig(t, d)
	o := &models.Object{DN: "CN=a," + uitest.Base}
	r.run(r.Objects.Describe(o))
	r.take(r.timers[0])
	r.run(nil)
	if _, reading, err := r.Objects.Described(o); reading || !errors.Is(err, d.err) {
		t.Errorf("reading %v, %v", reading, err)
	}
	if f := r.failed(); f == nil || f.What != "" {
		t.Errorf("%+v is said at the foot", f)
	}
}

func TestANameIsContainerOrObject(t *testing.T) {
	r := newRig(t, uitest.NewDirectory())
	r.run(r.Objects.Find(staff.Child("OU", "Kyiv")))
	r.run(r.Objects.Find(staff.Child("CN", "Somebody")))
	if a, b := r.reports[0].Target, r.reports[1].Target; a == nil || !a.Container || b == nil || b.Container {
		t.Errorf("%+v, %+v", a, b)
	}
}

// Rows are sorted beside the loop; of two orders that are asked for, the last
// one holds.
func TestTheLastOrderThatIsWantedHolds(t *testing.T) {
	r := newRig(t, streaming())
	shown := r.open(large)
	shown.Wanted.Column, shown.Wanted.Descending = rows.ByName, true
	r.start(r.Rearrange(shown))
	shown.Wanted.Descending = false
	reordered := 0
	shown.OnChange = func(again bool) {
		if again {
			reordered++
		}
	}
	r.run(r.Rearrange(shown))
	if got := shown.List.At(0).Name; got != "User 00000" || reordered != 1 {
		t.Errorf("%s is first after %d orders", got, reordered)
	}
}
