package change

import (
	"context"
	"iter"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/forms"
	"dirdesk/ui/photo"
	"dirdesk/ui/property"
)

// current is the desk of the connection there is now: a form outlives the loss
// of one, and what was typed into it.
type current Flow

var _ forms.Desk = (*current)(nil)

// Source is where properties, photos and licences come from.
type Source interface {
	property.Source
	photo.Source
	forms.LicenceSource
}

// Source reads through the desk of the connection there is now.
func (f *Flow) Source() Source { return (*current)(f) }

func (c *current) desk() *desk.Desk { return c.env.Desk }

func (c *current) Backend() desk.Backend { return c.desk().Backend() }

func (c *current) Can(action models.Action, o models.Object) string { return c.desk().Can(action, o) }

func (c *current) CanMustChange() bool { return c.desk().CanMustChange() }

func (c *current) EditableFields(category models.Category) []models.Field {
	return c.desk().EditableFields(category)
}

func (c *current) Read(ctx context.Context, dn models.DN) (models.Object, error) {
	return c.desk().Read(ctx, dn)
}

func (c *current) Policy(ctx context.Context) (models.PasswordPolicy, error) {
	return c.desk().Policy(ctx)
}

func (c *current) Find(ctx context.Context, text string, categories []models.Category, limit int) iter.Seq2[[]models.Object, error] {
	return c.desk().Find(ctx, text, categories, limit)
}

func (c *current) Properties(ctx context.Context, dn models.DN) (models.PropertySheet, error) {
	return c.desk().Properties(ctx, dn)
}

func (c *current) Property(ctx context.Context, name string, category models.Category) (models.Property, error) {
	return c.desk().Property(ctx, name, category)
}

func (c *current) Photo(ctx context.Context, dn models.DN) ([]byte, error) {
	return c.desk().Photo(ctx, dn)
}

func (c *current) PhotoLimit() int { return c.desk().PhotoLimit() }

func (c *current) Licences(ctx context.Context, dn models.DN) (models.Licences, error) {
	return c.desk().Licences(ctx, dn)
}

// Reconnect goes on over a new connection. What is being written is brought to
// its end by the desk that began it; what was only looked at is not.
func (f *Flow) Reconnect(d *desk.Desk) tea.Cmd {
	f.env.Desk = d
	switch f.stage {
	case planning:
		return f.giveUp()
	case reviewing, allowing, offering:
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
