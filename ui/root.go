package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/action"
	"dirdesk/ui/browse"
	"dirdesk/ui/connect"
	"dirdesk/ui/message"
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
	way     *connect.Model // asks for a connection, alone or over the page
	top     overlay        // help, palette, journal or request; nil for none
	writes                 // how changes are made
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
	r.makeWrites()
	r.way = connect.New(connect.Options{
		Connector: o.Connector, SignIn: o.SignIn, Ready: o.Ready, Theme: &r.theme, Keys: o.Keymap, Now: o.Now,
	})
	return r
}

// Init asks the terminal for its background and starts the sign-in.
func (r *Root) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, r.way.Init())
}

// Update takes a message to whom it concerns.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return r, r.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		if r.options.Background != "dark" && r.options.Background != "light" {
			r.setDark(msg.IsDark())
		}
		return r, nil
	case tea.KeyPressMsg:
		return r, r.press(msg)
	case tea.PasteMsg:
		return r, r.paste(msg)
	case tea.MouseMsg:
		if r.way == nil && r.top == nil && r.page != nil && !r.changing() {
			return r, r.page.Update(msg)
		}
		return r, nil
	case connect.Opened:
		return r, r.opened(msg)
	case connect.Cancelled:
		return r, r.cancelled()
	case message.Lost:
		return r, r.lost(msg.Err)
	case message.Closed:
		r.top = nil
		return r, nil
	case message.Chosen:
		return r, r.chosen(msg.Action)
	}
	if cmd, ok := r.wrote(msg); ok {
		return r, cmd
	}
	// What is left are the answers to commands: each knows its own.
	var cmds []tea.Cmd
	if r.way != nil {
		cmds = append(cmds, r.way.Update(msg))
	}
	if r.page != nil {
		cmds = append(cmds, r.page.Update(msg))
	}
	if r.top != nil {
		cmds = append(cmds, r.top.Update(msg))
	}
	return r, tea.Batch(append(cmds, r.updateWrites(msg))...)
}

// press takes a key: what lies on top first, then the page while it takes
// text, then the page's actions, then those of the program.
func (r *Root) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	switch {
	case !keymap.Types(key) && slices.Contains(r.options.Keymap.Keys("app.quit"), key): // works everywhere
		return r.quit()
	case r.way != nil:
		return r.way.Update(msg)
	case r.changing():
		return r.flow.Update(msg)
	case r.top != nil:
		return r.top.Update(msg)
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
	return nil
}

func (r *Root) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case r.way != nil:
		return r.way.Update(msg)
	case r.changing():
		return r.flow.Update(msg)
	case r.top != nil:
		return r.top.Update(msg)
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
	if r.way != nil {
		w, h := r.wayRoom()
		cmds = append(cmds, r.way.Update(tea.WindowSizeMsg{Width: w, Height: h}))
	}
	if r.page != nil {
		cmds = append(cmds, r.page.Resize(width, height))
	}
	if r.top != nil {
		w, h := r.topRoom()
		cmds = append(cmds, r.top.Update(tea.WindowSizeMsg{Width: w, Height: h}))
	}
	r.flow.SetSize(r.flowRoom())
	return tea.Batch(cmds...)
}

func (r *Root) setDark(dark bool) {
	o := r.theme.Options
	o.Dark = dark
	r.theme = theme.New(o)
}
