// Package forms asks for what a change needs: a new user, a password, the
// members to add. Each form is a part of the screen of its own that ends with
// Done and a list of models.Change, or with Cancelled; it writes nothing itself.
//
// The fields are lines of their own making, not huh's: what is derived from
// another field, checked while it is typed, or cannot be chosen just now, has to
// be drawn anew at every key, and every key has to reach the field that is
// focused when it is pressed.
package forms

import (
	"cmp"
	"context"
	"iter"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
)

// Desk is what forms need of a desk.Desk: to look things up, never to write.
type Desk interface {
	Backend() desk.Backend
	// Can gives "" when the action is possible on the object, else why not.
	Can(action models.Action, o models.Object) string
	// Refuses says why the server would refuse a change, by the rights that are
	// known; May asks for those on an object, unless KnowsRights.
	Refuses(c models.Change) string
	KnowsRights(ref models.Ref) bool
	May(ctx context.Context, ref models.Ref) (models.Rights, error)
	// CanMustChange reports whether a password that is set can be one to change
	// at the next logon.
	CanMustChange() bool
	// MailPattern is how the profile has addresses made; "" for nothing said.
	MailPattern() models.MailPattern
	EditableFields(category models.Category) []models.Field
	// Read reads one object afresh.
	Read(ctx context.Context, ref models.Ref) (models.Object, error)
	Policy(ctx context.Context) (models.PasswordPolicy, error)
	// Locate finds the one object that a person named; see desk.Desk.
	Locate(ctx context.Context, text string, kinds ...models.Category) (models.Object, error)
	// Find searches the domain by part of a name, in batches as they come.
	Find(ctx context.Context, s desk.Search) iter.Seq2[desk.Found, error]
}

// Env is what a form works with.
type Env struct {
	Desk      Desk
	Theme     *theme.Theme
	Keys      keymap.Map      // nil: the built-in ones
	Context   context.Context //nolint:containedctx // parent of what the form asks for; nil: Background
	Container models.DN       // at hand: where something new goes unless another place is typed
	Base      models.DN       // of the domain: new objects lie below it; empty when it is not known
	Beside    []models.Object // what lies in the container, as far as it is known
	Width     int             // of the area to draw on, in cells
	Height    int
	Now       func() time.Time // nil: time.Now
	Zone      *time.Location   // nil: the local one
	// Later delivers a message after a while; nil: tea.Tick.
	Later func(time.Duration, tea.Msg) tea.Cmd
}

// Form is a part of the screen that asks for something. Its owner forwards keys,
// pastes and every message it does not know to Update, draws View, and acts on
// Done and Cancelled. Update takes no tea.WindowSizeMsg: call SetSize.
type Form interface {
	Init() tea.Cmd
	Update(msg tea.Msg) tea.Cmd
	// View draws as many lines as the area has rows, each of its width.
	View() string
	// SetSize says how large the area is, in cells.
	SetSize(width, height int)
	// Title says in a few words what the form is for. It is safe to print.
	Title() string
	// Typed reports whether leaving would lose something that was typed or chosen.
	Typed() bool
	// Refuse says that the server did not accept the changes: what was typed is
	// kept, and the cursor goes to the field that is wrong.
	Refuse(err error)
	// Close ends what the form has asked for and forgets the secrets in it. A
	// form that is closed cannot be used again.
	Close()
}

// Done says that the person has finished the form. The form lives on, to be
// returned to when the changes are refused; its owner closes it.
type Done struct {
	Form    Form
	Changes []models.Change
	// Made says that dirdesk made the password in the changes: the person has
	// not seen it yet.
	Made bool
}

// Cancelled says that the person left the form without changing anything.
type Cancelled struct{ Form Form }

// Whole fills in what may be left out.
func (e Env) Whole() Env {
	if e.Context == nil {
		e.Context = context.Background()
	}
	if e.Keys == nil {
		e.Keys = keymap.Default()
	}
	if e.Now == nil {
		e.Now = time.Now
	}
	e.Zone = cmp.Or(e.Zone, time.Local)
	if e.Later == nil {
		e.Later = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	return e
}
