package ui

import (
	"context"
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/clipboard"
	"dirdesk/ui/connect"
	"dirdesk/ui/terminal"
)

// Options are what the screen is started with.
type Options struct {
	Connector  connect.Connector
	SignIn     models.SignIn  // what is known beforehand; may be empty
	Ready      bool           // SignIn is complete: open at once
	Keymap     keymap.Map     // nil: keymap.Default()
	Taken      []keymap.Taken // what the person's own keys took from others: said at the start
	Theme      theme.Options  // Dark is found out from the terminal, unless Background says it
	Background string         // "dark" or "light": what the person set up; else the terminal is asked
	Mouse      bool           // take the mouse from the start
	Version    string
	IdleLock   time.Duration // without a key: the screen is hidden; 0: never
	// NewDesk opens the door for changes on a connection; nil: the screen only
	// reads. When it fails, the screen reads, and says why.
	NewDesk func(desk.Backend, models.Profile) (*desk.Desk, error)
	// Clipboard is that of the desktop the program runs on; nil: copies go through
	// the terminal.
	Clipboard clipboard.Native
	Demo      bool // the embedded sample company: said in the header
	// Erase writes over memory that is free; it is called a moment after a password
	// was used. nil: nothing does.
	Erase func()

	// For tests; nil gives the terminal, the clock, the local zone and tea.Tick.
	Input  io.Reader
	Output io.Writer
	Now    func() time.Time
	Zone   *time.Location
	Later  func(time.Duration, tea.Msg) tea.Cmd
}

// closeWithin bounds the signing out at the end.
const closeWithin = 3 * time.Second

// Run shows the screen until the person quits or ctx ends. The error is of the
// terminal or of the signing out; failures of the directory are shown on the
// screen. The terminal is as it was when Run returns.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	root := New(ctx, o)
	err := terminal.Run(ctx, root, terminal.Options{Input: o.Input, Output: o.Output})
	if root.signedOut && err == nil {
		err = errors.New("signed out: the screen was locked, and five wrong answers were given")
	}
	err = errors.Join(err, root.Leave())
	root.writes.Close()
	root.copies.Close()
	cancel()
	if root.signIn != nil {
		root.signIn.Close()
	}
	if root.backend != nil {
		err = errors.Join(err, signOut(root.backend))
	}
	return err
}

// Leave notes where the person was, for the next time.
func (r *Root) Leave() error {
	if r.page == nil {
		return nil
	}
	return r.page.Leave()
}

// signOut closes a connection. One that is broken already has nothing to close.
func signOut(backend desk.Backend) error {
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	err := backend.Close(ctx)
	for _, gone := range []error{models.ErrUnreachable, models.ErrSession, models.ErrServer, context.DeadlineExceeded} {
		if errors.Is(err, gone) {
			return nil
		}
	}
	return err
}
