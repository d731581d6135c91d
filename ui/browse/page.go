// Package browse is the page on which a directory is walked: the tree, the
// table and the details. What it shows is read by package loader, and where the
// person stands is kept by package navigation; the page draws, takes messages to
// whom they concern, and makes actions of both.
package browse

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/internal/english"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/navigation"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/message"
)

// Env is what the page works with.
type Env struct {
	loader.Options
	Keys   keymap.Map
	Zone   *time.Location
	Badges []string // words at the right of the header: "DEMO"
	Hooks  Hooks    // what the page is told about changes
	Copies *clipboard.Clipboard
}

// state is what the parts of the page share.
type state struct {
	env    Env
	keys   keymap.Keys
	load   *loader.Loader
	nav    *navigation.Navigation
	info   models.DirectoryInfo
	layout layout
	foot   foot
	ask    prompting
	sheet  *sheet
	spin   int              // pictures of the spinner shown since something started
	heard  int              // of those, when something came last
	recent []bookmarks.Mark // people of this session, the last first
}

// Page is the page.
type Page struct {
	*state
	walk    walk
	typing  typing
	pointer pointer
	ticking bool
}

// New makes the page. Init starts it.
func New(env Env) *Page {
	nav := navigation.New(env.Later)
	s := &state{
		env: env, keys: env.Keys.In(keymap.Page), nav: nav, layout: layout{nav: nav},
		load: loader.New(env.Options),
	}
	nav.AnyKind = s.load.Backend != nil && s.load.Backend.About().AnyKind
	w := walk{s}
	return &Page{state: s, walk: w, typing: typing{w}, pointer: pointer{w}}
}

// Init asks the directory what it is.
func (p *Page) Init() tea.Cmd { return tea.Batch(p.load.Objects.AskDomain(), p.settle()) }

// Resume goes on over a new connection: what failed is done again.
func (p *Page) Resume(backend desk.Backend) tea.Cmd {
	p.load.Reconnect(backend, p.rows())
	p.say(message.Good, "Signed in again.")
	var cmd tea.Cmd
	if retry := p.foot.retry; retry != nil {
		p.foot.retry = nil
		cmd = retry()
	}
	return tea.Batch(cmd, p.settle())
}

// Info is what is known of the domain.
func (s *state) Info() models.DirectoryInfo { return s.info }

// Navigation is where the person stands.
func (s *state) Navigation() *navigation.Navigation { return s.nav }

// Subject is what the person calls that which a change would be about; "" for
// nothing.
func (s *state) Subject() string {
	switch about := s.nav.Subjects(); len(about) {
	case 0:
		return ""
	case 1:
		return cmp.Or(about[0].Name, place.Name(about[0].DN))
	default:
		return english.Count(len(about), "marked object")
	}
}

// Typing reports whether the page takes keys as text.
func (s *state) Typing() bool { return s.ask.kind != 0 || s.sheet != nil }

// Update takes every message but keys that run actions; those come to [Page.Press].
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case navigation.RestedMsg:
		cmd = p.walk.follow(msg)
	case findDueMsg:
		cmd = p.typing.due(msg)
	case spinMsg:
		p.ticking = false
		p.spin++
	case tea.KeyPressMsg, tea.PasteMsg:
		if !p.covered() { // else nobody has seen what stands below
			p.foot.pressed()
		}
		cmd = p.typing.take(msg)
	case tea.MouseMsg:
		cmd = p.pointer.take(msg)
	case clipboard.Copied:
		p.copied(msg)
	default:
		report, mine := p.load.Update(msg)
		if !mine {
			return nil
		}
		p.heard = p.spin
		cmd = p.took(report)
	}
	return tea.Batch(cmd, p.settle())
}

// took acts on what an answer led to.
func (p *Page) took(r loader.Report) tea.Cmd {
	cmds := []tea.Cmd{r.Next}
	switch {
	case r.Target != nil && r.Failed != nil && p.typing.mend(*r.Target, r.Failed.Err):
	case r.Failed != nil:
		if r.Failed.Gone != nil {
			p.nav.Drop(r.Failed.Gone)
		}
		if r.Failed.Anew { // the cursor may stand elsewhere by then
			r.Failed.Again = p.walk.readShown
		}
		cmds = append(cmds, p.fail(r.Failed))
		if p.ask.kind == seeking {
			p.ask.wrong = p.foot.text
		}
	case r.Target != nil:
		cmds = append(cmds, p.walk.arriveAt(*r.Target))
	case r.Domain != nil:
		cmds = append(cmds, p.meet(*r.Domain))
	}
	if r.Arrived != nil {
		cmds = append(cmds, p.walk.arrive(navigation.NewView(r.Arrived.Rows), r.Arrived.Intent))
	}
	if r.Found != nil {
		cmds = append(cmds, p.walk.show(r.Found))
	}
	if r.Warning != "" {
		p.say(message.Warning, r.Warning)
	}
	return tea.Batch(cmds...)
}

// meet opens the top of the domain once it is known.
func (p *Page) meet(info models.DirectoryInfo) tea.Cmd {
	p.info = info
	if p.started() {
		return nil
	}
	p.nav.Tree = p.load.Tree.Plant(info)
	p.offerLast()
	return tea.Batch(p.load.Tree.Load(p.nav.Tree.Root()), p.open(info.BaseDN, loader.Intent{Quiet: p.foot.text != ""}))
}

// Press runs the action that a key stands for. It reports whether there is
// one; one that cannot run now says why at the foot.
func (p *Page) Press(key string) (tea.Cmd, bool) {
	p.foot.pressed()
	a, ok := action.Find(p.Actions(), key)
	if !ok {
		return nil, false
	}
	if a.ID == "view.escape" && a.Unavailable != "" {
		return nil, true // where nothing is to be left, it does no harm
	}
	return p.Do(a), true
}

// Do runs an action, or says why it cannot.
func (p *Page) Do(a action.Action) tea.Cmd {
	if a.Unavailable != "" {
		p.say(message.Warning, english.Own(a.Name).Capital()+": "+a.Unavailable+".")
		return nil
	}
	return tea.Batch(a.Run(), p.settle())
}

// spinEvery is the pace of the spinner, slow enough for a thin line.
const spinEvery = 150 * time.Millisecond

type spinMsg struct{}

// settle starts whatever the page lacks; it is looked at after every message.
func (p *Page) settle() tea.Cmd {
	if !p.isBusy() {
		p.spin, p.heard = 0, 0
	}
	p.arrangePanes()
	p.typing.keepBest()
	cmds := []tea.Cmd{p.tick(), p.env.Hooks.Settled()}
	if v := p.nav.Shown; v != nil {
		cmds = append(cmds, p.load.Fill(v.Rows, v.Window()), p.load.Freshen(v.Rows))
		if p.isPerson() {
			cmds = append(cmds, p.tellPerson())
		} else if p.layout.detailsShown() {
			cmds = append(cmds, p.load.Objects.Describe(v.Object()))
		}
	}
	return tea.Batch(cmds...)
}

// tick turns the spinner while something runs: an idle screen sends nothing.
func (p *Page) tick() tea.Cmd {
	if p.ticking || !p.isBusy() {
		return nil
	}
	p.ticking = true
	return p.env.Later(spinEvery, spinMsg{})
}

// Resize tells the page its room.
func (p *Page) Resize(width, height int) tea.Cmd {
	p.layout.width, p.layout.height = width, height
	return p.settle()
}

// Wake lets the page look at what has changed outside it.
func (p *Page) Wake() tea.Cmd { return p.settle() }

// GoTo goes to an object, wherever in the domain it is.
func (p *Page) GoTo(dn models.DN) tea.Cmd {
	if !dn.Equal(p.info.BaseDN) && !dn.IsBelow(p.info.BaseDN) {
		p.say(message.Warning, place.Name(dn)+" is in another domain: "+string(dn)+".")
		return nil
	}
	return tea.Batch(p.walk.goTo(dn), p.settle())
}

// started reports whether the domain is known.
func (s *state) started() bool { return s.nav.Tree != nil }

// open reads a container and shows it once its first page is here.
func (s *state) open(container models.DN, intent loader.Intent) tea.Cmd {
	return s.load.Open(place.Container(container, s.info.BaseDN), intent)
}

// rows are those on the screen; nil for none.
func (s *state) rows() *loader.Rows {
	if s.nav.Shown == nil {
		return nil
	}
	return s.nav.Shown.Rows
}

// isBusy reports whether anything is on its way.
func (s *state) isBusy() bool { return s.load.IsBusy() || s.env.Hooks.Activity() != "" }
