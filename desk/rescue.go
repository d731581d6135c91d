package desk

import (
	"cmp"
	"context"

	"dirdesk/desk/password"
	"dirdesk/models"
)

// Rescue gives the changes that let people in who cannot sign in any more: for each
// a password that is made here after the domain's rules, to be changed at the next
// logon. Their plan says what else keeps them out, and offers to end it.
func (d *Desk) Rescue(ctx context.Context, people []models.Object) ([]models.Change, error) {
	changes := make([]models.Change, 0, len(people))
	for _, o := range people {
		secret, err := d.MakePassword(ctx, o.SAMAccountName, cmp.Or(o.DisplayName, o.Name))
		if err != nil {
			return nil, err
		}
		changes = append(changes, models.Change{Action: models.SetPassword, MustChange: models.Yes, Rescue: true, Password: secret}.Of(o))
	}
	return changes, nil
}

// MakePassword makes a password after the domain's rules; names are what it must
// not hold. Rules that cannot be read are the strict ones; the plan warns of it.
func (d *Desk) MakePassword(ctx context.Context, names ...string) (models.Secret, error) {
	policy, err := d.Policy(ctx)
	if err != nil && ctx.Err() != nil {
		return models.Secret{}, ctx.Err()
	}
	return password.Make(policy, names...)
}
