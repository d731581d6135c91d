package desk

import (
	"context"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// forbidden says why the limits of a profile do not allow a step; "" when they
// do. before is the object as it is now, its zero value where none was read.
func (d *directory) forbidden(ctx context.Context, s Step) (string, error) {
	l, c := d.options.Limits, s.Change
	if l == nil {
		return "", nil
	}
	if words := d.forbidsAction(c.Action); words != "" {
		return words, nil
	}
	if len(l.AllowBases) > 0 {
		if c.Logon != "" {
			return "the profile allows changes below certain containers only, and where " + english.Quoted(c.Logon) + " stands is not known", nil
		}
		for _, dn := range places(s) {
			if !slices.ContainsFunc(l.AllowBases, func(base models.DN) bool { return dn.Equal(base) || dn.IsBelow(base) }) {
				return "the profile allows no changes in " + english.Quoted(string(dn)), nil
			}
		}
	}
	if len(l.NeverTouch) == 0 {
		return "", nil
	}
	return d.touchesNamed(ctx, s)
}

// forbidsAction says why an action is not allowed at all.
func (d *directory) forbidsAction(action models.Action) string {
	l := d.options.Limits
	return when(l != nil && len(l.AllowActions) > 0 && !slices.Contains(l.AllowActions, action.ID()), "the profile does not allow to "+string(action))
}

// places are where a step changes something.
func places(s Step) []models.DN {
	var all []models.DN
	for _, dn := range []models.DN{s.before.DN, s.Change.DN, s.Change.NewParent.DN} {
		if dn != "" && !slices.ContainsFunc(all, dn.Equal) {
			all = append(all, dn)
		}
	}
	return all
}

// touchesNamed says which object that is never to be touched a step would touch:
// its own, a member that comes or goes, or one within what is moved or deleted.
func (d *directory) touchesNamed(ctx context.Context, s Step) (string, error) {
	objects := []models.Object{s.before, {DN: s.Change.DN, SAMAccountName: s.Change.Logon}}
	for _, m := range s.Change.Members {
		o, err := d.Read(ctx, m)
		if err != nil {
			o = models.Object{DN: m.DN}
		}
		objects = append(objects, o)
	}
	for _, one := range s.below {
		objects = append(objects, models.Object{DN: one.DN, Account: &models.Account{GUID: one.GUID}})
	}
	for _, name := range d.options.Limits.NeverTouch {
		for _, o := range objects {
			if isNamedBy(o, name) {
				return "the profile never touches " + english.Quoted(name), nil
			}
		}
		// One that lies in what is moved, renamed or deleted is touched with it.
		whole := s.Change.NewParent.DN != "" || s.Change.NewName != "" || TraitsOf(s.Change.Action).Deletes
		if dn, err := models.ParseDN(name); whole && err == nil && s.before.DN != "" && dn.IsBelow(s.before.DN) {
			return "the profile never touches " + english.Quoted(name) + ", which lies in it", nil
		}
	}
	return "", nil
}

func isNamedBy(o models.Object, name string) bool {
	if dn, err := models.ParseDN(name); err == nil && o.DN != "" {
		return o.DN.Equal(dn) || o.DN.IsBelow(dn)
	}
	if strings.EqualFold(o.SAMAccountName, name) {
		return name != ""
	}
	return o.Account != nil && (strings.EqualFold(o.Account.GUID, strings.Trim(name, "{}")) || strings.EqualFold(o.Account.SID, name)) && name != ""
}

// forbidsRaw says why a request as a person typed it is not allowed: nobody knows
// what it touches.
func (d *directory) forbidsRaw() string {
	l := d.options.Limits
	switch {
	case l == nil:
		return ""
	case len(l.AllowBases) > 0 || len(l.NeverTouch) > 0:
		return "the profile limits what is touched, and of a raw request nobody knows that"
	default:
		return when(len(l.AllowActions) > 0 && !slices.Contains(l.AllowActions, models.RawRequestID), "the profile does not allow raw requests")
	}
}
