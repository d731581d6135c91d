package browse

import (
	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/action"
)

// Hooks are what the page is told about changes. All are set.
type Hooks struct {
	// Window tells whether changes are allowed, for the header.
	Window func() desk.Window
	// Activity is what is being written, for the foot; "" for nothing.
	Activity func() string
	// Stop keeps what was not begun from being written; it reports whether there
	// was anything. Stoppable reports whether there is.
	Stop      func() bool
	Stoppable func() bool
	// Actions are those that change something, and Views further ones that only
	// look.
	Actions func() []action.Action
	Views   func() []action.Action
	// Note is what is to be said of an object in the place of its state; "" for
	// nothing. Noted reports whether there is any such object.
	Note  func(o *models.Object) string
	Noted func() bool
	// Remark is what is to be said of an object among its details; "" for nothing.
	Remark func(models.DN) string
	// Reread is told when the person has read a container anew.
	Reread func(base models.DN)
}
