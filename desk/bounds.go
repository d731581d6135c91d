package desk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// forbidden says why the limits of a profile do not allow a step; "" when they
// do. never are the objects that are never to be touched.
func (d *directory) forbidden(ctx context.Context, s Step, never []untouchable) (string, error) {
	l, c := d.options.Limits, s.Change
	if l == nil {
		return "", nil
	}
	if words := d.forbidsAction(c.Action); words != "" {
		return words, nil
	}
	if len(l.AllowBases) > 0 {
		if c.Logon != "" && !s.known {
			return "the profile allows changes below certain containers only, and where " + english.Quoted(c.Logon) + " stands is not known", nil
		}
		for _, dn := range places(s) {
			if !slices.ContainsFunc(l.AllowBases, func(base models.DN) bool { return dn.Equal(base) || dn.IsBelow(base) }) {
				return "the profile allows no changes in " + english.Quoted(string(dn)), nil
			}
		}
	}
	return d.touches(ctx, s, never)
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

// untouchable is an object that a profile never touches, as it is named there.
type untouchable struct {
	name string
	models.Object
}

// neverTouched finds the objects that a profile never touches, in whatever way it
// names them. One that cannot be found is known by its name.
func (d *directory) neverTouched(ctx context.Context) (all []untouchable, err error) {
	if d.options.Limits == nil {
		return nil, nil
	}
	for _, name := range d.options.Limits.NeverTouch {
		dn, noDN := models.ParseDN(name)
		if noDN != nil {
			dn = ""
		}
		found, err := finder{d}.Locate(ctx, name)
		several, ambiguous := errors.AsType[*Ambiguous](err)
		switch {
		case err == nil:
			all = append(all, untouchable{name, found})
		case ambiguous:
			for _, o := range several.Candidates {
				all = append(all, untouchable{name, o})
			}
		case errors.Is(err, models.ErrNotFound), errors.Is(err, models.ErrInvalid), errors.Is(err, models.ErrDenied):
			all = append(all, untouchable{name, models.Object{DN: dn}})
		default:
			return nil, err
		}
	}
	return all, nil
}

// touches says which object that is never to be touched a step would touch: its own,
// one that comes, goes or is a target, or one within what is moved or deleted.
func (d *directory) touches(ctx context.Context, s Step, never []untouchable) (string, error) {
	if len(never) == 0 {
		return "", nil
	}
	objects := []models.Object{s.before, {DN: s.Change.DN, SAMAccountName: s.Change.Logon}}
	if into := s.Change.Into(); into != nil {
		objects = append(objects, models.Object{DN: into.DN, Account: &models.Account{GUID: into.GUID}})
	}
	objects = append(objects, d.joining(ctx, s)...)
	for _, one := range s.below {
		objects = append(objects, models.Object{DN: one.DN, Account: &models.Account{GUID: one.GUID}})
	}
	// One that lies in what is moved, renamed or deleted is touched with it.
	whole := s.Change.NewParent.DN != "" || s.Change.NewName != "" || TraitsOf(s.Change.Action).Deletes ||
		s.Change.Modification != nil && newNameOf(s.Change.Modification) != ""
	for _, n := range never {
		if slices.ContainsFunc(objects, n.is) {
			return "the profile never touches " + english.Quoted(n.name), nil
		}
		if whole && s.before.DN != "" && n.DN.IsBelow(s.before.DN) {
			return "the profile never touches " + english.Quoted(n.name) + ", which lies in it", nil
		}
	}
	return "", ctx.Err()
}

// is reports whether an object is the one that is never touched, or lies in it.
func (n untouchable) is(o models.Object) bool {
	switch {
	case n.DN != "" && o.DN != "" && (o.DN.Equal(n.DN) || o.DN.IsBelow(n.DN)):
		return true
	case o.SAMAccountName != "" && strings.EqualFold(o.SAMAccountName, n.name):
		return true
	case o.Account == nil:
		return false
	}
	id, _ := identity(n.name)
	own := n.Ref().GUID
	return o.Account.GUID != "" && (strings.EqualFold(o.Account.GUID, id) || o.Account.GUID == own) ||
		o.Account.SID != "" && strings.EqualFold(o.Account.SID, id)
}

// joining are the objects that a step puts into a group or takes out of it: as
// members, or as values of the properties that say who is in what.
func (d *directory) joining(ctx context.Context, s Step) (all []models.Object) {
	refs := s.Change.Members
	if m := s.Change.Modification; m != nil {
		for _, p := range m.Properties {
			if strings.EqualFold(p.Name, "member") || strings.EqualFold(p.Name, "memberOf") {
				refs = slices.Concat(refs, p.Refs())
				if p.Operation == models.Replace {
					refs = slices.Concat(refs, p.BeforeRefs())
				}
			}
		}
	}
	for _, ref := range refs {
		o, err := d.Read(ctx, ref)
		if err != nil {
			o = models.Object{DN: ref.DN, Account: &models.Account{GUID: ref.GUID}}
		}
		all = append(all, o)
	}
	return all
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
