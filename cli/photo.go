package cli

import (
	"context"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newPhotoCommand(p *program) *cobra.Command {
	var demo demoFlags
	command := &cobra.Command{
		Use:   "photo OBJECT",
		Short: "Write the photo of a user or contact to standard output",
		Long: `Write the photo of a user or contact to standard output, as the server has it:
mostly JPEG. ` + objectHelp + ` dirdesk set --photo sets one.`,
		Example: "  dirdesk photo jdoe -c managed > jdoe.jpg\n  dirdesk set jdoe --photo jdoe.jpg -c managed",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			if _, terminal := p.outputWidth(); terminal {
				return usagef("a photo is no text for a terminal: send it into a file, dirdesk photo %s > photo.jpg", quoteShell(args[0]))
			}
			return p.withBackend(command, &demo, func(ctx context.Context, backend desk.Backend) error {
				d := desk.New(backend, desk.Options{})
				o, err := d.Locate(ctx, args[0], "")
				if err != nil {
					return err
				}
				photo, err := d.Photo(ctx, o.DN)
				if err != nil {
					return err
				}
				if len(photo) == 0 {
					return &models.Error{Kind: models.ErrNotFound, Action: "write the photo of", Object: string(o.DN), Advice: "The server has no photo of it."}
				}
				_, err = p.Out.Write(photo)
				return err
			})
		},
	}
	demo.register(command)
	return command
}
