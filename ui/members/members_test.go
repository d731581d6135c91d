package members_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/test/modeltest"
	"dirdesk/theme"
	"dirdesk/ui/members"
	"dirdesk/ui/message"
)

const people models.DN = "OU=People,DC=example,DC=test"

// group is one whose members a test decides on.
type group struct {
	direct, all []models.DN
	err         error
	primary     []models.DN
	asked       []bool
}

func (g *group) read(_ context.Context, indirect bool) (models.Members, error) {
	g.asked = append(g.asked, indirect)
	all := models.Members{DNs: g.direct, Primary: map[string]bool{}}
	if indirect {
		all.DNs = g.all
	}
	for _, dn := range g.primary {
		all.Primary[dn.Key()] = true
	}
	return all, g.err
}

func start(t *testing.T, g *group, change ...func(*members.Options)) *modeltest.Driver {
	t.Helper()
	th := theme.New(theme.Options{})
	o := members.Options{
		Context: t.Context(), Group: models.Object{DN: people.Child("CN", "Sales"), Name: "Sales"}, Read: g.read,
		Theme: &th, Keys: keymap.Default(), Width: 80, Height: 24,
	}
	for _, f := range change {
		f(&o)
	}
	m := members.New(o)
	t.Cleanup(m.Close)
	return modeltest.Start(t, m, m.Init())
}

func shows(t *testing.T, d *modeltest.Driver, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.Screen(), text) {
			t.Errorf("%q is not on the screen:\n%s", text, d.Screen())
		}
	}
}

// The members are in the order of their names, and those through other groups
// are asked for only when they are wanted.
func TestLists(t *testing.T) {
	g := &group{
		direct: []models.DN{people.Child("CN", "zoe"), people.Child("CN", "Abe")},
		all:    []models.DN{people.Child("CN", "zoe"), people.Child("CN", "Abe"), people.Child("CN", "Mia")},
	}
	d := start(t, g)
	shows(t, d, "Members of Sales", "2 direct", "OU=People,DC=example,DC=test")
	if s := d.Screen(); strings.Index(s, "Abe") > strings.Index(s, "zoe") {
		t.Errorf("they are not in the order of their names:\n%s", s)
	}
	d.Press("tab")
	shows(t, d, "3 with those through groups", "Mia")
	d.Press("tab", "tab")
	if fmt.Sprint(g.asked) != "[false true]" {
		t.Errorf("asked for %v", g.asked)
	}
	d.Press("j", "enter")
	if went, ok := modeltest.Caught[members.GoTo](d); !ok || went.DN != people.Child("CN", "Mia") {
		t.Errorf("went to %v", went)
	}
}

func TestWhoIsInItByThePrimaryGroupIsMarked(t *testing.T) {
	zoe, abe := people.Child("CN", "zoe"), people.Child("CN", "Abe")
	shows(t, start(t, &group{direct: []models.DN{zoe, abe}, primary: []models.DN{abe}}), "1 direct, 1 by primary group", "(primary)  OU=People")
}

func TestWhatCannotBeToldIsNotAskedFor(t *testing.T) {
	g := &group{all: []models.DN{people.Child("CN", "Mia")}}
	d := start(t, g, func(o *members.Options) { o.WhyDirect = "only all of them can be listed" })
	shows(t, d, "1 with those through groups", "Mia")
	d.Press("tab")
	shows(t, d, "Only all of them can be listed.")
	if len(g.asked) != 1 {
		t.Errorf("asked for %v", g.asked)
	}
}

func TestFailureIsSaidAndTriedAgain(t *testing.T) {
	g := &group{err: &models.Error{Kind: models.ErrUnreachable, Action: "read the members of"}}
	d := start(t, g)
	shows(t, d, "The members could not be read: not reachable.", "r tries again.")
	g.err = nil
	d.Press("r")
	shows(t, d, "0 direct", "Nobody is in this group")
	g.err = &models.Error{Kind: models.ErrSession}
	d.Press("r")
	if lost, ok := modeltest.Caught[message.Lost](d); !ok || !errors.Is(lost.Err, models.ErrSession) {
		t.Error("nobody is asked to sign in again")
	}
}

// Thousands are walked, and every size is filled.
func TestManyAndEverySize(t *testing.T) {
	g := &group{direct: []models.DN{people.Child("CN", "Eve \x1b[31mred\u202E")}}
	for i := range 5000 {
		g.direct = append(g.direct, people.Child("CN", fmt.Sprintf("User %04d", i)))
	}
	d := start(t, g)
	shows(t, d, "5,001 direct")
	if strings.Contains(d.Screen(), "\x1b[31mred") {
		t.Error("a name paints the screen")
	}
	d.Press("G")
	shows(t, d, "User 4999")
	d.Press("g")
	shows(t, d, "Eve", "User 0019")
	d.Press("pgdown", "pgdown")
	shows(t, d, "User 0039")
	for _, size := range [][2]int{{1, 1}, {3, 2}, {20, 5}, {40, 12}, {81, 9}, {200, 60}} {
		o := func(o *members.Options) { o.Width, o.Height = size[0], size[1] }
		lines := strings.Split(start(t, g, o).Screen(), "\n")
		if len(lines) != size[1] {
			t.Errorf("%v: %d lines", size, len(lines))
		}
		for _, line := range lines {
			if n := len([]rune(line)); n != size[0] {
				t.Errorf("%v: a line of %d cells: %q", size, n, line)
			}
		}
	}
}
