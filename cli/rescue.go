package cli

import (
	"context"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newRescueCommand(c *changeCommand) *cobra.Command {
	c.tickets = true
	show := false
	command := &cobra.Command{
		Use:   "rescue NAME",
		Short: "Let somebody in who cannot log on: a made password, and unlocked",
		Long: `Let somebody in who cannot log on, in one plan: a password that dirdesk makes, to
be changed at the next logon, and the account unlocked. The plan names all that
keeps them out. --enable enables a disabled account too; without it that is only
offered. What this connection cannot do is said before the question.

Then the password is printed, once, with its letters spelled for the telephone,
and a text for the ticket: what was wrong, what was done, whether it was verified,
by whom and when. That text never holds the password.

On a terminal the password is shown. Elsewhere that needs --show-password: nobody
would know it otherwise, and nothing is sent.`,
		Example: `  dirdesk rescue jdoe -c office --ticket INC-1234
  dirdesk rescue jdoe -c office --enable --yes --show-password`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			_, asks := c.terminal()
			seen := asks && isTerminal(c.Out)
			if !seen && !show && !c.dryRun {
				return usagef("nobody would see the password that is made: use --show-password; nothing was sent")
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				objects, err := c.locateAll(ctx, d, args, models.Person)
				if err != nil {
					return nil, err
				}
				changes, err := d.Rescue(ctx, objects)
				for _, change := range changes {
					c.keepMade(change.Name, change.Password, true)
				}
				return changes, err
			})
		},
	}
	c.register(command)
	c.registerReset(command, true)
	command.Flags().BoolVar(&show, "show-password", false, "print the made password, once, where no terminal is")
	command.Flags().BoolVar(&c.enable, "enable", false, "enable the account too, if it is disabled")
	return command
}
