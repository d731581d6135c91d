package dsm

import (
	"context"

	"dirdesk/models"
)

// Writer changes what a [Directory] shows: no more than DSM's documented calls
// can. It is safe for use by several goroutines. Its errors are *models.Error
// or wrap one, as the directory's are; where one tells an LDAP code and the
// server's words, the client gets them.
//
// The context of a call does not end with the client's connection: what a NAS
// has accepted, it does.
type Writer interface {
	// CreateUser makes an account and gives the name that it got.
	CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error)
	// CreateGroup makes a group and gives the name that it got.
	CreateGroup(ctx context.Context, group models.NewGroup) (models.DN, error)
	// EditFields writes text fields, all or none; an empty After clears one.
	// What was before is not looked at.
	EditFields(ctx context.Context, dn models.DN, changes []models.FieldChange) error
	// SetPassword sets a password as an administrator does.
	SetPassword(ctx context.Context, dn models.DN, password models.Secret) error
	// AddMembers puts objects into a group, all or none.
	AddMembers(ctx context.Context, group models.DN, members []models.DN) error
	// Delete removes one object that has nothing below it.
	Delete(ctx context.Context, dn models.DN) error
}

// readOnly stands in where no Writer was given.
type readOnly struct{}

func (readOnly) refuse(action string, object models.DN) error {
	return &models.Error{
		Kind: models.ErrUnsupported, Action: action, Object: string(object),
		Advice: "The directory behind this simulator cannot be changed.",
		Server: "the directory behind this simulator cannot be changed",
	}
}

func (r readOnly) CreateUser(_ context.Context, user models.NewUser, _ models.Secret) (models.DN, error) {
	return "", r.refuse("create user in", user.Container.DN)
}

func (r readOnly) CreateGroup(_ context.Context, group models.NewGroup) (models.DN, error) {
	return "", r.refuse("create group in", group.Container.DN)
}

func (r readOnly) EditFields(_ context.Context, dn models.DN, _ []models.FieldChange) error {
	return r.refuse("change", dn)
}

func (r readOnly) SetPassword(_ context.Context, dn models.DN, _ models.Secret) error {
	return r.refuse("set the password of", dn)
}

func (r readOnly) AddMembers(_ context.Context, group models.DN, _ []models.DN) error {
	return r.refuse("add members to", group)
}

func (r readOnly) Delete(_ context.Context, dn models.DN) error { return r.refuse("delete", dn) }
