package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/internal/config"
	"dirdesk/internal/english"
	"dirdesk/models"
)

func newUndoCommand(p *program) *cobra.Command {
	c := p.newChange()
	var over []string
	command := &cobra.Command{
		Use:   "undo [ENTRY|PLAN]",
		Short: "Take changes back",
		Long: `Take back the change with the journal's id ENTRY, or all changes of the plan with
the id PLAN, the last first. Without an id it is the last plan that you made on
this connection, that is known to have been made, and that was not taken back.

The plan is shown first, from what the directory holds now. What somebody has
changed since is left out and named: --over takes the value that is there now,
and lets it be overwritten, for one entry. What was done at another server of the
same domain is asked about; --other-server says yes. An entry of an old version,
which does not say which object it was, is never taken back by --yes. A password, a deletion, an unlock and a mail cannot
be taken back.`,
		Example: "  dirdesk undo -c office\n  dirdesk journal; dirdesk undo k3x9wq2m4a -c office --dry-run\n  dirdesk undo k3x9wq2m4a --over 555-0123 -c office",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			id := strings.Join(args, "")
			if id == "" && len(over) > 0 {
				return usagef("--over is for one entry: name it, dirdesk undo ENTRY --over VALUE")
			}
			return c.desk(command, func(ctx context.Context, d *desk.Desk) error { return c.undo(ctx, d, id, over) })
		},
	}
	command.Flags().StringArrayVar(&over, "over", nil, "overwrite the newer `VALUE` that is there now; may be given several times")
	command.Flags().BoolVar(&c.otherServer, "other-server", false, "take back what was done at another server of the same domain, without its question")
	c.register(command)
	return command
}

func (c *changeCommand) undo(ctx context.Context, d *desk.Desk, id string, over []string) error {
	entries, err := c.entriesToUndo(ctx, d, id)
	if err != nil {
		return err
	}
	if len(over) > 0 && len(entries) > 1 {
		return usagef("--over is for one entry, and %s is a plan of %d: name the entry, see dirdesk journal", id, len(entries))
	}
	plan, err := d.Undo(ctx, entries, desk.Over{entries[0].ID: over})
	if cannot, ok := errors.AsType[*desk.CannotUndo](err); ok {
		what := fmt.Sprintf("entry %s (%s %s)", entries[0].ID, entries[0].Action, entries[0].Name)
		if len(entries) > 1 {
			what = "plan " + entries[0].Plan
		}
		c.complain(fmt.Sprintf("%s cannot be taken back: %s%s", what, cannot.Words, recreation(cannot)))
		return exitError{models.ExitRefused}
	}
	if err != nil {
		return err
	}
	if !c.dryRun && c.yes && (c.format == formatTable || len(plan.Doubts()) > 0) {
		// Without an id nobody has said yet what is to be taken back.
		if err := c.showPlan(c.Err, plan); err != nil {
			return err
		}
	}
	return c.carryOut(ctx, d, plan)
}

// entriesToUndo finds the entries with an id, or of the last plan that can be
// taken back in principle.
func (c *changeCommand) entriesToUndo(ctx context.Context, d *desk.Desk, id string) ([]journal.Entry, error) {
	path := config.FindPaths(c.Getenv).Journal
	if id != "" {
		return journal.FindPlan(path, id)
	}
	entries, faults := c.readJournal(func(journal.Entry) bool { return true })
	last := d.LastMade(ctx, entries, nil)
	if len(last) == 0 {
		return nil, errors.Join(&models.Error{
			Kind: models.ErrNotFound, Action: "undo the last change of", Object: d.WhoseWords(),
			Advice: "The journal holds none that is known to have been made and was not taken back; see dirdesk journal.",
		}, faults)
	}
	return last, nil
}

// recreation offers the commands that make a deleted user anew; "" when that is
// not possible.
func recreation(cannot *desk.CannotUndo) string {
	if cannot.Recreate == nil || cannot.Recreate.User == nil {
		return ""
	}
	u := cannot.Recreate.User
	words := []string{"dirdesk user create", english.Shell(u.LogonName)}
	for _, flag := range [][2]string{
		{"--first", u.GivenName},
		{"--last", u.Surname},
		{"--mail", u.Mail},
		{"--description", u.Description},
		{"--in", string(u.Container.DN)},
	} {
		if flag[1] != "" {
			words = append(words, flag[0], english.Shell(flag[1]))
		}
	}
	if u.Disabled {
		words = append(words, "--disabled")
	}
	lines := []string{"", strings.Join(words, " ")}
	for _, group := range cannot.Groups {
		lines = append(lines, "dirdesk group add "+english.Shell(string(group))+" "+english.Shell(u.LogonName))
	}
	return strings.Join(lines, "\n")
}
