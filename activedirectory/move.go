package activedirectory

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Rename gives an object another name in its container; name is unescaped.
// Nothing else of it changes: neither its logon name nor its display name.
func (b *objects) Rename(ctx context.Context, dn models.DN, name string) (models.DN, error) {
	const action = "rename"
	own := dn.RDN()
	if strings.TrimSpace(name) == "" || own.Type == "" {
		return "", refuse(models.ErrInvalid, action, string(dn), "Type the new name.")
	}
	after := dn.Parent().Child(own.Type, name)
	if own.Value == name {
		return dn, nil
	}
	request := ldap.NewModifyDNRequest(string(dn), models.RDN{Type: own.Type, Value: name}.String(), true, "")
	err := b.write(ctx, action, dn, func(l *ldap.Conn) error { return l.ModifyDN(request) })
	if err != nil {
		return "", err
	}
	return after, nil
}

// Move puts an object, with all below it, into another container.
func (b *objects) Move(ctx context.Context, dn, parent models.DN) (models.DN, error) {
	const action = "move"
	own := dn.RDN()
	if parent == "" || own.Type == "" {
		return "", refuse(models.ErrInvalid, action, string(dn), "Name the container to move it to.")
	}
	if dn.Parent().Equal(parent) {
		return dn, nil
	}
	request := ldap.NewModifyDNRequest(string(dn), own.String(), true, string(parent))
	err := b.write(ctx, action, dn, func(l *ldap.Conn) error { return l.ModifyDN(request) })
	if err != nil {
		return "", err
	}
	return models.DN(own.String() + "," + string(parent)), nil
}

// CanDeleteSubtree is always true over LDAP.
func (b *objects) CanDeleteSubtree() bool { return true }

// Delete deletes objects one after the other, in the order given; one that is
// refused does not keep the others. With subtree what lies below goes along, by
// the tree-delete control (MS-ADTS 3.1.1.3.4.1.15).
func (b *objects) Delete(ctx context.Context, dns []models.DN, subtree bool, done func(dn models.DN, err error)) error {
	for _, dn := range dns {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.deleteOne(ctx, dn, subtree)
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) || errors.Is(err, models.ErrUnreachable) {
			return err // nothing was sent, and the rest would fare no better
		}
		done(dn, err)
	}
	return nil
}

func (b *objects) deleteOne(ctx context.Context, dn models.DN, subtree bool) error {
	const action = "delete"
	request := ldap.NewDelRequest(string(dn), nil)
	if subtree {
		request.Controls = []ldap.Control{ldap.NewControlSubtreeDelete()}
	}
	return b.change(ctx, action, string(dn), func(c *conn) error {
		err := c.send(ctx, b.silence, func(l *ldap.Conn) error { return l.Del(request) })
		if !isResult(err, ldap.LDAPResultNotAllowedOnNonLeaf) {
			return err
		}
		return b.notEmpty(ctx, c, action, dn, err)
	})
}

// childrenWords finds the number in Samba's "Unable to delete a non-leaf node (it
// has 5 children)!".
var childrenWords = regexp.MustCompile(`it has (\d{1,9}) child`)

// notEmpty says how many objects lie directly below.
func (b *objects) notEmpty(ctx context.Context, c *conn, action string, dn models.DN, refused error) error {
	out := &models.Error{Kind: models.ErrNotEmpty, Action: action, Object: string(dn), Err: refused}
	out.Code, out.Server = resultTexts(refused)
	count := 0
	if found := childrenWords.FindStringSubmatch(out.Server); found != nil {
		count, _ = strconv.Atoi(found[1])
	} else {
		request := ldap.NewSearchRequest(string(dn), ldap.ScopeSingleLevel, ldap.NeverDerefAliases, 0, 0, false, anything, []string{"1.1"}, nil)
		below, err := c.find(ctx, b.silence, request) // Windows says no number; it sends 1,000 at most
		if err != nil && len(below) == 0 {
			b.log.Debug("children not counted", "object", dn, "error", err)
		}
		count = len(below)
	}
	switch count {
	case 0:
		out.Advice = "There are objects in it: delete or move them first."
	case 1:
		out.Advice = "There is 1 object in it: delete or move it first."
	default:
		out.Advice = fmt.Sprintf("There are %d objects in it: delete or move them first.", count)
	}
	return out
}
