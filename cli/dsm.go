package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/export"
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
	report.add(outcome)
	report.end()
	return report.verdict()
}

// maxRequest bounds a request, in bytes.
const maxRequest = 4 << 20

func newRequestCommand(p *program) *cobra.Command {
	c := p.newChange()
	command := &cobra.Command{
		Use:   "request FILE|-",
		Short: "Send a compound request to DSM as typed, for experts",
		Long: `Send a compound request to DSM as it stands in FILE, or on standard input, and
print the answer. It is a JSON array of calls, or an object with "compound",
"mode" and "stop_when_error". Nothing is checked but that it is JSON, nothing is
read back, and nothing can be undone. The journal keeps the names of the calls.`,
		Example: `  echo '[{"api":"SYNO.ActiveDirectory.Info","method":"get","version":1}]' | dirdesk request - -c office --yes`,
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			request, err := p.readRequest(args[0])
			if err != nil {
				return err
			}
			return c.desk(command, func(ctx context.Context, d *desk.Desk) error { return c.request(ctx, d, request) })
		},
	}
	c.register(command)
	c.registerReset(command, true) // nobody knows what it sets
	return command
}

// readRequest reads the request and sees that it is JSON.
func (p *program) readRequest(name string) ([]byte, error) {
	text, err := p.readBody(name)
	switch {
	case err != nil:
		return nil, err
	case len(text) > maxRequest:
		return nil, usagef("the request is longer than %d bytes", maxRequest)
	}
	text = withoutMark(text)
	// The text itself may hold a password: errors say where, not what.
	if err := json.Unmarshal(text, new(json.RawMessage)); err != nil {
		return nil, usagef("the request is no JSON text: %s", offsetOf(err))
	}
	if len(desk.RequestCalls(text)) == 0 {
		return nil, usagef("the request holds no calls\n" + `Write [{"api": "...", "method": "...", "version": 1}]`)
	}
	return text, nil
}

func offsetOf(err error) string {
	if syntax, ok := err.(*json.SyntaxError); ok {
		return fmt.Sprintf("it goes wrong at byte %d", syntax.Offset)
	}
	return "it cannot be read"
}

// request sends it, after a question.
func (c *changeCommand) request(ctx context.Context, d *desk.Desk, request []byte) error {
	calls := strings.Join(desk.RequestCalls(request), ", ")
	if c.dryRun {
		_, err := fmt.Fprintln(c.Out, "send to "+c.safe(d.Backend().About().URL)+": "+c.safe(calls))
		c.complain("nothing was sent (--dry-run)")
		return err
	}
	if !c.yes {
		yes, err := c.agreed(ctx, c.safe("Send "+calls+" as typed?"))
		if err != nil {
			return err
		}
		if !yes {
			c.complain("not confirmed: nothing was sent")
			return exitError{models.ExitRefused}
		}
	}
	answer, err := d.Request(ctx, request)
	if len(answer) > 0 {
		if printed := c.printReply(answer); printed != nil && err == nil {
			err = printed
		}
	}
	return err
}

// printBody prints the body of an answer: to a program as it came, to a terminal
// harmless. What is no JSON, a proxy's page, is told of by the error, and
// printed to nobody.
func (p *console) printBody(body []byte) error {
	if len(body) == 0 || !json.Valid(body) {
		return nil
	}
	text := string(bytes.TrimRight(body, "\r\n"))
	if _, terminal := p.outputWidth(); terminal {
		var err error
		if text, err = export.Encode(json.RawMessage(body)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(p.Out, text)
	return err
}

// printReply prints the answer with line breaks, and harmless to a terminal.
func (c *changeCommand) printReply(answer []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		_, err := fmt.Fprintln(c.Out, c.safe(string(answer)))
		return err
	}
	return printJSON(c.Out, value)
}
