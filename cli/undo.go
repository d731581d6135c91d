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
	command := &cobra.Command{
		Use:   "undo [ENTRY]",
		Short: "Take a change back",
		Long: `Take back the change with the journal's id ENTRY, or the last one on this domain
that was not taken back yet. The plan is shown first, from what the directory
holds now. A password, a deletion, an unlock and a mail cannot be taken back.`,
		Example: "  dirdesk undo -c office\n  dirdesk journal; dirdesk undo k3x9wq2m4a -c office --dry-run",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			id := strings.Join(args, "")
			return c.desk(command, func(ctx context.Context, d *desk.Desk) error { return c.undo(ctx, d, id) })
		},
	}
	c.register(command)
	return command
}

func (c *changeCommand) undo(ctx context.Context, d *desk.Desk, id string) error {
	info, err := d.Backend().Info(ctx)
	if err != nil {
		return err
	}
	entry, err := c.entryToUndo(id, info.Realm)
	if err != nil {
		return err
	}
	plan, err := d.Undo(ctx, entry)
	if cannot, ok := errors.AsType[*desk.CannotUndo](err); ok {
		c.complain(fmt.Sprintf("entry %s (%s %s) cannot be taken back: %s%s",
			entry.ID, entry.Action, entry.Name, cannot.Words, recreation(cannot)))
		return exitError{models.ExitRefused}
	}
	if err != nil {
		return err
	}
	if !c.dryRun && c.yes && c.format == formatTable {
		// Without an id nobody has said yet what is to be taken back.
		if err := c.showPlan(c.Err, plan); err != nil {
			return err
		}
	}
	return c.carryOut(ctx, d, plan)
}

// entryToUndo finds an entry of this realm: the one with the id, else the last
// one that can be taken back in principle.
func (c *changeCommand) entryToUndo(id, realm string) (journal.Entry, error) {
	path := config.FindPaths(c.Getenv).Journal
	if id != "" {
		entry, err := journal.Find(path, id)
		if err == nil && entry.Realm != "" && !strings.EqualFold(entry.Realm, realm) {
			return entry, &models.Error{
				Kind: models.ErrInvalid, Action: "undo entry", Object: id,
				Advice: "It is of the domain " + entry.Realm + ", and this connection goes to " + realm + ".",
			}
		}
		return entry, err
	}
	entries, faults := c.readJournal(func(e journal.Entry) bool {
		return e.Outcome.Changed() && e.UndoneBy == "" && e.Undoes == "" && strings.EqualFold(e.Realm, realm) &&
			!desk.TraitsOf(e.Action).Outside
	})
	if len(entries) == 0 {
		return journal.Entry{}, errors.Join(&models.Error{
			Kind: models.ErrNotFound, Action: "undo the last change on", Object: realm,
			Advice: "The journal holds no change of this domain that was not taken back; see dirdesk journal.",
		}, faults)
	}
	return entries[len(entries)-1], nil
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
