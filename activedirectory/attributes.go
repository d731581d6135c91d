package activedirectory

import (
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/internal/allowance"
	"dirdesk/models"
)

// listAttributes are what a row and its details need; asking for no more keeps
// a listing of 20,000 at a quarter of the bytes.
func listAttributes() []string {
	return []string{
		"name", "objectCategory", "sAMAccountName", "displayName", "mail", "description", "telephoneNumber",
		"physicalDeliveryOfficeName", "userAccountControl", "lockoutTime", "accountExpires", "pwdLastSet",
		"lastLogonTimestamp",
		"groupType", "primaryGroupToken", "objectSid", guidAttribute, "whenCreated", "whenChanged",
		"showInAdvancedViewOnly", "isCriticalSystemObject", "systemFlags",
		"userPrincipalName", "givenName", "sn", "initials", "wWWHomePage",
	}
}

// computedAttributes are the account's state as the server works it out, with
// fine-grained policies in it. Samba does so for each object anew, which makes a
// listing of 5,000 users take 1.4 s instead of 0.3 s (4.17.12, unpaged).
func computedAttributes() []string {
	return []string{"msDS-User-Account-Control-Computed", "msDS-UserPasswordExpiryTimeComputed"}
}

const guidAttribute = "objectGUID"

// attributes are an entry's values by lower-cased attribute name, since a server
// may spell a name otherwise than it was asked for.
type attributes map[string]*ldap.EntryAttribute

func attributesOf(entry *ldap.Entry) attributes {
	a := make(attributes, len(entry.Attributes))
	for _, attribute := range entry.Attributes {
		a[strings.ToLower(attribute.Name)] = attribute
	}
	return a
}

// text is the first value; "" when there is none.
func (a attributes) text(name string) string {
	if values := a.texts(name); len(values) > 0 {
		return values[0]
	}
	return ""
}

// short is text for what shows one value.
func (a attributes) short(name string) string { return allowance.Text(a.text(name)) }

func (a attributes) texts(name string) []string {
	if attribute, ok := a[strings.ToLower(name)]; ok {
		return attribute.Values
	}
	return nil
}

func (a attributes) bytes(name string) []byte {
	if attribute, ok := a[strings.ToLower(name)]; ok && len(attribute.ByteValues) > 0 {
		return attribute.ByteValues[0]
	}
	return nil
}

// number is a whole number, with ok false when there is none or it is no number.
func (a attributes) number(name string) (value int64, ok bool) {
	n, ok := models.ParseFileTime(a.text(name))
	return int64(n), ok
}

// bits is a number whose bits count.
func (a attributes) bits(name string) (value int32, ok bool) { return models.Bits(a.text(name)) }

// yes reports whether a boolean is TRUE; absent is FALSE, as AD means it.
func (a attributes) yes(name string) bool { return strings.EqualFold(a.text(name), "TRUE") }

// objectOf makes an object of an entry.
func objectOf(entry *ldap.Entry, clock moment) models.Object {
	a := attributesOf(entry)
	o := models.Object{
		DN:              models.DN(entry.DN),
		Name:            a.short("name"),
		Category:        categoryOf(a),
		SAMAccountName:  a.short("sAMAccountName"),
		DisplayName:     a.short("displayName"),
		Mail:            a.short("mail"),
		Description:     a.short("description"),
		TelephoneNumber: a.short("telephoneNumber"),
		Office:          a.short("physicalDeliveryOfficeName"),
		AdvancedOnly:    models.FlagOf(a.yes("showInAdvancedViewOnly")),
		Account: &models.Account{
			UserPrincipalName: a.short("userPrincipalName"),
			GivenName:         a.short("givenName"),
			Surname:           a.short("sn"),
			Initials:          a.short("initials"),
			WebPage:           a.short("wWWHomePage"),
			SID:               models.SIDText(a.bytes("objectSid")),
			GUID:              models.GUIDText(a.bytes("objectGUID")),
			Created:           generalizedTime(a.text("whenCreated")),
			Changed:           generalizedTime(a.text("whenChanged")),
			Members:           -1,
		},
	}
	if o.Name == "" {
		o.Name = o.DN.RDN().Value
	}
	flags, _ := a.bits("systemFlags")
	// isCriticalSystemObject forbids deleting, not moving: Domain Admins and
	// Administrator carry it and may be moved and renamed.
	o.Deletable = models.FlagOf(flags&models.SystemNoDelete == 0 && !a.yes("isCriticalSystemObject"))
	o.Movable = models.FlagOf(flags&models.SystemNoMove == 0)
	o.Renamable = models.FlagOf(flags&models.SystemNoRename == 0)
	if o.Category == models.Group {
		groupPart(&o, a)
	}
	if control, ok := a.bits("userAccountControl"); ok {
		accountPart(&o, a, control, clock)
	}
	return o
}

func groupPart(o *models.Object, a attributes) {
	if bits, ok := a.bits("groupType"); ok {
		o.Account.GroupType = bits
	}
	token, ok := a.number("primaryGroupToken")
	if !ok {
		token = int64(models.RID(o.Account.SID)) // constructed: the same number
	}
	o.PrimaryGroupToken = int(token)
}

// categoryNames maps the name at the head of an objectCategory, a DN in the
// schema, to DSM's category. A category that DSM does not list is kept by its
// schema name.
var categoryNames = map[string]models.Category{
	"person":              models.Person,
	"group":               models.Group,
	"organizational-unit": models.OrganizationalUnit,
	"computer":            models.Computer,
	"container":           models.Container,
	"builtin-domain":      models.BuiltinDomain,
}

func categoryOf(a attributes) models.Category {
	name := models.DN(a.text("objectCategory")).RDN().Value
	if category, ok := categoryNames[strings.ToLower(name)]; ok {
		return category
	}
	return models.Category(name)
}

// categoryFilter makes the filter for a listing. DSM's six categories are the
// values of objectCategory under their class names, which AD accepts in a filter
// (MS-ADTS 3.1.1.3.1.3.5); by objectClass a computer would be a person too, and
// a group policy a container.
func categoryFilter(categories []models.Category) (string, error) {
	if len(categories) == 0 {
		categories = models.Categories()
	}
	if slices.Contains(categories, models.AnyKind) {
		return anything, nil
	}
	var filter strings.Builder
	for _, category := range categories {
		if !category.IsListed() {
			return "", refuse(models.ErrInvalid, "list objects of the category", string(category),
				"Choose among person, group, organizationalUnit, computer, container and builtinDomain.")
		}
		filter.WriteString("(objectCategory=" + ldap.EscapeFilter(string(category)) + ")")
	}
	if len(categories) == 1 {
		return filter.String(), nil
	}
	return "(|" + filter.String() + ")", nil
}
