package cli

import (
	"context"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/models"
)

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
				if group.Container == "" {
					if group.Container, err = usersContainer(ctx, d); err != nil {
						return nil, err
					}
				}
				return []models.Change{{
					Action: models.CreateGroup, DN: group.Container.Child("CN", group.Name), Name: group.Name,
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
	switch g.Scope {
	case models.ScopeGlobal, models.ScopeLocal, models.ScopeUniversal:
	default:
		return usagef("--scope must be global, local or universal, not %q", g.Scope)
	}
	switch g.Type {
	case models.TypeSecurity, models.TypeDistribution:
	default:
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
		for _, name := range args[1:] {
			member, err := d.Locate(ctx, name, "")
			if err != nil {
				return nil, err
			}
			change.Members = append(change.Members, member.DN)
		}
		return []models.Change{change}, nil
	})
}
