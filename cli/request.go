package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

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
		if text, err = encode(json.RawMessage(body)); err != nil {
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
