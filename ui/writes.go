package ui

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/browse"
	"dirdesk/ui/change"
	"dirdesk/ui/journal"
	"dirdesk/ui/members"
	"dirdesk/ui/request"
)

// writes is the part of the root through which a directory is changed.
type writes struct {
	desk    *desk.Desk // reads only where nothing may be changed
	flow    *change.Flow
	sync    *change.Sync
	lines   []string // ids of this session's journal entries, the newest last
	pending pending
	ticked  bool // the end of the window is on a timer
	wished  bool // the person asked to leave while something was being written
}

// windowMsg lets the header count the minutes that are left.
type windowMsg struct{ desk *desk.Desk }

// makeWrites prepares for changes before there is a connection.
func (r *Root) makeWrites() {
	r.desk = desk.New(nil, desk.Options{})
	env := change.Env{
		Context: r.ctx, Desk: r.desk, Theme: &r.theme, Keys: r.options.Keymap, Now: r.options.Now, Zone: r.options.Zone, Later: r.options.Later,
		Key: r.key, Domain: func() models.DirectoryInfo { return r.page.Info() },
	}
	r.flow, r.sync = change.New(env), change.NewSync(env)
}

// openDesk makes the desk of a new connection. Where that fails, it reads only.
func (r *Root) openDesk() (tea.Cmd, error) {
	d, err := desk.New(r.backend, desk.Options{Now: r.options.Now}), error(nil)
	if r.options.NewDesk != nil {
		var made *desk.Desk
		if made, err = r.options.NewDesk(r.backend, r.profile); err == nil {
			d = made
		}
	}
	r.desk, r.ticked = d, false
	r.sync.Reconnect(d)
	return r.flow.Reconnect(d), err
}

// closeWrites ends what goes on over the connection. The desk finishes the one
// write that is under way.
func (r *Root) closeWrites() {
	r.flow.Close()
	r.sync.Close()
}

// key is how the first key of an action is written.
func (r *Root) key(id string) string { return cmp.Or(r.keys.Spell(id), ":") }

// hooks are what the page is told about changes.
func (r *Root) hooks() browse.Hooks {
	return browse.Hooks{
		Window: r.window, Activity: r.activity, Actions: r.changes, Views: r.views,
		Stop: func() bool { return r.flow.Stop() }, Stoppable: func() bool { return r.flow.Stoppable() },
		Noted: func() bool { return len(r.pending) > 0 || r.sync.Any() },
		Note:  r.note, Remark: r.remark, Reread: func(base models.DN) { r.pending.forget(base) },
	}
}

func (r *Root) window() desk.Window { return r.desk.Window() }

// activity is what is being written, and else whether a sync runs.
func (r *Root) activity() string { return cmp.Or(r.flow.Activity(), r.sync.Activity()) }

// changing reports whether a change takes the keys.
func (r *Root) changing() bool { return r.flow.Open() }

// updateWrites takes a message that nobody else knows to the parts that make
// changes.
func (r *Root) updateWrites(msg tea.Msg) tea.Cmd {
	return tea.Batch(r.flow.Update(msg), r.sync.Update(msg))
}

// wrote acts on what the parts that make changes say.
func (r *Root) wrote(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case change.Report:
		return r.report(msg), true
	case change.Happened:
		return tea.Batch(r.happened(msg.Outcome), msg.Next), true
	case change.Finished:
		return r.finished(msg.Outcomes), true
	case change.Summed:
		return r.summed(), true
	case journal.Undo:
		r.top = nil
		return r.undo(msg.Entry), true
	case request.Allow:
		return r.flow.Ask(func() tea.Cmd { return r.watchWindow() }), true
	case members.GoTo:
		r.top = nil
		return r.page.GoTo(msg.DN), true
	case windowMsg:
		return r.windowPassed(msg), true
	}
	return nil, false
}

func (r *Root) report(msg change.Report) tea.Cmd {
	return tea.Batch(r.page.Report(msg.Tone, msg.Words, msg.Err, msg.Messages), r.watchWindow(), r.leaveWhenDone())
}

// summed brings up what became of several objects, unless the person is in the
// middle of something.
func (r *Root) summed() tea.Cmd {
	if r.top == nil && r.way == nil && !r.page.Typing() && !r.changing() && r.flow.Waiting() != "" {
		return r.flow.Resume()
	}
	return nil
}

// windowTick is how often the minutes that are left are drawn anew.
const windowTick = 15 * time.Second

// watchWindow keeps the header true while changes are allowed for a while.
func (r *Root) watchWindow() tea.Cmd {
	if r.ticked || r.desk.Window().Until.IsZero() {
		return nil
	}
	r.ticked = true
	return r.options.Later(windowTick, windowMsg{r.desk})
}

func (r *Root) windowPassed(msg windowMsg) tea.Cmd {
	if msg.desk != r.desk {
		return nil
	}
	r.ticked = false
	if !r.desk.Window().Writable {
		return r.report(change.Report{Words: "The time for changes is over: read-only again. " + r.key("change.allow") + " allows them anew."})
	}
	return r.watchWindow()
}

// quit leaves the program; while something is being written, only once that is
// finished, or when asked again.
func (r *Root) quit() tea.Cmd {
	if r.wished || !r.flow.Stop() {
		return tea.Quit
	}
	r.wished = true
	r.page.Tell("Finishing the one change that is being written, then leaving. Ask again to leave at once.")
	return nil
}

func (r *Root) leaveWhenDone() tea.Cmd {
	switch {
	case !r.wished:
		return nil
	case r.flow.Idle():
		return tea.Quit
	}
	r.wished = false // there is something to be seen first
	return nil
}
