package activedirectory

import (
	"context"

	"dirdesk/models"
)

// forbidPasswordChange takes the right to change the own password from a user.
func (b *Backend) forbidPasswordChange(_ context.Context, dn models.DN) error {
	return &models.Error{Kind: models.ErrUnsupported, Action: "forbid the password change of", Object: string(dn)}
}
