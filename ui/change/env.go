package change

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/forms"
	"dirdesk/ui/message"
)

// Env is what changes are made with. All of it is needed.
type Env struct {
	Context context.Context //nolint:containedctx // the program's own, parent of every command's
	Desk    *desk.Desk
	Theme   *theme.Theme
	Keys    keymap.Map
	Now     func() time.Time
	Zone    *time.Location
	Later   func(time.Duration, tea.Msg) tea.Cmd
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
}

// Happened says what became of one object, as soon as it is known. Next goes on
// with the others: whoever takes the message runs it after that, so that the end
// of all is never heard of before one of them.
type Happened struct {
	Outcome desk.Outcome
	Next    tea.Cmd
}

// Finished says that nothing more is being written, and what became of all.
type Finished struct{ Outcomes []desk.Outcome }

// Order is what is to be done.
type Order struct {
	Changes []models.Change
	Options desk.PlanOptions
	// Made says that dirdesk made the password in the changes: it is shown at
	// the end, once.
	Made bool
	// Plan, when set, makes the plan in the place of Changes.
	Plan func(context.Context) (desk.Plan, error)
	// After gives what is to follow when these changes were made; nil: nothing.
	After func([]desk.Outcome) []models.Change
}

// Form is what a form works with, for something at hand in a container.
func (f *Flow) Form(container models.DN) forms.Env {
	w, h := f.width, f.height
	e := f.env
	return forms.Env{
		Desk: (*current)(f), Theme: e.Theme, Keys: e.Keys, Context: e.Context, Container: container, Base: e.Domain().BaseDN,
		Width: w, Height: h, Now: e.Now, Zone: e.Zone, Later: e.Later,
	}
}
