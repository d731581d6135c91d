package desk

import (
	"context"
	"errors"

	"dirdesk/models"
)

// around is how many rows to each side of the remembered place are looked at
// first.
const around = 25

// Read reads one object afresh: with the ability to, else from its parent's
// listing, first around the place where it was seen last, then all of it.
// models.ErrNotFound when there is none.
func (d *Desk) Read(ctx context.Context, dn models.DN) (models.Object, error) {
	if getter, ok := Ability[Getter](d.backend); ok {
		return getter.Get(ctx, dn)
	}
	parent := dn.Parent()
	if parent == "" {
		return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(dn)}
	}
	o, found, err := d.readNear(ctx, dn, parent)
	if err == nil && !found {
		o, found, err = d.readAll(ctx, dn, parent)
	}
	switch {
	case err != nil:
		return models.Object{}, err
	case !found:
		return models.Object{}, &models.Error{Kind: models.ErrNotFound, Action: "read", Object: string(dn)}
	}
	return o, nil
}

// readNear looks around the remembered place, if one is.
func (d *Desk) readNear(ctx context.Context, dn, parent models.DN) (o models.Object, found bool, err error) {
	offset, known := d.hints.of(dn)
	if !known || !d.backend.About().Seekable {
		return o, false, nil
	}
	first := max(0, offset-around)
	req := models.ListRequest{Base: parent, Offset: first, Limit: 2*around + 1}
	for page, err := range d.backend.List(ctx, req) {
		if err != nil {
			return o, false, err
		}
		if o, found := d.pick(page, dn); found {
			return o, true, nil
		}
	}
	return o, false, nil
}

// readAll reads the parent until the object comes.
func (d *Desk) readAll(ctx context.Context, dn, parent models.DN) (o models.Object, found bool, err error) {
	for page, err := range Walk(ctx, d.backend, models.ListRequest{Base: parent}, WalkOptions{}) {
		if err != nil {
			return o, false, err
		}
		if o, found := d.pick(page, dn); found {
			return o, true, nil
		}
	}
	return o, false, nil
}

func (d *Desk) pick(page models.Page, dn models.DN) (models.Object, bool) {
	key := dn.Key()
	for i := range page.Objects {
		if page.Objects[i].DN.Key() == key {
			d.hints.add(dn, page.Offset+i)
			return page.Objects[i], true
		}
	}
	return models.Object{}, false
}

// exists reads an object and takes it for an answer that there is none.
func (d *Desk) exists(ctx context.Context, dn models.DN) (o models.Object, found bool, err error) {
	o, err = d.Read(ctx, dn)
	if errors.Is(err, models.ErrNotFound) {
		return o, false, nil
	}
	return o, err == nil, err
}
