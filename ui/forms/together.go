package forms

import (
	"dirdesk/desk"
	"dirdesk/models"
)

// together are the rows of what a server can set with a password, in the same
// operation.
type together struct{ cannot, never, unlock *row }

// The answers of a row that may leave things as they are.
const (
	leaveIt   = "leave"
	switchOn  = "yes"
	switchOff = "no"
)

// newTogether adds the rows to a form; nil where the connection cannot.
func newTogether(f *sheet, o models.Object, must *row) *together {
	if _, able := desk.Capability[desk.PasswordOptionSetter](f.env.Desk.Backend()); !able {
		return nil
	}
	t := &together{
		cannot: threeWays(keyCannot, "Cannot change", "the person cannot change the password", "the person can change it"),
		never:  threeWays(keyNever, "Never expires", "the password never expires", "it expires as the domain says"),
		unlock: toggleRow(keyUnlock, "Unlock as well", "end a lockout in the same step", o.Locked == models.Yes),
	}
	t.unlock.hint = says("Of an account that is not locked it changes nothing.")
	if o.Locked == models.Yes {
		t.unlock.words = "the account is locked now"
		t.unlock.hint = says("Wrong passwords have locked it; a new password alone does not open it.")
	}
	if a := o.Account; a != nil {
		t.cannot.hint = presently(a.CannotChangePassword)
		t.never.hint = presently(a.PasswordNeverExpires)
	}
	blocked := must.blocked
	must.blocked = func() string {
		switch {
		case t.cannot.value() == switchOn:
			return `it contradicts "cannot change": leave that first`
		case t.never.value() == switchOn:
			return `it contradicts "never expires": leave that first`
		case t.cannot.value() == switchOff || t.never.value() == switchOff:
			return cannotMustChange(f.env.Desk, without(o, t))
		default:
			return blocked()
		}
	}
	for _, r := range []*row{t.cannot, t.never} {
		r.changed = func() {
			if must.block() != "" {
				must.on = false
			}
		}
	}
	f.rows = append(f.rows, t.cannot, t.never, t.unlock)
	return t
}

// threeWays is a row that leaves things as they are unless it is answered.
func threeWays(key, label, yes, no string) *row {
	return choiceRow(key, label,
		option{leaveIt, "leave", "stays as it is"}, option{switchOn, "yes", yes}, option{switchOff, "no", no})
}

// presently says how it is now, where that is known.
func presently(f models.Flag) func() string {
	if !f.Known() {
		return nil
	}
	return says("It is now: " + f.Label() + ".")
}

// without is an object as it will be where the rows switch something off.
func without(o models.Object, t *together) models.Object {
	if o.Account == nil {
		return o
	}
	account := *o.Account
	if t.cannot.value() == switchOff {
		account.CannotChangePassword = models.No
	}
	if t.never.value() == switchOff {
		account.PasswordNeverExpires = models.No
	}
	o.Account = &account
	return o
}

// options are the answers as a change carries them.
func (t *together) options() models.PasswordOptions {
	return models.PasswordOptions{
		CannotChange: flagOf(t.cannot), NeverExpires: flagOf(t.never), Unlock: t.unlock.on,
	}
}

func flagOf(r *row) models.Flag {
	switch r.value() {
	case switchOn:
		return models.Yes
	case switchOff:
		return models.No
	default:
		return models.Unknown
	}
}
