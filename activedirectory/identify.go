package activedirectory

import (
	"context"
	"errors"
	"strings"

	"dirdesk/models"
)

// Identify finds an object by its GUID or SID, which a domain controller takes in
// the place of a name (MS-ADTS 3.1.1.3.1.2.4; seen on Samba 4.17.12).
func (b *reader) Identify(ctx context.Context, id string) (models.Object, error) {
	const action = "find the object"
	id = strings.TrimSpace(id)
	var name models.DN
	switch {
	case models.IsGUID(id):
		name = models.DN("<GUID=" + id + ">")
	case models.IsSID(id):
		name = models.DN("<SID=" + strings.ToUpper(id) + ">")
	default:
		return models.Object{}, &models.Error{
			Kind: models.ErrInvalid, Action: action, Object: id,
			Advice: "Give a GUID such as 1b2c3d4e-0000-1111-2222-333344445555, or a SID such as S-1-5-21-1-2-3-500.",
		}
	}
	var object models.Object
	err := b.use(ctx, always, func(c *conn) (err error) {
		object, err = b.get(ctx, c, name)
		return err
	})
	if err = resultError(action, id, err); err != nil {
		var said *models.Error
		if errors.As(err, &said) && said.Kind == models.ErrNotFound {
			said.Advice = "No object of this domain, that your account may see, has this identifier."
		}
		return models.Object{}, err
	}
	return object, nil
}
