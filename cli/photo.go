package cli

import (
	"context"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newPhotoCommand(p *program) *cobra.Command {
	return p.newObjectReading(&cobra.Command{
		Use:   "photo OBJECT",
		Short: "Write the photo of a user or contact to standard output",
		Long: `Write the photo of a user or contact to standard output, as the server has it:
mostly JPEG. ` + objectHelp + ` dirdesk set --photo sets one.`,
		Example: "  dirdesk photo jdoe -c managed > jdoe.jpg\n  dirdesk set jdoe --photo jdoe.jpg -c managed",
		Args:    usageArgs(cobra.ExactArgs(1)),
		PreRunE: func(_ *cobra.Command, args []string) error {
			if _, terminal := p.outputWidth(); terminal {
				return usagef("a photo is no text for a terminal: send it into a file, dirdesk photo %s > photo.jpg", quoteShell(args[0]))
			}
			return nil
		},
	}, nil, "", func(ctx context.Context, r *reading, d *desk.Desk, o models.Object, _ []string) error {
		photo, err := d.Photo(ctx, o.DN)
		if err == nil && len(photo) == 0 {
			err = &models.Error{Kind: models.ErrNotFound, Action: "write the photo of", Object: string(o.DN), Advice: "The server has no photo of it."}
		}
		if err == nil {
			_, err = r.Out.Write(photo)
		}
		return err
	})
}
