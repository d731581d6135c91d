package directory

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dirdesk/models"
)

// Add makes an entry. class is a structural class: user, inetOrgPerson, contact,
// computer, group, organizationalUnit or container. attributes go by their AD
// names, in any case; their values are checked against the schema.
//
// What is not given gets the server's default (measured): an account is disabled
// (userAccountControl 546, 4130 for a computer) and must change its password, a
// group is global and for security, a missing sAMAccountName is made up, a
// container is for the advanced view only.
//
// Beyond what a server takes, Add accepts what only the server writes otherwise,
// so that a domain with a past can be made: pwdLastSet, lockoutTime,
// badPwdCount, lastLogonTimestamp (FILETIMEs, see [FileTime]) and whenCreated
// ("20260131120000.0Z").
//
// Errors are *models.Error: ErrNotFound for a missing parent or member, ErrExists
// for a DN or a sAMAccountName in use, ErrInvalid for the rest. Nothing is added
// then.
func (d *Directory) Add(dn models.DN, class string, attributes map[string][]string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return adding(d).add(dn, class, attributes, nil).on("add", dn)
}

// AddAccount makes an account with a password, or nothing: the password is held
// to the policy as by [Directory.SetPassword]. A pwdLastSet of 0 among the
// attributes asks the person to choose another at the first sign-in; without it
// the password is set now.
func (d *Directory) AddAccount(dn models.DN, class string, attributes map[string][]string, secret models.Secret) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return adding(d).add(dn, class, attributes, &secret).on("add", dn)
}

// add makes an entry, with a password unless secret is nil.
func (d adder) add(dn models.DN, className string, attributes map[string][]string, secret *models.Secret) *refusal {
	c := classByName(className)
	if c == nil {
		return refuse(16, "", "0000200A: objectclass %s is not a valid objectClass in schema", className)
	}
	parent, own, ok := d.parentOf(dn)
	if !ok {
		return refuse(34, "", "Invalid DN %q", string(dn))
	}
	if parent == nil {
		return refuse(32, "Choose a container that exists.",
			"00002030: objectclass: Cannot add %s, parent does not exist!", dn)
	}
	e := &entry{parent: parent, class: c, advanced: c.hidden}
	if r := e.named(own); r != nil {
		return r
	}
	if !c.mayStandBelow(parent.class) {
		return refuse(64, "Choose a container that may hold it.",
			"00002037: structural objectClass %s is not a valid child class for %s", c.name, parent.dn())
	}
	if parent.child(e.key) != nil {
		return refuse(68, "Choose another name.", "Entry %s already exists", dn)
	}
	e.serial = d.serial + 1
	e.created = d.now().Unix()
	e.setDefaults()
	members, r := d.fill(e, attributes)
	if r != nil {
		return r
	}
	// Who has a past, and must change the password, was given one.
	e.hadPassword = c.account && e.pwdLastSet == 0 && given(attributes, "pwdLastSet") != nil && given(attributes, "whenCreated") != nil
	e.changed = e.created
	for _, name := range c.must {
		if e.text(name) == "" {
			return refuse(65, "Give it a "+name+".", "00002071: objectclass_attrs: at least one mandatory attribute ('%s') on entry '%s' wasn't specified!", name, dn)
		}
	}
	if r := d.finish(e); r != nil {
		return r
	}
	if secret != nil {
		mustChange := slices.Equal(given(attributes, "pwdLastSet"), []string{"0"})
		if r := changing(d.Directory).givePassword(e, *secret, mustChange); r != nil {
			return r
		}
	}
	d.enter(e)
	e.linked()
	for _, m := range members {
		e.members = append(e.members, m)
		m.memberOf = append(m.memberOf, e)
	}
	return nil
}

// given finds the values of an attribute whatever the case of its name.
func given(attributes map[string][]string, wanted string) []string {
	for name, values := range attributes {
		if strings.EqualFold(name, wanted) {
			return values
		}
	}
	return nil
}

// maxName is AD's limit for cn, ou and the names made of them, in UTF-16 units.
// Windows holds RDNs to it; Samba does not look (measured).
const maxName = 64

// named takes the entry's name from its RDN and checks it.
func (e *entry) named(rdn models.RDN) *refusal {
	if !strings.EqualFold(rdn.Type, e.class.rdn) || rdn.More != "" {
		return refuse(64, "", "00002035: objectclass: Invalid RDN '%s' for objectclass '%s'!", rdn.Type, e.class.name)
	}
	if !utf8.ValidString(rdn.Value) || rdn.Value == "" { // a lone space is a name (measured)
		return refuse(34, "Give it a name.", "Invalid DN: the value of %s is empty", rdn.Type)
	}
	if !withinLength(rdn.Value, maxName) {
		return refuse(19, "A name has at most 64 characters.", "%s is longer than %d", rdn.Type, maxName)
	}
	e.name, e.key = rdn.Value, foldRDN(rdn.Type, rdn.Value)
	return nil
}

// setDefaults gives what an entry of its class has before any attribute is read.
func (e *entry) setDefaults() {
	switch {
	case e.class.kind == kindComputer:
		e.uac = models.UACWorkstation | models.UACDisabled | models.UACNoPassword
		e.primaryGroup = ridDomainComputers
	case e.class.account:
		e.uac = models.UACNormal | models.UACDisabled | models.UACNoPassword
		e.primaryGroup = ridDomainUsers
	case e.class.kind == kindGroup:
		e.groupType = models.GroupSecurity | models.GroupGlobal
	}
	e.accountExpires = models.NeverFileTime
}

// finish checks what depends on several attributes, and makes the account name.
func (d adder) finish(e *entry) *refusal {
	if e.class.kind == kindGroup {
		if r := checkGroupType(e.groupType); r != nil {
			return r
		}
	}
	if !e.class.isPrincipal() {
		return nil
	}
	if e.sam == "" {
		e.sam = d.madeUpSAM(e)
	} else if r := checkSAM(e.sam); r != nil {
		return r
	}
	return d.checkTaken(e, e)
}

// checkGroupType asks for exactly one scope.
func checkGroupType(bits int32) *refusal {
	switch bits &^ models.GroupSecurity {
	case models.GroupGlobal, models.GroupLocal, models.GroupUniversal:
		return nil
	default:
		return refuse(53, "", "samldb: Unrecognized account type!")
	}
}

// checkSAM holds a sAMAccountName to Samba's rules (measured): these characters
// and a dot at the end are out, "@" and spaces are in, and so are a computer
// without "$" and more than the 20 characters that Windows allows for a user.
func checkSAM(sam string) *refusal {
	if i := strings.IndexAny(sam, `"[]:;|=+*?<>/\,`); i >= 0 {
		return refuse(19, "Choose a logon name without that character.",
			"0000202F: samldb: sAMAccountName contains invalid '%c' character", sam[i])
	}
	if strings.HasSuffix(sam, ".") {
		return refuse(19, "Choose a logon name that does not end in a dot.",
			"0000202F: samldb: sAMAccountName ends with '.'")
	}
	return nil
}

// enter puts a checked entry into the tree and the indexes.
func (d adder) enter(e *entry) {
	d.fineGrained = d.fineGrained || e.class.name == "msDS-PasswordSettings"
	d.serial++
	d.usn++
	e.serial, e.usn = d.serial, d.usn
	if e.class.isPrincipal() {
		if e.rid == 0 {
			e.rid = d.nextRID
			d.nextRID++
		}
		d.index(e)
	}
	e.parent.adopt(e)
	d.keepBack(e, nil)
	if d.identities != nil {
		d.identities[reading(d.Directory).guidBytes(e)] = e
	}
}

// index makes an account findable by its names.
func (d adder) index(e *entry) {
	if !e.class.isPrincipal() {
		return
	}
	d.bySAM[fold(e.sam)] = e
	if e.class.kind == kindGroup && e.parent.class.kind != kindBuiltin {
		d.groups[e.rid] = e
	}
	if upn := e.text("userPrincipalName"); upn != "" {
		d.byUPN[fold(upn)] = e
	}
}
