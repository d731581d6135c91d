package cli

import (
	"context"
	"errors"
	"slices"

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
func locateContainer(ctx context.Context, d *desk.Desk, text string) (models.Ref, error) {
	if _, err := models.ParseDN(text); err == nil {
		o, err := d.Locate(ctx, text, "")
		if err == nil && !o.Category.HoldsObjects() {
			err = &models.Error{
				Kind: models.ErrInvalid, Action: "move to", Object: string(o.DN),
				Advice: "That is a " + o.Category.Label() + ", which holds no other objects.",
			}
		}
		return o.Ref(), err
	}
	var missing error
	for _, category := range models.ContainerCategories() {
		o, err := d.Locate(ctx, text, category)
		if err == nil {
			return o.Ref(), nil
		}
		if !errors.Is(err, models.ErrNotFound) {
			return models.Ref{}, err
		}
		missing = err
	}
	return models.Ref{}, missing
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
	c := p.newChange()
	command := &cobra.Command{
		Use:   "rm OBJECT...",
		Short: "Delete objects",
		Long: `Delete objects, each by itself. ` + objectHelp + ` When one of
them cannot be found, nothing is deleted.

What is deleted does not come back. What is not empty, also a user or a computer
with objects below it, is deleted only with --recursive, and a plan of more than
100 objects only with --max-objects N. Several objects are deleted when their
number is typed; --yes takes that question away, so look with --dry-run first.
DSM and Adaxes delete only what is empty.`,
		Example: "  dirdesk rm jdoe asmith -c office --dry-run\n  dirdesk rm \"OU=Old,DC=example,DC=com\" -c office --recursive --max-objects 250",
		Args:    usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				return changesOf(ctx, d, models.Delete, args)
			})
		},
	}
	command.Flags().BoolVar(&c.options.Subtree, "recursive", false, "delete what is not empty with all that is in it")
	c.register(command)
	return command
}

// changesOf begins a change of each object that is named, or of none.
func changesOf(ctx context.Context, d *desk.Desk, action models.Action, names []string) (changes []models.Change, err error) {
	for _, name := range names {
		o, err := d.Locate(ctx, name, "")
		if err != nil {
			return nil, err
		}
		changes = append(changes, changeOf(action, o))
	}
	return changes, nil
}

func newGroupCommand(p *program) *cobra.Command {
	return newFamily("group", "Create a group, list its members, add some, remove some",
		newGroupCreateCommand(p),
		newMembersCommand(p, models.AddMembers, "add GROUP MEMBER...", "Put objects into a group",
			"Who is in it already is no error."),
		newMembersCommand(p, models.RemoveMembers, "remove GROUP MEMBER...", "Take objects out of a group",
			"Who is not in it is no error."),
		newGroupMembersCommand(p),
	)
}

func newGroupCreateCommand(p *program) *cobra.Command {
	c := p.newChange()
	var group models.NewGroup
	var in, scope, kind string
	command := &cobra.Command{
		Use:   "create NAME",
		Short: "Create a group",
		Long: `Create a group. Its scope says where it can be used and who can be in it:
global: members of its own domain, used everywhere; local: members from
everywhere, used in its own domain; universal: both. A security group can be
given rights; a distribution group is for mail only.`,
		Example: `  dirdesk group create Printers --in "OU=Staff,DC=example,DC=com" --description "May print" -c office`,
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE: func(command *cobra.Command, args []string) (err error) {
			group.Name, group.Scope, group.Type = args[0], models.GroupScope(scope), models.GroupType(kind)
			if err := checkGroupKind(group); err != nil {
				return err
			}
			if group.Container, err = parseContainer("--in", in); err != nil {
				return err
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				if group.Container, err = containerOr(ctx, d, group.Container); err != nil {
					return nil, err
				}
				return []models.Change{{
					Action: models.CreateGroup, DN: group.Container.DN.Child("CN", group.Name), Name: group.Name,
					Category: models.Group, Group: &group,
				}}, nil
			})
		},
	}
	flags := command.Flags()
	flags.StringVar(&in, "in", "", "create it in the container `DN`; without: CN=Users of the domain")
	flags.StringVar(&scope, "scope", string(models.ScopeGlobal), "`global|local|universal`")
	flags.StringVar(&kind, "type", string(models.TypeSecurity), "`security|distribution`")
	flags.StringVar(&group.Mail, "mail", "", "mail address")
	flags.StringVar(&group.Description, "description", "", "description")
	c.register(command)
	return command
}

func checkGroupKind(g models.NewGroup) error {
	switch {
	case !slices.Contains([]models.GroupScope{models.ScopeGlobal, models.ScopeLocal, models.ScopeUniversal}, g.Scope):
		return usagef("--scope must be global, local or universal, not %q", g.Scope)
	case g.Type != models.TypeSecurity && g.Type != models.TypeDistribution:
		return usagef("--type must be security or distribution, not %q", g.Type)
	}
	return nil
}

func newMembersCommand(p *program, action models.Action, use, short, twice string) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use: use, Short: short,
		Long: short + ". " + twice + " GROUP and MEMBER are DNs or\nlogon names; of a group the name.",
		Args: usageArgs(cobra.MinimumNArgs(2)),
	}, func(ctx context.Context, d *desk.Desk, args []string) ([]models.Change, error) {
		group, err := d.Locate(ctx, args[0], models.Group)
		if err != nil {
			return nil, err
		}
		change := changeOf(action, group)
		members, err := changesOf(ctx, d, action, args[1:])
		for _, member := range members {
			change.Members = append(change.Members, member.Ref())
		}
		return []models.Change{change}, err
	})
}
