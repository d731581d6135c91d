// Package browse is the page on which a directory is walked: the tree, the
// table, the details, and the commands that fill them.
package browse

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/prompt"
	"dirdesk/ui/tree"
)

// Env is what the page works with.
type Env struct {
	Context context.Context //nolint:containedctx // the program's own, parent of every command's
	Backend desk.Backend
	Keys    keymap.Map
	Now     func() time.Time
	Zone    *time.Location
	// Later sends a message after a while: tea.Tick in the program, at the
	// test's word in tests.
	Later func(time.Duration, tea.Msg) tea.Cmd
	// Badges are words at the right of the header: "DEMO".
	Badges []string
	// Door is what the page is told about changes.
	Door Door
}

// LostMsg says that the connection is gone for good and that somebody has to
// sign in again.
type LostMsg struct{ Err error }

// pane is what has the keys.
type pane uint8

const (
	treePane pane = iota
	tablePane
	detailsPane
)

// Page is the page.
type Page struct {
	env      Env
	keys     keymap.Keys
	width    int
	height   int
	focus    pane
	info     models.DirectoryInfo
	topKey   string // of the domain's DN
	started  bool   // the domain is known
	tree     *tree.Tree
	shown    *container // on the screen; nil before the first
	coming   *opening   // on its way to the screen
	history  history
	advanced bool
	tasks    tasks

	revealing models.DN // container that the tree is opened down to
	followed  int       // counts moves in the tree, to act on the last only
	byFollow  bool      // the shown container came by moving in the tree

	details detailsState
	status  status
	retry   func() tea.Cmd   // does again what failed
	trouble error            // what failed, for reading in full
	said    []models.Message // what the server said of the last change

	ask     prompting
	sheet   *sheet
	spin    int // pictures of the spinner shown since something started
	ticking bool
	layout  layout
}

// New makes the page. Init starts it.
func New(env Env) *Page {
	return &Page{env: env, keys: env.Keys.In(keymap.Page), focus: tablePane}
}

// Init asks the directory what it is.
func (p *Page) Init() tea.Cmd { return batch(p.askInfo(), p.settle()) }

// Resume goes on over a new connection after the old one was lost: what failed
// is done again, everything else stays.
func (p *Page) Resume(backend desk.Backend) tea.Cmd {
	p.cancelOpening()
	if p.shown != nil {
		p.leave(p.shown)
	}
	for _, t := range p.tasks.running {
		t.cancel()
	}
	p.tasks.running = nil
	p.details.forget()
	p.env.Backend = backend
	p.say(toneGood, "Signed in again.")
	var cmd tea.Cmd
	if p.retry != nil {
		retry := p.retry
		p.retry = nil
		cmd = retry()
	}
	return batch(cmd, p.settle())
}

type infoMsg struct {
	task int
	info models.DirectoryInfo
	err  error
}

func (p *Page) askInfo() tea.Cmd {
	t, ctx := p.tasks.start(p.env.Context, "asking for the domain")
	backend := p.env.Backend
	return func() tea.Msg {
		info, err := backend.Info(ctx)
		return infoMsg{t.id, info, err}
	}
}

func (p *Page) onInfo(msg infoMsg) tea.Cmd {
	p.tasks.end(msg.task)
	if msg.err != nil {
		return p.fail("Could not ask for the domain", msg.err, p.askInfo)
	}
	p.info, p.topKey = msg.info, msg.info.BaseDN.Key()
	if p.started {
		return nil
	}
	p.started = true
	realm := msg.info.Realm
	if realm == "" {
		realm = msg.info.BaseDN.Realm()
	}
	p.tree = tree.New(msg.info.BaseDN, realm)
	p.tree.SetOpen(p.tree.Root(), true)
	return batch(p.loadChildren(p.tree.Root()), p.open(msg.info.BaseDN, openOptions{quiet: p.status.text != ""}))
}

// Realm is the domain's name, empty until it is known.
func (p *Page) Realm() string { return p.info.Realm }

// Typing reports whether the page takes keys as text.
func (p *Page) Typing() bool { return p.ask.line != nil || p.ask.choosing || p.sheet != nil }

// Busy reports whether anything is on its way.
func (p *Page) Busy() bool { return len(p.tasks.running) > 0 || p.env.Door.activity() != "" }

// prompting is a question at the foot of the page.
type prompting struct {
	line     *prompt.Prompt
	kind     promptKind
	wrong    string // what is wrong with the text; stays until it is changed
	choosing bool   // what to copy
}
