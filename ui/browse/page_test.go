package browse_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/browse"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/message"
	"dirdesk/ui/uitest"
)

// page is the page alone, without the program around it.
type page struct {
	*browse.Page
	t        *testing.T
	window   desk.Window
	writing  string // what is being written
	stopped  int
	reread   []func(models.DN) bool
	remarked models.DN // object of which something waits for approval
}

func newPage(t *testing.T, d *uitest.Directory) *page {
	p := &page{t: t, window: desk.Window{Words: "READ-ONLY"}}
	p.Page = browse.New(browse.Env{
		Options: loader.Options{
			Context: t.Context(), Backend: d, Now: uitest.Now, Later: func(time.Duration, tea.Msg) tea.Cmd { return nil },
		},
		Keys: keymap.Default(), Zone: time.UTC,
		Hooks: browse.Hooks{
			Window: func() desk.Window { return p.window }, Activity: func() string { return p.writing },
			Stop: func() bool { p.stopped++; return true }, Stoppable: func() bool { return p.writing != "" },
			Actions: func() []action.Action { return nil }, Views: func() []action.Action { return nil },
			Cannot: func(models.Action, models.Object) string { return "" },
			Note:   func(*models.Object) string { return "" }, Noted: func() bool { return false },
			Remark:    func(dn models.DN) string { return map[bool]string{true: "sent for approval"}[dn == p.remarked] },
			Settled:   func() tea.Cmd { return nil },
			Reread:    func(read func(models.DN) bool) { p.reread = append(p.reread, read) },
			Bookmarks: func() *bookmarks.Book { return nil }, Recent: func(int) []bookmarks.Mark { return nil },
		},
	})
	p.run(p.Resize(80, 24))
	p.run(p.Init())
	return p
}

// run runs a command and all that it leads to.
func (p *page) run(cmd tea.Cmd) {
	for todo := []tea.Cmd{cmd}; len(todo) > 0; {
		next := todo[0]
		todo = todo[1:]
		if next == nil {
			continue
		}
		msg := next()
		if batch, many := msg.(tea.BatchMsg); many {
			todo = append(todo, batch...)
			continue
		}
		todo = append(todo, p.Update(msg))
	}
}

func (p *page) press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		cmd, ok := p.Press(key)
		if !ok {
			p.t.Fatalf("%s does nothing", key)
		}
		p.run(cmd)
	}
}

func (p *page) text() string {
	th := theme.New(theme.Options{})
	lines := strings.Join(p.View(&th, nil), "\n")
	return strings.Join(strings.Fields(ansi.Strip(lines)), " ")
}

func (p *page) shows(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.text(), text) {
			p.t.Fatalf("%q is not on the page:\n%s", text, p.text())
		}
	}
}

// What became of a change is not hidden by a reading that fails after it, until
// a key is pressed.
func TestAnOutcomeStaysUntilItIsSeen(t *testing.T) {
	d := uitest.NewDirectory()
	p := newPage(t, d)
	d.Fail = func(models.ListRequest) error { return &models.Error{Kind: models.ErrUnreachable} }
	said := []models.Message{{Kind: models.MessageWarning, Text: "The mailbox was not made."}}
	p.run(p.Report(message.Good, "anna: created, verified.", nil, said, true))
	read := func(context.Context, models.DN) (models.Object, error) { return models.Object{}, nil }
	new := desk.Affected{Parents: []models.DN{uitest.Base}, Structure: true, Show: uitest.Base.Child("CN", "anna")}
	p.run(p.Refresh([]desk.Affected{new}, true, read))
	p.shows("anna: created, verified. Could not refresh corp.example.test: not reachable.")
	p.press("!")
	p.shows("Could not refresh", "The mailbox was not made.")
	p.run(p.Update(uitest.Key("esc")))
	p.press("r")
	p.shows("Could not refresh corp.example.test")
	if strings.Contains(p.text(), "created") {
		t.Error("what was seen is said again")
	}
}

func TestEscStopsWritingFirst(t *testing.T) {
	p := newPage(t, uitest.NewDirectory())
	p.press("space")
	p.shows("1 marked")
	p.writing = "Changing 3 objects"
	p.shows("Changing 3 objects, Esc stops")
	p.press("esc")
	if p.shows("Stopping after this one."); p.stopped != 1 {
		t.Errorf("stopped %d times", p.stopped)
	}
	p.writing = ""
	p.press("esc")
	p.shows("Took 1 mark away.")
}

func TestTheHeaderSaysWhatTheDeskSays(t *testing.T) {
	p := newPage(t, uitest.NewDirectory())
	p.shows("READ-ONLY")
	p.window = desk.Window{Words: "CHANGES ALLOWED, 14 min left", Writable: true}
	p.shows("CHANGES ALLOWED, 14 min left")
	p.window = desk.Window{Words: "READ-ONLY", Never: true}
	p.press("space")
	p.shows("this connection is read-only.")
}

func TestAReadingByHandIsTold(t *testing.T) {
	p := newPage(t, uitest.NewDirectory())
	p.press("enter", "r")
	if staff := uitest.Base.Child("OU", "Staff"); len(p.reread) != 1 || !p.reread[0](staff.Child("OU", "x")) || p.reread[0](staff) {
		t.Errorf("%d were told", len(p.reread))
	}
}

func TestDetailsTellWhatWaits(t *testing.T) {
	p := newPage(t, uitest.NewDirectory())
	p.remarked = uitest.Base.Child("OU", "Staff")
	p.run(p.Resize(160, 40))
	p.shows("Approval sent for approval")
	p.press("j")
	if strings.Contains(p.text(), "Approval") {
		t.Error("another object waits too")
	}
}

func TestTheNewObjectIsGoneTo(t *testing.T) {
	d := uitest.NewDirectory()
	p := newPage(t, d)
	d.Add(uitest.Base, uitest.Container("OU", uitest.Base, "Staff"), uitest.Container("OU", uitest.Base, "Zoo"))
	p.run(p.Refresh([]desk.Affected{{
		Parents: []models.DN{uitest.Base}, Structure: true, Containers: true, Show: uitest.Base.Child("OU", "Zoo"),
	}}, true, nil))
	if o := p.Navigation().Subject(); o.Name != "Zoo" {
		t.Errorf("the cursor is on %s", o.Name)
	}
	p.shows("▸ Zoo")
}

func TestAContainerThatIsGoneIsLeft(t *testing.T) {
	d := uitest.NewDirectory()
	p := newPage(t, d)
	p.press("enter")
	staff := uitest.Base.Child("OU", "Staff")
	d.Add(uitest.Base, uitest.Container("OU", uitest.Base, "Large"))
	p.run(p.Refresh([]desk.Affected{{DN: staff, Parents: []models.DN{uitest.Base}, Structure: true, Containers: true}}, true, nil))
	if at := p.Navigation().Shown.Place; at.Container() != uitest.Base {
		t.Errorf("the page shows %s", at.Name())
	}
}
