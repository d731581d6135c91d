package tree_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/frame"
	"dirdesk/ui/tree"
)

const base models.DN = "DC=example,DC=test"

func ou(parent models.DN, name string) models.Object {
	return models.Object{DN: parent.Child("OU", name), Name: name, Category: models.OrganizationalUnit}
}

// grown is a tree with the domain open: A (with A1 and A2, open), B, and C for
// the advanced view.
func grown() *tree.Tree {
	t := tree.New(base, "example.test")
	t.SetOpen(t.Root(), true)
	hidden := ou(base, "C")
	hidden.AdvancedOnly = models.Yes
	t.SetChildren(t.Root(), []models.Object{ou(base, "A"), ou(base, "B"), hidden, {Name: "a person", Category: models.Person}}, false)
	a := t.Find(base.Child("OU", "A"))
	t.SetOpen(a, true)
	t.SetChildren(a, []models.Object{ou(a.DN, "A1"), ou(a.DN, "A2")}, false)
	return t
}

// sight is what is to be seen, without glyphs.
func sight(t *tree.Tree) []string {
	th := theme.New(theme.Options{ASCII: true})
	var names []string
	for _, line := range t.View(tree.Look{Theme: &th, Spinner: "*"}, &frame.Pane{}, 30, 20) {
		names = append(names, strings.TrimSpace(strings.TrimLeft(ansi.Strip(line), " +-.*")))
	}
	return names
}

func expect(t *testing.T, tr *tree.Tree, want ...string) {
	t.Helper()
	if got := sight(tr); !slices.Equal(got, want) {
		t.Errorf("in sight are %q, want %q", got, want)
	}
}

func TestOnlyContainersOfTheViewAreShown(t *testing.T) {
	tr := grown()
	expect(t, tr, "example.test", "A", "A1", "A2", "B")
	tr.ShowAdvanced(true)
	expect(t, tr, "example.test", "A", "A1", "A2", "B", "C")
}

func TestFoldingTakesTheCursorAlong(t *testing.T) {
	tr := grown()
	tr.MoveTo(tr.Find("ou=a2,ou=a," + base))
	tr.SetOpen(tr.Find(base.Child("OU", "A")), false)
	expect(t, tr, "example.test", "A", "B")
	if tr.Cursor().Name != "A" {
		t.Errorf("the cursor is on %s, want A", tr.Cursor().Name)
	}
}

func TestMoveToOpensTheWay(t *testing.T) {
	tr := grown()
	a1 := tr.Find(base.Child("OU", "A").Child("OU", "A1"))
	tr.SetOpen(tr.Root(), false)
	tr.MoveTo(a1)
	if tr.Cursor() != a1 || !tr.Root().Open() {
		t.Errorf("the cursor is on %s", tr.Cursor().Name)
	}
}

func TestRefreshKeepsWhatWasUnfoldedAndForgetsWhatIsGone(t *testing.T) {
	tr := grown()
	a2 := base.Child("OU", "A").Child("OU", "A2")
	tr.MoveTo(tr.Find(base.Child("OU", "B")))
	tr.SetChildren(tr.Root(), []models.Object{ou(base, "New"), ou(base, "A"), ou(base, "B")}, false)
	expect(t, tr, "example.test", "New", "A", "A1", "A2", "B")
	if tr.Cursor().Name != "B" {
		t.Errorf("the cursor is on %s, want B", tr.Cursor().Name)
	}
	tr.SetChildren(tr.Root(), []models.Object{ou(base, "B")}, false)
	expect(t, tr, "example.test", "B")
	if tr.Find(a2) != nil {
		t.Error("a node below one that is gone can still be found")
	}
}

func TestGlyphsTellTheStates(t *testing.T) {
	th := theme.New(theme.Options{ASCII: true})
	tr := grown()
	tr.SetChildren(tr.Find(base.Child("OU", "B")), nil, false)
	tr.Find(base.Child("OU", "A").Child("OU", "A1")).State = tree.Loading
	tr.Find(base.Child("OU", "A").Child("OU", "A2")).State = tree.Failed
	got := ansi.Strip(strings.Join(tr.View(tree.Look{Theme: &th, Spinner: "*"}, &frame.Pane{}, 30, 20), "\n"))
	for _, want := range []string{"- A ", "* A1", "+ A2 (not read)", ". B"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from\n%s", want, got)
		}
	}
}

func TestSetOpenAsksForChildrenOnce(t *testing.T) {
	tr := tree.New(base, "example.test")
	if !tr.SetOpen(tr.Root(), true) {
		t.Error("opening an unread node does not ask for its children")
	}
	tr.SetChildren(tr.Root(), nil, false)
	tr.SetOpen(tr.Root(), false)
	if tr.SetOpen(tr.Root(), true) {
		t.Error("opening a known node asks for its children again")
	}
}

// The cost of drawing does not grow with the nodes.
func BenchmarkView(b *testing.B) {
	th := theme.New(theme.Options{})
	for _, n := range []int{100, 10_000, 100_000} {
		tr := tree.New(base, "example.test")
		tr.SetOpen(tr.Root(), true)
		objects := make([]models.Object, n)
		for i := range objects {
			objects[i] = ou(base, fmt.Sprint("unit ", i))
		}
		tr.SetChildren(tr.Root(), objects, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tr.Move(1)
				tr.View(tree.Look{Theme: &th}, &frame.Pane{}, 30, 40)
			}
		})
	}
}
