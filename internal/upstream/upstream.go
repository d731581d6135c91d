// Package upstream puts a connection to a real domain behind the simulator's DSM
// face: what a client does over DSM's protocol is done in that domain.
//
// DSM's protocol asks for listings by offset, and LDAP has none. A listing is
// therefore read as a whole, put in an order of its own, and kept for a short
// while for the pages that follow.
package upstream

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
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
	err = write(d, "create user in", string(user.Container.DN), func(b desk.UserCreator) (err error) {
		dn, err = b.CreateUser(ctx, user, password)
		return err
	})
	return dn, err
}

// CreateGroup makes a group.
func (d *Directory) CreateGroup(ctx context.Context, group models.NewGroup) (dn models.DN, err error) {
	err = write(d, "create group in", string(group.Container.DN), func(b desk.GroupCreator) (err error) {
		dn, err = b.CreateGroup(ctx, group)
		return err
	})
	return dn, err
}

// EditFields writes text fields.
func (d *Directory) EditFields(ctx context.Context, dn models.DN, changes []models.FieldChange) error {
	return write(d, "change", string(dn), func(b desk.FieldEditor) error { return b.EditFields(ctx, models.Ref{DN: dn}, changes) })
}

// SetPassword sets a password; whether it must be changed stays as the server
// does it.
func (d *Directory) SetPassword(ctx context.Context, dn models.DN, password models.Secret) error {
	return write(d, "set the password of", string(dn), func(b desk.PasswordSetter) error {
		return b.SetPassword(ctx, models.Ref{DN: dn}, password, models.Unknown)
	})
}

// AddMembers puts objects into a group. Unlike the directory in memory, it passes
// over who is in it already, as the backend does.
func (d *Directory) AddMembers(ctx context.Context, group models.DN, members []models.DN) error {
	return write(d, "add members to", string(group), func(b desk.MemberAdder) error {
		return b.AddMembers(ctx, models.Ref{DN: group}, models.Refs(members...))
	})
}

// Delete removes one object without anything below it.
func (d *Directory) Delete(ctx context.Context, dn models.DN) error {
	return write(d, "delete", string(dn), func(b desk.Deleter) error {
		var own error
		err := b.Delete(ctx, models.Refs(dn), false, func(_ models.DN, err error) { own = err })
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
	detail, ok := errors.AsType[*models.Error](err)
	if !ok || detail.Server != "" || detail.Advice == "" {
		return err
	}
	told := *detail
	told.Server = detail.Advice
	return &told
}

// listingKept is how long a listing serves the pages that follow its first. A
// page from the start is always read afresh, and so is any page after a write.
const listingKept = 30 * time.Second

// listings are what was listed lately.
type listings struct {
	now  func() time.Time
	mu   sync.Mutex
	kept map[string]*listing
}

// listing is one container's children, as far as the categories go that were
// asked for. Its lock is held while it is read.
type listing struct {
	mu      sync.Mutex
	read    time.Time // zero: not yet
	objects []models.Object
}

// of finds or makes the listing of a key.
func (l *listings) of(key string) *listing {
	l.mu.Lock()
	defer l.mu.Unlock()
	for old, one := range l.kept {
		if one.mu.TryLock() {
			if old != key && l.now().Sub(one.read) > listingKept {
				delete(l.kept, old)
			}
			one.mu.Unlock()
		}
	}
	one := l.kept[key]
	if one == nil {
		one = &listing{}
		l.kept[key] = one
	}
	return one
}

// forget drops everything: something was written.
func (l *listings) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.kept)
}

// List gives one page of the children of request.Base, containers first and then
// by name.
func (d *Directory) List(ctx context.Context, request models.ListRequest) (models.Page, error) {
	categories := make([]string, len(request.Categories))
	for i, c := range request.Categories {
		categories[i] = string(c)
	}
	slices.Sort(categories)
	one := d.listings.of(request.Base.Key() + "\x00" + strings.Join(categories, " "))
	one.mu.Lock()
	defer one.mu.Unlock()
	if request.Offset <= 0 || one.read.IsZero() || d.listings.now().Sub(one.read) > listingKept {
		objects, err := d.readAll(ctx, request)
		if err != nil {
			return models.Page{}, explain(err)
		}
		one.objects, one.read = objects, d.listings.now()
	}
	return one.page(request), nil
}

// page cuts a page out of a listing that is read.
func (l *listing) page(request models.ListRequest) models.Page {
	offset := max(request.Offset, 0)
	first := min(offset, len(l.objects))
	last := len(l.objects)
	if request.Limit > 0 {
		last = min(last, first+request.Limit)
	}
	return models.Page{Offset: offset, Objects: slices.Clone(l.objects[first:last]), Total: len(l.objects)}
}

// readAll lists a container to its end.
func (d *Directory) readAll(ctx context.Context, request models.ListRequest) ([]models.Object, error) {
	request.Offset, request.Limit = 0, 0
	objects := []models.Object{}
	for page, err := range d.backend.List(ctx, request) {
		if err != nil {
			return nil, err
		}
		objects = append(objects, page.Objects...)
	}
	place := map[models.Category]int{
		models.BuiltinDomain: -5, models.OrganizationalUnit: -4, models.Container: -3, models.Group: -2, models.Person: -1,
	}
	slices.SortFunc(objects, func(a, b models.Object) int {
		return cmp.Or(
			cmp.Compare(place[a.Category], place[b.Category]),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
			strings.Compare(string(a.DN), string(b.DN)),
		)
	})
	return objects, nil
}
