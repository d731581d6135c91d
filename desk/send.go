package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// send makes the one write of a step, and gives the name of what was made,
// renamed or moved.
func (d *Desk) send(ctx context.Context, s Step, o PlanOptions) (models.DN, error) {
	c := s.Change
	switch c.Action {
	case models.CreateUser:
		return d.sendNewUser(ctx, c)
	case models.CreateGroup:
		return with(d, func(b GroupCreator) (models.DN, error) { return b.CreateGroup(ctx, *c.Group) })
	case models.CreateOU:
		return with(d, func(b OUCreator) (models.DN, error) {
			return b.CreateOU(ctx, c.DN.Parent(), c.DN.RDN().Value, c.Description)
		})
	case models.Rename:
		return with(d, func(b Renamer) (models.DN, error) { return b.Rename(ctx, c.DN, c.NewName) })
	case models.Move:
		return with(d, func(b Mover) (models.DN, error) { return b.Move(ctx, c.DN, c.NewParent) })
	case models.Modify:
		return with(d, func(b PropertyEditor) (models.DN, error) {
			return b.EditProperties(ctx, c.DN, asStored(*c.Modification))
		})
	default:
		return "", d.sendPlain(ctx, s, o)
	}
}

// sendPlain makes the writes that leave the object's name as it is.
func (d *Desk) sendPlain(ctx context.Context, s Step, o PlanOptions) error {
	c := s.Change
	switch c.Action {
	case models.Edit:
		return d.sendFields(ctx, c.DN, c.Category, c.Fields)
	case models.SetPassword:
		return d.sendPassword(ctx, c)
	case models.SendResetMail:
		return do(d, func(b ResetMailer) error { return b.SendResetMail(ctx, logonOf(c)) })
	case models.AddMembers:
		return do(d, func(b MemberAdder) error { return b.AddMembers(ctx, c.DN, c.Members) })
	case models.RemoveMembers:
		return do(d, func(b MemberRemover) error { return b.RemoveMembers(ctx, c.DN, c.Members) })
	case models.Enable, models.Disable:
		return do(d, func(b Enabler) error { return b.SetEnabled(ctx, c.DN, c.Action == models.Enable) })
	case models.Unlock:
		return do(d, func(b Unlocker) error { return b.Unlock(ctx, c.DN) })
	case models.SetExpiry:
		return do(d, func(b ExpirySetter) error { return b.SetExpiry(ctx, c.DN, c.Expiry) })
	case models.SetMustChange:
		return do(d, func(b MustChanger) error { return b.SetMustChange(ctx, c.DN, c.MustChange == models.Yes) })
	case models.Delete:
		return d.sendDeletion(ctx, s, o)
	case models.SyncDomain:
		return d.sendSync(ctx)
	default:
		return refuse(c, models.ErrUnsupported, english.Own("dirdesk does not know how to do that"))
	}
}

// with calls the first part of the backend that has an ability.
func with[T any](d *Desk, call func(T) (models.DN, error)) (models.DN, error) {
	ability, ok := Ability[T](d.backend)
	if !ok {
		return "", &models.Error{Kind: models.ErrUnsupported, Action: "change"}
	}
	return call(ability)
}

func do[T any](d *Desk, call func(T) error) error {
	_, err := with(d, func(ability T) (models.DN, error) { return "", call(ability) })
	return err
}

// sendNewUser makes a user, and writes what the creation itself does not take
// by an edit.
func (d *Desk) sendNewUser(ctx context.Context, c models.Change) (models.DN, error) {
	creator, ok := d.creatorFor(*c.User)
	if !ok {
		return "", refuse(c, models.ErrUnsupported, english.Own(d.cannot(c.Action, "")))
	}
	first, later := split(creator, *c.User)
	dn, err := creator.CreateUser(ctx, first, c.Password)
	if err != nil {
		if len(later) == 0 || !models.MayBeDone(err) {
			return dn, err
		}
		// The edit was not sent yet: it follows when the user is there.
		made := c
		made.User = &first
		found := d.lookUntil(ctx, Step{Change: made}, dn)
		if found.dn == "" {
			return dn, err
		}
		dn = found.dn
	}
	editable := d.EditableFields(models.Person)
	later = slices.DeleteFunc(later, func(f models.FieldChange) bool { return !slices.Contains(editable, f.Field) })
	if len(later) == 0 {
		return dn, nil
	}
	if err := d.sendFields(ctx, dn, models.Person, later); err != nil {
		return dn, &halfDone{made: dn, err: err}
	}
	return dn, nil
}

// halfDone is a creation whose object is there, and whose rest failed.
type halfDone struct {
	made models.DN
	err  error
}

func (h *halfDone) Error() string {
	return fmt.Sprintf("the account was made, but not all of its fields were written: %v", h.err)
}

func (h *halfDone) Unwrap() error { return h.err }

// editorsFor shares fields out among the editors: all to the first that can
// write them all, else each to the first that can.
func (d *Desk) editorsFor(category models.Category, fields []models.FieldChange) []share {
	var shares []share
	for editor := range abilities[FieldEditor](d.backend) {
		can := editor.EditableFields(category)
		mine := share{editor: editor}
		for _, f := range fields {
			if slices.Contains(can, f.Field) {
				mine.fields = append(mine.fields, f)
			}
		}
		if len(mine.fields) == len(fields) {
			return []share{mine}
		}
		shares = append(shares, mine)
	}
	taken := map[models.Field]bool{}
	for i := range shares {
		shares[i].fields = slices.DeleteFunc(shares[i].fields, func(f models.FieldChange) bool {
			had := taken[f.Field]
			taken[f.Field] = true
			return had
		})
	}
	return slices.DeleteFunc(shares, func(s share) bool { return len(s.fields) == 0 })
}

// share is what one editor writes.
type share struct {
	editor FieldEditor
	fields []models.FieldChange
}

func (d *Desk) sendFields(ctx context.Context, dn models.DN, category models.Category, fields []models.FieldChange) error {
	for _, s := range d.editorsFor(category, fields) {
		if err := s.editor.EditFields(ctx, dn, s.fields); err != nil {
			return err
		}
	}
	return nil
}

// sendPassword goes through the first setter that can do what is asked.
func (d *Desk) sendPassword(ctx context.Context, c models.Change) error {
	if c.Options != (models.PasswordOptions{}) {
		return do(d, func(b PasswordOptionSetter) error {
			return b.SetPasswordWith(ctx, c.DN, c.Password, c.MustChange, c.Options)
		})
	}
	for setter := range abilities[PasswordSetter](d.backend) {
		if c.MustChange == models.Unknown || setter.CanMustChange() {
			return setter.SetPassword(ctx, c.DN, c.Password, c.MustChange)
		}
	}
	return refuse(c, models.ErrUnsupported, english.Own(d.cannotMustChange()))
}

// sendDeletion deletes one object.
func (d *Desk) sendDeletion(ctx context.Context, s Step, o PlanOptions) error {
	subtree := o.Subtree && s.Below > 0
	deleter, ok := d.deleterFor(subtree)
	if !ok {
		return refuse(s.Change, models.ErrUnsupported, english.Own("this connection cannot delete it"))
	}
	reported := false
	var verdict error
	err := deleter.Delete(ctx, []models.DN{s.Change.DN}, subtree, func(_ models.DN, err error) {
		reported, verdict = true, err
	})
	switch {
	case reported:
		return verdict
	case err != nil:
		return err
	default:
		return &models.Error{
			Kind: models.ErrUnknownOutcome, Action: string(models.Delete), Object: called(s.Change),
			Err: errors.New("the server did not say what became of it"),
		}
	}
}

// sendSync follows a sync to its end.
func (d *Desk) sendSync(ctx context.Context) error {
	for _, err := range d.follow(ctx) {
		if err != nil {
			return err
		}
	}
	return nil
}
