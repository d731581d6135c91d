package directory

import (
	"strconv"
	"strings"

	"dirdesk/models"
)

// Values of sAMAccountType (MS-SAMR 2.2.1.9).
const (
	typeGroup             = 0x10000000
	typeDistributionGroup = 0x10000001
	typeAlias             = 0x20000000
	typeDistributionAlias = 0x20000001
	typeUser              = 0x30000000
	typeMachine           = 0x30000001
)

// constructed gives what follows from other attributes.
func (d reader) constructed(e *entry, name string) []string {
	switch name {
	case "msDS-PrincipalName":
		if e != d.base && e.sam == "" {
			return nil
		}
		return []string{d.workgroup + `\` + e.sam}
	case "sAMAccountType":
		if !e.class.isPrincipal() {
			return nil
		}
		return []string{strconv.Itoa(e.accountType())}
	case "objectCategory":
		return []string{d.categoryDN(e.class)}
	}
	if !e.class.account {
		return nil
	}
	now, policy := d.now(), d.policyOf(e)
	switch name {
	case "msDS-UserPasswordExpiryTimeComputed":
		return []string{strconv.FormatInt(int64(e.passwordExpiry(policy)), 10)}
	case "msDS-User-Account-Control-Computed":
		bits := 0
		if _, locked := e.lockedUntil(policy, now); locked {
			bits |= 0x10
		}
		if e.passwordHasExpired(policy, now) {
			bits |= 0x800000
		}
		return []string{strconv.Itoa(bits)}
	}
	return nil
}

func (e *entry) accountType() int {
	switch {
	case e.class.kind == kindComputer:
		return typeMachine
	case e.class.account:
		return typeUser
	}
	local, security := e.groupType&models.GroupLocal != 0, e.groupType&models.GroupSecurity != 0
	switch {
	case local && security:
		return typeAlias
	case local:
		return typeDistributionAlias
	case security:
		return typeGroup
	default:
		return typeDistributionGroup
	}
}

// schemaName is what the schema calls a class: "Organizational-Unit". People and
// contacts share one category.
func (c *class) schemaName() string {
	if c.kind == kindPerson {
		return "Person"
	}
	return schemaName(c.name)
}

// schemaName makes the common name of a schema entry of its LDAP name.
func schemaName(name string) string {
	if strings.HasPrefix(name, "nTDSDSA") {
		return "NTDS-DSA" + name[len("nTDSDSA"):]
	}
	var b []byte
	for i := range len(name) {
		c := name[i]
		upper := c >= 'A' && c <= 'Z'
		if upper && i > 0 && (name[i-1] >= 'a' && name[i-1] <= 'z' || name[i-1] >= '0' && name[i-1] <= '9') {
			b = append(b, '-')
		}
		b = append(b, c)
	}
	if !strings.HasPrefix(name, "ms") {
		b[0] = name[0] &^ 0x20 // letters only begin a name
	}
	return string(b)
}
