package place

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/internal/guard"
	"dirdesk/models"
)

// remembered are objects that a person had to do with, or wants to come back to.
type remembered struct {
	query
	title, nothing string
	named          func() ([]bookmarks.Mark, error)
}

// Recent are those somebody had to do with last: what is shown while nothing is typed
// to be found. named gives their names, and may take a moment.
func Recent(named func() ([]bookmarks.Mark, error)) Place {
	return remembered{title: "Recent and bookmarks", nothing: "Type any parts of a name, logon name, mail, office or number.", named: named}
}

// Bookmarks are the objects on which bookmarks were set.
func Bookmarks(named func() ([]bookmarks.Mark, error)) Place {
	return remembered{title: "Bookmarks", nothing: "There is no bookmark yet.", named: named}
}

func (r remembered) Address() string { return "" }

func (r remembered) Key() string { return "remembered:" + r.title }

func (r remembered) Name() string { return strings.ToLower(r.title[:1]) + r.title[1:] }

func (r remembered) Path() []string { return []string{r.title} }

func (r remembered) Nothing(models.About) string { return r.nothing }

func (r remembered) Searches() bool { return false }

func (r remembered) Renamed(_, _ models.DN) (Place, bool) { return r, false }

// Read gives the names at once, and then what the directory says of each now. Who is
// gone is left out.
func (r remembered) Read(ctx context.Context, backend desk.Backend, _, _ int) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		marks, err := r.named()
		objects := make([]models.Object, len(marks))
		for i := range marks {
			objects[i] = marks[i].Object()
		}
		getter, can := desk.Capability[desk.Getter](backend)
		page := models.Page{Objects: objects, Total: models.UnknownTotal}
		if !can || len(objects) == 0 {
			page.Total = len(objects)
		}
		if !yield(page, err) || err != nil || page.Total != models.UnknownTotal {
			return
		}
		fresh, err := readAll(ctx, getter, marks)
		yield(models.Page{Objects: fresh, Total: len(fresh)}, err)
	}
}

// atOnce is how many objects are read at a time.
const atOnce = 4

func readAll(ctx context.Context, getter desk.Getter, named []bookmarks.Mark) ([]models.Object, error) {
	fresh, failed := make([]models.Object, len(named)), make([]error, len(named))
	var readers sync.WaitGroup
	turn := make(chan struct{}, atOnce)
	for i := range named {
		turn <- struct{}{}
		readers.Go(func() {
			defer func() { <-turn }()
			defer guard.AsError(&failed[i])
			fresh[i], failed[i] = getter.Get(ctx, named[i].Ref())
		})
	}
	readers.Wait()
	for i, err := range failed {
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return fresh[:0], err
		}
		if err != nil {
			fresh[i] = models.Object{}
		}
	}
	return slices.DeleteFunc(fresh, func(o models.Object) bool { return o.DN == "" }), nil
}

// IsLasting reports whether [At] gives the place by its address.
func IsLasting(at Place) bool {
	_, _, isSearch := Sought(at)
	return isSearch || at.Container() != ""
}

// At is the place of an address; nil where it names none below top.
func At(address string, top models.DN) Place {
	for k := range kinds {
		if text, is := strings.CutPrefix(address, Search("", Kinds(k)).Address()); is && text != "" {
			return Search(text, Kinds(k))
		}
	}
	dn, err := models.ParseDN(address)
	if err != nil || !dn.IsBelow(top) {
		return nil
	}
	return Container(dn, top)
}
