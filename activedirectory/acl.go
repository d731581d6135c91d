package activedirectory

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

const securityDescriptor = "nTSecurityDescriptor"

// daclOnly asks for, or writes, nothing but the discretionary access list of a
// security descriptor (MS-ADTS 3.1.1.3.4.1.11): the audit list needs a privilege
// of its own, and owner and group are to stay.
func daclOnly() []ldap.Control {
	return []ldap.Control{&ldap.ControlMicrosoftSDFlags{Criticality: true, ControlValue: 4}}
}

// forbidPasswordChange takes from a user that has just been made the right to
// change its own password, as Windows' tools do: two entries at the head of the
// access list, denying it to the account itself and to everyone.
func (b *objects) forbidPasswordChange(ctx context.Context, dn models.DN) error {
	const action = "forbid the password change of"
	err := b.change(ctx, action, string(dn), func(c *conn) error {
		now := baseSearch(string(dn), anything, []string{securityDescriptor})
		now.Controls = daclOnly()
		entry, err := c.one(ctx, b.silence, now)
		if err != nil {
			return err
		}
		after, err := denyPasswordChange(attributesOf(entry).bytes(securityDescriptor))
		if err != nil {
			return fmt.Errorf("its access list: %w", err)
		}
		request := replace(string(dn), securityDescriptor, string(after))
		request.Controls = daclOnly()
		return b.modify(ctx, c, request)
	})
	var said *models.Error
	if errors.As(err, &said) && !errors.Is(err, models.ErrUnknownOutcome) {
		said.Advice = "The user was created and can sign in, but can change its password: forbid that with another tool, or delete the user."
	}
	return err
}
