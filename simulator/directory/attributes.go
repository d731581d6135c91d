package directory

import (
	"slices"
	"strconv"
	"time"

	"dirdesk/models"
)

// Attributes gives all attributes of one object by their AD names, in text as
// LDAP has them: FILETIMEs and bits as decimal numbers, the SID and the GUID in
// their usual forms. models.ErrNotFound when there is no such object.
func (d *Directory) Attributes(dn models.DN) (map[string][]string, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.lookup(dn)
	if e == nil {
		return nil, noBase().on("read", dn)
	}
	a := map[string][]string{
		"distinguishedName": {string(e.dn())},
		"name":              {e.shownName()},
		"objectClass":       slices.Clone(e.class.chain),
		"objectGUID":        {d.guid(e)},
		"whenCreated":       {time.Unix(e.created, 0).UTC().Format(generalized)},
		"whenChanged":       {time.Unix(e.changed, 0).UTC().Format(generalized)},
	}
	if e.parent != nil {
		a[map[string]string{"CN": "cn", "OU": "ou"}[e.class.rdn]] = []string{e.name}
	}
	for _, v := range e.values {
		a[v.attribute.name] = append(a[v.attribute.name], v.text)
	}
	for _, l := range e.links {
		if !l.to.gone {
			a[l.attribute.name] = append(a[l.attribute.name], string(l.to.dn()))
		}
	}
	for _, m := range e.members {
		a["member"] = append(a["member"], string(m.dn()))
	}
	for _, g := range e.memberOf {
		a["memberOf"] = append(a["memberOf"], string(g.dn()))
	}
	d.addFields(e, a)
	return a, nil
}

// addFields writes out what has a field of its own in the entry, where it is set.
func (d *Directory) addFields(e *entry, a map[string][]string) {
	set := func(name, text string, present bool) {
		if present {
			a[name] = []string{text}
		}
	}
	decimal := func(n int64) string { return strconv.FormatInt(n, 10) }
	sid := d.sid(e)
	set("objectSid", sid, sid != "")
	set("sAMAccountName", e.sam, e.sam != "")
	set("showInAdvancedViewOnly", "TRUE", e.advanced)
	set("groupType", decimal(int64(e.groupType)), e.class.kind == kindGroup)
	set("primaryGroupToken", decimal(int64(e.rid)), e.class.kind == kindGroup)
	if !e.class.account {
		return
	}
	set("userAccountControl", decimal(int64(e.uac)), true)
	set("primaryGroupID", decimal(int64(e.primaryGroup)), true)
	set("accountExpires", decimal(int64(e.accountExpires)), true)
	set("pwdLastSet", decimal(int64(e.pwdLastSet)), true)
	set("badPwdCount", decimal(int64(e.badPasswords)), true)
	set("lockoutTime", decimal(int64(e.lockoutTime)), e.lockoutTime != 0)
	set("badPasswordTime", decimal(int64(e.badPasswordTime)), e.badPasswordTime != 0)
	set("lastLogonTimestamp", decimal(int64(e.lastLogon)), e.lastLogon != 0)
}
