package place

import (
	"context"
	"iter"

	"dirdesk/desk"
	"dirdesk/models"
)

// person is the page of one person: a place with one row, on which every key works.
type person struct {
	query
	object models.Object
}

// Person is somebody's page.
func Person(o models.Object) Place { return person{object: o} }

// IsPerson reports whether a place is somebody's page.
func IsPerson(p Place) bool {
	_, is := p.(person)
	return is
}

func (p person) Address() string { return string(p.object.DN) }

func (p person) Key() string { return "person:" + p.object.DN.Key() }

func (p person) Name() string { return Name(p.object.DN) }

func (p person) Nothing(models.About) string { return "This person is not there any more." }

func (p person) Path() []string { return p.object.DN.Path() }

// Lists is false of every container: what comes and goes there is somebody else.
func (p person) Lists(models.DN) bool { return false }

func (p person) Renamed(old, to models.DN) (Place, bool) {
	dn, renamed := Rebase(p.object.DN, old, to)
	p.object.DN = dn
	return p, renamed
}

func (p person) Searches() bool { return false }

func (p person) Read(ctx context.Context, backend desk.Backend, _, _ int) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		o, err := desk.New(backend, desk.Options{}).Read(ctx, p.object.Ref())
		if err != nil {
			yield(models.Page{}, err)
			return
		}
		yield(models.Page{Objects: []models.Object{o}, Total: 1}, nil)
	}
}
