package change

import (
	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/ui/forms"
	"dirdesk/ui/photo"
	"dirdesk/ui/property"
)

// current is the desk of the connection there is now: a form outlives the loss
// of one, and what was typed into it.
type current struct{ *desk.Desk }

// Source is where properties, photos and licences come from.
type Source interface {
	property.Source
	photo.Source
	forms.LicenceSource
}

// Source reads through the desk of the connection there is now.
func (f *Flow) Source() Source { return f.current }

// Reconnect goes on over a new connection. What is being written is brought to
// its end by the desk that began it; what was only looked at is not.
func (f *Flow) Reconnect(d *desk.Desk) tea.Cmd {
	f.env.Desk, f.current.Desk = d, d
	switch f.stage {
	case planning:
		return f.giveUp()
	case reviewing, insisting, overwriting, allowing, offering:
		return f.back("Nothing was changed.")
	default:
		return nil
	}
}

// Reconnect goes on over a new connection. A sync is not followed over it; the
// accounts that are not in DSM yet stay known.
func (s *Sync) Reconnect(d *desk.Desk) {
	s.env.Desk = d
	s.Close()
}
