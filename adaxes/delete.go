package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// CanDeleteSubtree is false: what Adaxes does with the objects below is not
// documented.
func (m *mover) CanDeleteSubtree() bool { return false }

// Delete deletes objects one after the other, in the order given; one that is
// refused does not keep the others. One that holds others is models.ErrNotEmpty
// before anything is sent. With subtree it is models.ErrUnsupported.
func (m *mover) Delete(ctx context.Context, dns []models.DN, subtree bool, done func(dn models.DN, err error)) error {
	const action = "delete"
	if subtree {
		return &models.Error{
			Kind:   models.InWords("Adaxes' REST API does not document deleting what lies below an object", models.ErrUnsupported),
			Action: action, Object: fmt.Sprintf("%d objects", len(dns)), Advice: "Delete what lies below first.",
		}
	}
	for _, dn := range dns {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := m.deleteOne(ctx, action, dn)
		if endsAll(ctx, err) {
			return err // nothing was sent, and the rest would fare no better
		}
		done(dn, err)
	}
	return nil
}

// endsAll tells that nothing was done, and that nothing else would be either.
func endsAll(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, ctx.Err()) ||
		errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrSession)
}

func (m *mover) deleteOne(ctx context.Context, action string, dn models.DN) error {
	if err := needName(action, dn); err != nil {
		return err
	}
	if err := m.checkEmpty(ctx, action, dn); err != nil {
		return err
	}
	r := request{
		verb: http.MethodDelete, path: pathObjects, query: url.Values{"directoryobject": {string(dn)}},
		action: action, object: string(dn), write: true,
	}
	_, err := m.operate(ctx, r)
	return err
}

// checkEmpty refuses an object that holds others. That the server refuses it by
// itself is inferred only, and a whole branch is too much to find out by.
func (m *mover) checkEmpty(ctx context.Context, action string, dn models.DN) error {
	const most = 1000
	found, err := m.search(ctx, searchBody{
		BaseObject: string(dn), OneLevel: true, Select: selection{"name"}, SizeLimit: most,
	}, action, string(dn))
	if err != nil || len(found) == 0 {
		return err
	}
	count := english.Number(len(found))
	if len(found) >= most {
		count += " or more"
	}
	words := "There are " + count + " objects in it: delete or move them first."
	if len(found) == 1 {
		words = "There is 1 object in it: delete or move it first."
	}
	return &models.Error{Kind: models.ErrNotEmpty, Action: action, Object: string(dn), Advice: words}
}
