package directory

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mayRead asks whether the caller may read an attribute: a confidential one takes
// a right of its own.
func (c *Caller) mayRead(e *entry, a *attribute) bool {
	return !a.secret || a.name != "unicodePwd" && c.may(e, rightControlAccess, a.guid(), a.propertySet())
}

// made works out an attribute that exists only while somebody asks for it.
func (v View) made(name string) []string {
	d, e := v.d, v.e
	switch name {
	case "canonicalName":
		return []string{reading(d).canonical(e)}
	case "createTimeStamp":
		return []string{time.Unix(e.created, 0).UTC().Format(generalized)}
	case "modifyTimeStamp":
		return []string{time.Unix(e.changed, 0).UTC().Format(generalized)}
	case "structuralObjectClass":
		return slices.Clone(e.class.chain)
	case "subSchemaSubEntry":
		return []string{"CN=Aggregate,CN=Schema,CN=Configuration," + d.base.name}
	case "tokenGroups", "tokenGroupsGlobalAndUniversal":
		if !e.class.isPrincipal() {
			return nil
		}
		sids := granting(d).tokens(e, false)
		slices.Sort(sids)
		if name != "tokenGroups" {
			sids = slices.DeleteFunc(sids, func(sid string) bool { return strings.HasPrefix(sid, "S-1-5-32-") })
		}
		return sids
	case "nTSecurityDescriptor":
		return v.Descriptor(partOwner | partGroup | partDACL)
	case "replPropertyMetaData":
		return metaData(e)
	case "msDS-ResultantPSO":
		if pso := reading(d).resultantPSO(e); pso != nil && (v.caller == nil || v.caller.sees(pso)) {
			return []string{string(pso.dn())}
		}
		return nil
	case "allowedAttributes", "allowedAttributesEffective", "allowedChildClasses", "allowedChildClassesEffective", "sDRightsEffective":
		return v.allowed(name)
	default:
		return reading(d).constructed(e, name)
	}
}

// Descriptor gives the parts of the security descriptor that a request names: 1
// owner, 2 group, 4 access list.
func (v View) Descriptor(parts int) []string {
	return []string{base64.StdEncoding.EncodeToString(granting(v.d).descriptor(v.e, parts))}
}

// allowed says what the entry may have, and what of it the caller may change.
func (v View) allowed(name string) (all []string) {
	e := v.e
	may := func(right uint32, objects ...guid) bool {
		return v.caller == nil || v.caller.may(e, right, objects...)
	}
	switch name {
	case "allowedAttributes", "allowedAttributesEffective":
		for i := range schema {
			a := &schema[i]
			if a.on&e.class.owners() != 0 && (name == "allowedAttributes" || !a.server && !a.made && may(rightWriteProperty, a.guid(), a.propertySet())) {
				all = append(all, a.name)
			}
		}
		if name == "allowedAttributesEffective" && may(rightWriteDACL) {
			all = append(all, "nTSecurityDescriptor")
		}
	case "allowedChildClasses", "allowedChildClassesEffective":
		for i := range classes {
			c := &classes[i]
			if c.mayStandBelow(e.class) && (name == "allowedChildClasses" || may(rightCreateChild, c.guid())) {
				all = append(all, c.name)
			}
		}
	default:
		n := 0
		if may(rightWriteOwner) {
			n |= partOwner | partGroup
		}
		if may(rightWriteDACL) {
			n |= partDACL
		}
		return []string{strconv.Itoa(n)}
	}
	return all
}

// Numbers of attributes in every domain's schema (MS-DRSR 4.1.10.2.12).
const (
	idUnicodePwd              = 0x0009005A
	idSupplementalCredentials = 0x0009007D
)

// metaData is the record of which attributes were changed, as far as a client
// learns from it whether the account ever had a password.
func metaData(e *entry) []string {
	ids := []uint32{}
	if e.class.account {
		ids = append(ids, idUnicodePwd)
		if e.password != nil || e.hadPassword || e.pwdLastSet > 0 {
			ids = append(ids, idSupplementalCredentials)
		}
	}
	const header, record = 16, 48
	b := make([]byte, header+record*len(ids))
	binary.LittleEndian.PutUint32(b, 1)
	binary.LittleEndian.PutUint32(b[8:], uint32(len(ids)))
	for i, id := range ids {
		binary.LittleEndian.PutUint32(b[header+record*i:], id)
	}
	return []string{base64.StdEncoding.EncodeToString(b)}
}
