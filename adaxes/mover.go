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
func (m *mover) Rename(ctx context.Context, ref models.Ref, name string) (models.DN, error) {
	const action = "rename"
	dn := ref.DN
	own := dn.RDN()
	switch {
	case dn == "" || own.Type == "" || strings.TrimSpace(name) == "":
		return "", invalid(action, string(dn), "a name is missing", "Type the new name.")
	case own.Value == name:
		return dn, nil
	}
	done, err := m.patch(ctx, action, ref, models.PropertyChange{Name: "name", Type: models.CaseIgnoreString, Values: []string{name}})
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
func (m *mover) Move(ctx context.Context, ref, parent models.Ref) (models.DN, error) {
	const action = "move"
	dn, to := ref.DN, parent.DN
	own := dn.RDN()
	switch {
	case dn == "" || own.Type == "" || to == "":
		return "", invalid(action, string(dn), "no container is named", "Name the container to move it to.")
	case dn.Parent().Equal(to):
		return dn, nil
	case to.Equal(dn) || to.IsBelow(dn):
		return "", invalid(action, string(dn), "it cannot be put below itself", "Name another container.")
	}
	done, err := m.post(ctx, pathMove, moving{idOf(ref), idOf(parent)}, action, ref)
	if err != nil {
		return "", err
	}
	return newName(done.dn, models.DN(own.String()+","+string(to))), nil
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
func (m *mover) Delete(ctx context.Context, refs []models.Ref, subtree bool, done func(dn models.DN, err error)) error {
	const action = "delete"
	if subtree {
		return errorOf(models.ErrUnsupported, action, fmt.Sprintf("%d objects", len(refs)),
			"Adaxes' REST API does not document deleting what lies below an object", "Delete what lies below first.")
	}
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := m.deleteOne(ctx, action, ref)
		if endsAll(ctx, err) {
			return err // nothing was sent, and the rest would fare no better
		}
		done(ref.DN, err)
	}
	return nil
}

// endsAll tells that nothing was done, and that nothing else would be either.
func endsAll(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, ctx.Err()) ||
		errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrSession)
}

func (m *mover) deleteOne(ctx context.Context, action string, ref models.Ref) error {
	if err := needName(action, ref); err != nil {
		return err
	}
	if err := m.checkEmpty(ctx, action, ref); err != nil {
		return err
	}
	r := request{
		verb: http.MethodDelete, path: pathObjects, query: url.Values{"directoryobject": {idOf(ref)}},
		action: action, object: string(ref.DN), write: true,
	}
	_, err := m.operate(ctx, r)
	return err
}

// checkEmpty refuses an object that holds others. That the server refuses it by
// itself is inferred only, and a whole branch is too much to find out by.
func (m *mover) checkEmpty(ctx context.Context, action string, ref models.Ref) error {
	const most = 1000
	found, err := m.search(ctx, searchBody{
		BaseObject: idOf(ref), OneLevel: true, Select: selection{"name"}, SizeLimit: most,
	}, action, string(ref.DN))
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
	return &models.Error{Kind: models.ErrNotEmpty, Action: action, Object: string(ref.DN), Advice: words}
}
