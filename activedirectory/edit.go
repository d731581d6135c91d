package activedirectory

import (
	"context"
	"slices"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// EditableFields are the fields that AD's schema has for a category, in the order
// of the form; none for a category that is not known.
func (b *sheets) EditableFields(category models.Category) []models.Field {
	return models.FieldsOf(category)
}

// EditFields writes what changes, in one modification: all of it or nothing.
func (b *sheets) EditFields(ctx context.Context, dn models.DN, changes []models.FieldChange) error {
	const action = "edit"
	if err := named(action, dn); err != nil {
		return err
	}
	request := ldap.NewModifyRequest(string(dn), nil)
	for _, change := range changes {
		switch {
		case !slices.Contains(models.Fields(), change.Field):
			return &models.Error{
				Kind: models.ErrUnsupported, Action: action, Object: string(dn),
				Advice: "The field " + change.Field.Label() + " is none that can be edited.",
			}
		case change.BeforeKnown && change.Before == change.After:
		case change.After == "":
			// Replacing by nothing also does where there is nothing, as deleting does not.
			request.Replace(string(change.Field), nil)
		default:
			request.Replace(string(change.Field), []string{change.After})
		}
	}
	if len(request.Changes) == 0 {
		return nil
	}
	return b.change(ctx, action, string(dn), func(c *conn) error { return b.modify(ctx, c, request) })
}
