package activedirectory

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // the two forms that a photo may have
	_ "image/png"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
	"dirdesk/models"
)

// Get reads one object with its direct groups and, for a group, the number of
// its direct members. Those who have it as their primary group are in neither (AD
// stores them the other way round), and told apart from them.
func (b *reader) Get(ctx context.Context, ref models.Ref) (models.Object, error) {
	if ref.DN == "" && ref.GUID == "" {
		return models.Object{}, refuse(models.ErrInvalid, "read", "", "Name the object to read.")
	}
	return ask(ctx, b.connection, "read", cmp.Or(string(ref.DN), ref.GUID), func(c *conn) (models.Object, error) { return b.get(ctx, c, named(ref)) })
}

func (b *reader) get(ctx context.Context, c *conn, name string) (models.Object, error) {
	at, err := b.moment(ctx, c)
	if err != nil {
		return models.Object{}, err
	}
	wanted := slices.Concat(listAttributes(), computedAttributes(), logonAttributes(), []string{
		"memberOf", "member", "primaryGroupID", "title", "department", "company", "mobile", "employeeNumber", "employeeID", "manager",
	})
	request := baseSearch(name, anything, append(wanted, securityDescriptor))
	request.Controls = daclOnly()
	entry, err := c.one(ctx, b.silence, request)
	if err != nil {
		return models.Object{}, err
	}
	object := objectOf(entry, at)
	if object.Disabled.Known() { // an account
		if denied, known := deniesPasswordChange(attributesOf(entry).bytes(securityDescriptor)); known {
			object.Account.CannotChangePassword = models.FlagOf(denied)
		}
		if object.Account.Logon, err = b.logon(ctx, c, entry, object.Account, at.policy); err != nil {
			return models.Object{}, err
		}
	}
	if err := b.protection(ctx, c, &object, attributesOf(entry).bytes(securityDescriptor)); err != nil {
		return models.Object{}, err
	}
	object.Account.Contact = contact(attributesOf(entry))
	if err := b.primary(ctx, c, &object, attributesOf(entry)); err != nil {
		return models.Object{}, err
	}
	memberOf, err := b.wholeAttribute(ctx, c, entry, "memberOf")
	if err != nil {
		return models.Object{}, err
	}
	for _, group := range memberOf {
		object.Account.MemberOf = append(object.Account.MemberOf, models.DN(group))
	}
	if object.Category == models.Group {
		members, err := b.wholeAttribute(ctx, c, entry, "member")
		if err != nil {
			return models.Object{}, err
		}
		object.Account.Members = len(members)
	}
	return object, nil
}

func contact(a attributes) *models.Contact {
	return &models.Contact{
		Title: a.short("title"), Department: a.short("department"), Company: a.short("company"), Mobile: a.short("mobile"),
		EmployeeNumber: cmp.Or(a.short("employeeNumber"), a.short("employeeID")), Manager: models.DN(a.text("manager")),
	}
}

// wholeAttribute gives all values of an attribute, asking for the rest when the
// server sent only a range of them: "member;range=0-1499" (MS-ADTS
// 3.1.1.3.1.3.3; Windows stops at 1,500 values).
func (b *connection) wholeAttribute(ctx context.Context, c *conn, entry *ldap.Entry, name string) ([]string, error) {
	return b.manyOf(ctx, c, entry, name, math.MaxInt)
}

// manyOf is wholeAttribute that stops asking once it has enough; it may give more.
func (b *connection) manyOf(ctx context.Context, c *conn, entry *ldap.Entry, name string, enough int) ([]string, error) {
	dn := entry.DN
	values := attributesOf(entry).texts(name)
	for asked := 0; ; {
		part, next := rangedPart(entry, name)
		values = append(values, part...)
		switch {
		case len(values) > allowance.Most(c.rows):
			return nil, allowance.TooMany(c.rows)
		case next == 0, len(values) >= enough:
			return values, nil
		case next <= asked:
			return nil, allowance.Broken("the server sends the same values of " + name + " again")
		}
		asked = next
		var err error
		if entry, err = c.read(ctx, b.silence, dn, anything, fmt.Sprintf("%s;range=%d-*", name, next)); err != nil {
			return nil, err
		}
	}
}

// rangedPart finds "name;range=LOW-HIGH" in an entry: its values, and where the
// next part begins, 0 when this was the last ("name;range=LOW-*") or there is none.
func rangedPart(entry *ldap.Entry, name string) (values []string, next int) {
	prefix := strings.ToLower(name) + ";range="
	for _, attribute := range entry.Attributes {
		limits, ok := strings.CutPrefix(strings.ToLower(attribute.Name), prefix)
		if !ok {
			continue
		}
		low, high, _ := strings.Cut(limits, "-")
		first, errLow := strconv.Atoi(low)
		last, errHigh := strconv.Atoi(high)
		if errLow != nil || errHigh != nil || last < first || len(attribute.Values) == 0 {
			return attribute.Values, 0
		}
		return attribute.Values, last + 1
	}
	return nil, 0
}

const (
	photoAttribute = "thumbnailPhoto"
	photoLimit     = 100 * 1024 // rangeUpper of the attribute in AD's schema
)

// PhotoLimit is the largest photo that the directory takes, in bytes.
func (b *reader) PhotoLimit() int { return photoLimit }

// Photo reads the photo of a user or contact, whatever image it is; nil when there
// is none.
func (b *reader) Photo(ctx context.Context, ref models.Ref) ([]byte, error) {
	const action = "read the photo of"
	return ask(ctx, b.connection, action, string(ref.DN), func(c *conn) ([]byte, error) {
		entry, err := c.read(ctx, b.silence, named(ref), anything, photoAttribute)
		if err != nil {
			return nil, err
		}
		return attributesOf(entry).bytes(photoAttribute), nil
	})
}

// checkPhoto says in words what is wrong with a photo to be set; "" when nothing
// is. None clears it.
func checkPhoto(photo []byte) string {
	if len(photo) == 0 {
		return ""
	}
	if len(photo) > photoLimit {
		return fmt.Sprintf("The photo has %d bytes, and the directory takes %d at most: make it smaller.", len(photo), photoLimit)
	}
	if _, _, err := image.DecodeConfig(bytes.NewReader(photo)); err != nil {
		return "The photo is neither JPEG nor PNG: choose another file."
	}
	return ""
}
