package upstream

import (
	"context"
	"errors"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
)

// Directory serves a backend. It is what simulator.Options asks for as its
// upstream.
type Directory struct {
	backend  desk.Backend
	listings listings
}

// New makes one of a backend that is signed in. What the backend cannot do is
// models.ErrUnsupported, with words that say so.
func New(backend desk.Backend) *Directory {
	return &Directory{backend: backend, listings: listings{now: time.Now, kept: map[string]*listing{}}}
}

// Info says which domain it is.
func (d *Directory) Info(ctx context.Context) (models.DirectoryInfo, error) {
	info, err := d.backend.Info(ctx)
	return info, explain(err)
}

// Conflict reports whether a logon name is taken.
func (d *Directory) Conflict(ctx context.Context, name string) (bool, error) {
	checker, err := ability[desk.NameChecker](d, "check the name", name)
	if err != nil {
		return false, err
	}
	taken, err := checker.NameTaken(ctx, name)
	return taken, explain(err)
}

// CreateUser makes an account.
func (d *Directory) CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (dn models.DN, err error) {
	err = write(d, "create user in", string(user.Container), func(b desk.UserCreator) (err error) {
		dn, err = b.CreateUser(ctx, user, password)
		return err
	})
	return dn, err
}

// CreateGroup makes a group.
func (d *Directory) CreateGroup(ctx context.Context, group models.NewGroup) (dn models.DN, err error) {
	err = write(d, "create group in", string(group.Container), func(b desk.GroupCreator) (err error) {
		dn, err = b.CreateGroup(ctx, group)
		return err
	})
	return dn, err
}

// EditFields writes text fields.
func (d *Directory) EditFields(ctx context.Context, dn models.DN, changes []models.FieldChange) error {
	return write(d, "change", string(dn), func(b desk.FieldEditor) error { return b.EditFields(ctx, dn, changes) })
}

// SetPassword sets a password; whether it must be changed stays as the server
// does it.
func (d *Directory) SetPassword(ctx context.Context, dn models.DN, password models.Secret) error {
	return write(d, "set the password of", string(dn), func(b desk.PasswordSetter) error {
		return b.SetPassword(ctx, dn, password, models.Unknown)
	})
}

// AddMembers puts objects into a group. Unlike the directory in memory, it passes
// over who is in it already, as the backend does.
func (d *Directory) AddMembers(ctx context.Context, group models.DN, members []models.DN) error {
	return write(d, "add members to", string(group), func(b desk.MemberAdder) error { return b.AddMembers(ctx, group, members) })
}

// Delete removes one object without anything below it.
func (d *Directory) Delete(ctx context.Context, dn models.DN) error {
	return write(d, "delete", string(dn), func(b desk.Deleter) error {
		var own error
		err := b.Delete(ctx, []models.DN{dn}, false, func(_ models.DN, err error) { own = err })
		return errors.Join(own, err)
	})
}

// write has a part of the backend change something, after which no listing holds.
func write[T any](d *Directory, action, object string, change func(T) error) error {
	able, err := ability[T](d, action, object)
	if err != nil {
		return err
	}
	defer d.listings.forget()
	return explain(change(able))
}

// ability finds an optional part of the backend.
func ability[T any](d *Directory, action, object string) (T, error) {
	found, ok := desk.Capability[T](d.backend)
	if ok {
		return found, nil
	}
	return found, &models.Error{
		Kind: models.ErrUnsupported, Action: action, Object: object,
		Server: "the connection to the domain behind this server cannot do that",
	}
}

// explain puts the advice where the server's words belong when an error has
// none: it was found before anything was sent.
func explain(err error) error {
	var detail *models.Error
	if !errors.As(err, &detail) || detail.Server != "" || detail.Advice == "" {
		return err
	}
	told := *detail
	told.Server = detail.Advice
	return &told
}
