package upstream

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"dirdesk/models"
)

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
