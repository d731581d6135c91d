package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

func newMvCommand(p *program) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use:   "mv OBJECT... CONTAINER",
		Short: "Move objects into another container",
		Long:  "Move objects into another container. " + manyHelp + "\n" + containerHelp,
		Example: `  dirdesk mv jdoe "OU=Sales,DC=example,DC=com" -c office
  dirdesk mv jdoe asmith Staff/Europe/Vienna -c office`,
		Args: usageArgs(cobra.MinimumNArgs(2)),
	}, func(ctx context.Context, c *changeCommand, d *desk.Desk, args []string) ([]models.Change, error) {
		last := len(args) - 1
		changes, err := c.changesOf(ctx, d, models.Move, args[:last])
		if err != nil {
			return nil, err
		}
		to, err := c.locate(ctx, d, args[last], models.ContainerCategories()...)
		for i := range changes {
			changes[i].NewParent = to.Ref()
		}
		return changes, err
	})
}

func newRenameCommand(p *program) *cobra.Command {
	return p.newChanges(&cobra.Command{
		Use:   "rename OBJECT NAME",
		Short: "Give an object another name in its container",
		Long: "Give an object another name in its container: the first part of its DN, written\n" +
			"without CN= or OU= and without backslashes. The logon name stays. " + objectHelp,
		Example: `  dirdesk rename jdoe "Jane Doe" -c office`,
		Args:    usageArgs(cobra.ExactArgs(2)),
	}, func(ctx context.Context, c *changeCommand, d *desk.Desk, args []string) ([]models.Change, error) {
		o, err := c.locate(ctx, d, args[0])
		change := changeOf(models.Rename, o)
		change.NewName = args[1]
		return []models.Change{change}, err
	})
}

// protection is what protect and unprotect share in their help.
const protection = `
Everyone is denied the deletion of a protected object, in its own access list and in
that of its container, as Windows' tools do it; it cannot be moved then either.
Lifting it changes the object's own list: the container's entry may protect others,
and stays. All other entries stay as they are. This works over LDAP: DSM and Adaxes
have no documented call for it. dirdesk ls tells which OUs are protected.`

func newRmCommand(p *program) *cobra.Command {
	c := p.newChange()
	command := &cobra.Command{
		Use:   "rm OBJECT...",
		Short: "Delete objects",
		Long: `Delete objects, each by itself. ` + manyHelp + `

What is deleted does not come back. What is not empty, also a user or a computer
with objects below it, is deleted only with --recursive, and a plan of more than
100 objects only with --max-objects N. Several objects are deleted when their
number is typed; --yes takes that question away, so look with --dry-run first.
DSM and Adaxes delete only what is empty.`,
		Example: "  dirdesk rm jdoe asmith -c office --dry-run\n  dirdesk rm \"OU=Old,DC=example,DC=com\" -c office --recursive --max-objects 250",
		Args:    usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(command *cobra.Command, args []string) error {
			names, err := c.withInput(args)
			if err != nil {
				return err
			}
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				return c.changesOf(ctx, d, models.Delete, names)
			})
		},
	}
	command.Flags().BoolVar(&c.options.Subtree, "recursive", false, "delete what is not empty with all that is in it")
	c.register(command)
	return command
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
			return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) {
				if group.Container, err = c.containerOr(ctx, d, in); err != nil {
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
	flags.StringVar(&in, "in", "", "create it in `CONTAINER`; without: CN=Users of the domain")
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
		Long: short + ". " + twice + "\nA GROUP and a MEMBER are named as an OBJECT is. " + manyHelp,
		Args: usageArgs(cobra.MinimumNArgs(2)),
	}, func(ctx context.Context, c *changeCommand, d *desk.Desk, args []string) ([]models.Change, error) {
		group, err := c.locate(ctx, d, args[0], models.Group)
		if err != nil {
			return nil, err
		}
		change := changeOf(action, group)
		members, err := c.changesOf(ctx, d, action, args[1:])
		for _, member := range members {
			change.Members = append(change.Members, member.Ref())
		}
		return []models.Change{change}, err
	})
}
