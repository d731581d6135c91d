package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/internal/config"
	"dirdesk/models"
)

func newJournalSettleCommand(p *access) *cobra.Command {
	return &cobra.Command{
		Use:   "settle [ENTRY...]",
		Short: "Look what became of changes that were begun",
		Long: `A dirdesk that was killed in the middle of a change leaves a note that it was
begun. Look at the object of each such note, or of those with the given ids, and
write down what is there now. Nothing is changed in the directory, and a change
that a running dirdesk has under way is left alone. Exit code 0: each note has
its line now; 1: not all could be looked at on this connection.`,
		Example: "  dirdesk journal settle -c office",
		RunE: func(command *cobra.Command, args []string) error {
			left, err := journal.Begun(config.FindPaths(p.Getenv).Journal)
			if err != nil {
				return err
			}
			if len(left) == 0 {
				_, err := fmt.Fprintln(p.Out, "Nothing is to be settled: every change that was begun has its line.")
				return err
			}
			return p.open(command, &demoFlags{}, anyProfile, func(ctx context.Context, backend desk.Backend, in models.SignIn) error {
				book, err := p.openJournal()
				if err != nil {
					return err
				}
				d := desk.New(backend, desk.Options{Journal: book, Operator: p.operator(in.Profile, backend), Profile: in.Profile.Name})
				return p.settle(p.listening(ctx), d, left, args)
			})
		},
	}
}

// settle looks at the notes with the ids, or at all.
func (p *access) settle(ctx context.Context, d *desk.Desk, left []journal.Entry, ids []string) error {
	var failed error
	named := map[string]bool{}
	for _, id := range ids {
		named[id] = true
	}
	for _, e := range left {
		if len(ids) > 0 && !named[e.ID] {
			continue
		}
		delete(named, e.ID)
		settled, err := d.Settle(ctx, e)
		if err != nil {
			p.complain(fmt.Sprintf("entry %s (%s %s): %s", e.ID, e.Action, e.Name, explain(err)))
			failed = exitError{models.ExitRefused}
			continue
		}
		if _, err := io.WriteString(p.Out, p.safe(fmt.Sprintf("%s  %s  %s", e.ID, settled.Outcome, settled.Words))+"\n"); err != nil {
			return err
		}
	}
	for id := range named {
		failed = errors.Join(failed, &models.Error{
			Kind: models.ErrNotFound, Action: "settle", Object: id, Advice: "No note of that id was left behind; see dirdesk journal.",
		})
	}
	return failed
}

// tellBegun says that changes were begun whose end nobody wrote down.
func (p *access) tellBegun() {
	left, err := journal.Begun(config.FindPaths(p.Getenv).Journal)
	if err != nil || len(left) == 0 {
		return // what is wrong with the files is told when they are written
	}
	p.complain(desk.BegunWords(left) + " dirdesk journal settle looks what became of it.")
}
