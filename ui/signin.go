package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/keymap"
	"dirdesk/models"
	"dirdesk/ui/browse"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/connect"
)

// opened takes a connection: the first one starts the page, a later one lets
// it go on.
func (r *Root) opened(msg connect.Opened) tea.Cmd {
	old := r.backend
	r.backend, r.profile, r.signIn = desk.Indexed(msg.Backend), msg.Profile, nil
	d, failed := r.newDesk()
	var cmds []tea.Cmd
	cmds = append(cmds, r.writes.Connect(d), r.lock.SignedIn(msg.Profile.Account, msg.Secret))
	if r.page == nil {
		r.page = browse.New(browse.Env{
			Options: loader.Options{Context: r.ctx, Backend: r.backend, Now: r.options.Now, Later: r.options.Later},
			Keys:    r.options.Keymap, Zone: r.options.Zone, Badges: r.badges(d), Hooks: r.writes.Hooks(), Copies: r.copies,
		})
		r.writes.Over(r.page)
		if words := keymap.Said(r.options.Taken); len(words) > 0 {
			r.page.Tell(strings.Join(words, " "))
		}
		cmds = append(cmds, r.page.Resize(r.width, r.height), r.page.Init())
	} else {
		cmds = append(cmds, r.page.Resume(r.backend))
	}
	if old != nil {
		cmds = append(cmds, func() tea.Msg {
			_ = signOut(old) // it was lost already: there is nobody left to tell
			return nil
		})
	}
	if book := d.Journal(); book != nil {
		if left, err := journal.Begun(book.Path()); err == nil && len(left) > 0 {
			r.page.Tell(desk.BegunWords(left) + " " + r.keys.Spell("change.journal") + " shows it, and " +
				r.options.Keymap.In(keymap.Journal).Spell("journal.settle") + " there looks what became of it.")
		}
	}
	if failed != nil {
		r.page.Tell("Nothing can be changed: " + failed.Error())
	}
	if msg.NotSaved != nil {
		r.page.Tell("Signed in, but the connection could not be saved: " + msg.NotSaved.Error())
	}
	switch {
	case msg.NotKept != nil:
		words := "Signed in, but the token could not be kept: " + msg.NotKept.Error() + "."
		if advice := models.AdviceFor(msg.NotKept); advice != "" {
			words = "Signed in, but the token is not kept. " + advice
		}
		r.page.Tell(words)
	case msg.Kept:
		r.page.Tell("Signed in. The token is kept in this computer's keyring.")
	}
	return tea.Batch(cmds...)
}

// newDesk makes the desk of a new connection. Where that fails, it reads only.
func (r *Root) newDesk() (*desk.Desk, error) {
	reading := desk.New(r.backend, desk.Options{Now: r.options.Now})
	if r.options.NewDesk == nil {
		return reading, nil
	}
	d, err := r.options.NewDesk(r.backend, r.profile)
	if err != nil {
		return reading, err
	}
	return d, nil
}

// badges are words at the right of the header, beside those that say whether
// anything can be changed; of the demo those say it themselves.
func (r *Root) badges(d *desk.Desk) []string {
	if r.options.Demo && d.Window().Never {
		return []string{"DEMO"}
	}
	return nil
}

// cancelled ends a sign-in that the person does not want: the page stays as it
// is, and without one there is nothing left to do.
func (r *Root) cancelled() tea.Cmd {
	r.signIn = nil
	if r.page == nil {
		return tea.Quit
	}
	return nil
}

// lost asks to sign in again, over the page, whose rows stay.
func (r *Root) lost(why error) tea.Cmd {
	if r.signIn != nil {
		return nil
	}
	r.overlay = nil
	in := r.options.SignIn // with what was known from the start, for who cannot know it
	in.Profile = r.profile
	width, height := r.signInRoom()
	r.signIn = connect.New(connect.Options{
		Connector: r.options.Connector, SignIn: in,
		Reason: why, Theme: &r.theme, Keys: r.options.Keymap, Width: width, Height: height, Now: r.options.Now,
	})
	return r.signIn.Init()
}
