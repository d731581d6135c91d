package activedirectory

import (
	"context"

	"dirdesk/models"
)

// EditProperties changes any properties of an object in one modification: all of
// it or nothing.
func (b *Backend) EditProperties(ctx context.Context, dn models.DN, modification models.Modification) (models.DN, error) {
	return "", &models.Error{Kind: models.ErrUnsupported, Action: "change the properties of", Object: string(dn), Advice: "Not yet over LDAP."}
}
