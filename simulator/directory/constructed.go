package directory

import (
	"strconv"
	"strings"
)

// isConstructed names the attributes that a server works out when somebody asks
// for them by name.
func isConstructed(name string) bool {
	switch name {
	case "msDS-PrincipalName", "msDS-UserPasswordExpiryTimeComputed", "msDS-User-Account-Control-Computed":
		return true
	default:
		return false
	}
}

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
func (d *Directory) constructed(e *entry, name string) []string {
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
		return []string{"CN=" + e.class.schemaName() + ",CN=Schema,CN=Configuration," + d.base.name}
	}
	if !e.class.account {
		return nil
	}
	now := d.now()
	switch name {
	case "msDS-UserPasswordExpiryTimeComputed":
		return []string{strconv.FormatInt(int64(e.passwordExpiry(d.policy)), 10)}
	case "msDS-User-Account-Control-Computed":
		bits := 0
		if _, locked := e.lockedUntil(d.policy, now); locked {
			bits |= 0x10
		}
		if e.passwordHasExpired(d.policy, now) {
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
	local, security := e.groupType&groupLocal != 0, e.groupType&groupSecurity != 0
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
	switch {
	case c.kind == kindPerson:
		return "Person"
	case c.name == "domainDNS":
		return "Domain-DNS"
	}
	b := []byte(strings.ToUpper(c.name[:1]))
	for _, r := range []byte(c.name[1:]) {
		if r >= 'A' && r <= 'Z' {
			b = append(b, '-')
		}
		b = append(b, r)
	}
	return string(b)
}
