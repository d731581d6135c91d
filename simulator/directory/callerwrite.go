package directory

import (
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
)

// noAccess is the refusal of somebody without the right, in Samba's words
// (measured).
func noAccess(format string, args ...any) *refusal {
	return refuse(50, "Your account has no right to do that.", format, args...)
}

func noWrite(e *entry) *refusal {
	return noAccess("00002098: Object %s has no write property access", e.dn())
}

const moduleRefuses = "error in module acl: insufficient access rights during LDB_MODIFY (50)"

// Passwords are those of a change; nil for none. A new one alone is a reset.
type Passwords struct {
	Old, New *models.Secret
	// Hinted holds a reset to the policy's history and minimum age too.
	Hinted bool
}

// Modify changes attributes, all or none. Values and conditions are LDAP's: what
// is there already is not added, and what is not there is not taken away.
func (c *Caller) Modify(name string, changes []AttributeChange, p Passwords) error {
	d := c.d
	defer c.writing()()
	dn := models.DN(name)
	e := reading(d).named(name)
	switch {
	case e == nil && strings.HasPrefix(name, "<"):
		return refuse(32, "", "Base-DN '%s' not found", name).on("change", dn)
	case e == nil, e.isDeleted(d) && !c.admin:
		return notFound(dn).on("change", dn)
	case e.isDeleted(d):
		target, ok := restoring(changes)
		if !ok || e == d.beside.deleted {
			return refuse(53, "Restore it first.", "00002035: a deleted object is only restored").on("change", dn)
		}
		return changing(d).restore(e, target).on("restore", dn)
	}
	o, r := changing(d).operation(e, changes, p.New)
	if r == nil {
		r = c.checkModify(e, o, p.Old)
	}
	if r == nil {
		o.Old, o.Hinted = p.Old, p.Hinted
		_, r = changing(d).operate(e, o)
	}
	return r.on("change", dn)
}

// operation writes LDAP's changes in the directory's own terms.
func (d changer) operation(e *entry, changes []AttributeChange, secret *models.Secret) (Operation, *refusal) {
	o := Operation{Strict: true, Password: secret}
	for _, change := range changes {
		change.Values = adding(d.Directory).dnValues(change.Name, change.Values)
		switch strings.ToLower(change.Name) {
		case "useraccountcontrol":
			change.Values = controlOverLDAP(e, change.Values)
		case "pwdlastset":
			if secret != nil && change.How == models.Replace && len(change.Values) == 1 {
				switch change.Values[0] {
				case "0":
					o.MustChange = models.Yes
				case "-1":
					o.MustChange = models.No
				default:
					return o, refuse(80, "", "00000057: setup_last_set_field: pwdLastSet must be 0 or -1 only!")
				}
				continue
			}
		}
		if change.How != models.Remove && slices.Contains(change.Values, "") {
			return o, refuse(21, "", "Element %s has empty attribute in ldb message (%s)!", change.Name, e.dn())
		}
		o.Attributes = append(o.Attributes, change)
	}
	return o, nil
}

// controlOverLDAP puts the flag into a value that the access list has in its
// place, and takes out those that are worked out.
func controlOverLDAP(e *entry, values []string) []string {
	values = slices.Clone(values)
	for i, v := range values {
		if n, ok := models.Bits(v); ok {
			n = n&^(models.UACCannotChange|0x10|0x800000) | e.uac&models.UACCannotChange
			values[i] = strconv.FormatInt(int64(n), 10)
		}
	}
	return values
}

func (c *Caller) checkModify(e *entry, o Operation, old *models.Secret) *refusal {
	switch {
	case o.Password == nil:
	case old != nil && !c.may(e, rightControlAccess, rightChangePassword),
		old == nil && !c.may(e, rightControlAccess, rightResetPassword):
		return noAccess(moduleRefuses)
	}
	if o.MustChange.Known() && !c.mayWrite(e, attributeByName("pwdLastSet")) {
		return noWrite(e)
	}
	for _, change := range o.Attributes {
		i := attributeIndex(change.Name)
		switch {
		case i < 0, schema[i].server, schema[i].name == "whenCreated": // refused in other words
		case schema[i].name == "nTSecurityDescriptor":
			if !c.may(e, rightWriteDACL) {
				return noAccess(moduleRefuses)
			}
		case schema[i].name == "member" && !c.mayWrite(e, &schema[i]):
			return noAccess(moduleRefuses)
		case !c.mayWrite(e, &schema[i]):
			return noWrite(e)
		}
	}
	return nil
}
