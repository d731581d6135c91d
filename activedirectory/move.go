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
func (b *objects) Rename(ctx context.Context, ref models.Ref, name string) (models.DN, error) {
	own := ref.DN.RDN()
	if strings.TrimSpace(name) == "" || own.Type == "" {
		return "", refuse(models.ErrInvalid, "rename", string(ref.DN), "Type the new name.")
	}
	if own.Value == name {
		return ref.DN, nil
	}
	return b.put(ctx, "rename", ref, models.RDN{Type: own.Type, Value: name}, models.Ref{DN: ref.DN.Parent()})
}

// Move puts an object, with all below it, into another container.
func (b *objects) Move(ctx context.Context, ref, parent models.Ref) (models.DN, error) {
	own := ref.DN.RDN()
	if parent.DN == "" || own.Type == "" {
		return "", refuse(models.ErrInvalid, "move", string(ref.DN), "Name the container to move it to.")
	}
	if ref.DN.Parent().Equal(parent.DN) {
		return ref.DN, nil
	}
	return b.put(ctx, "move", ref, own, parent)
}

// put gives an object a name below a container. By its GUID an object is only
// renamed together with a new superior, and that is never named by a GUID
// (measured on Samba 4.17.12): both names are read just before.
func (b *objects) put(ctx context.Context, action string, ref models.Ref, own models.RDN, parent models.Ref) (models.DN, error) {
	err := b.change(ctx, action, string(ref.DN), func(c *conn) error {
		for _, r := range []models.Ref{ref, parent} {
			if _, err := b.nameNow(ctx, c, action, r); err != nil {
				return err
			}
		}
		superior := string(parent.DN)
		if ref.GUID == "" && parent.DN.Equal(ref.DN.Parent()) {
			superior = ""
		}
		request := ldap.NewModifyDNRequest(named(ref), own.String(), true, superior)
		return c.send(ctx, b.silence, func(l *ldap.Conn) error { return l.ModifyDN(request) })
	})
	if err != nil {
		return "", err
	}
	return models.DN(own.String() + "," + string(parent.DN)), nil
}

// CanDeleteSubtree is always true over LDAP.
func (b *objects) CanDeleteSubtree() bool { return true }

// Delete deletes objects one after the other, in the order given; one that is
// refused does not keep the others. With subtree what lies below goes along, by
// the tree-delete control (MS-ADTS 3.1.1.3.4.1.15).
func (b *objects) Delete(ctx context.Context, refs []models.Ref, subtree bool, done func(dn models.DN, err error)) error {
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.deleteOne(ctx, ref, subtree)
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) || errors.Is(err, models.ErrUnreachable) {
			return err // nothing was sent, and the rest would fare no better
		}
		done(ref.DN, err)
	}
	return nil
}

func (b *objects) deleteOne(ctx context.Context, ref models.Ref, subtree bool) error {
	const action = "delete"
	request := ldap.NewDelRequest(named(ref), nil)
	if subtree {
		request.Controls = []ldap.Control{ldap.NewControlSubtreeDelete()}
	}
	return b.change(ctx, action, string(ref.DN), func(c *conn) error {
		err := c.send(ctx, b.silence, func(l *ldap.Conn) error { return l.Del(request) })
		if !isResult(err, ldap.LDAPResultNotAllowedOnNonLeaf) {
			return err
		}
		return b.notEmpty(ctx, c, action, ref.DN, err)
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
