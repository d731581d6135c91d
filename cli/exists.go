package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newExistsCommand(p *program) *cobra.Command {
	return p.newReading(&cobra.Command{
		Use:   "exists NAME",
		Short: "Tell whether a logon name or group name is taken",
		Long: `Print yes when a user, a group or a computer has NAME for its logon name, else
no. The exit code is 0 either way: it tells that the question was answered.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}, resultFormats(), func(ctx context.Context, r *reading, backend desk.Backend, args []string) error {
		taken, err := nameTaken(ctx, backend, args[0])
		if err != nil {
			return err
		}
		if r.format == formatJSON {
			return printJSON(r.Out, struct {
				Name   string `json:"name"`
				Exists bool   `json:"exists"`
			}{args[0], taken})
		}
		_, err = fmt.Fprintln(r.Out, models.FlagOf(taken).Label())
		return err
	})
}

// nameTaken asks the server, where it can be asked, else looks for the name.
func nameTaken(ctx context.Context, backend desk.Backend, name string) (bool, error) {
	if checker, ok := desk.Capability[desk.NameChecker](backend); ok {
		return checker.NameTaken(ctx, name)
	}
	_, err := desk.New(backend, desk.Options{}).Locate(ctx, name, "")
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
