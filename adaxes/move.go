package adaxes

import (
	"context"
	"strings"

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
