package adaxes

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// Rename gives an object another name in its container, by its property name
// (official); name is unescaped. Nothing else of it changes.
func (m *mover) Rename(ctx context.Context, dn models.DN, name string) (models.DN, error) {
	const action = "rename"
	own := dn.RDN()
	switch {
	case dn == "" || own.Type == "" || strings.TrimSpace(name) == "":
		return "", invalid(action, string(dn), "a name is missing", "Type the new name.")
	case own.Value == name:
		return dn, nil
	}
	done, err := m.patch(ctx, action, dn, models.PropertyChange{Name: "name", Type: models.CaseIgnoreString, Values: []string{name}})
	if err != nil {
		return "", err
	}
	return newName(done.dn, dn.Parent().Child(own.Type, name)), nil
}

// move is the body that moves an object (official).
type moving struct {
	DirectoryObject string `json:"directoryObject"`
	TargetContainer string `json:"targetContainer"`
}

// Move puts an object, with all below it, into another container.
func (m *mover) Move(ctx context.Context, dn, parent models.DN) (models.DN, error) {
	const action = "move"
	own := dn.RDN()
	switch {
	case dn == "" || own.Type == "" || parent == "":
		return "", invalid(action, string(dn), "no container is named", "Name the container to move it to.")
	case dn.Parent().Equal(parent):
		return dn, nil
	case parent.Equal(dn) || parent.IsBelow(dn):
		return "", invalid(action, string(dn), "it cannot be put below itself", "Name another container.")
	}
	done, err := m.post(ctx, pathMove, moving{string(dn), string(parent)}, action, dn)
	if err != nil {
		return "", err
	}
	return newName(done.dn, models.DN(own.String()+","+string(parent))), nil
}

// newName is the name that the server reports, else the one that was to be.
func newName(reported, expected models.DN) models.DN {
	if reported != "" {
		return reported
	}
	return expected
}

// CanDeleteSubtree is false: what Adaxes does with the objects below is not
// documented.
func (m *mover) CanDeleteSubtree() bool { return false }

// Delete deletes objects one after the other, in the order given; one that is
// refused does not keep the others. One that holds others is models.ErrNotEmpty
// before anything is sent. With subtree it is models.ErrUnsupported.
func (m *mover) Delete(ctx context.Context, dns []models.DN, subtree bool, done func(dn models.DN, err error)) error {
	const action = "delete"
	if subtree {
		return errorOf(models.ErrUnsupported, action, fmt.Sprintf("%d objects", len(dns)),
			"Adaxes' REST API does not document deleting what lies below an object", "Delete what lies below first.")
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
