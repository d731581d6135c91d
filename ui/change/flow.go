// Package change takes a wish to its end: a form asks for it, the desk plans it,
// the person sees what would be different and agrees, the desk applies it while
// they go on working, and what became of each object is said. Nothing is sent
// that was not seen, and nothing is called done before the server said so.
package change

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/forms"
	"dirdesk/ui/list"
	"dirdesk/ui/message"
	"dirdesk/ui/password"
)

// stage is how far a wish has come.
type stage uint8

const (
	idle        stage = iota
	choosing          // what to make
	filling           // a form is filled in
	planning          // the desk looks at it
	reviewing         // the person looks at it
	insisting         // the person is asked again, as only a person can answer
	overwriting       // the person is asked whether an old value is to be put over a newer one
	allowing          // the person is asked whether changes are allowed at all
	applying          // it is being written
	offering          // something cannot be taken back, and something else is offered
	showing           // a made password is shown
	summing           // what became of each object is shown
)

// Flow is the way of a change. There is one at a time.
type Flow struct {
	env     Env
	current *current
	width   int
	height  int

	stage    stage
	insisted int // questions that were answered, of those of desk.Plan.Doubts
	newer    newerValues
	behind   bool       // it goes on behind the page, which has the keys
	form     forms.Form // kept until the changes were accepted
	order    Order
	plan     desk.Plan
	then     func() tea.Cmd // what was asked for is no plan
	screen   screen         // of the stages that are drawn here
	text     list.Text      // its body

	turn   int                // of planning; answers of an earlier turn are late
	cancel context.CancelFunc // ends planning
	job    *job
	reveal []reveal
	shown  *password.Model
	last   []desk.Outcome // of the latest changes, to be looked at again
}

// New is a flow with nothing in it.
func New(env Env) *Flow { return &Flow{env: env, current: &current{env.Desk}} }

// Open reports whether the flow takes the keys.
func (f *Flow) Open() bool { return f.stage != idle && !f.behind }

// Idle reports whether nothing is under way and nothing waits.
func (f *Flow) Idle() bool { return f.stage == idle }

// Busy says why no other change can be begun now; "" when one can.
func (f *Flow) Busy() string {
	switch {
	case f.stage == applying:
		return "changes are being made; wait for them"
	case f.stage != idle && f.behind:
		return "a change is not finished; " + f.env.Key("change.resume") + " goes back to it"
	default:
		return ""
	}
}

// SetSize says how large the area of the flow is, in cells.
func (f *Flow) SetSize(width, height int) {
	f.width, f.height = width, height
	if f.form != nil {
		f.form.SetSize(width, height)
	}
	if f.shown != nil {
		f.shown.SetSize(width, height)
	}
}

// Fill lets the person fill in a form.
func (f *Flow) Fill(form forms.Form) tea.Cmd {
	f.reset()
	f.form, f.stage = form, filling
	return form.Init()
}

// Begin plans an order that needs no form.
func (f *Flow) Begin(order Order) tea.Cmd {
	f.reset()
	f.order = order
	return f.look()
}

// Choose lets the person choose one of a few.
func (f *Flow) Choose(title string, items []Item) tea.Cmd {
	f.reset()
	f.put(choosing, &menu{title: title, items: items})
	return nil
}

// Ask asks whether changes are allowed, unless they are, and then goes on.
func (f *Flow) Ask(then func() tea.Cmd) tea.Cmd {
	f.reset()
	if f.env.Desk.Window().Writable {
		return then()
	}
	f.then = then
	f.put(allowing, newAllow(f.env))
	return nil
}

// reset drops what is left of an earlier wish.
func (f *Flow) reset() {
	f.turn++
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
	}
	if f.form != nil {
		f.form.Close()
	}
	if f.shown != nil {
		f.shown.Close()
	}
	f.stage, f.behind, f.insisted, f.newer = idle, false, 0, newerValues{}
	f.form, f.screen, f.shown, f.reveal = nil, nil, nil, nil
	f.order, f.plan, f.job, f.then = Order{}, desk.Plan{}, nil, nil
}

// Close ends everything. What is being written is finished by the desk.
func (f *Flow) Close() {
	f.Stop()
	f.reset()
}

// back goes where the wish came from: to the form, else away.
func (f *Flow) back(words string) tea.Cmd {
	f.screen = nil
	if f.form != nil {
		f.stage, f.behind = filling, false
		return nil
	}
	if len(f.reveal) > 0 { // what came before was made, with this password
		return f.show(Report{Words: words})
	}
	f.reset()
	if words == "" {
		return nil
	}
	return message.Send(Report{Words: words})
}

// Waiting says what waits behind the page for the person; "" for nothing.
func (f *Flow) Waiting() string {
	switch {
	case f.stage == applying && f.behind:
		return ""
	case f.stage == filling && f.behind:
		return "go back to the form that was refused"
	case f.stage == showing && f.behind:
		return "show " + passwords(f.shown.Len()) + " made"
	case f.stage == idle && len(f.last) > 0:
		return "show what became of the last changes"
	case f.stage != idle && f.behind:
		return "go back to the change that is not finished"
	default:
		return ""
	}
}

// ShowUnseen brings up a made password that waits behind the page; false when
// none does.
func (f *Flow) ShowUnseen() (tea.Cmd, bool) {
	if f.stage != showing || !f.behind {
		return nil, false
	}
	return f.Resume(), true
}

// Resume brings up what waits.
func (f *Flow) Resume() tea.Cmd {
	if f.stage == idle {
		f.put(summing, newSummary(f.last))
	}
	f.behind = false
	if f.stage == showing {
		return f.shown.Init()
	}
	return nil
}

// Env is what changes are made with. All of it is needed.
type Env struct {
	Context context.Context //nolint:containedctx // the program's own, parent of every command's
	Desk    *desk.Desk
	Theme   *theme.Theme
	Keys    keymap.Map
	Now     func() time.Time
	Zone    *time.Location
	Later   func(time.Duration, tea.Msg) tea.Cmd
	Copies  *clipboard.Clipboard
	// Key is how the key of an action is written, for words that name one.
	Key func(id string) string
	// Domain is what is known of the domain by now.
	Domain func() models.DirectoryInfo
}

// realm names what is changed.
func (e Env) realm() string {
	if info := e.Domain(); info.Realm != "" {
		return info.Realm
	}
	return e.Desk.Backend().About().Host
}

// Report is something to be said at the foot of the page.
type Report struct {
	Tone  message.Tone
	Words string // not safe to print
	Err   error  // of Bad and Warning, for who wants to know more
	// Messages are what the server said of it, for who wants to know more.
	Messages []models.Message
	Outcome  bool // it says what became of changes
}

// Happened says what became of one object, as soon as it is known. Next goes on
// with the others: whoever takes the message runs it after that, so that the end
// of all is never heard of before one of them.
type Happened struct {
	Outcome desk.Outcome
	Next    tea.Cmd
}

// Finished says that nothing more is being written, and what became of all.
type Finished struct {
	Outcomes []desk.Outcome
	Tickets  []desk.Ticket
	Planned  bool // by the order itself: something was taken back
}

// Order is what is to be done.
type Order struct {
	Changes []models.Change
	Options desk.PlanOptions
	// Made says that dirdesk made the password in the changes: it is shown at
	// the end, once.
	Made bool
	// Undo, when set, makes the plan in the place of Changes.
	Undo func(context.Context, desk.Over) (desk.Plan, error)
	// After gives what is to follow when these changes were made; nil: nothing.
	After func([]desk.Outcome) []models.Change
}

// Form is what a form works with, for something at hand in a container.
func (f *Flow) Form(container models.DN) forms.Env {
	w, h := f.width, f.height
	e := f.env
	return forms.Env{
		Desk: f.current, Theme: e.Theme, Keys: e.Keys, Context: e.Context, Container: container, Base: e.Domain().BaseDN,
		Width: w, Height: h, Now: e.Now, Zone: e.Zone, Later: e.Later,
	}
}
