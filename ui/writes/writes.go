// Package writes is the part of the screen through which a directory is changed:
// the actions that change something, the one change that is under way, what
// waits for an approval or a sync, and for how long changes are allowed.
package writes

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/desk/why"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/browse"
	"dirdesk/ui/change"
	journalpage "dirdesk/ui/journal"
	"dirdesk/ui/message"
	"dirdesk/ui/request"
)

// Writes is that part. Before there is a connection it changes nothing.
type Writes struct {
	env     change.Env
	keys    keymap.Keys  // of the page
	page    *browse.Page // that shows what is changed
	desk    *desk.Desk   // reads only where nothing may be changed
	flow    *change.Flow
	sync    *change.Sync
	lines   []string // ids of this session's journal entries, the newest last
	pending pending
	asking  asking
	tickets tickets
	stood   models.DN // where the cursor was when a change was begun
	ticked  bool      // the end of the window is on a timer
	wished  bool      // the person asked to leave while something was being written
}

// windowMsg lets the header count the minutes that are left.
type windowMsg struct{ desk *desk.Desk }

// New prepares for changes before there is a connection. Desk, Key and Domain of
// the Env are filled in here.
func New(e change.Env) *Writes {
	e.Desk = desk.New(nil, desk.Options{})
	w := &Writes{keys: e.Keys.In(keymap.Page), desk: e.Desk}
	e.Key, e.Domain = w.key, func() models.DirectoryInfo { return w.page.Info() }
	w.env, w.flow, w.sync = e, change.New(e), change.NewSync(e)
	return w
}

// Connect goes on over the desk of a new connection.
func (w *Writes) Connect(d *desk.Desk) tea.Cmd {
	w.desk, w.ticked = d, false
	w.sync.Reconnect(d)
	return w.flow.Reconnect(d)
}

// Over is the page on which the changes are seen.
func (w *Writes) Over(page *browse.Page) { w.page = page }

// Close ends what goes on over the connection. The desk finishes the one write
// that is under way.
func (w *Writes) Close() {
	w.flow.Close()
	w.sync.Close()
}

// Flow is the change that is under way: while it is open, it has the keys.
func (w *Writes) Flow() *change.Flow { return w.flow }

// key is how the first key of an action is written.
func (w *Writes) key(id string) string { return cmp.Or(w.keys.Spell(id), ":") }

// Hooks are what the page is told about changes.
func (w *Writes) Hooks() browse.Hooks {
	return browse.Hooks{
		Window:   func() desk.Window { return w.desk.Window() },
		Activity: func() string { return cmp.Or(w.flow.Activity(), w.sync.Activity()) },
		Actions:  w.changes, Views: w.views, Stop: w.flow.Stop, Stoppable: w.flow.Stoppable,
		Cannot: func(of models.Action, o models.Object) string { return w.desk.CannotEver(of, o) },
		Noted:  func() bool { return len(w.pending) > 0 || w.sync.Any() },
		Why:    func(o models.Object) why.Diagnosis { return w.desk.Why(o, w.env.Zone, w.sync.Note(o.DN) != "") },
		Done:   w.done, Settled: w.settled,
		Note: w.note, Ticket: w.tickets.of, Remark: w.remark, Reread: func(read func(models.DN) bool) { w.pending.forget(read); w.desk.ForgetRights() },
		Bookmarks: func() *bookmarks.Book { return w.desk.Bookmarks() },
		Recent:    func(most int) []bookmarks.Mark { return w.desk.Recent(most) },
	}
}

// done is what the journal knows of an object.
func (w *Writes) done(o models.Object) ([]string, error) {
	if w.desk.Journal() == nil {
		return nil, nil
	}
	return desk.Done(w.desk.Journal().Path(), o, w.env.Zone)
}

// Update takes a message: keys and pastes while the flow is open, and all that
// nobody else knows at any time.
func (w *Writes) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case change.Report:
		return w.report(msg)
	case change.Happened:
		return tea.Batch(w.happened(msg.Outcome), msg.Next)
	case change.Finished:
		return w.finished(msg)
	case journalpage.Undo:
		return w.undo(msg.Entry)
	case request.Allow:
		return w.flow.Ask(func() tea.Cmd { return w.watchWindow() })
	case windowMsg:
		return w.windowPassed(msg)
	case restedMsg:
		return w.rested(msg)
	case rightsMsg:
		return w.page.Wake()
	}
	return tea.Batch(w.flow.Update(msg), w.sync.Update(msg))
}

func (w *Writes) report(msg change.Report) tea.Cmd {
	return tea.Batch(w.page.Report(msg.Tone, msg.Words, msg.Err, msg.Messages, msg.Outcome || msg.Tone != message.Plain), w.watchWindow(), w.leaveWhenDone())
}

// windowTick is how often the minutes that are left are drawn anew.
const windowTick = 15 * time.Second

// watchWindow keeps the header true while changes are allowed for a while.
func (w *Writes) watchWindow() tea.Cmd {
	if w.ticked || w.desk.Window().Until.IsZero() {
		return nil
	}
	w.ticked = true
	return w.env.Later(windowTick, windowMsg{w.desk})
}

func (w *Writes) windowPassed(msg windowMsg) tea.Cmd {
	if msg.desk != w.desk {
		return nil
	}
	w.ticked = false
	if !w.desk.Window().Writable {
		return w.report(change.Report{Words: "The time for changes is over: read-only again. " + w.key("change.allow") + " allows them anew."})
	}
	return w.watchWindow()
}

// Leave leaves the program; while something is being written, only once that is
// finished, or when asked again. A made password that nobody has seen yet is
// shown first.
func (w *Writes) Leave() tea.Cmd {
	if show, unseen := w.flow.ShowUnseen(); unseen {
		return show
	}
	if w.wished || !w.flow.Stop() {
		return tea.Quit
	}
	w.wished = true
	w.page.Tell("Finishing the one change that is being written, then leaving. Ask again to leave at once.")
	return nil
}

func (w *Writes) leaveWhenDone() tea.Cmd {
	switch {
	case !w.wished:
		return nil
	case w.flow.Idle():
		return tea.Quit
	}
	w.wished = false // there is something to be seen first
	return nil
}
