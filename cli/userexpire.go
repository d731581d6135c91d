package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newUserExpireCommand(p *program) *cobra.Command {
	c := p.newChange()
	command := &cobra.Command{
		Use:   "expire OBJECT DATE|never",
		Short: "Set when an account ends",
		Long: `Set when an account ends: DATE is its last day, as 2026-12-31, in the time zone
of this computer; or a moment, as 2026-12-31T17:00:00+01:00; or never. ` + objectHelp,
		Example: "  dirdesk user expire jdoe 2026-12-31 -c office\n  dirdesk user expire jdoe never -c office",
		Args:    usageArgs(cobra.ExactArgs(2)),
		RunE: func(command *cobra.Command, args []string) error {
			expiry, err := parseExpiry(args[1], time.Local)
			if err != nil {
				return err
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				o, err := d.Locate(ctx, args[0], models.Person)
				change := changeOf(models.SetExpiry, o)
				change.Expiry = expiry
				return []models.Change{change}, err
			})
		},
	}
	c.register(command)
	return command
}

// parseExpiry reads the last day of an account, or the moment of its end.
func parseExpiry(text string, zone *time.Location) (models.Expiry, error) {
	if strings.EqualFold(text, "never") {
		return models.Never(), nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil && day.Year() >= 1970 {
		// The midnight after it, as Windows' own tools set it.
		return models.ExpiryAt(time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone)), nil
	}
	if moment, err := time.Parse(time.RFC3339, text); err == nil && moment.Year() >= 1970 {
		return models.ExpiryAt(moment), nil
	}
	return models.Expiry{}, usagef("%q is no date: write 2026-12-31, 2026-12-31T17:00:00+01:00 or never", text)
}
