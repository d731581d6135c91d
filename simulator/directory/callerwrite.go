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

// Values are those of one attribute in a request to add an entry.
type Values struct {
	Name   string
	Values []string
}

// Add makes an entry of what a request lists, its objectClass too. A password
// goes by secret, nil for none.
func (c *Caller) Add(name string, given []Values, secret *models.Secret) error {
	d := c.d
	defer c.writing()()
	dn := models.DN(name)
	if strings.Contains(name, "<GUID=") { // measured
		return refuse(34, "Name it by its DN.", "00002032: ldb_add: invalid dn '(null)'").on("add", dn)
	}
	class, attributes, r := d.asked(dn, given)
	if r == nil {
		r = c.checkAdd(dn, class)
	}
	if r == nil {
		r = d.add(dn, class, attributes, secret)
	}
	return r.on("add", dn)
}

// asked sorts a request's attributes: the structural class, and what is the
// client's to set.
func (d *Directory) asked(dn models.DN, given []Values) (class string, attributes map[string][]string, r *refusal) {
	attributes = make(map[string][]string)
	for _, v := range given {
		switch strings.ToLower(v.Name) {
		case "objectclass":
			if class, r = structural(v.Values); r != nil {
				return "", nil, r
			}
		case "instancetype", "objectcategory", "distinguishedname": // given by some tools, as the server would
		case "pwdlastset":
			if !slices.Equal(v.Values, []string{"0"}) && !slices.Equal(v.Values, []string{"-1"}) {
				return "", nil, refuse(80, "", "00000057: setup_last_set_field: pwdLastSet must be 0 or -1 only!")
			}
			attributes["pwdLastSet"] = v.Values
			if v.Values[0] == "-1" {
				attributes["pwdLastSet"] = []string{FileTime(d.now())}
			}
		case "whencreated":
			return "", nil, refuse(19, "The server keeps this attribute itself.", "0000202F: objectclass_attrs: attribute 'whenCreated' on entry '%s' can only be modified as system", dn)
		default:
			attributes[v.Name] = d.dnValues(v.Name, v.Values)
		}
	}
	if class == "" {
		return "", nil, refuse(65, "Say what kind of object it is.", "objectclass: cannot add %s, no objectclass specified!", dn)
	}
	return class, attributes, nil
}

// structural is the most special of the classes that are named.
func structural(names []string) (string, *refusal) {
	best := ""
	most := 0
	for _, name := range names {
		c := classByName(name)
		switch {
		case c != nil && len(c.chain) > most:
			best, most = c.name, len(c.chain)
		case c == nil && !isSuperclass(name):
			return "", refuse(16, "", "objectclass %s is not a valid objectClass in schema", name)
		}
	}
	return best, nil
}

func isSuperclass(name string) bool {
	for i := range classes {
		if slices.ContainsFunc(classes[i].chain, func(c string) bool { return strings.EqualFold(c, name) }) {
			return true
		}
	}
	return false
}

// dnValues writes names of entries in AD's other forms as DNs.
func (d *Directory) dnValues(name string, values []string) []string {
	i := attributeIndex(name)
	if i < 0 || schema[i].syntax != asDN {
		return values
	}
	values = slices.Clone(values)
	for n, v := range values {
		if strings.HasPrefix(v, "<") {
			if e := d.named(v); e != nil {
				values[n] = string(e.dn())
			}
		}
	}
	return values
}

func (c *Caller) checkAdd(dn models.DN, class string) *refusal {
	parent := c.d.lookup(dn.Parent())
	if parent == nil || classByName(class) == nil {
		return nil // what is wrong is said later
	}
	if !c.may(parent, rightCreateChild, classByName(class).guid()) {
		return noAccess("acl: unable to get access to %s", dn)
	}
	return nil
}

// Modify changes attributes, all or none. Values and conditions are LDAP's: what
// is there already is not added, and what is not there is not taken away. old
// and secret are the password that is exchanged; with secret alone it is reset.
func (c *Caller) Modify(name string, changes []AttributeChange, old, secret *models.Secret) error {
	d := c.d
	defer c.writing()()
	dn := models.DN(name)
	e := d.named(name)
	switch {
	case e == nil && strings.HasPrefix(name, "<"):
		return refuse(32, "", "Base-DN '%s' not found", name).on("change", dn)
	case e == nil, e.isDeleted(d) && !c.admin:
		return notFound(dn).on("change", dn)
	case e.isDeleted(d):
		target, ok := restoring(changes)
		if !ok {
			return refuse(53, "Restore it first.", "00002035: a deleted object is only restored").on("change", dn)
		}
		return d.restore(e, target).on("restore", dn)
	}
	o, r := d.operation(e, changes, secret)
	if r == nil {
		r = c.checkModify(e, o, old)
	}
	if r == nil {
		o.Old = old
		_, r = d.operate(e, o)
	}
	return r.on("change", dn)
}

// operation writes LDAP's changes in the directory's own terms.
func (d *Directory) operation(e *entry, changes []AttributeChange, secret *models.Secret) (Operation, *refusal) {
	o := Operation{Strict: true, Password: secret}
	for _, change := range changes {
		change.Values = d.dnValues(change.Name, change.Values)
		switch strings.ToLower(change.Name) {
		case "useraccountcontrol":
			change.Values = e.controlOverLDAP(change.Values)
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
func (e *entry) controlOverLDAP(values []string) []string {
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

// Delete removes an entry, with tree all that lies below it too.
func (c *Caller) Delete(name string, tree bool) error {
	d := c.d
	defer c.writing()()
	dn := models.DN(name)
	e := d.named(name)
	switch {
	case e == nil && strings.HasPrefix(name, "<"):
		return refuse(32, "", "Base-DN '%s' not found", name).on("delete", dn)
	case e == nil || e.isDeleted(d):
		return refuse(32, "", "00002030: objectclass: Cannot delete %s, entry does not exist!", dn).on("delete", dn)
	}
	return c.delete(e, tree).on("delete", dn)
}

func (c *Caller) delete(e *entry, tree bool) *refusal {
	allowed := c.may(e, rightDelete) || !e.isHead() && c.mayDeleteBelow(e)
	if tree && !e.isEmpty() {
		allowed = c.may(e, rightDeleteTree)
	}
	switch {
	case !allowed && e.isHead():
		return noAccess("dsdb_access: Access check failed on %s", e.dn())
	case !allowed:
		return noAccess("dsdb_access: Access check failed on %s", e.parent.dn())
	case e.mayGo() != nil:
		return e.mayGo()
	case !tree && !e.isEmpty():
		return refuse(66, "Delete or move what is in it first.", "00002015: subtree_delete: Unable to delete a non-leaf node (it has %d children)!", len(e.inside.byKey))
	}
	var all []*entry
	e.walk(func(at *entry) bool {
		all = append(all, at)
		return true
	})
	for _, at := range all {
		if r := at.mayGo(); r != nil {
			return r
		}
	}
	for _, at := range slices.Backward(all) { // what lies below goes first
		c.d.unlink(at)
	}
	return nil
}

// mayDeleteBelow asks the container, which a denial for the object does not
// outweigh but for what protects from accidents: that denies both.
func (c *Caller) mayDeleteBelow(e *entry) bool {
	return c.may(e.parent, rightDeleteChild, e.class.guid())
}

// Move gives an entry another RDN, another container, or both. newParent "" leaves
// it where it is.
func (c *Caller) Move(name, newRDN, newParent string) error {
	defer c.writing()()
	dn := models.DN(name)
	r := c.move(name, newRDN, newParent)
	return r.on("rename", dn)
}

func (c *Caller) move(name, newRDN, newParent string) *refusal {
	d := c.d
	e := d.named(name)
	switch {
	case e == nil || e.isDeleted(d):
		return refuse(32, "", "00002030: No such Base DN: %s", name)
	case strings.HasPrefix(name, "<") && newParent == "": // measured
		return refuse(32, "", "00002030: No such object")
	}
	step := models.DN(newRDN).RDNs()
	if len(step) != 1 || step[0].More != "" {
		return refuse(34, "", "Invalid new RDN %q", newRDN)
	}
	if !strings.EqualFold(step[0].Type, e.class.rdn) {
		return refuse(53, "", "00002035: objectclass: Invalid RDN '%s' for objectclass '%s'!", step[0].Type, e.class.name)
	}
	parent := e.parent
	if newParent != "" {
		if parent = d.lookup(models.DN(newParent)); parent == nil {
			return refuse(80, "Choose a container that exists.", "00002095: objectclass: Cannot rename %s, parent does not exist!", e.dn())
		}
	}
	if e.isHead() {
		return refuse(53, "", "00002035: subtree_rename: Cannot rename %s - DISALLOW_RENAME set", e.dn())
	}
	if r := c.checkRename(e, parent); r != nil {
		return r
	}
	return d.move(e, parent, step[0].Value)
}

func (c *Caller) checkRename(e, parent *entry) *refusal {
	if !c.mayWrite(e, attributeByName("name")) {
		return noAccess("00002098: Object %s has no wp on name", e.dn())
	}
	if parent == e.parent {
		return nil
	}
	if !c.may(parent, rightCreateChild, e.class.guid()) {
		return noAccess("acl:access_denied renaming %s", e.dn())
	}
	if !c.may(e, rightDelete) && !c.mayDeleteBelow(e) {
		return noAccess("acl:access_denied renaming %s", e.dn())
	}
	return nil
}

// Compare reports whether an entry has a value.
func (c *Caller) Compare(name string, f Filter) (bool, error) {
	found, err := c.Find(Query{Base: name, Filter: f})
	return len(found) > 0, err
}
