package adaxes

import (
	"context"
	"slices"
	"time"

	"dirdesk/models"
)

// oneObject is the body of a request about one object and nothing else.
type oneObject struct {
	DirectoryObject string `json:"directoryObject"`
}

// SetEnabled enables or disables an account.
func (a *accounts) SetEnabled(ctx context.Context, ref models.Ref, enabled bool) error {
	action, path := "disable", pathDisable
	if enabled {
		action, path = "enable", pathEnable
	}
	_, err := a.post(ctx, path, oneObject{idOf(ref)}, action, ref)
	return err
}

// Unlock ends a lockout.
func (a *accounts) Unlock(ctx context.Context, ref models.Ref) error {
	_, err := a.post(ctx, pathUnlock, oneObject{idOf(ref)}, "unlock", ref)
	return err
}

// SetExpiry sets the moment from which an account cannot sign in any more. The
// property is a Timestamp: a time in ISO 8601, or "Never" (official).
func (a *accounts) SetExpiry(ctx context.Context, ref models.Ref, expiry models.Expiry) error {
	const action = "set the expiry of"
	value := models.NeverText
	switch at, ok := expiry.Time(); {
	case ok:
		value = at.Format(time.RFC3339)
	case !expiry.IsNever():
		return invalid(action, string(ref.DN), "neither a time nor never", "Give a date, or never.")
	}
	_, err := a.patch(ctx, action, ref, models.PropertyChange{Name: "accountExpires", Type: models.Timestamp, Values: []string{value}})
	return err
}

// SetMustChange makes an account choose a new password at its next logon, by
// Adaxes' own bit of userAccountControl (official).
func (a *accounts) SetMustChange(ctx context.Context, ref models.Ref, must bool) error {
	var bits int32
	if must {
		bits = models.MustChangeFlag
	}
	_, err := a.patch(ctx, "set must change of", ref, models.PropertyChange{
		Name: "userAccountControl", Type: models.Integer, Values: []string{decimal(bits)}, Masked: true, Mask: models.MustChangeFlag,
	})
	return err
}

// EditableFields are the fields that AD's schema has for a category, in the order
// of the form; none for a category that is not known.
func (a *accounts) EditableFields(category models.Category) []models.Field {
	return models.FieldsOf(category)
}

// EditFields writes what changes, in one operation: an empty text clears a field.
func (a *accounts) EditFields(ctx context.Context, ref models.Ref, changes []models.FieldChange) error {
	const action = "edit"
	var properties []models.PropertyChange
	for _, change := range changes {
		if !slices.Contains(models.Fields(), change.Field) {
			return &models.Error{
				Kind: models.ErrUnsupported, Action: action, Object: string(ref.DN),
				Advice: "The field " + change.Field.Label() + " is none that can be edited.",
			}
		}
		if change.BeforeKnown && change.Before == change.After {
			continue
		}
		p := models.PropertyChange{Name: string(change.Field), Type: models.CaseIgnoreString}
		if change.After != "" {
			p.Values = []string{change.After}
		}
		properties = append(properties, p)
	}
	if len(properties) == 0 {
		return nil
	}
	_, err := a.patch(ctx, action, ref, properties...)
	return err
}

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
func (a *accounts) SetPassword(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag) error {
	return a.SetPasswordWith(ctx, ref, password, mustChange, models.PasswordOptions{})
}

// SetPasswordWith resets a password together with the account's options, in one
// operation. It may be done in part, with warnings that the listener hears.
func (a *accounts) SetPasswordWith(ctx context.Context, ref models.Ref, password models.Secret, mustChange models.Flag, options models.PasswordOptions) error {
	const action = "set the password of"
	switch {
	case password.Empty():
		return invalid(action, string(ref.DN), "there is no password", "Type one: an empty one is not set.")
	case mustChange == models.Yes && options.CannotChange == models.Yes:
		return invalid(action, string(ref.DN), "who must change the password must be able to", "Choose one of the two.")
	case mustChange == models.Yes && options.NeverExpires == models.Yes:
		return invalid(action, string(ref.DN), "a password that never expires need never be changed", "Choose one of the two.")
	}
	body := reset{DirectoryObject: idOf(ref), Password: password.Reveal(), Unlock: options.Unlock}
	if mustChange.Known() || options.CannotChange.Known() || options.NeverExpires.Known() {
		body.Options = &resetOptions{choice(options.CannotChange), choice(mustChange), choice(options.NeverExpires)}
	}
	_, err := a.post(ctx, pathReset, body, action, ref, password)
	return err
}

func choice(f models.Flag) *bool {
	if !f.Known() {
		return nil
	}
	yes := f == models.Yes
	return &yes
}
