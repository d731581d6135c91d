package adaxes

import (
	"strconv"
	"strings"

	"dirdesk/models"
)

// Members of the Microsoft 365 account that are known. The others that the
// product has are named nowhere in its REST pages: they are passed through.
const (
	memberLicences = "licenseModifications"
	memberSKU      = "skuPartNumber"
	memberAssigned = "assigned"
)

// account checks the Microsoft 365 account: o365 in the document, m365 on newer
// servers.
func (c *checker) account(root node) {
	account, old := root.member(memberO365)
	newer, given := root.member(memberM365)
	switch {
	case old && given:
		c.wrong(memberM365, "o365 and m365 are two names of the same; write one of them")
		return
	case old:
		c.request.AccountMember = memberO365
	case given:
		c.request.AccountMember, account = memberM365, newer
	default:
		return
	}
	path := c.request.AccountMember
	if account.kind != objectNode {
		c.wrong(path, "must be an object, and is %s", account.kind)
		return
	}
	if len(account.members) == 0 {
		c.warn(path, "there is nothing in it")
	}
	for _, m := range account.members {
		if m.name == memberLicences {
			c.licences(join(path, m.name), m.value)
		} else if like := alike(m.name, []string{memberLicences}); like != "" {
			c.wrong(join(path, m.name), "no such member; did you mean %s?", like)
		} else {
			c.other(join(path, m.name), m)
		}
	}
}

// other notes a member that is passed through. What it means is not known, and
// so what may be a secret is not shown.
func (c *checker) other(path string, m namedNode) {
	part := models.RequestPart{Path: path, Text: "(not shown)"}
	if name := strings.ToLower(m.name); m.value.isPlain() && !strings.Contains(name, "password") && !strings.Contains(name, "secret") {
		part.Text = m.value.plain()
	}
	c.request.Modification.Others = append(c.request.Modification.Others, part)
}

// isPlain reports whether a value has no parts.
func (n node) isPlain() bool { return n.kind != objectNode && n.kind != listNode }

// plain writes such a value for a person.
func (n node) plain() string {
	switch n.kind {
	case stringNode:
		return strconv.Quote(shorten(n.text))
	case numberNode:
		return shorten(n.text)
	case boolNode:
		return strconv.FormatBool(n.yes)
	default:
		return "null"
	}
}

func (c *checker) licences(path string, list node) {
	if list.kind != listNode {
		c.wrong(path, "must be a list, and is %s", list.kind)
		return
	}
	if len(list.elements) == 0 {
		c.warn(path, "there is nothing in it")
	}
	first := map[string]string{}
	for i, item := range list.elements {
		at := path + "[" + strconv.Itoa(i) + "]"
		if item.kind != objectNode {
			c.wrong(at, "must be an object, and is %s", item.kind)
			continue
		}
		change := c.licence(at, item)
		if key := strings.ToLower(change.SKU); key != "" {
			if earlier, twice := first[key]; twice {
				c.wrong(join(at, memberSKU), "%s is changed by %s already", change.SKU, earlier)
			} else {
				first[key] = at
			}
		}
		c.request.Modification.Licences = append(c.request.Modification.Licences, change)
	}
}

func (c *checker) licence(path string, item node) models.LicenceChange {
	var change models.LicenceChange
	known := []string{memberSKU, memberAssigned}
	for _, m := range item.members {
		switch like := alike(m.name, known); {
		case isOneOf(m.name, known):
		case like != "":
			c.wrong(join(path, m.name), "no such member; did you mean %s?", like)
		default:
			c.warn(join(path, m.name), "not known; it is sent as it is")
		}
	}
	switch sku, found := item.member(memberSKU); {
	case !found:
		c.wrong(join(path, memberSKU), "missing; it names the licence, such as ENTERPRISEPACK")
	case sku.kind != stringNode:
		c.wrong(join(path, memberSKU), "must be text in quotes, and is %s", sku.kind)
	case strings.TrimSpace(sku.text) == "" || strings.TrimSpace(sku.text) != sku.text:
		c.wrong(join(path, memberSKU), "%q names no licence", shorten(sku.text))
	default:
		change.SKU = sku.text
	}
	switch assigned, found := item.member(memberAssigned); {
	case !found:
		c.wrong(join(path, memberAssigned), "missing; true assigns the licence, false revokes it")
	case assigned.kind != boolNode:
		c.wrong(join(path, memberAssigned), "must be true or false without quotes, and is %s", assigned.kind)
	default:
		change.Assigned = assigned.yes
	}
	return change
}
