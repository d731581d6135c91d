package activedirectory

import (
	"cmp"
	"context"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// sdDACL is the bit of sDRightsEffective for the access list.
const sdDACL = 4

// Rights tells what this account may do to an object: what the server works out
// itself, and from the access list, read in the same request, what it does not.
func (b *reader) Rights(ctx context.Context, ref models.Ref) (models.Rights, error) {
	const action = "ask for the rights on"
	if b.root.readOnly { // another controller writes, and judges
		return models.Rights{}, nil
	}
	return ask(ctx, b.connection, action, cmp.Or(string(ref.DN), ref.GUID), func(c *conn) (models.Rights, error) {
		own, err := b.ownToken(ctx, c)
		if err != nil {
			return models.Rights{}, err
		}
		request := baseSearch(named(ref), anything, []string{
			"objectClass", "objectSid", "adminCount", "allowedAttributes", "allowedAttributesEffective",
			"allowedChildClasses", "allowedChildClassesEffective", "sDRightsEffective", securityDescriptor,
		})
		request.Controls = descriptorParts(1 | 2 | 4)
		entry, err := c.one(ctx, b.silence, request)
		if err != nil {
			return models.Rights{}, err
		}
		a := attributesOf(entry)
		rights := toldRights(a)
		list, ok := accessOf(a.bytes(securityDescriptor), models.SIDText(a.bytes("objectSid")), own)
		if !ok {
			return rights, nil
		}
		list.judge(&rights, models.DN(entry.DN).RDN().Type)
		if rights.Delete == models.No {
			rights.Delete, err = b.deletedFromAbove(ctx, c, models.DN(entry.DN).Parent(), rights.Class, own)
		}
		if rights.Delete == models.No && list.may(rightDeleteTree, classGUID(rights.Class)) != models.No {
			rights.Delete = models.Unknown
		}
		return rights, err
	})
}

// toldRights are those that the server works out itself. sDRightsEffective is there
// even where nothing may be done.
func toldRights(a attributes) models.Rights {
	marked, _ := a.number("adminCount")
	r := models.Rights{Protected: marked > 0}
	if classes := a.texts("objectClass"); len(classes) > 0 {
		r.Class = classes[len(classes)-1]
	}
	parts, told := a.bits("sDRightsEffective")
	writes := a.texts("allowedAttributesEffective")
	if !told && len(writes) == 0 {
		return r
	}
	r.Writes = models.Permissions(a.texts("allowedAttributes"), writes)
	r.Creates = models.Permissions(a.texts("allowedChildClasses"), a.texts("allowedChildClassesEffective"))
	if told {
		r.Writes[strings.ToLower(securityDescriptor)] = models.FlagOf(parts&sdDACL != 0)
	}
	return r
}

// judge works out the rights that no attribute tells, for an object that is named by
// naming.
func (a access) judge(r *models.Rights, naming string) {
	class := classGUID(r.Class)
	r.Reset = a.may(rightControlAccess, resetRight)
	r.Delete = a.may(rightDelete, class)
	r.Rename = min(a.may(rightWriteProperty, nameAttribute, publicSet, class), a.may(rightWriteProperty, namingGUID(naming), publicSet, class))
	if a.may(rightSelf, "") == models.No || r.Writes == nil {
		return
	}
	for _, checked := range []string{"member", "serviceprincipalname", "dnshostname"} {
		if r.Writes[checked] != models.Yes { // the server looks at the value
			r.Writes[checked] = models.Unknown
		}
	}
}

// deletedFromAbove asks whether the container lets its objects be deleted.
func (b *connection) deletedFromAbove(ctx context.Context, c *conn, parent models.DN, class string, own token) (models.Flag, error) {
	if parent == "" {
		return models.Unknown, nil
	}
	request := baseSearch(string(parent), anything, []string{securityDescriptor})
	request.Controls = descriptorParts(1 | 2 | 4)
	entry, err := c.one(ctx, b.silence, request)
	if isResult(err, ldap.LDAPResultNoSuchObject) { // it may not be seen
		return models.Unknown, nil
	}
	if err != nil {
		return models.Unknown, err
	}
	list, ok := accessOf(attributesOf(entry).bytes(securityDescriptor), "", own)
	if !ok {
		return models.Unknown, nil
	}
	return list.may(rightDeleteChild, classGUID(class)), nil
}

// ownToken are the SIDs of the account that is signed in, read once: as the server
// tells them of this connection, else from its own entry. Nil where neither tells.
func (b *connection) ownToken(ctx context.Context, c *conn) (token, error) {
	if known := b.own.Load(); known != nil {
		return *known, nil
	}
	entry, err := c.read(ctx, b.silence, "", anything, "tokenGroups")
	if err == nil && len(attributesOf(entry).texts("tokenGroups")) == 0 {
		entry, err = b.ownEntry(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	own := token{}
	for _, sid := range sidsOf(attributesOf(entry)) {
		own[sid] = true
	}
	b.own.Store(&own)
	return own, nil
}

// ownEntry looks for the entry of the account by the name that it signed in with.
// An entry without values is one that was not found for certain.
func (b *connection) ownEntry(ctx context.Context, c *conn) (*ldap.Entry, error) {
	name := b.pool.name
	if _, err := models.ParseDN(name); err != nil {
		logon := name
		if _, after, found := strings.Cut(name, `\`); found {
			logon = after
		}
		logon, _, _ = strings.Cut(logon, "@")
		found, err := c.find(ctx, b.silence, b.domainSearch("(|(userPrincipalName="+ldap.EscapeFilter(name)+")(sAMAccountName="+ldap.EscapeFilter(logon)+"))", "1.1"))
		if err != nil || len(found) != 1 {
			return &ldap.Entry{}, err
		}
		name = found[0].DN
	}
	entry, err := c.read(ctx, b.silence, name, anything, "objectSid", "tokenGroups")
	if isResult(err, ldap.LDAPResultNoSuchObject) {
		return &ldap.Entry{}, nil
	}
	return entry, err
}
