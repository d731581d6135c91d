package directory

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dirdesk/models"
)

// generalized is the form of whenCreated.
const generalized = "20060102150405.0Z"

// fill sets an entry's attributes, checking each against the schema, in the
// schema's order: the first fault of several is always the same. Members are
// given back: their links are made once the entry is in the tree.
func (d adder) fill(e *entry, attributes map[string][]string) (members []*entry, r *refusal) {
	given, unknown := inOrder(attributes)
	if unknown != "" {
		return nil, refuse(16, "", "objectclass_attrs: attribute '%s' on entry '%s' was not found in the schema!", unknown, e.dn())
	}
	e.values = make([]value, 0, plainValues(&given))
	own := e.class.owners()
	for i, values := range given {
		if values == nil {
			continue
		}
		a := &schema[i]
		if a.name == "objectSid" && e.class.isPrincipal() { // the server's own comes on top (measured)
			return nil, refuse(19, "The server keeps this attribute itself.", "0000202F: SINGLE-VALUE attribute objectSid on %s specified more than once", e.dn())
		}
		if r := a.check(e, own, values); r != nil {
			return nil, r
		}
		if a.name == "member" {
			if members, r = d.targets(a, values); r != nil {
				return nil, r
			}
			continue
		}
		if r := d.set(e, a, values); r != nil {
			return nil, r
		}
	}
	return members, nil
}

// plainValues counts what will stand in entry.values, so that it has no slack.
func plainValues(given *[len(schema)][]string) (n int) {
	for i, values := range given {
		if !schema[i].field && schema[i].syntax != asDN {
			n += len(values)
		}
	}
	return n
}

// set gives an entry an attribute that it has no values of yet. The values have
// passed the schema's check.
func (d adder) set(e *entry, a *attribute, values []string) *refusal {
	switch {
	case a.syntax == asDN:
		targets, r := d.targets(a, values)
		for _, t := range targets {
			e.links = append(e.links, link{a, t})
		}
		return r
	case a.field:
		return d.setField(e, a, values[0])
	}
	for _, v := range values {
		e.values = append(e.values, value{a, v})
	}
	return nil
}

// inOrder sorts attributes into the schema's order. unknown is the first name
// that the schema does not know.
func inOrder(attributes map[string][]string) (given [len(schema)][]string, unknown string) {
	for name, values := range attributes {
		i := attributeIndex(name)
		switch {
		case i < 0 && (unknown == "" || name < unknown):
			unknown = name
		case i >= 0 && values == nil:
			given[i] = []string{}
		case i >= 0:
			given[i] = values
		}
	}
	return given, unknown
}

// check holds the values to the attribute's row in the schema.
func (a *attribute) check(e *entry, own owner, values []string) *refusal {
	if a.server {
		return refuse(53, "The server keeps this attribute itself.",
			"00002035: objectclass_attrs: attribute '%s' on entry '%s' must not be modified directly", a.name, e.dn())
	}
	if a.on&own == 0 {
		return refuse(65, "", "objectclass_attrs: attribute '%s' on entry '%s' does not exist in the specified objectclasses!", a.name, e.dn())
	}
	if len(values) > 1 && !a.many {
		return refuse(19, "Give one value.", "0000200D: SINGLE-VALUE attribute %s on %s specified more than once", a.name, e.dn())
	}
	if len(values) == 0 {
		return refuse(21, "", "Element %s has empty attribute in ldb message (%s)!", a.name, e.dn())
	}
	for i, v := range values {
		switch {
		case v == "":
			return refuse(21, "", "Element %s has empty attribute in ldb message (%s)!", a.name, e.dn())
		case !utf8.ValidString(v), !a.fits(v), !a.syntax.accepts(v):
			return refuse(21, "", "0000200B: objectclass_attrs: attribute '%s' on entry '%s' contains at least one invalid value!", a.name, e.dn())
		case a.syntax == asText && i > 0 && slices.Contains(values[:i], v):
			return refuse(20, "", "attribute '%s': value '%s' on '%s' provided more than once in ADD object", a.name, v, e.dn())
		}
	}
	return nil
}

// accepts checks a value's form, not its meaning.
func (s syntax) accepts(v string) bool {
	switch s {
	case asNumber:
		_, err := strconv.ParseInt(v, 10, 32)
		return err == nil
	case asLarge, asFiletime:
		_, err := strconv.ParseInt(v, 10, 64)
		return err == nil
	case asBoolean:
		return v == "TRUE" || v == "FALSE"
	case asTime:
		_, err := time.Parse(generalized, v)
		return err == nil
	case asExact:
		return strings.IndexFunc(v, func(r rune) bool { return r > 0x7f }) < 0
	case asPlain:
		return strings.IndexFunc(v, notPrintableString) < 0
	case asDigits:
		return strings.Trim(v, "0123456789 ") == ""
	case asOctets, asHours:
		b, err := base64.StdEncoding.Strict().DecodeString(v)
		return err == nil && (s == asOctets || len(b) == hoursLength)
	default:
		return true
	}
}

// hoursLength is that of logonHours: a bit for each hour of a week.
const hoursLength = 21

// notPrintableString finds what X.520's PrintableString has not.
func notPrintableString(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	default:
		return !strings.ContainsRune(" '()+,-./:=?", r)
	}
}

// fits holds a value to the attribute's limit.
func (a *attribute) fits(v string) bool {
	switch {
	case a.limit == 0:
		return true
	case a.syntax == asOctets:
		return base64.StdEncoding.DecodedLen(len(v))-strings.Count(v, "=") <= a.limit
	case a.syntax == asNumber:
		n, err := strconv.ParseInt(v, 10, 32)
		return err == nil && n >= 0 && n <= int64(a.limit)
	}
	return withinLength(v, a.limit)
}

// targets finds the entries that a link attribute names.
func (d adder) targets(a *attribute, values []string) ([]*entry, *refusal) {
	found := make([]*entry, 0, len(values))
	seen := make(map[*entry]bool, len(values))
	for _, v := range values {
		t := d.find(models.DN(v))
		switch {
		case t == nil && models.DN(v).RDNs() == nil:
			return nil, refuse(34, "", "could not parse %s as a 1.3.6.1.4.1.1466.115.121.1.12 DN", v)
		case t == nil && a.name == "member":
			return nil, refuse(32, "The member does not exist.", "00000525: specified dn doesn't exist")
		case t == nil:
			return nil, refuse(19, "Name an object that exists.", "000020B5: Referenced object not found")
		case seen[t]:
			return nil, refuse(68, "", "Linked attribute %s has multiple identical values", a.name)
		}
		seen[t] = true
		found = append(found, t)
	}
	return found, nil
}

// setField sets an attribute that has a field in entry. The value has passed
// the schema's check.
func (d adder) setField(e *entry, a *attribute, v string) *refusal {
	n, _ := strconv.ParseInt(v, 10, 64) // 0 for texts, which do not use it
	if e.class.name == "domainDNS" && d.setPolicyField(a.name, n) {
		return nil
	}
	switch a.name {
	case "cn", "ou":
		if !strings.EqualFold(a.name, e.class.rdn) || v != e.name {
			return refuse(34, "", "RDN mismatch on %s: %s (%s) should match one of: (%s)", e.dn(), e.class.rdn, e.name, v)
		}
	case "name": // Samba takes and forgets it (measured)
	case "showInAdvancedViewOnly":
		e.advanced = v == "TRUE"
	case "sAMAccountName":
		e.sam = v
	case "userAccountControl":
		e.setUAC(int32(n))
	case "primaryGroupID":
		return refuse(53, "", "The primary group isn't settable on add operations!")
	case "accountExpires":
		e.accountExpires = filetime(n)
	case "pwdLastSet":
		e.pwdLastSet = filetime(n)
	case "lockoutTime":
		e.lockoutTime = filetime(n)
	case "badPwdCount":
		e.badPasswords = uint16(n)
	case "badPasswordTime":
		e.badPasswordTime = filetime(n)
	case "lastLogonTimestamp":
		e.lastLogon = filetime(n)
	case "groupType":
		e.groupType = int32(n)
	case "whenCreated":
		t, err := time.Parse(generalized, v)
		if err != nil {
			return refuse(21, "", "attribute 'whenCreated' contains an invalid value")
		}
		e.created = t.Unix()
	}
	return nil
}

// setUAC keeps the bits given and sees to it that there is a kind of account
// among them, as Samba does.
func (e *entry) setUAC(bits int32) {
	if bits&uacKindOfAccount == 0 {
		if e.class.kind == kindComputer {
			bits |= models.UACWorkstation
		} else {
			bits |= models.UACNormal
		}
	}
	e.uac = bits
}
