package navigation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk/filter"
	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/tree"
	"dirdesk/ui/uitest"
)

// rig is a navigation in a domain whose containers have five people each.
type rig struct {
	*navigation.Navigation
	timers []tea.Msg
}

func newRig() *rig {
	r := &rig{}
	r.Navigation = navigation.New(func(_ time.Duration, msg tea.Msg) tea.Cmd {
		r.timers = append(r.timers, msg)
		return nil
	})
	r.Tree = tree.New(uitest.Base, "corp.example.test")
	r.Tree.SetOpen(r.Tree.Root(), true)
	r.Tree.SetChildren(r.Tree.Root(), []models.Object{
		uitest.Container("OU", uitest.Base, "A"), uitest.Container("OU", uitest.Base, "B"),
	}, false)
	return r
}

func ou(name string) models.DN { return uitest.Base.Child("OU", name) }

func person(dn models.DN, i int) models.DN { return dn.Child("CN", fmt.Sprint("p", i)) }

// read is a container as it was read now.
func read(dn models.DN, people int) *loader.Rows {
	r := loader.NewRows(place.Container(dn, uitest.Base), models.About{Seekable: true})
	page := models.Page{Total: people}
	for i := range people {
		page.Objects = append(page.Objects, uitest.Person(dn, fmt.Sprint("p", i), fmt.Sprint("p", i)))
	}
	r.List.Add(page)
	r.ReadAt = uitest.Now()
	return r
}

func (r *rig) visit(dn models.DN) {
	r.Arrive(navigation.NewView(read(dn, 5)), loader.Intent{})
	r.Shown.Table.SetRoom(10)
}

// travel goes to a step as the page does where its rows are fresh.
func (r *rig) travel(t *testing.T, s *navigation.Step, how loader.How) {
	t.Helper()
	v := s.Fresh(uitest.Now())
	if v == nil {
		t.Fatalf("%s has to be read", s.Place.Name())
	}
	r.Arrive(v, s.Intent(how))
}

func (r *rig) where() string { return r.Shown.Place.Name() + " " + r.Shown.Object().Name }

func TestBackAndForwardKeepTheCursor(t *testing.T) {
	r := newRig()
	r.visit(ou("A"))
	r.Shown.Table.MoveTo(3)
	r.visit(ou("B"))
	r.travel(t, r.Before(), loader.Back)
	if r.where() != "A p3" {
		t.Errorf("back leads to %s", r.where())
	}
	r.travel(t, r.After(), loader.Forward)
	if r.where() != "B p0" || r.After() != nil {
		t.Errorf("forward leads to %s", r.where())
	}
	r.travel(t, r.Before(), loader.Back)
	r.visit(ou("C"))
	if r.After() != nil {
		t.Error("a new step leaves a way forward")
	}
}

func TestOldRowsAreReadAnew(t *testing.T) {
	r := newRig()
	r.visit(ou("A"))
	r.visit(ou("B"))
	if r.Before().Fresh(uitest.Now().Add(time.Minute)) == nil {
		t.Error("rows of a minute ago are not fresh any more")
	}
	if r.Before().Fresh(uitest.Now().Add(time.Minute+time.Second)) != nil {
		t.Error("old rows are shown as they were")
	}
	r.Outdate(ou("B"))
	if r.Before().Fresh(uitest.Now()) == nil {
		t.Error("a change elsewhere outdates the rows")
	}
	r.Outdate(ou("A"))
	if r.Before().Fresh(uitest.Now()) != nil {
		t.Error("rows that were changed are shown as they were")
	}
}

func TestFewOfManyStepsKeepTheirRows(t *testing.T) {
	r := newRig()
	for i := range 200 {
		r.visit(ou(fmt.Sprint("O", i)))
	}
	steps, fresh := 0, 0
	for s := r.Before(); s != nil; s = r.Before() {
		steps++
		if s.Fresh(uitest.Now()) != nil {
			fresh++
		}
		r.Drop(s.Place)
	}
	if steps != 100 || fresh != 6 {
		t.Errorf("%d steps are kept, %d of them with rows", steps, fresh)
	}
}

func TestFollowingTheTreeIsOneStep(t *testing.T) {
	r := newRig()
	r.visit(ou("A"))
	for _, name := range []string{"B", "C", "D"} {
		r.Arrive(navigation.NewView(read(ou(name), 5)), loader.Intent{How: loader.Follow})
	}
	if got := r.Before().Place.Name(); got != "A" {
		t.Errorf("back leads to %s, which nobody opened", got)
	}
}

func TestReadingAnewKeepsCursorMarksAndHistory(t *testing.T) {
	r := newRig()
	r.visit(ou("A"))
	r.Shown.Table.MoveTo(2)
	r.Shown.Mark()
	narrow, err := filter.Parse("p", models.AccountClock(time.Now(), time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	r.Shown.Wanted.Narrow = narrow
	anew := r.Shown.Anew()
	fresh := read(ou("A"), 5)
	fresh.List.Add(models.Page{Total: 6, Objects: []models.Object{uitest.Person(ou("A"), "new", "new")}})
	fresh.List.Add(models.Page{Offset: 1, Total: 6, Objects: objects(read(ou("A"), 5))})
	r.Arrive(navigation.NewView(fresh), anew)
	if r.where() != "A p3" || r.Shown.Table.Cursor() != 4 {
		t.Errorf("the cursor is on %s, row %d", r.where(), r.Shown.Table.Cursor())
	}
	if r.Shown.Marked() != 1 || !r.Shown.IsNarrowed() || r.Before() != nil {
		t.Error("marks, narrowing or history are others")
	}
}

func TestTheCursorFollowsWhatComesIn(t *testing.T) {
	r := newRig()
	r.visit(ou("A"))
	r.Shown.Table.MoveTo(1)
	r.Shown.List.Add(models.Page{Total: 6, Objects: []models.Object{uitest.Person(ou("A"), "new", "new")}})
	r.Shown.List.Add(models.Page{Offset: 1, Total: 6, Objects: objects(read(ou("A"), 5))})
	r.Shown.OnChange(false)
	if r.where() != "A p1" {
		t.Errorf("the cursor is on %s", r.where())
	}
}

func objects(r *loader.Rows) []models.Object {
	var all []models.Object
	for i := range r.List.Len() {
		all = append(all, *r.List.At(i))
	}
	return all
}

func TestMarksAreWhatAChangeIsAbout(t *testing.T) {
	r := newRig()
	r.visit(ou("A"))
	if got := r.Subjects(); len(got) != 1 || got[0].Name != "p0" {
		t.Errorf("without marks it is about %v", got)
	}
	r.Shown.Mark()
	r.Shown.Table.MoveTo(3)
	r.Shown.Mark()
	names := func() []string {
		var all []string
		for _, o := range r.Subjects() {
			all = append(all, o.Name)
		}
		return all
	}
	if got := names(); !slices.Equal(got, []string{"p0", "p3"}) || r.Subject().Name != "p4" {
		t.Errorf("it is about %v, with the cursor on %s", got, r.Subject().Name)
	}
	r.Focus = navigation.TreePane
	if got := names(); !slices.Equal(got, []string{"corp.example.test"}) {
		t.Errorf("from the tree it is about %v", got)
	}
	r.Focus = navigation.TablePane
	r.visit(ou("B"))
	r.Unmark(person(ou("A"), 0))
	r.travel(t, r.Before(), loader.Back)
	if got := names(); !slices.Equal(got, []string{"p3"}) {
		t.Errorf("after one was changed it is about %v", got)
	}
	if n := r.Shown.UnmarkAll(); n != 1 || r.Shown.Marked() != 0 {
		t.Errorf("%d marks were taken away", n)
	}
}

func TestARenameIsFollowedEverywhere(t *testing.T) {
	r := newRig()
	inner := ou("A").Child("OU", "Inner")
	r.visit(inner)
	r.Shown.Table.MoveTo(2)
	r.visit(ou("A"))
	r.Shown.Mark()
	if !r.Rename(ou("A"), ou("Z")) {
		t.Error("the shown place does not say that it has another name")
	}
	if got := r.Subjects()[0].DN; got != person(ou("Z"), 0) {
		t.Errorf("the mark is on %s", got)
	}
	back := r.Before()
	if got := back.Place.Container(); got != ou("Z").Child("OU", "Inner") || back.Fresh(uitest.Now()) != nil {
		t.Errorf("back leads to %s", got)
	}
	if got := back.Intent(loader.Back).Cursor; got != person(ou("Z").Child("OU", "Inner"), 2) {
		t.Errorf("with the cursor on %s", got)
	}
	if r.Rename(ou("Q"), ou("R")) {
		t.Error("the shown place follows what it is not below")
	}
}

func TestHereIsWhereSomethingNewGoes(t *testing.T) {
	r := newRig()
	if got := r.Here().DN; got != uitest.Base {
		t.Errorf("before anything is open it is %s", got)
	}
	r.visit(ou("B"))
	if here := r.Here(); here.DN != ou("B") || here.Category != models.OrganizationalUnit {
		t.Errorf("%+v", here)
	}
	r.Focus = navigation.TreePane
	r.Tree.Move(1)
	if got := r.Here().DN; got != ou("A") {
		t.Errorf("in the tree it is %s", got)
	}
}

func TestAnEmptyContainerIsItsOwnSubject(t *testing.T) {
	r := newRig()
	r.Arrive(navigation.NewView(read(ou("A"), 0)), loader.Intent{})
	if o := r.Subject(); o == nil || o.DN != ou("A") || len(r.Subjects()) != 0 {
		t.Errorf("%+v, %v", o, r.Subjects())
	}
}

func TestTheTableFollowsTheTreeOnlyAtRest(t *testing.T) {
	r := newRig()
	r.Focus = navigation.TreePane
	r.MoveTree(1)
	r.MoveTree(1)
	rested := func(i int) bool { return r.Rested(r.timers[i].(navigation.RestedMsg)) }
	if rested(0) || !rested(1) {
		t.Error("it follows a move that was not the last, or not the last one")
	}
	r.Settle()
	if rested(1) {
		t.Error("it follows although something was opened since")
	}
	r.MoveTree(-1)
	r.Focus = navigation.TablePane
	if rested(2) {
		t.Error("it follows although the tree has not the keys any more")
	}
}

func TestFoldingGoesToTheParent(t *testing.T) {
	r := newRig()
	r.Focus = navigation.TreePane
	r.Tree.Move(2)
	r.Fold()
	if got := r.Tree.Cursor(); got != r.Tree.Root() || !got.Open() {
		t.Errorf("the cursor is on %s", got.Name)
	}
	r.Fold()
	if r.Tree.Root().Open() || r.WhyNot("go.left") != "this is the top" {
		t.Error("the top is not folded, or there is something above it")
	}
}
