package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newMvCommand(p *program) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use:     "mv OBJECT CONTAINER",
		Short:   "Move an object into another container",
		Long:    "Move an object into another container. " + objectHelp + "\nA CONTAINER is a DN, or the name of an OU or container that no other has.",
		Example: `  dirdesk mv jdoe "OU=Sales,DC=example,DC=com" -c office`,
		Args:    usageArgs(cobra.ExactArgs(2)),
	}, func(ctx context.Context, d *desk.Desk, args []string) ([]models.Change, error) {
		o, err := d.Locate(ctx, args[0], "")
		if err != nil {
			return nil, err
		}
		change := changeOf(models.Move, o)
		change.NewParent, err = locateContainer(ctx, d, args[1])
		return []models.Change{change}, err
	})
}

// locateContainer finds what can hold objects by its DN or its name.
func locateContainer(ctx context.Context, d *desk.Desk, text string) (models.DN, error) {
	if _, err := models.ParseDN(text); err == nil {
		o, err := d.Locate(ctx, text, "")
		if err == nil && !o.Category.HoldsObjects() {
			err = &models.Error{
				Kind: models.ErrInvalid, Action: "move to", Object: string(o.DN),
				Advice: "That is a " + o.Category.Label() + ", which holds no other objects.",
			}
		}
		return o.DN, err
	}
	var missing error
	for _, category := range models.ContainerCategories() {
		o, err := d.Locate(ctx, text, category)
		if err == nil {
			return o.DN, nil
		}
		if !errors.Is(err, models.ErrNotFound) {
			return "", err
		}
		missing = err
	}
	return "", missing
}

func newRenameCommand(p *program) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use:   "rename OBJECT NAME",
		Short: "Give an object another name in its container",
		Long: "Give an object another name in its container: the first part of its DN, written\n" +
			"without CN= or OU= and without backslashes. The logon name stays. " + objectHelp,
		Example: `  dirdesk rename jdoe "Jane Doe" -c office`,
		Args:    usageArgs(cobra.ExactArgs(2)),
	}, func(ctx context.Context, d *desk.Desk, args []string) ([]models.Change, error) {
		o, err := d.Locate(ctx, args[0], "")
		change := changeOf(models.Rename, o)
		change.NewName = args[1]
		return []models.Change{change}, err
	})
}

func newRmCommand(p *program) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use:   "rm OBJECT...",
		Short: "Delete objects",
		Long: `Delete objects, each by itself. ` + objectHelp + ` When one of
them cannot be found, nothing is deleted.

What is deleted does not come back. Several objects, and a container with
objects in it, are deleted when their number is typed; --yes takes that question
away too, so look with --dry-run first. DSM deletes empty containers only.`,
		Example: "  dirdesk rm jdoe asmith -c office --dry-run",
		Args:    usageArgs(cobra.MinimumNArgs(1)),
	}, func(ctx context.Context, d *desk.Desk, args []string) (changes []models.Change, err error) {
		for _, name := range args {
			o, err := d.Locate(ctx, name, "")
			if err != nil {
				return nil, err
			}
			changes = append(changes, changeOf(models.Delete, o))
		}
		return changes, nil
	})
}
