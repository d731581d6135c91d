package adaxes

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// Members of the body, in the order of the document. The other members of the
// Microsoft 365 account that the product has are named nowhere in its REST pages:
// they are passed through.
const (
	memberObject     = "directoryObject"
	memberProperties = "properties"
	memberO365       = "o365" // in the document
	memberM365       = "m365" // on newer servers
	memberPhoto      = "photo"
	memberLicences   = "licenseModifications"
	memberSKU        = "skuPartNumber"
	memberAssigned   = "assigned"
)

func isOneOf(word string, known []string) bool { return slices.Contains(known, word) }

func (c *checker) body(raw json.RawMessage) {
	if rawjson.First(raw) != '{' {
		c.wrong("", "the request must be one JSON object, and is %s", kindOf(raw))
		return
	}
	root, _ := c.object("", raw, c.noSuch, memberObject, memberProperties, memberO365, memberM365, memberPhoto)
	if text, ok := c.text(memberObject, root[memberObject], "it names the object by DN, GUID or SID"); ok {
		c.request.Object = text
		if !namesObject(text) {
			c.wrong(memberObject, "%q is no DN, GUID or SID; a logon name does not name an object here", english.Short(text))
		}
	}
	if list, given := root[memberProperties]; given {
		c.properties(list)
	}
	old, isOld := root[memberO365]
	newer, isNewer := root[memberM365]
	switch {
	case isOld && isNewer:
		c.wrong(memberM365, "o365 and m365 are two names of the same; write one of them")
	case isOld:
		c.account(memberO365, old)
	case isNewer:
		c.account(memberM365, newer)
	}
	if photo, given := root[memberPhoto]; given {
		c.photo(photo)
	}
	m := c.request.Modification
	if len(c.problems) == 0 && len(m.Properties) == 0 && c.request.AccountMember == "" && !m.PhotoSet {
		c.warn("", "there is nothing to change in it")
	}
}

// namesObject reports whether a directoryObject can name one: by DN, GUID or SID, and
// not by a logon name (official). GUIDs stand without braces, as in all the examples of
// the document.
func namesObject(text string) bool {
	_, err := models.ParseDN(text)
	return strings.TrimSpace(text) == text && (err == nil || models.IsGUID(text) || strings.HasPrefix(text, "S") && models.IsSID(text))
}

// account checks the Microsoft 365 account.
func (c *checker) account(path string, raw json.RawMessage) {
	c.request.AccountMember = path
	account, ok := c.object(path, raw, c.other, memberLicences)
	if ok && len(account) == 0 {
		c.warn(path, "there is nothing in it")
	}
	list, given := account[memberLicences]
	if !given {
		return
	}
	changed := map[string]string{}
	path = join(path, memberLicences)
	c.list(path, list, func(path string, item json.RawMessage) {
		change := c.licence(path, item)
		c.once(changed, path, memberSKU, change.SKU)
		c.request.Modification.Licences = append(c.request.Modification.Licences, change)
	})
	if rawjson.First(list) == '[' && len(c.request.Modification.Licences) == 0 {
		c.warn(path, "there is nothing in it")
	}
}

// once reports what an item of a list changes when one before it changes it already;
// case does not count.
func (c *checker) once(changed map[string]string, path, member, name string) {
	key := strings.ToLower(name)
	if earlier, twice := changed[key]; twice {
		c.wrong(join(path, member), "%s is changed by %s already", name, earlier)
	} else if key != "" {
		changed[key] = path
	}
}

// other notes a member that is passed through. What it means is not known, and
// so what may be a secret is not shown. One that is about licences is not passed: it
// can only be a misspelling of the one that is.
func (c *checker) other(path, name string, value json.RawMessage) {
	part := models.RequestPart{Path: path, Text: "(not shown)"}
	name = strings.ToLower(name)
	if strings.Contains(name, "licen") || strings.Contains(name, "modif") {
		c.noSuch(path, name, value)
		return
	}
	switch kind := rawjson.First(value); {
	case kind == '{', kind == '[', strings.Contains(name, "password"), strings.Contains(name, "secret"):
	case kind == '"':
		part.Text = strconv.Quote(english.Short(rawjson.Text(value)))
	default:
		part.Text = english.Short(string(value))
	}
	c.request.Modification.Others = append(c.request.Modification.Others, part)
}

func (c *checker) licence(path string, raw json.RawMessage) models.LicenceChange {
	item, ok := c.object(path, raw, func(path, name string, value json.RawMessage) {
		if strings.EqualFold(name, memberSKU) || strings.EqualFold(name, memberAssigned) {
			c.noSuch(path, name, value)
			return
		}
		c.warn(path, "not known; it is sent as it is")
	}, memberSKU, memberAssigned)
	if !ok {
		return models.LicenceChange{}
	}
	sku, ok := c.text(join(path, memberSKU), item[memberSKU], "it names the licence, such as ENTERPRISEPACK")
	if ok && (sku == "" || strings.TrimSpace(sku) != sku) {
		c.wrong(join(path, memberSKU), "%q names no licence", english.Short(sku))
		sku = ""
	}
	assigned := models.Unknown
	switch raw := item[memberAssigned]; {
	case raw == nil:
		c.wrong(join(path, memberAssigned), "missing; true assigns the licence, false revokes it")
	case rawjson.First(raw) != 't' && rawjson.First(raw) != 'f':
		c.wrong(join(path, memberAssigned), "must be true or false without quotes, and is %s", kindOf(raw))
	default:
		assigned = rawjson.Flag(raw)
	}
	return models.LicenceChange{SKU: sku, Assigned: assigned == models.Yes}
}

// photo checks the image of a user or contact.
func (c *checker) photo(raw json.RawMessage) {
	switch {
	case rawjson.IsNull(raw), rawjson.First(raw) == '"' && rawjson.Text(raw) == "":
		c.wrong(memberPhoto, "nothing says that this clears the photo; clear the property %s instead", clearedPhoto)
		return
	case rawjson.First(raw) != '"':
		c.wrong(memberPhoto, "must be Base64 in quotes, and is %s", kindOf(raw))
		return
	}
	data, words := decodeBase64(rawjson.Text(raw))
	if words == "" {
		words = wrongPhoto(data)
	}
	if words != "" {
		c.wrong(memberPhoto, "%s", words)
		return
	}
	c.request.Modification.Photo, c.request.Modification.PhotoSet = data, true
}

// Fits says what of the request an object cannot have (official: photo is for
// users and contacts, the Microsoft 365 account for users). class is the
// server's name of the object's kind, "user" or "contact", and may be empty.
func (r Request) Fits(category models.Category, class string) []Problem {
	var problems []Problem
	what := class
	if what == "" {
		what = category.Label()
	}
	what = english.A(what)
	if r.Modification.PhotoSet && !canHavePhoto(category, class) {
		problems = append(problems, Problem{memberPhoto, what + " has no photo; users and contacts do"})
	}
	if r.AccountMember != "" && !canHaveLicences(category, class) {
		problems = append(problems, Problem{r.AccountMember, what + " has no Microsoft 365 account; users do"})
	}
	return problems
}

func canHavePhoto(category models.Category, class string) bool {
	return canHaveLicences(category, class) || strings.EqualFold(class, classContact) ||
		class == "" && strings.EqualFold(string(category), classContact)
}

func canHaveLicences(category models.Category, class string) bool {
	if class == "" {
		return category == models.Person
	}
	return strings.EqualFold(class, classUser) || strings.EqualFold(class, "inetOrgPerson")
}
