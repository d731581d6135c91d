// Package ui is the screen: a Bubble Tea program whose root hands every key
// first to what lies on top, then to the page while it takes text, then to the
// page's actions, then to those of the whole program. It knows a directory only
// through package desk and no protocol at all.
package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dirdesk/desk"
	"dirdesk/internal/jobcontrol"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/browse"
	"dirdesk/ui/change"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/connect"
	"dirdesk/ui/forms"
	"dirdesk/ui/journal"
	"dirdesk/ui/lock"
	"dirdesk/ui/members"
	"dirdesk/ui/message"
	"dirdesk/ui/password"
	"dirdesk/ui/terminal"
	"dirdesk/ui/writes"
)

// Root is the whole program's model. Only it makes a tea.View.
type Root struct {
	ctx     context.Context //nolint:containedctx // parent of every command's context
	options Options
	theme   theme.Theme
	keys    keymap.Keys // of the page and the program
	width   int
	height  int
	mouse   bool

	backend desk.Backend
	profile models.Profile // that the connection was made with
	page    *browse.Page   // nil until the first connection
	copies  *clipboard.Clipboard
	lock    *lock.Lock
	writes  *writes.Writes // how changes are made
	signIn  *connect.Model // asks for a connection, alone or over the page
	// signedOut says that nobody knew what opens the lock.
	signedOut bool
	overlay   message.Overlay // help, palette, journal, members or request; nil for none
}

// New makes the root.
func New(ctx context.Context, o Options) *Root {
	if o.Keymap == nil {
		o.Keymap = keymap.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.Local
	}
	if o.Later == nil {
		o.Later = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	// Most terminals are dark; the answer to the question in Init corrects it.
	o.Theme.Dark = o.Background != "light"
	r := &Root{ctx: ctx, options: o, theme: theme.New(o.Theme), keys: o.Keymap.In(keymap.Page), mouse: o.Mouse, profile: o.SignIn.Profile}
	r.lock = lock.New(lock.Options{After: o.IdleLock, Now: o.Now, Later: o.Later})
	r.copies = clipboard.New(o.Clipboard, o.Later)
	r.writes = writes.New(change.Env{
		Context: ctx, Theme: &r.theme, Keys: o.Keymap, Now: o.Now, Zone: o.Zone, Later: o.Later, Copies: r.copies,
	})
	r.signIn = connect.New(connect.Options{
		Connector: o.Connector, SignIn: o.SignIn, Ready: o.Ready, Theme: &r.theme, Keys: o.Keymap, Now: o.Now,
	})
	return r
}

// Init asks the terminal for its background and starts the sign-in.
func (r *Root) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, r.signIn.Init())
}

// Update takes a message to whom it concerns.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && r.lock.Locked() && r.works(key.String(), "app.quit") {
		return r, r.writes.Leave()
	}
	locked := r.lock.Locked()
	if cmd, taken := r.lock.Take(msg); taken {
		if locked && !r.lock.Locked() {
			cmd = tea.Batch(cmd, r.erase())
		}
		return r, cmd
	}
	switch msg := msg.(type) {
	case lock.Locked:
		r.Hide()
		return r, nil
	case lock.SignOut:
		r.signedOut = true
		return r, tea.Quit
	case erasing:
		return r, func() tea.Msg {
			r.options.Erase()
			return nil
		}
	case tea.WindowSizeMsg:
		return r, r.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		if r.options.Background != "dark" && r.options.Background != "light" {
			r.setDark(msg.IsDark())
		}
		return r, nil
	case tea.ModeReportMsg:
		r.measured(msg)
		return r, nil
	case tea.KeyPressMsg:
		return r, r.press(msg)
	case tea.PasteMsg:
		return r, r.paste(msg)
	case tea.MouseMsg:
		if r.signIn == nil && r.overlay == nil && r.page != nil && !r.writes.Flow().Open() {
			return r, r.page.Update(msg)
		}
		return r, nil
	case connect.Opened:
		return r, tea.Batch(r.opened(msg), r.erase())
	case connect.Cancelled:
		return r, r.cancelled()
	case message.Lost:
		return r, r.lost(msg.Err)
	case message.Open:
		return r, r.open(msg)
	case message.Leave:
		return r, r.writes.Leave()
	case message.Closed:
		r.overlay = nil
		return r, nil
	case message.Chosen:
		return r, r.chosen(msg.Action)
	case members.GoTo:
		r.overlay = nil
		return r, r.page.GoTo(msg.DN)
	case journal.Undo:
		r.overlay = nil
	case change.Summed:
		return r, r.summed()
	}
	// What is left are the answers to commands: each knows its own.
	cmds := []tea.Cmd{r.copies.Update(msg)}
	switch msg.(type) {
	case change.Finished, password.Closed, forms.Cancelled:
		cmds = append(cmds, r.erase())
	}
	if r.signIn != nil {
		cmds = append(cmds, r.signIn.Update(msg))
	}
	if r.page != nil {
		cmds = append(cmds, r.page.Update(msg))
	}
	if r.overlay != nil {
		cmds = append(cmds, r.overlay.Update(msg))
	}
	return r, tea.Batch(append(cmds, r.writes.Update(msg))...)
}

// erasing has the memory written over.
type erasing struct{}

// erase has the memory written over once a password is of no more use: when the screen
// without it is drawn, when the connections that carried it have been closed, and once
// more for what took longer.
func (r *Root) erase() tea.Cmd {
	if r.options.Erase == nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, after := range []time.Duration{200 * time.Millisecond, 2 * time.Second, 10 * time.Second} {
		cmds = append(cmds, r.options.Later(after, erasing{}))
	}
	return tea.Batch(cmds...)
}

// summed brings up what became of several objects, unless the person is in the
// middle of something.
func (r *Root) summed() tea.Cmd {
	if flow := r.writes.Flow(); r.overlay == nil && r.signIn == nil && !r.page.Typing() && !flow.Open() && flow.Waiting() != "" {
		return flow.Resume()
	}
	return nil
}

// press takes a key: what lies on top first, then the page while it takes
// text, then the page's actions, then those of the program.
func (r *Root) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	switch {
	case r.works(key, "app.quit") && r.signIn == nil && r.writes.Flow().Open():
		return r.writes.Flow().Update(message.Leave{})
	case r.works(key, "app.quit"):
		return r.writes.Leave()
	case r.works(key, "app.redraw"):
		return tea.ClearScreen
	case jobcontrol.Supported && r.works(key, "app.suspend"):
		return terminal.Suspend
	case r.signIn != nil:
		return r.signIn.Update(msg)
	case r.writes.Flow().Open():
		return r.writes.Flow().Update(msg)
	case r.overlay != nil:
		return r.overlay.Update(msg)
	case r.page == nil:
		return nil
	case r.page.Typing():
		return r.page.Update(msg)
	}
	if cmd, ok := r.page.Press(key); ok {
		return cmd
	}
	if a, ok := action.Find(r.global(), key); ok {
		return r.run(a)
	}
	r.page.Hint(keymap.Spell(key, r.theme.Options.ASCII) + " does nothing here, " + r.keys.Spell("app.help") + " lists the keys.")
	return nil
}

// works reports whether a key runs an action of the program wherever it is
// pressed: letters are text in some places.
func (r *Root) works(key, id string) bool {
	return !keymap.Types(key) && slices.Contains(r.options.Keymap.Keys(id), key)
}

func (r *Root) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case r.signIn != nil:
		return r.signIn.Update(msg)
	case r.writes.Flow().Open():
		return r.writes.Flow().Update(msg)
	case r.overlay != nil:
		return r.overlay.Update(msg)
	case r.page != nil && r.page.Typing():
		return r.page.Update(msg)
	}
	return nil
}

// run runs an action wherever it was chosen.
func (r *Root) run(a action.Action) tea.Cmd {
	if a.Unavailable != "" || a.Run == nil {
		if r.page != nil {
			return r.page.Do(a)
		}
		return nil
	}
	return a.Run()
}

func (r *Root) resize(width, height int) tea.Cmd {
	r.width, r.height = width, height
	var cmds []tea.Cmd
	if r.signIn != nil {
		w, h := r.signInRoom()
		cmds = append(cmds, r.signIn.Update(tea.WindowSizeMsg{Width: w, Height: h}))
	}
	if r.page != nil {
		cmds = append(cmds, r.page.Resize(width, height))
	}
	if r.overlay != nil {
		w, h := r.overlayRoom()
		cmds = append(cmds, r.overlay.Update(tea.WindowSizeMsg{Width: w, Height: h}))
	}
	r.writes.Flow().SetSize(r.flowRoom())
	return tea.Batch(cmds...)
}

func (r *Root) setDark(dark bool) {
	o := r.theme.Options
	o.Dark = dark
	r.theme = theme.New(o)
}

// measured notes that the terminal measures whole clusters, as the renderer then does.
func (r *Root) measured(msg tea.ModeReportMsg) {
	if msg.Mode == ansi.ModeUnicodeCore && msg.Value != ansi.ModeNotRecognized && msg.Value != ansi.ModePermanentlyReset {
		o := r.theme.Options
		o.Clusters = true
		r.theme = theme.New(o)
	}
}

// global are the actions that are there on every page.
func (r *Root) global() []action.Action {
	mouse := action.New(r.keys, "app.mouse", "", r.toggleMouse)
	if r.mouse {
		mouse.Name = "mouse off, to select text"
	}
	return []action.Action{
		action.New(r.keys, "app.help", "", r.openHelp), action.New(r.keys, "app.palette", "", r.openPalette),
		mouse, action.New(r.keys, "app.redraw", "", func() tea.Cmd { return tea.ClearScreen }),
		action.New(r.keys, "app.suspend", action.When(!jobcontrol.Supported, "this system's shells cannot stop programs"), func() tea.Cmd { return terminal.Suspend }),
		action.New(r.keys, "app.quit", "", r.writes.Leave),
	}
}

// Actions are all that can be done now.
func (r *Root) Actions() []action.Action {
	global := r.global()
	if r.page == nil {
		return global
	}
	return append(r.page.Actions(), global...)
}

func (r *Root) toggleMouse() tea.Cmd {
	r.mouse = !r.mouse
	if r.mouse {
		r.page.Tell("The mouse is on: wheel and clicks work, selecting text needs Shift in most terminals.")
	} else {
		r.page.Tell("The mouse is off: text can be selected.")
	}
	return nil
}
