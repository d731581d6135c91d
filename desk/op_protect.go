package desk

import (
	"context"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

const (
	isProtected  = "protected from deletion"
	liftIt       = "lift the protection first (dirdesk unprotect)"
	itselfDenies = "its own access list denies its deletion to everyone"
)

// switchProtection protects an object from deletion, or lifts that.
func switchProtection(action models.Action) flagOperation {
	of, to, opposite, verb := isProtectedNow, models.Yes, models.Unprotect, "protect "
	doing, titled := "protect an object from deletion", "from deletion"
	if action == models.Unprotect {
		of, to, opposite, verb = deniesDeletion, models.No, models.Protect, "lift the protection of "
		doing = "lift the protection of an object from deletion"
	}
	return flagOperation{
		description: description{
			several: string(action), cannot: needing[Protector](doing),
			unfit: func(o models.Object) (never, now string) {
				already := "it is " + isProtected + " already"
				if to == models.No {
					already = "it is not " + isProtected
				}
				return when(to == models.Yes && o.DN.Parent() == "", "it is the top of the domain"), when(of(o) == to, already)
			},
		},
		flag: func(models.Change) flagChange {
			return flagChange{valueProtected, "nTSecurityDescriptor", isProtected, "no longer " + isProtected, isProtected, of, to}
		},
		titled: func(s Step) string { return verb + s.name(titled) },
		write: func(ctx context.Context, b Backend, c models.Change) (models.DN, error) {
			return do(b, func(p Protector) error { return p.SetProtected(ctx, c.Ref(), to == models.Yes) })
		},
		undo: func(_ journal.Entry, c models.Change) (models.Change, error) {
			c.Action = opposite
			return c, nil
		},
	}
}

func isProtectedNow(o models.Object) models.Flag { return o.Protected }

// deniesDeletion is what lifting a protection takes away, whether its container
// does its part or not.
func deniesDeletion(o models.Object) models.Flag {
	if o.Account != nil && o.Account.DeniesDeletion.Known() {
		return o.Account.DeniesDeletion
	}
	return o.Protected
}

// shielded says of what is protected from deletion that it cannot be deleted, or
// moved, which is denied with it; else of what is built into the domain.
func shielded(o models.Object, flag models.Flag, done string) string {
	switch {
	case o.Protected == models.Yes:
		return isProtected + ": cannot be " + done + "; " + liftIt
	case deniesDeletion(o) == models.Yes:
		return itselfDenies + ": it is not " + done + "; " + liftIt
	default:
		return unless(flag, done)
	}
}
