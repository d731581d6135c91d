package activedirectory

import (
	"context"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Rename gives an object another name in its container; name is unescaped.
// Nothing else of it changes: neither its logon name nor its display name.
func (b *objects) Rename(ctx context.Context, dn models.DN, name string) (models.DN, error) {
	const action = "rename"
	if err := named(action, dn); err != nil {
		return "", err
	}
	own := dn.RDN()
	if strings.TrimSpace(name) == "" || own.Type == "" {
		return "", &models.Error{Kind: models.ErrInvalid, Action: action, Object: string(dn), Advice: "Type the new name."}
	}
	after := dn.Parent().Child(own.Type, name)
	if own.Value == name {
		return dn, nil
	}
	request := ldap.NewModifyDNRequest(string(dn), models.RDN{Type: own.Type, Value: name}.String(), true, "")
	err := b.change(ctx, action, string(dn), func(c *conn) error { return b.rename(ctx, c, request) })
	if err != nil {
		return "", err
	}
	return after, nil
}

// Move puts an object, with all below it, into another container.
func (b *objects) Move(ctx context.Context, dn, parent models.DN) (models.DN, error) {
	const action = "move"
	if err := named(action, dn); err != nil {
		return "", err
	}
	own := dn.RDN()
	if parent == "" || own.Type == "" {
		return "", &models.Error{Kind: models.ErrInvalid, Action: action, Object: string(dn), Advice: "Name the container to move it to."}
	}
	if dn.Parent().Equal(parent) {
		return dn, nil
	}
	request := ldap.NewModifyDNRequest(string(dn), own.String(), true, string(parent))
	err := b.change(ctx, action, string(dn), func(c *conn) error { return b.rename(ctx, c, request) })
	if err != nil {
		return "", err
	}
	return models.DN(own.String() + "," + string(parent)), nil
}
