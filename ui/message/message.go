// Package message is what any part of the screen may say to the one that holds
// it, and how a text is meant.
package message

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/action"
)

// Closed says that the person is done with an overlay.
type Closed struct{}

// Chosen says that the person wants an action run. It was available when it was
// listed: the owner looks it up again by its ID before running it.
type Chosen struct{ Action action.Action }

// Overlay lies over the page and takes every key. A tea.WindowSizeMsg carries
// the size of its area.
type Overlay interface {
	Update(msg tea.Msg) tea.Cmd
	View() string
}

// Leave asks to leave the program. What would be lost by it may ask first.
type Leave struct{}

// Hide asks to hide a password that is shown: others may come to see the screen.
type Hide struct{}

// Open asks for an overlay, which is made for the size of its area.
type Open struct {
	Make func(width, height int) (Overlay, tea.Cmd)
}

// Lost says that the connection is gone for good and that somebody has to sign
// in again.
type Lost struct{ Err error }

// IfLost says that the connection is gone where the error means that; else it
// is nil.
func IfLost(err error) tea.Cmd {
	if errors.Is(err, models.ErrSession) || errors.Is(err, models.ErrCredentials) {
		return Send(Lost{err})
	}
	return nil
}

// Send gives a message as a command does.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Tone is how a text is meant.
type Tone uint8

// The tones. From Good on they are in the order of how much they need a
// person's eye.
const (
	Plain Tone = iota
	Muted
	Good
	Pending // somebody has to decide first
	Warning
	Bad
)

// Ink is how a tone is drawn.
func (t Tone) Ink(th *theme.Theme) theme.Ink {
	return []theme.Ink{th.Ink.Text, th.Ink.Muted, th.Ink.Good, th.Ink.Pending, th.Ink.Warning, th.Ink.Bad}[t]
}
