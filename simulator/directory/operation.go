package directory

import (
	"slices"
	"strconv"
	"strings"

	"dirdesk/models"
)

// AttributeChange is one attribute's part of an [Operation]. Values have the
// form of [Directory.Attributes].
type AttributeChange struct {
	Name string
	How  models.Operation
	// Values are the new ones, or those to add or to take away. None, with
	// Replace, clear the attribute.
	Values []string
	// Masked says that only the bits of Mask become as they are in the one value;
	// How does not matter then.
	Masked bool
	Mask   int32
	// Lenient passes over what is there already, or is not, in a strict operation.
	Lenient bool
}

// Operation is everything that is done to one object at once.
type Operation struct {
	Attributes []AttributeChange
	// Name is another RDN value, unescaped; nil keeps it.
	Name *string
	// Password is set as by [Directory.SetPassword]; nil keeps it.
	Password *models.Secret
	// Old makes it a person's own change, as [Directory.ChangePassword] is: this is
	// the present password.
	Old *models.Secret
	// Hinted holds a reset to the policy's history and minimum age too.
	Hinted bool
	// MustChange says whether the person has to choose another password at the
	// next logon; Unknown leaves it, but for a new password, which need not be
	// changed.
	MustChange models.Flag
	Unlock     bool
	// Strict refuses to add what is there and to take away what is not, as LDAP
	// does; otherwise both are passed over.
	Strict bool
}

// Operate does all of an operation, or nothing, and gives the object's name
// afterwards. changed is false when everything was as it is wanted already.
//
// Beyond [Directory.Modify] it takes "member", whose values it puts in and takes
// out as [Directory.AddMember] and [Directory.RemoveMember] do. A
// userAccountControl without a bit for the kind of account keeps those that are
// there.
func (d *Directory) Operate(dn models.DN, o Operation) (after models.DN, changed bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e := d.lookup(dn)
	if e == nil {
		return "", false, notFound(dn).on("change", dn)
	}
	changed, r := changing(d).operate(e, o)
	return e.dn(), changed, r.on("change", dn)
}

func (d changer) operate(e *entry, o Operation) (changed bool, r *refusal) {
	if o.Name != nil {
		if r := d.checkMove(e, e.parent, *o.Name); r != nil {
			return false, r
		}
	}
	edits, r := d.edits(e, o)
	if r != nil {
		return false, r
	}
	next, r := d.changed(e, &edits.given)
	if r != nil {
		return false, r
	}
	if r := d.changeSignIn(e, next, o); r != nil {
		return false, r
	}
	renamed := o.Name != nil && *o.Name != e.name
	changed = edits.any || renamed || o.Password != nil ||
		next.pwdLastSet != e.pwdLastSet || next.lockoutTime != e.lockoutTime
	if !changed {
		return false, nil
	}
	d.commit(e, next)
	for _, m := range edits.left {
		e.members, m.memberOf = without(e.members, m), without(m.memberOf, e)
	}
	for _, m := range edits.joined {
		e.members, m.memberOf = append(e.members, m), append(m.memberOf, e)
	}
	if renamed {
		d.place(e, e.parent, *o.Name)
	}
	return true, nil
}

// changeSignIn does the parts about password and lockout, on the copy.
func (d changer) changeSignIn(e, next *entry, o Operation) *refusal {
	if (o.MustChange.Known() || o.Unlock) && !e.class.account {
		return refuse(65, "Choose an account.", "attribute 'pwdLastSet' on entry '%s' does not exist in the specified objectclasses!", e.dn())
	}
	if r := d.changeSecret(next, o); r != nil {
		return r
	}
	switch {
	case o.MustChange == models.Yes:
		next.hadPassword = next.hadPassword || next.pwdLastSet > 0
		next.pwdLastSet = 0
	case o.MustChange == models.No && next.pwdLastSet <= 0:
		next.pwdLastSet = models.FileTimeOf(d.now())
	}
	if o.Unlock {
		next.lockoutTime, next.badPasswords = 0, 0
	}
	return nil
}

func (d changer) changeSecret(next *entry, o Operation) *refusal {
	switch {
	case o.Password == nil:
		return nil
	case o.Old != nil:
		return d.exchangePassword(next, *o.Old, *o.Password)
	case o.Hinted:
		return d.hintedPassword(next, *o.Password)
	default:
		return d.givePassword(next, *o.Password, false)
	}
}

// edits are the attributes of an operation with the values they come to.
type edits struct {
	given        [len(schema)][]string
	joined, left []*entry // members
	any          bool     // something differs from what is there
}

func (d changer) edits(e *entry, o Operation) (*edits, *refusal) {
	out := &edits{}
	for _, c := range o.Attributes {
		i := attributeIndex(c.Name)
		if i < 0 {
			return nil, refuse(16, "", "acl_modify: attribute '%s' on entry '%s' was not found in the schema!", c.Name, e.dn())
		}
		a := &schema[i]
		if a.name == "member" && c.How != models.Replace && len(c.Values) > 0 {
			if r := d.editSomeMembers(e, out, c, o.Strict && !c.Lenient); r != nil {
				return nil, r
			}
			continue
		}
		if r := o.refuses(e, a, c); r != nil {
			return nil, r
		}
		present := out.given[i] // an attribute may be changed twice
		if present == nil {
			present = reading(d.Directory).valuesOf(e, a)
		}
		if a.syntax == asDN && !a.server {
			if _, r := adding(d.Directory).targets(a, dedupe(c.Values)); r != nil {
				return nil, r
			}
		}
		if o.Strict && !c.Lenient {
			if r := a.checkOccurrence(e, c, present); r != nil {
				return nil, r
			}
		}
		after := a.apply(c, present)
		if sameSet(after, present) {
			continue
		}
		out.any = true
		if a.name == "member" {
			if r := d.editMembers(e, out, after); r != nil {
				return nil, r
			}
			continue
		}
		out.given[i] = after
	}
	return out, nil
}

// refuses is what a strict operation may not even ask for, whatever is there now.
func (o Operation) refuses(e *entry, a *attribute, c AttributeChange) *refusal {
	switch {
	case !o.Strict:
		return nil
	case a.made && a.server && a.name != "unicodePwd":
		return refuse(19, "The server works it out.", "0000202F: objectclass_attrs: attribute '%s' on entry '%s' can only be modified as system", a.name, e.dn())
	case a.server && !a.made:
		return a.check(e, e.class.owners(), c.Values)
	case a.name == "userAccountControl" && c.How == models.Remove && len(c.Values) > 0:
		for _, other := range o.Attributes {
			if other.How != models.Remove && strings.EqualFold(other.Name, a.name) {
				return nil // another value comes in its place
			}
		}
		return refuse(53, "Give it another value.", "00002077: samldb: '%s' can't be deleted!", a.name)
	}
	return nil
}

// apply gives the values after a change.
func (a *attribute) apply(c AttributeChange, present []string) []string {
	if c.Masked {
		return a.applyMask(c, present)
	}
	has := func(values []string, v string) bool {
		return slices.ContainsFunc(values, func(w string) bool { return a.syntax.same(v, w) })
	}
	after := []string{}
	if c.How == models.Remove && len(c.Values) > 0 {
		for _, v := range present {
			if !has(c.Values, v) {
				after = append(after, v)
			}
		}
		return after
	}
	if c.How == models.Append {
		after = append(after, present...)
	}
	for _, v := range c.Values {
		if !has(after, v) {
			after = append(after, v)
		}
	}
	if a.name == "userAccountControl" && len(after) == 1 && len(present) == 1 {
		after[0] = keepKindOfAccount(present[0], after[0])
	}
	return after
}

func (a *attribute) applyMask(c AttributeChange, present []string) []string {
	bits := func(values []string) int32 {
		if len(values) == 0 {
			return 0
		}
		n, _ := models.Bits(values[0]) // the schema's check comes later
		return n
	}
	after := strconv.FormatInt(int64(models.WithMask(bits(present), bits(c.Values), c.Mask)), 10)
	if a.name == "userAccountControl" && len(present) == 1 {
		after = keepKindOfAccount(present[0], after)
	}
	return []string{after}
}

// keepKindOfAccount puts the bits for the kind of account that were there into a
// value that has none of them.
func keepKindOfAccount(present, after string) string {
	was, ok1 := models.Bits(present)
	is, ok2 := models.Bits(after)
	if !ok1 || !ok2 || is&models.AccountTypeMask != 0 {
		return after
	}
	return strconv.FormatInt(int64(is|was&models.AccountTypeMask), 10)
}

// checkOccurrence refuses what LDAP refuses about values that are there, or not.
func (a *attribute) checkOccurrence(e *entry, c AttributeChange, present []string) *refusal {
	if c.Masked || c.How == models.Replace {
		return nil
	}
	if c.How == models.Remove && len(c.Values) == 0 && len(present) == 0 {
		return refuse(16, "It has no value.", "attribute '%s': no such attribute for delete on '%s'", a.name, e.dn())
	}
	for _, v := range c.Values {
		found := slices.ContainsFunc(present, func(w string) bool { return a.syntax.same(v, w) })
		switch {
		case c.How == models.Append && found:
			return refuse(20, "It has that value already.", "attribute '%s': value #0 on '%s' already exists", a.name, e.dn())
		case c.How == models.Remove && !found:
			return refuse(16, "It has no such value.", "attribute '%s': no matching attribute value while deleting", a.name)
		}
	}
	return nil
}

// sameSet compares without order; another spelling is another value.
func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, v := range a {
		if !slices.Contains(b, v) {
			return false
		}
	}
	return true
}
