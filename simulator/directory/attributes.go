package directory

import (
	"slices"
	"strconv"
	"time"

	"dirdesk/models"
)

// Attributes gives all attributes of one object by their AD names, in text as
// LDAP has them: FILETIMEs and bits as decimal numbers, the SID and the GUID in
// their usual forms, bytes in Base64. What a server works out only when it is
// asked for it is left out. models.ErrNotFound when there is no such object.
func (d *Directory) Attributes(dn models.DN) (map[string][]string, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(dn)
	if e == nil {
		return nil, noBase().on("read", dn)
	}
	a := make(map[string][]string)
	for i := range schema {
		if schema[i].made {
			continue
		}
		if values := d.valuesOf(e, &schema[i]); len(values) > 0 {
			a[schema[i].name] = values
		}
	}
	return a, nil
}

// valuesOf gives the values of one attribute. The caller holds mu.
func (d *Directory) valuesOf(e *entry, a *attribute) (values []string) {
	switch {
	case a.name == "member":
		return names(e.members)
	case a.name == "memberOf":
		return names(e.memberOf)
	case a.name == "directReports" || a.name == "managedObjects" || a.name == "msDS-PSOApplied":
		for _, back := range e.linkedBy {
			if backLink(back.attribute.name) == a.name {
				values = append(values, string(back.to.dn()))
			}
		}
		return values
	case (a.server || a.field) && a.name != "fSMORoleOwner":
		return d.fieldOf(e, a.name)
	case a.syntax == asDN:
		for _, l := range e.links {
			if l.attribute == a {
				values = append(values, string(l.to.dn()))
			}
		}
		return values
	}
	for _, v := range e.values {
		if v.attribute == a {
			values = append(values, v.text)
		}
	}
	return values
}

func names(entries []*entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, string(e.dn()))
	}
	return all
}

// fieldOf writes out what has a field of its own in the entry, or is worked out,
// where it is set.
func (d *Directory) fieldOf(e *entry, name string) []string {
	one := func(text string, present bool) []string {
		if !present {
			return nil
		}
		return []string{text}
	}
	number := func(n int64, present bool) []string { return one(strconv.FormatInt(n, 10), present) }
	group, account := e.class.kind == kindGroup, e.class.account
	switch name {
	case "distinguishedName":
		return []string{string(e.dn())}
	case "name":
		return []string{e.shownName()}
	case "cn":
		return one(e.shownName(), e.class.rdn == "CN")
	case "ou":
		return one(e.name, e.parent != nil && e.class.rdn == "OU")
	case "objectClass":
		return slices.Clone(e.class.chain)
	case "objectGUID":
		return []string{d.guid(e)}
	case "objectSid":
		sid := d.sid(e)
		return one(sid, sid != "")
	case "whenCreated":
		return []string{time.Unix(e.created, 0).UTC().Format(generalized)}
	case "whenChanged":
		return []string{time.Unix(e.changed, 0).UTC().Format(generalized)}
	case "sAMAccountName":
		return one(e.sam, e.sam != "")
	case "showInAdvancedViewOnly":
		return one("TRUE", e.advanced)
	case "isCriticalSystemObject":
		return one("TRUE", e.system)
	case "groupType":
		return number(int64(e.groupType), group)
	case "primaryGroupToken":
		return number(int64(e.rid), group)
	case "userAccountControl":
		return number(int64(e.uac), account)
	case "primaryGroupID":
		return number(int64(e.primaryGroup), account)
	case "accountExpires":
		return number(int64(e.accountExpires), account)
	case "pwdLastSet":
		return number(int64(e.pwdLastSet), account)
	case "badPwdCount":
		return number(int64(e.badPasswords), account)
	case "lockoutTime":
		return number(int64(e.lockoutTime), account && e.lockoutTime != 0)
	case "badPasswordTime":
		return number(int64(e.badPasswordTime), account && e.badPasswordTime != 0)
	case "lastLogonTimestamp":
		return number(int64(e.lastLogon), account && e.lastLogon != 0)
	case "dc":
		return one(e.shownName(), e == d.base)
	case "instanceType":
		if e.isHead() {
			return []string{"5"}
		}
		return []string{"4"}
	case "systemFlags":
		if e.isFixed() && e.text("systemFlags") == "" {
			return []string{"-1946157056"}
		}
		return one(e.text("systemFlags"), e.text("systemFlags") != "")
	case "isDeleted":
		return one("TRUE", e.isDeleted(d))
	case "lastLogon":
		return number(int64(e.lastLogon), account)
	case "lastLogoff", "logonCount":
		return number(0, account)
	case "uSNCreated":
		return number(int64(e.serial), true)
	case "uSNChanged":
		return number(int64(e.usn), true)
	default:
		if values, ok := d.policyField(e, name); ok {
			return values
		}
		if e.rare != nil && e.rare.deleted != nil {
			if values := e.rare.deleted.field(name); values != nil {
				return values
			}
		}
		return d.constructed(e, name)
	}
}
