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

// writes is the part of the root through which a directory is changed. All of
// it is nil where nothing can be.
type writes struct {
	desk    *desk.Desk
	flow    *change.Flow
	sync    *change.Sync
	lines   []string // ids of this session's journal entries, the newest last
	pending pending
	ticked  bool // the end of the window is on a timer
	wished  bool // the person asked to leave while something was being written
}

// windowMsg lets the header count the minutes that are left.
type windowMsg struct{ desk *desk.Desk }

// openDoor makes the desk of a new connection. Without one the screen reads.
func (r *Root) openDoor() (tea.Cmd, error) {
	var d *desk.Desk
	var err error
	if r.options.NewDesk != nil {
		d, err = r.options.NewDesk(r.backend, r.profile)
	}
	if err != nil || d == nil {
		r.closeWrites()
		r.writes = writes{}
		return nil, err
	}
	if r.desk != nil {
		r.desk, r.ticked = d, false
		r.sync.Reconnect(d)
		return r.flow.Reconnect(d), nil
	}
	env := change.Env{
		Context: r.ctx, Desk: d, Theme: &r.theme, Keys: r.options.Keymap, Now: r.options.Now, Zone: r.options.Zone, Later: r.options.Later,
		Key: r.key, Domain: func() models.DirectoryInfo { return r.page.Info() },
	}
	r.desk, r.flow, r.sync = d, change.New(env), change.NewSync(env)
	r.flow.SetSize(r.flowRoom())
	return nil, nil
}

// closeWrites ends what goes on over the connection. The desk finishes the one
// write that is under way.
func (r *Root) closeWrites() {
	if r.flow != nil {
		r.flow.Close()
	}
	if r.sync != nil {
		r.sync.Close()
	}
}

// key is how the first key of an action is written.
func (r *Root) key(id string) string { return cmp.Or(r.keys.Spell(id), ":") }

// door is what the page is told about changes.
func (r *Root) door() browse.Door {
	return browse.Door{
		Window: r.window, Activity: r.activity, Actions: r.changes, Views: r.views,
		Stop:      func() bool { return r.flow != nil && r.flow.Stop() },
		Stoppable: func() bool { return r.flow != nil && r.flow.Stoppable() },
		Noted:     func() bool { return len(r.pending) > 0 || r.sync != nil && r.sync.Any() },
		Note:      r.note, Remark: r.remark, Reread: func(base models.DN) { r.pending.forget(base) },
	}
}

func (r *Root) window() desk.Window {
	if r.desk == nil {
		return desk.Window{Words: "READ-ONLY", Never: true}
	}
	return r.desk.Window()
}

// activity is what is being written, and else whether a sync runs.
func (r *Root) activity() string {
	if r.desk == nil {
		return ""
	}
	if words := r.flow.Activity(); words != "" {
		return words
	}
	return r.sync.Activity()
}

// changing reports whether a change takes the keys.
func (r *Root) changing() bool { return r.flow != nil && r.flow.Open() }

// updateWrites takes a message that nobody else knows to the parts that make
// changes.
func (r *Root) updateWrites(msg tea.Msg) tea.Cmd {
	if r.desk == nil {
		return nil
	}
	return tea.Batch(r.flow.Update(msg), r.sync.Update(msg))
}

// wrote acts on what the parts that make changes say.
func (r *Root) wrote(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case change.Report:
		return r.report(msg), true
	case change.Lost:
		return func() tea.Msg { return browse.LostMsg{Err: msg.Err} }, true
	case change.Happened:
		return tea.Batch(r.happened(msg.Outcome), msg.Next), true
	case change.Finished:
		return r.finished(msg.Outcomes), true
	case change.Summed:
		return r.summed(), true
	case journal.Closed, request.Closed:
		r.top = nil
		return nil, true
	case journal.Undo:
		r.top = nil
		return r.undo(msg.Entry), true
	case request.Allow:
		return r.flow.Ask(func() tea.Cmd { return r.watchWindow() }), true
	case members.Closed:
		r.top = nil
		return nil, true
	case members.GoTo:
		r.top = nil
		return r.page.GoTo(msg.DN), true
	case members.Lost:
		r.top = nil
		return func() tea.Msg { return browse.LostMsg{Err: msg.Err} }, true
	case windowMsg:
		return r.windowPassed(msg), true
	}
	return nil, false
}

func (r *Root) report(msg change.Report) tea.Cmd {
	return tea.Batch(r.page.Report(browse.Tone(msg.Tone), msg.Words, msg.Err, msg.Messages), r.watchWindow(), r.leaveWhenDone())
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
	if r.ticked || r.desk == nil || r.desk.Window().Until.IsZero() {
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
	if r.flow == nil || r.wished || !r.flow.Stop() {
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
