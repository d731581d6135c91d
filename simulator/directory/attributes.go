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
		if values := reading(d).valuesOf(e, &schema[i]); len(values) > 0 {
			a[schema[i].name] = values
		}
	}
	return a, nil
}

// valuesOf gives the values of one attribute. The caller holds mu.
func (d reader) valuesOf(e *entry, a *attribute) (values []string) {
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
func (d reader) fieldOf(e *entry, name string) []string {
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
	default:
		if account {
			if values, ok := e.accountField(name); ok {
				return values
			}
		}
		if values, ok := d.systemField(e, name); ok {
			return values
		}
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

// accountField gives what an account has a field for.
func (e *entry) accountField(name string) (values []string, ok bool) {
	of := func(n int64, present bool) ([]string, bool) {
		if !present {
			return nil, true
		}
		return []string{strconv.FormatInt(n, 10)}, true
	}
	switch name {
	case "userAccountControl":
		return of(int64(e.uac), true)
	case "primaryGroupID":
		return of(int64(e.primaryGroup), true)
	case "accountExpires":
		return of(int64(e.accountExpires), true)
	case "pwdLastSet":
		return of(int64(e.pwdLastSet), true)
	case "lockoutTime":
		return of(int64(e.lockoutTime), e.lockoutTime != 0)
	case "lastLogonTimestamp":
		return of(int64(e.lastLogon), e.lastLogon != 0)
	case "lastLogoff", "logonCount":
		return of(0, true)
	}
	n, ok := e.signIn.field(name)
	if !ok {
		return nil, false
	}
	return of(n, n != 0 || name != "badPasswordTime")
}

// systemField gives what the server keeps of every entry.
func (d reader) systemField(e *entry, name string) (values []string, ok bool) {
	one := func(text string, present bool) ([]string, bool) {
		if !present {
			return nil, true
		}
		return []string{text}, true
	}
	switch name {
	case "dc":
		return one(e.shownName(), e == d.base)
	case "instanceType":
		if e.isHead() {
			return []string{"5"}, true
		}
		return []string{"4"}, true
	case "systemFlags":
		if e.isFixed() && e.text("systemFlags") == "" {
			return []string{"-1946157056"}, true
		}
		return one(e.text("systemFlags"), e.text("systemFlags") != "")
	case "isDeleted":
		return one("TRUE", e.isDeleted(d.Directory))
	case "uSNCreated":
		return one(strconv.Itoa(int(e.serial)), true)
	case "uSNChanged":
		return one(strconv.Itoa(int(e.usn)), true)
	default:
		return nil, false
	}
}
