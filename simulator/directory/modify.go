package directory

import (
	"encoding/base64"
	"slices"
	"strconv"

	"dirdesk/models"
)

// Modify replaces the values of attributes; no values at all remove one. All is
// done or nothing. What the schema asks of [Directory.Add] holds here too; and
// the name, membership and what the server keeps itself cannot be set: see
// [Directory.Rename] and [Directory.AddMember].
//
// pwdLastSet takes 0 (must change at next logon) and -1 (set now) only, as on a
// server. lockoutTime 0 unlocks, and so does any change of userAccountControl.
func (d *Directory) Modify(dn models.DN, changes map[string][]string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return changing(d).modify(dn, changes).on("change", dn)
}

func (d changer) modify(dn models.DN, changes map[string][]string) *refusal {
	e := d.lookup(dn)
	if e == nil {
		return notFound(dn)
	}
	given, unknown := inOrder(changes)
	if unknown != "" {
		return refuse(16, "", "acl_modify: attribute '%s' on entry '%s' was not found in the schema!", unknown, e.dn())
	}
	next, r := d.changed(e, &given)
	if r != nil {
		return r
	}
	d.commit(e, next)
	return nil
}

// changed makes a copy of an entry with other values of the attributes that are
// given; nil leaves one as it is.
func (d changer) changed(e *entry, given *[len(schema)][]string) (*entry, *refusal) {
	next := *e
	next.values, next.links = nil, nil
	for _, v := range e.values {
		if given[v.attribute.at] == nil {
			next.values = append(next.values, v)
		}
	}
	for _, l := range e.links {
		if given[l.attribute.at] == nil {
			next.links = append(next.links, l)
		}
	}
	for i, values := range given {
		if values == nil {
			continue
		}
		if r := d.change(&next, &schema[i], values); r != nil {
			return nil, r
		}
	}
	return &next, d.checkNames(e, &next)
}

// commit makes an entry what its copy is.
func (d changer) commit(e, next *entry) {
	d.remember(e)
	next.rare = mergeRare(e, next)
	e.unlinked()
	delete(d.bySAM, fold(e.sam))
	delete(d.byUPN, fold(e.text("userPrincipalName")))
	next.linkedBy = e.linkedBy // an entry may be linked with itself
	*e = *next
	e.linked()
	adding(d.Directory).index(e)
	d.touch(e)
}

// change sets one attribute of a copy of an entry.
func (d changer) change(e *entry, a *attribute, values []string) *refusal {
	switch a.name {
	case "cn", "ou", "name":
		return refuse(67, "Rename it instead.", "00002016: Modify of RDN '%s' on %s not permitted, must use 'rename' operation instead", e.class.rdn, e.dn())
	case "whenCreated":
		return refuse(19, "The server keeps this attribute itself.", "0000202F: objectclass_attrs: attribute 'whenCreated' on entry '%s' can only be modified as system", e.dn())
	case "nTSecurityDescriptor":
		return d.changeDescriptor(e, values)
	case "member":
		return refuse(53, "Add and remove members one by one.", "00002035: member is changed value by value here")
	}
	if a.made || a.name == "isDeleted" {
		return refuse(53, "The server works it out.", "00002035: objectclass_attrs: attribute '%s' on entry '%s' must not be modified directly, it is a constructed attribute", a.name, e.dn())
	}
	if a.name == "groupType" && e.class.kind != kindGroup { // where others say 65 (measured)
		return refuse(1, "", "00002020: operations error")
	}
	if len(values) == 0 {
		return d.remove(e, a)
	}
	if r := a.check(e, e.class.owners(), values); r != nil {
		if len(values) > 1 && !a.many {
			r.code = 20 // where an add says 19 (measured)
		}
		return r
	}
	switch a.name {
	case "pwdLastSet":
		return e.setPasswordAge(values[0], models.FileTimeOf(d.now()))
	case "groupType":
		return e.changeGroupType(values[0])
	case "primaryGroupID":
		return d.changePrimaryGroup(e, values[0])
	case "userAccountControl": // disabling or enabling a locked account unlocks it (measured)
		if _, locked := e.lockedUntil(reading(d.Directory).policyOf(e), d.now()); locked {
			e.lockoutTime, e.badPasswords = 0, 0
		}
	case "lockoutTime":
		if values[0] == "0" {
			e.badPasswords = 0
		}
	}
	return adding(d.Directory).set(e, a, values)
}

// remove takes an attribute away. What an account cannot be without stays
// (measured, for lockoutTime and accountExpires too).
func (d changer) remove(e *entry, a *attribute) *refusal {
	switch {
	case a.server:
		return a.check(e, e.class.owners(), nil)
	case a.name == "sAMAccountName":
		return refuse(53, "An account needs a logon name.", "00002077: samldb: 'samAccountName' can't be deleted/empty!")
	case a.name == "showInAdvancedViewOnly":
		e.advanced = false
	case a.field:
		return refuse(53, "Give it another value.", "00002077: samldb: '%s' can't be deleted!", a.name)
	}
	return nil
}

func (d changer) changeDescriptor(e *entry, values []string) *refusal {
	if len(values) == 1 {
		if sd, err := base64.StdEncoding.DecodeString(values[0]); err == nil && granting(d.Directory).setDescriptor(e, sd) == nil {
			return nil
		}
	}
	return refuse(1, "", "00002020: operations error")
}

// changePrimaryGroup takes a group that the account is a member of. It leaves
// that one's list and joins that of the group that was its primary one.
func (d changer) changePrimaryGroup(e *entry, v string) *refusal {
	n, _ := strconv.ParseUint(v, 10, 32)
	next, was := d.groups[uint32(n)], granting(d.Directory).primaryGroup(e)
	switch {
	case next == nil:
		return refuse(53, "Name a group of the domain.", "error in module samldb: Unwilling to perform during LDB_MODIFY (53)")
	case next == was:
		return nil
	case !slices.Contains(e.memberOf, next):
		return refuse(53, "Add the account to the group first.", "error in module samldb: Unwilling to perform during LDB_MODIFY (53)")
	}
	// e is a copy: the lists of others name the entry itself.
	own := d.bySAM[fold(e.sam)]
	next.members = without(slices.Clone(next.members), own)
	e.memberOf = without(slices.Clone(e.memberOf), next)
	if was != nil {
		was.members = append(was.members, own)
		e.memberOf = append(e.memberOf, was)
	}
	e.primaryGroup = uint32(n)
	return nil
}

// setPasswordAge takes the two values that a server takes.
func (e *entry) setPasswordAge(v string, now filetime) *refusal {
	switch v {
	case "0":
		e.hadPassword = e.hadPassword || e.pwdLastSet > 0
		e.pwdLastSet = 0
	case "-1":
		e.pwdLastSet = now
	default:
		return refuse(80, "", "00000057: setup_last_set_field: pwdLastSet must be 0 or -1 only!")
	}
	return nil
}

// changeGroupType allows AD's ways from scope to scope: between global and local
// only by way of universal.
func (e *entry) changeGroupType(v string) *refusal {
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil {
		return refuse(21, "", "0000200B: attribute 'groupType' contains at least one invalid value!")
	}
	was, is := e.groupType&^models.GroupSecurity, int32(n)&^models.GroupSecurity
	switch {
	case was == models.GroupGlobal && is == models.GroupLocal:
		return refuse(53, "Make it universal first.", "00002035: samldb: Change from security/distribution global group forbidden!")
	case was == models.GroupLocal && is == models.GroupGlobal:
		return refuse(53, "Make it universal first.", "00002035: samldb: Change from security/distribution local group forbidden!")
	case was&models.GroupBuiltin != 0 || is&models.GroupBuiltin != 0:
		return refuse(53, "", "00002035: samldb: Change of a builtin group forbidden!")
	}
	e.groupType = int32(n)
	return checkGroupType(e.groupType)
}

// checkNames holds the account names of the changed entry to the rules.
func (d changer) checkNames(e, next *entry) *refusal {
	if !next.class.isPrincipal() {
		return nil
	}
	if next.sam != e.sam {
		if r := checkSAM(next.sam); r != nil {
			return r
		}
	}
	return adding(d.Directory).checkTaken(e, next)
}

// checkTaken asks whether the names of next belong to somebody else than e.
func (d adder) checkTaken(e, next *entry) *refusal {
	if other := d.bySAM[fold(next.sam)]; other != nil && other != e {
		return refuse(68, "Choose another logon name.", "00002071: samldb: samAccountName '%s' already in use!", next.sam)
	}
	upn := next.text("userPrincipalName")
	if other := d.byUPN[fold(upn)]; upn != "" && other != nil && other != e {
		return refuse(19, "Choose another userPrincipalName.", "0000202F: samldb: userPrincipalName '%s' is already in use", upn)
	}
	return nil
}
