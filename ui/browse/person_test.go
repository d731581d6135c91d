package browse_test

import (
	"context"
	"errors"
	"flag"
	"iter"
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/uitest"
)

// told is a directory that tells all of one object, and asks two controllers, one
// after the other.
type told struct {
	*uitest.Directory
	until time.Time // when a lock opens by itself
	fails error     // of reading somebody
}

func (d *told) Get(ctx context.Context, ref models.Ref) (models.Object, error) {
	if d.fails != nil {
		return models.Object{}, d.fails
	}
	for page, err := range d.List(ctx, models.ListRequest{Base: ref.DN.Parent()}) {
		if err != nil {
			return models.Object{}, err
		}
		for _, o := range page.Objects {
			if o.DN.Equal(ref.DN) {
				o.Locked = models.Yes
				o.Account = &models.Account{
					MustChangePassword: models.No, PasswordSet: uitest.Now(), LockedSince: uitest.Now(), LockedUntil: d.until, Members: -1,
					MemberOf: []models.DN{"CN=Printers,DC=x"},
					Logon:    &models.Logon{Told: models.Yes, Smartcard: models.No, Protected: models.No, NeverSet: models.No, BadTries: 5},
					Contact:  &models.Contact{Title: "Clerk", Manager: models.DN("CN=Lee\\, Sam," + string(ref.DN.Parent()))},
				}
				return o, nil
			}
		}
	}
	return models.Object{}, models.ErrNotFound
}

func (d *told) EachController(context.Context, models.Ref) iter.Seq2[[]models.AtController, error] {
	rows := []models.AtController{{Host: "north", PDC: true, Waiting: true, BadTries: -1}, {Host: "south", Waiting: true, BadTries: -1}}
	return func(yield func([]models.AtController, error) bool) {
		for i := range len(rows) + 1 {
			if i > 0 {
				rows[i-1].Waiting, rows[i-1].Locked, rows[i-1].BadTries = false, models.Yes, 5
			}
			if !yield(append([]models.AtController{}, rows...), nil) {
				return
			}
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

func TestThePageOfAPersonLooksLikeThis(t *testing.T) {
	for name, o := range map[string]uitest.Options{
		"person-80x24.txt": {}, "person-160x48.txt": {Width: 160, Height: 48}, "person-40x12.txt": {Width: 40, Height: 12},
		"person-ascii.txt": {Theme: theme.Options{ASCII: true}},
	} {
		o.Backend = &told{Directory: uitest.NewDirectory()}
		s := uitest.Berlin(t, o)
		s.Press("enter")
		s.Fire()
		s.Fire()
		uitest.Golden(t, name, s.Plain(), *update)
	}
	for name, light := range map[string]bool{"person-dark.ansi": false, "person-light.ansi": true} {
		s := uitest.Berlin(t, uitest.Options{Backend: &told{Directory: uitest.NewDirectory()}, Light: light})
		s.Press("enter")
		s.Fire()
		s.Fire()
		uitest.Golden(t, name, s.Raw()+"\n", *update)
	}
}

// A cause that is long takes the room of its label: when a lock opens is not cut.
func TestACauseIsReadWhole(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{Backend: &told{Directory: uitest.NewDirectory(), until: uitest.Now().Add(30 * time.Minute)}})
	s.Press("enter")
	s.Fire()
	s.Fire()
	s.Shows("locked since 12:00, after 5 wrong passwords, opens in 30 min", "U not here")
}

// What could not be read is no word of the server's.
func TestAPersonWhoCannotBeReadIsNotToldOf(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{Backend: &told{Directory: uitest.NewDirectory(), fails: errors.New("the line is cut")}})
	s.Press("enter")
	s.Fire()
	s.Fire()
	s.Shows("Title        not read", "Policy       not read")
	s.Hides("not told by")
}

// What was known stays on the screen while the person is read anew.
func TestReadingAPersonAnewMovesNothing(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{Backend: &told{Directory: uitest.NewDirectory()}, Height: 60})
	s.Press("enter")
	s.Fire()
	s.Fire()
	before := s.Line("south")
	s.Hold()
	s.Press("r")
	for s.Step() {
		if got := s.Line("south"); got != before {
			t.Fatalf("the line was %q and is %q", before, got)
		}
		s.Shows("They cannot log on", "Clerk")
	}
}

var _ desk.ControllerReader = (*told)(nil)

func TestEnterOpensAPersonAndEscGoesBack(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{Backend: &told{Directory: uitest.NewDirectory()}})
	s.Hold()
	s.Press("enter")
	s.Shows("Anna Schmidt", "+49 30 5550142", "Nothing that is known keeps them out") // what the row knew, at once
	s.Release()
	s.Fire()
	s.Shows("They cannot log on", "locked since 12:00, after 5 wrong passwords", "Clerk", "H opens")
	s.Press("G")
	s.Shows("Printers", "PDC          north", "locked, 5 wrong passwords")
	s.Press("/")
	s.Says("this is the page of one person")
	s.Press("esc")
	s.Under("Anna Schmidt")
	s.Press("]")
	s.Fire()
	s.Shows("They cannot log on")
	s.Press("backspace")
	s.Under("Anna Schmidt")
	s.Press("enter")
	s.Fire()
	s.Press("H")
	s.Shows("Lee, Sam ─")
	s.Press("[")
	s.Shows("─ Staff › Berlin › Anna Schmidt")
}

// Each answer that comes later leaves every line that was there before in its place.
func TestNoLateAnswerMovesALine(t *testing.T) {
	s := uitest.Berlin(t, uitest.Options{Backend: &told{Directory: uitest.NewDirectory()}, Width: 80, Height: 60})
	s.Hold()
	s.Press("enter")
	s.Fire()
	labels := func() map[string]int {
		at := map[string]int{}
		for i, line := range strings.Split(s.Text(), "\n") {
			for _, label := range []string{"Telephone", "Logon name", "Manager", "Account ends", "Last logon", "Domain controllers", "north", "south", "1 group"} {
				if strings.Contains(line, label) {
					at[label] = i
				}
			}
		}
		return at
	}
	before := labels()
	for s.Step() {
		now := labels()
		for label, line := range before {
			if now[label] != line {
				t.Fatalf("%q went from line %d to line %d:\n%s", label, line, now[label], s.Text())
			}
		}
		before = now
		s.Fire()
	}
	if before["south"] == 0 {
		t.Errorf("the controllers are not there:\n%s", s.Text())
	}
}
