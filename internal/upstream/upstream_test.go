package upstream_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dirdesk/internal/upstream"
	"dirdesk/models"
	"dirdesk/simulator"
)

var _ simulator.Upstream = (*upstream.Directory)(nil)

const base models.DN = "DC=example,DC=test"

// readable is a backend that reads and nothing else.
type readable struct {
	objects []models.Object
	read    int // how often a listing was read
	failure error
}

func (r *readable) About() models.About { return models.About{} }

func (r *readable) Info(context.Context) (models.DirectoryInfo, error) {
	return models.DirectoryInfo{Realm: "example.test", BaseDN: base}, r.failure
}

// List gives the objects in two runs, the second alone with the total.
func (r *readable) List(_ context.Context, request models.ListRequest) iter.Seq2[models.Page, error] {
	r.read++
	return func(yield func(models.Page, error) bool) {
		wanted := slices.DeleteFunc(slices.Clone(r.objects), func(o models.Object) bool {
			return request.Categories != nil && !slices.Contains(request.Categories, o.Category)
		})
		half := len(wanted) / 2
		if !yield(models.Page{Objects: wanted[:half], Total: models.UnknownTotal}, nil) {
			return
		}
		if r.failure != nil {
			yield(models.Page{}, r.failure)
			return
		}
		yield(models.Page{Objects: wanted[half:], Offset: half, Total: len(wanted)}, nil)
	}
}

func (r *readable) Close(context.Context) error { return nil }

// writable can change fields and delete as well.
type writable struct {
	readable
	done    []string
	refusal error
}

func (w *writable) EditableFields(models.Category) []models.Field { return models.Fields() }

func (w *writable) EditFields(_ context.Context, ref models.Ref, changes []models.FieldChange) error {
	w.done = append(w.done, fmt.Sprint("edit ", ref.DN, changes))
	return w.refusal
}

func (w *writable) CanDeleteSubtree() bool { return true }

func (w *writable) Delete(_ context.Context, refs []models.Ref, subtree bool, done func(models.DN, error)) error {
	w.done = append(w.done, fmt.Sprint("delete ", models.Names(refs), subtree))
	for _, ref := range refs {
		done(ref.DN, w.refusal)
	}
	return nil
}

func person(name string) models.Object {
	return models.Object{DN: base.Child("CN", name), Name: name, Category: models.Person}
}

func names(t *testing.T, d *upstream.Directory, request models.ListRequest) (string, int) {
	t.Helper()
	request.Base = base
	page, err := d.List(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, o := range page.Objects {
		all = append(all, o.Name)
	}
	return strings.Join(all, " "), page.Total
}

// The pages of a stream without an order fit together.
func TestPagesOfAStream(t *testing.T) {
	backend := &readable{objects: []models.Object{person("zoe"), person("Bob"), person("ann"), {Name: "Staff", Category: models.OrganizationalUnit}}}
	d := upstream.New(backend)
	for _, page := range []struct {
		offset, limit int
		names         string
	}{{0, 2, "Staff ann"}, {2, 2, "Bob zoe"}, {4, 2, ""}, {3, 0, "zoe"}, {9, 9, ""}} {
		got, total := names(t, d, models.ListRequest{Offset: page.offset, Limit: page.limit})
		if got != page.names || total != 4 {
			t.Errorf("%d+%d: %q of %d", page.offset, page.limit, got, total)
		}
	}
	if backend.read != 1 {
		t.Errorf("read %d times", backend.read)
	}
	if got, total := names(t, d, models.ListRequest{Offset: 1, Categories: []models.Category{models.Person}}); got != "Bob zoe" || total != 3 {
		t.Errorf("people: %q of %d", got, total)
	}
}

// A listing is read afresh from its start, after a write, and after a while.
func TestWhenAListingIsReadAfresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		backend := &writable{readable: readable{objects: []models.Object{person("a"), person("b")}}}
		d := upstream.New(backend)
		reads := func(offset, want int) {
			t.Helper()
			before := backend.read
			names(t, d, models.ListRequest{Offset: offset, Limit: 1})
			if backend.read-before != want {
				t.Errorf("offset %d: read %d times, want %d", offset, backend.read-before, want)
			}
		}
		reads(0, 1)
		reads(1, 0)
		reads(0, 1)
		if err := d.Delete(t.Context(), base.Child("CN", "a")); err != nil {
			t.Fatal(err)
		}
		reads(1, 1)
		reads(1, 0)
		time.Sleep(time.Minute)
		reads(1, 1)
	})
}

func TestAListingThatBreaksOffIsNoListing(t *testing.T) {
	gone := &models.Error{Kind: models.ErrUnreachable, Action: "list"}
	backend := &readable{objects: []models.Object{person("a"), person("b")}, failure: gone}
	d := upstream.New(backend)
	if _, err := d.List(t.Context(), models.ListRequest{Base: base, Offset: 1}); !errors.Is(err, models.ErrUnreachable) {
		t.Errorf("%v", err)
	}
	backend.failure = nil
	if got, total := names(t, d, models.ListRequest{Offset: 1}); got != "b" || total != 2 {
		t.Errorf("afterwards: %q of %d", got, total)
	}
}

func TestWhatTheBackendCannotDo(t *testing.T) {
	d := upstream.New(&readable{})
	dn := base.Child("CN", "a")
	_, conflict := d.Conflict(t.Context(), "a")
	_, user := d.CreateUser(t.Context(), models.NewUser{}, models.Secret{})
	_, group := d.CreateGroup(t.Context(), models.NewGroup{})
	for name, err := range map[string]error{
		"conflict": conflict, "user": user, "group": group,
		"fields":   d.EditFields(t.Context(), dn, nil),
		"password": d.SetPassword(t.Context(), dn, models.Secret{}),
		"members":  d.AddMembers(t.Context(), dn, nil),
		"delete":   d.Delete(t.Context(), dn),
	} {
		var told *models.Error
		if !errors.Is(err, models.ErrUnsupported) || !errors.As(err, &told) || !strings.Contains(told.Server, "cannot do that") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWritesReachTheBackend(t *testing.T) {
	backend := &writable{}
	d := upstream.New(backend)
	if err := d.EditFields(t.Context(), "CN=a", []models.FieldChange{{Field: models.FieldMail, After: "x"}}); err != nil {
		t.Error(err)
	}
	if err := d.Delete(t.Context(), "CN=a"); err != nil {
		t.Error(err)
	}
	if len(backend.done) != 2 || !strings.HasPrefix(backend.done[0], "edit CN=a") || backend.done[1] != "delete [CN=a] false" {
		t.Errorf("%q", backend.done)
	}
	backend.refusal = &models.Error{Kind: models.ErrInvalid, Advice: "The value is too long."}
	var told *models.Error
	if err := d.Delete(t.Context(), "CN=a"); !errors.Is(err, models.ErrInvalid) || !errors.As(err, &told) || told.Server != "The value is too long." {
		t.Errorf("%v, words %q", err, told.Server)
	}
	backend.refusal = &models.Error{Kind: models.ErrNotEmpty, Server: "00002015: has children", Advice: "Empty it."}
	if err := d.Delete(t.Context(), "CN=a"); !errors.As(err, &told) || told.Server != "00002015: has children" {
		t.Errorf("%v, words %q", err, told.Server)
	}
}
