package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
)

func newSyncCommand(p *program) *cobra.Command {
	c := p.newChange()
	wait := false
	command := &cobra.Command{
		Use:   "sync",
		Short: "Have DSM take over the domain's accounts",
		Long: `Have DSM bring its own copy of the domain's accounts up to date. Without --wait
that is started and not followed; with it the command ends when DSM says that it
is finished, and not before.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			return c.desk(command, func(ctx context.Context, d *desk.Desk) error {
				plan, err := d.Plan(ctx, []models.Change{{Action: models.SyncDomain, Name: "the domain"}}, desk.PlanOptions{})
				switch {
				case err != nil:
					return err
				case c.dryRun || plan.Refused() != nil:
					return c.carryOut(ctx, d, plan)
				}
				if err := c.confirm(ctx, plan); err != nil {
					return err
				}
				return c.sync(ctx, d, wait)
			})
		},
	}
	command.Flags().BoolVar(&wait, "wait", false, "stay until DSM says that it is finished")
	c.register(command)
	return command
}

// started is the verdict of a sync that nobody waited for.
const started verdict.Verdict = "started"

// sync starts a sync and follows it, if asked to.
func (c *changeCommand) sync(ctx context.Context, d *desk.Desk, wait bool) error {
	outcome := desk.Outcome{Change: models.Change{Action: models.SyncDomain}, Verdict: verdict.Unknown}
	said := ""
	for progress, err := range d.Sync(ctx) {
		switch {
		case err != nil && ctx.Err() != nil:
			c.complain("no longer watched; DSM goes on")
			return ctx.Err()
		case err != nil:
			return c.syncFailed(outcome, err)
		case progress.Done:
			outcome.Verdict, outcome.Verified = verdict.Done, true
			outcome.Words = fmt.Sprintf("DSM has the domain's accounts now (%s)", progress.Elapsed.Round(time.Second))
		case !wait:
			outcome.Verdict = started
			outcome.Words = "sync started and not followed; dirdesk sync --wait stays until it is finished"
		}
		if outcome.Verdict != verdict.Unknown {
			break
		}
		if words := c.syncWords(progress); words != said {
			said = words
			c.complain(words)
		}
	}
	return c.syncEnded(outcome)
}

// syncWords say how a sync is going.
func (c *changeCommand) syncWords(p desk.SyncProgress) string {
	switch {
	case p.Trouble != nil:
		return "sync: no answer at the moment: " + p.Trouble.Error()
	case !p.Known:
		return fmt.Sprintf("sync: DSM says %q, which dirdesk does not know", p.Words)
	default:
		return "sync: " + p.Words
	}
}

func (c *changeCommand) syncFailed(outcome desk.Outcome, err error) error {
	outcome.Err, outcome.Words = err, err.Error()
	if !errors.Is(err, models.ErrUnknownOutcome) {
		outcome.Verdict = verdict.Failed
	}
	return c.syncEnded(outcome)
}

func (c *changeCommand) syncEnded(outcome desk.Outcome) error {
	report := c.newReport(1)
	if err := report.add(outcome); err != nil {
		return err
	}
	if err := report.end(); err != nil {
		return err
	}
	return report.verdict()
}
