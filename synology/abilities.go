package synology

import (
	"context"

	"dirdesk/models"
)

// The methods below are the desk's abilities, as far as DSM's documented calls
// go. There are none to unlock, enable, disable or expire an account, to take a
// member out of a group, to rename or move, or to make an OU; no others are
// guessed at.

// CreateUser makes a user; see [Client.CreateUser].
func (b *Backend) CreateUser(ctx context.Context, user models.NewUser, password models.Secret) (models.DN, error) {
	return b.client.CreateUser(ctx, user, password)
}

// CreationFields are the fields that CreateUser takes: first, last and display
// name are to be written by EditFields once the user exists.
func (b *Backend) CreationFields() []models.Field { return creationFields() }

// CreateGroup makes a group; see [Client.CreateGroup].
func (b *Backend) CreateGroup(ctx context.Context, group models.NewGroup) (models.DN, error) {
	return b.client.CreateGroup(ctx, group)
}

// EditableFields are those that DSM can write: all of a user, none of anything
// else.
func (b *Backend) EditableFields(category models.Category) []models.Field {
	if category != models.Person {
		return nil
	}
	return models.Fields()
}

// EditFields writes fields of a user; see [Client.EditUser].
func (b *Backend) EditFields(ctx context.Context, dn models.DN, changes []models.FieldChange) error {
	return b.client.EditUser(ctx, dn, changes)
}

// CanMustChange is false: no call is known that makes a user change a password
// that an administrator has set.
func (b *Backend) CanMustChange() bool { return false }

// SetPassword sets a password. A mustChange that is not models.Unknown is
// models.ErrUnsupported.
func (b *Backend) SetPassword(ctx context.Context, dn models.DN, password models.Secret, mustChange models.Flag) error {
	if mustChange.Known() {
		return b.cannot(methodSetPassword, string(dn), "DSM's documented calls leave it open whether the password must be changed")
	}
	return b.client.SetPassword(ctx, dn, password)
}

// SendResetMail asks DSM to mail a reset link; see [Client.SendResetMail].
func (b *Backend) SendResetMail(ctx context.Context, logon string) error {
	_, err := b.client.SendResetMail(ctx, logon)
	return err
}

// AddMembers puts objects into a group; see [Client.AddMembers].
func (b *Backend) AddMembers(ctx context.Context, group models.DN, members []models.DN) error {
	return b.client.AddMembers(ctx, group, members)
}

// CanDeleteSubtree is false: what a deletion does to objects below is not known,
// and a domain controller refuses it.
func (b *Backend) CanDeleteSubtree() bool { return false }

// Delete deletes objects; see [Client.Delete]. With subtree it is
// models.ErrUnsupported.
func (b *Backend) Delete(ctx context.Context, dns []models.DN, subtree bool, done func(models.DN, error)) error {
	if subtree {
		return b.cannot(methodDelete, newDeletion(dns, nil).words(), "DSM's documented calls do not delete what lies below an object")
	}
	return b.client.Delete(ctx, dns, done)
}

// StartSync starts the domain update; see [Client.StartDomainUpdate].
func (b *Backend) StartSync(ctx context.Context) (task string, err error) {
	return b.client.StartDomainUpdate(ctx)
}

// SyncStatus asks how the domain update is going.
func (b *Backend) SyncStatus(ctx context.Context, task string) (models.SyncStatus, error) {
	status, err := b.client.DomainUpdate(ctx, task)
	if err != nil {
		return models.SyncStatus{}, err
	}
	return status.sync(), nil
}

// NameTaken reports whether a logon or group name is taken.
func (b *Backend) NameTaken(ctx context.Context, name string) (bool, error) {
	return b.client.NameTaken(ctx, name)
}

// Request sends a compound request as typed; see [Client.Request].
func (b *Backend) Request(ctx context.Context, request []byte) (answer []byte, err error) {
	return b.client.Request(ctx, request)
}

func (b *Backend) cannot(m method, object, words string) error {
	return &models.Error{
		Kind:   reason{words, models.ErrUnsupported},
		Action: m.words, Object: object,
		Advice: "Connect to the domain over LDAP for this.",
	}
}
