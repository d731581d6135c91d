package activedirectory

import (
	"context"
	"slices"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// sheetValues is how many values of one property a sheet holds; a group may have
// more members, which Members gives.
const sheetValues = 20_000

// Properties gives all properties of an object: those with values and those that
// its classes allow. Passwords and keys are not asked for, even where this account
// could read them; nor is the security descriptor a property.
func (b *sheets) Properties(ctx context.Context, ref models.Ref) (models.PropertySheet, error) {
	const action = "read the properties of"
	return ask(ctx, b.connection, action, string(ref.DN), func(c *conn) (models.PropertySheet, error) {
		return b.sheet(ctx, c, named(ref), sheetValues)
	})
}

// Property describes one by its LDAP name.
func (b *sheets) Property(ctx context.Context, name string, category models.Category) (models.Property, error) {
	const action = "look for the property"
	return ask(ctx, b.connection, action, name, func(c *conn) (models.Property, error) {
		known, err := b.schemaOf(ctx, c)
		if err != nil {
			return models.Property{}, err
		}
		found, ok := known.find(name)
		if !ok {
			return models.Property{}, noProperty(action, name)
		}
		return found.property(category, namingAttribute(category)), nil
	})
}

func noProperty(action, name string) error {
	return refuse(models.ErrNotFound, action, name, "The directory's schema has no attribute of this name: check its spelling.")
}

// property describes the attribute for an object of a category, which is named by
// naming.
func (t attributeType) property(category models.Category, naming string) models.Property {
	p := models.Property{Name: t.name, Type: t.of, Multi: models.FlagOf(t.multi), Fixed: t.fixed}
	if p.Fixed == "" && strings.EqualFold(t.name, naming) {
		p.Fixed = renameWords
	}
	// The schema allows several, the account database one (measured on Samba
	// 4.17.12: result 20; MS-SAMR has one).
	if t.name == "description" && (category == models.Person || category == models.Group || category == models.Computer) {
		p.Multi = models.No
	}
	return p
}

// allowed are the attributes that an object's classes let it have, and which of
// them this account may write.
type allowed struct {
	told  bool
	names []string
	write map[string]bool // in lower case
}

func allowedOf(a attributes) allowed {
	all := allowed{names: a.texts("allowedAttributes"), write: make(map[string]bool)}
	all.told = len(all.names) > 0
	for _, name := range a.texts("allowedAttributesEffective") {
		all.write[strings.ToLower(name)] = true
	}
	return all
}

// sheet reads an object twice: what it may have, and then all of that but secrets.
func (b *sheets) sheet(ctx context.Context, c *conn, name string, limit int) (models.PropertySheet, error) {
	known, err := b.schemaOf(ctx, c)
	if err != nil {
		return models.PropertySheet{}, err
	}
	head, err := c.read(ctx, b.silence, name, anything, "allowedAttributes", "allowedAttributesEffective", "objectCategory")
	if err != nil {
		return models.PropertySheet{}, err
	}
	may := allowedOf(attributesOf(head))
	if slices.ContainsFunc(may.names, func(name string) bool { _, ok := known.find(name); return !ok }) {
		if known, err = b.readSchema(ctx, c); err != nil { // it has grown
			return models.PropertySheet{}, err
		}
	}
	sheet := models.PropertySheet{DN: models.DN(head.DN), Category: categoryOf(attributesOf(head))}
	if !may.told {
		sheet.Partial = "The server does not say which other properties it may have, nor which of them your account may change."
		for _, t := range known {
			may.names = append(may.names, t.name)
		}
	}
	wanted := known.readable(may.names)
	if len(wanted) == 0 {
		return sheet, nil // asking for nothing would be answered with everything
	}
	request := baseSearch(name, anything, append(wanted, securityDescriptor))
	request.Controls = daclOnly()
	entry, err := c.one(ctx, b.silence, request)
	if err != nil {
		return models.PropertySheet{}, err
	}
	reader := sheetReader{backend: b.connection, conn: c, entry: entry, category: sheet.Category, may: may, limit: limit}
	sheet.DN = models.DN(entry.DN)
	for _, name := range may.names {
		t, ok := known.find(name)
		if !ok || isNoProperty(name) {
			continue
		}
		p, err := reader.property(ctx, t)
		if err != nil {
			return models.PropertySheet{}, err
		}
		if len(p.Values) > 0 || p.Fixed == "" || p.Fixed == deniedWords || t.secret {
			sheet.Properties = append(sheet.Properties, p)
		}
	}
	slices.SortFunc(sheet.Properties, func(x, y models.Property) int {
		return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
	})
	return sheet, nil
}

// readable leaves out secrets, and of what the server works out anew each time all
// but a few that tell a person something.
func (s schema) readable(names []string) []string {
	var wanted []string
	for _, name := range names {
		t, ok := s.find(name)
		if ok && !t.secret && (!t.made || isTelling(name)) && !isNoProperty(name) {
			wanted = append(wanted, t.name)
		}
	}
	return wanted
}

// isNoProperty reports whether an attribute is a structure of the server's own that
// no value of a property would show.
func isNoProperty(name string) bool {
	return strings.EqualFold(name, securityDescriptor) || strings.EqualFold(name, metaData)
}

func isTelling(name string) bool {
	switch strings.ToLower(name) {
	case "canonicalname", "msds-principalname", "primarygrouptoken", "msds-resultantpso", "msds-keyversionnumber",
		"msds-user-account-control-computed", "msds-userpasswordexpirytimecomputed":
		return true
	}
	return false
}

// sheetReader takes the properties of one object out of what the server sent.
type sheetReader struct {
	backend  *connection
	conn     *conn
	entry    *ldap.Entry
	category models.Category
	may      allowed
	limit    int
}

func (r sheetReader) property(ctx context.Context, t attributeType) (models.Property, error) {
	naming := models.DN(r.entry.DN).RDN().Type
	p := t.property(r.category, naming)
	if t.secret {
		return p, nil
	}
	raw, err := r.backend.manyOf(ctx, r.conn, r.entry, t.name, r.limit+1)
	if err != nil {
		return p, err
	}
	tooMany := len(raw) > r.limit
	if tooMany {
		raw = raw[:r.limit]
	}
	p.Values = t.shownAll(raw)
	if strings.EqualFold(t.name, "userAccountControl") && len(raw) == 1 {
		p.Values = []string{shownControl(raw[0], attributesOf(r.entry).bytes(securityDescriptor))}
	}
	switch {
	case p.Fixed != "":
	case r.may.told && !r.may.write[strings.ToLower(t.name)]:
		p.Fixed = deniedWords
	case tooMany:
		p.Fixed = tooManyWords
	}
	return p, nil
}
