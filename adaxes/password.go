package adaxes

import (
	"context"

	"dirdesk/models"
)

// reset is the body that resets a password (official). An option that is left out
// or null stays as it is.
type reset struct {
	DirectoryObject string        `json:"directoryObject"`
	Password        string        `json:"password"`
	Options         *resetOptions `json:"options,omitempty"`
	Unlock          bool          `json:"unlockAccount"`
}

type resetOptions struct {
	CannotChange *bool `json:"cannotChangePassword"`
	MustChange   *bool `json:"mustChangePassword"`
	NeverExpires *bool `json:"passwordNeverExpires"`
}

// CanMustChange is always true.
func (a *accounts) CanMustChange() bool { return true }

// SetPassword resets a password as an administrator does.
func (a *accounts) SetPassword(ctx context.Context, dn models.DN, password models.Secret, mustChange models.Flag) error {
	return a.SetPasswordWith(ctx, dn, password, mustChange, models.PasswordOptions{})
}

// SetPasswordWith resets a password together with the account's options, in one
// operation. It may be done in part, with warnings that the listener hears.
func (a *accounts) SetPasswordWith(ctx context.Context, dn models.DN, password models.Secret, mustChange models.Flag, options models.PasswordOptions) error {
	const action = "set the password of"
	switch {
	case password.Empty():
		return invalid(action, string(dn), "there is no password", "Type one: an empty one is not set.")
	case mustChange == models.Yes && options.CannotChange == models.Yes:
		return invalid(action, string(dn), "who must change the password must be able to", "Choose one of the two.")
	case mustChange == models.Yes && options.NeverExpires == models.Yes:
		return invalid(action, string(dn), "a password that never expires need never be changed", "Choose one of the two.")
	}
	body := reset{DirectoryObject: string(dn), Password: password.Reveal(), Unlock: options.Unlock}
	if mustChange.Known() || options.CannotChange.Known() || options.NeverExpires.Known() {
		body.Options = &resetOptions{choice(options.CannotChange), choice(mustChange), choice(options.NeverExpires)}
	}
	_, err := a.post(ctx, pathReset, body, action, dn, password)
	return err
}

func choice(f models.Flag) *bool {
	if !f.Known() {
		return nil
	}
	yes := f == models.Yes
	return &yes
}
