//go:build samba

package activedirectory_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"
	"pgregory.net/rapid"

	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// fitsType reports whether a value is of the form that its type promises.
func fitsType(p models.Property, value string) bool {
	switch p.Type {
	case models.DNString:
		_, err := models.ParseDN(value)
		return err == nil
	case models.Boolean:
		return value == "TRUE" || value == "FALSE"
	case models.Integer:
		_, ok := models.Bits(value)
		return ok
	case models.LargeInteger:
		_, err := strconv.ParseInt(value, 10, 64)
		return err == nil
	case models.OctetString, models.LogonHours:
		_, err := base64.StdEncoding.DecodeString(value)
		return err == nil
	case models.UTCTime, models.Timestamp:
		_, err := time.Parse(time.RFC3339Nano, value)
		return err == nil || p.Type == models.Timestamp && value == models.NeverText
	default:
		return value != ""
	}
}

// Whatever the controller would give of an object by "*" is in the sheet, with a
// type and with values of its form; so is what the schema lets it have.
func TestSheetOfEachKindOfObject(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	container := workshop(t, backend)
	users, controllers := samba.BaseDN().Child("CN", "Users"), samba.BaseDN().Child("OU", "Domain Controllers")
	contact := container.Child("CN", "Contact")
	must(t, sambatest.Add(c, sambatest.Entry{DN: contact, Class: "contact"}))
	for _, test := range []struct {
		dn       models.DN
		category models.Category
		has      string // some with values
		may      string // and some without
	}{
		{users.Child("CN", "Administrator"), models.Person, "accountExpires cn memberOf objectGUID objectSid userAccountControl whenCreated primaryGroupID", "logonHours manager otherTelephone thumbnailPhoto userWorkstations unicodePwd"},
		{users.Child("CN", "Domain Admins"), models.Group, "groupType member memberOf sAMAccountName", "info managedBy mail unixUserPassword"},
		{controllers.Child("CN", "DC1"), models.Computer, "dNSHostName operatingSystem servicePrincipalName userAccountControl", "location managedBy"},
		{controllers, models.OrganizationalUnit, "ou description gPLink name", "street managedBy telephoneNumber"},
		{contact, models.Person, "cn name", "mail otherTelephone thumbnailPhoto"},
		{users, models.Container, "cn showInAdvancedViewOnly", "displayName"},
		{samba.BaseDN(), "Domain-DNS", "dc maxPwdAge minPwdLength objectSid wellKnownObjects", "managedBy"},
	} {
		sheet, err := backend.Properties(t.Context(), models.Ref{DN: test.dn})
		must(t, err)
		if sheet.Category != test.category || sheet.Partial != "" || !sheet.DN.Equal(test.dn) {
			t.Errorf("%s: %s is a %q, partial %q", test.dn, sheet.DN, sheet.Category, sheet.Partial)
		}
		names := make([]string, len(sheet.Properties))
		for i, p := range sheet.Properties {
			names[i] = strings.ToLower(p.Name)
			if p.Type == 0 && p.Fixed == "" || p.Multi == models.Unknown || p.Multi == models.No && len(p.Values) > 1 {
				t.Errorf("%s: %+v", test.dn, p)
			}
			for _, value := range p.Values {
				if !fitsType(p, value) {
					t.Errorf("%s: %s is no %s: %q", test.dn, p.Name, p.Type.Name(), value)
				}
			}
		}
		if !slices.IsSorted(names) {
			t.Errorf("%s: not in the order of the alphabet", test.dn)
		}
		found, err := c.Search(ldap.NewSearchRequest(string(test.dn), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=*)", []string{"*"}, nil))
		must(t, err)
		for _, attribute := range found.Entries[0].Attributes {
			if p, ok := sheet.Property(attribute.Name); !ok || len(p.Values) != len(attribute.Values) {
				t.Errorf("%s: %s has %d values and is shown with %d", test.dn, attribute.Name, len(attribute.Values), len(p.Values))
			}
		}
		for _, name := range strings.Fields(test.has) {
			if p, ok := sheet.Property(name); !ok || len(p.Values) == 0 {
				t.Errorf("%s: no %s", test.dn, name)
			}
		}
		for _, name := range strings.Fields(test.may) {
			if p, ok := sheet.Property(name); !ok || len(p.Values) != 0 {
				t.Errorf("%s: %s is %q, in the sheet %v", test.dn, name, p.Values, ok)
			}
		}
	}
}

// Each attribute that a user may have is of the type that AD's documentation gives.
func TestTypesOfTheSchema(t *testing.T) {
	backend := open(t, asAdministrator())
	for name, want := range map[string]string{
		"manager": "DnString single", "member": "DnString several", "memberOf": "DnString several fixed", "secretary": "DnString several",
		"displayName": "CaseIgnoreString single", "otherTelephone": "CaseIgnoreString several", "servicePrincipalName": "CaseIgnoreString several",
		"description": "CaseIgnoreString single", "legacyExchangeDN": "CaseIgnoreString single", "networkAddress": "CaseIgnoreString several",
		"loginShell": "PrintableString single", "x121Address": "NumericString several",
		"showInAdvancedViewOnly": "Boolean single", "isCriticalSystemObject": "Boolean single fixed",
		"userAccountControl": "Integer single", "groupType": "Integer single", "countryCode": "Integer single", "badPwdCount": "Integer single fixed",
		"thumbnailPhoto": "OctetString single", "jpegPhoto": "OctetString several", "userCertificate": "OctetString several",
		"whenCreated": "UtcTime single fixed", "msTSExpireDate": "UtcTime single",
		"maxStorage": "LargeInteger single", "uSNChanged": "LargeInteger single fixed", "lockoutDuration": "LargeInteger single",
		"accountExpires": "Timestamp single", "pwdLastSet": "Timestamp single fixed", "lastLogonTimestamp": "Timestamp single fixed",
		"logonHours": "LogonHours single",
		"objectGUID": "CaseIgnoreString single fixed", "objectSid": "CaseIgnoreString single fixed", "unicodePwd": "OctetString single fixed",
		"name": "CaseIgnoreString single fixed", "sAMAccountName": "CaseIgnoreString single", "nTSecurityDescriptor": "OctetString single fixed",
	} {
		p, err := backend.Property(t.Context(), name, models.Person)
		must(t, err)
		got := p.Type.Name() + map[models.Flag]string{models.Yes: " several", models.No: " single"}[p.Multi]
		if p.Fixed != "" {
			got += " fixed"
		}
		if got != want || p.Name != name {
			t.Errorf("%s: %s, want %s", p.Name, got, want)
		}
	}
}

// An account that may change little sees what it may, and a refusal of the rest.
func TestSheetOfAnOrdinaryUser(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	own, other := newUser(t, backend, container, "ordinary"), newUser(t, backend, container, "other")
	options := asAdministrator()
	options.Account, options.Password = "ordinary@"+samba.Realm(), models.NewSecret(userPassword)
	ordinary := open(t, options)
	for _, test := range []struct {
		dn   models.DN
		name string
		may  bool
	}{{own, "mobile", true}, {own, "manager", false}, {other, "mobile", false}} {
		p := property(t, ordinary, test.dn, test.name)
		if (p.Fixed == "") != test.may || !test.may && !strings.Contains(p.Fixed, "your account") {
			t.Errorf("%s of %s: %q", test.name, test.dn, p.Fixed)
		}
		if test.may {
			must(t, modify(t, ordinary, test.dn, change(test.name, models.Replace, "1")))
			continue
		}
		value := "1"
		if p.Type == models.DNString {
			value = string(other)
		}
		wantRefusal(t, test.name, modify(t, ordinary, test.dn, change(test.name, models.Replace, value)), models.ErrDenied, "has the permission")
	}
}

// What a change is said to leave is what the controller holds, for any changes of
// any kinds at once.
func TestAppliedIsWhatTheControllerHolds(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	dn := newUser(t, backend, container, "anything")
	people := []string{string(dn)}
	for i := range 3 {
		people = append(people, string(newUser(t, backend, container, fmt.Sprintf("person%d", i))))
	}
	runs, failed := 0, false
	rapid.Check(t, func(r *rapid.T) {
		if runs++; runs > 40 && !failed { // enough against a real controller
			return
		}
		defer func() { failed = failed || r.Failed() }()
		before, err := backend.Properties(t.Context(), models.Ref{DN: dn})
		must(t, err)
		changes := rapid.SliceOfNDistinct(changeOf(people), 1, 4, func(c models.PropertyChange) string { return c.Name }).Draw(r, "changes")
		if err := modify(t, backend, dn, changes...); err != nil {
			r.Fatalf("%+v: %v", changes, err)
		}
		after, err := backend.Properties(t.Context(), models.Ref{DN: dn})
		must(t, err)
		for _, c := range changes {
			was, _ := before.Property(c.Name)
			is, _ := after.Property(c.Name)
			c.Type = is.Type
			if want := c.Apply(was.Values); !models.SameValues(is.Type, is.Values, want) {
				r.Errorf("%s %s %q (mask %d) of %q left %q, want %q", c.Operation.Name(), c.Name, c.Values, c.Mask, was.Values, is.Values, want)
			}
		}
	})
}

// changeOf draws a change that a controller takes.
func changeOf(people []string) *rapid.Generator[models.PropertyChange] {
	text := rapid.StringMatching(`[a-cA-Cäß#+,"\\;<>= ]{0,3}[a-c]`)
	octets := rapid.Custom(func(r *rapid.T) string {
		return base64.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 1, 3).Draw(r, "bytes"))
	})
	hours := rapid.Custom(func(r *rapid.T) string {
		return base64.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 21, 21).Draw(r, "hours"))
	})
	moment := rapid.Custom(func(r *rapid.T) string {
		return time.Unix(rapid.Int64Range(0, 250_000_000_000).Draw(r, "seconds"), 0).UTC().Format(time.RFC3339)
	})
	number := rapid.Custom(func(r *rapid.T) string { return strconv.Itoa(int(rapid.Int32().Draw(r, "number"))) })
	large := rapid.Custom(func(r *rapid.T) string { return strconv.FormatInt(rapid.Int64().Draw(r, "large"), 10) })
	kinds := map[string]*rapid.Generator[string]{
		"info": text, "displayName": text, "otherMobile": text, "otherTelephone": text, "networkAddress": text,
		"manager": rapid.SampledFrom(people), "secretary": rapid.SampledFrom(people), "jpegPhoto": octets, "logonHours": hours,
		"accountExpires": rapid.OneOf(moment, rapid.Just(models.NeverText)), "msTSExpireDate": moment,
		"adminCount": number, "maxStorage": large, "showInAdvancedViewOnly": rapid.SampledFrom([]string{"TRUE", "FALSE"}),
	}
	names := []string{"userAccountControl"}
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	several := []string{"otherMobile", "otherTelephone", "networkAddress", "secretary", "jpegPhoto"}
	return rapid.Custom(func(r *rapid.T) models.PropertyChange {
		c := models.PropertyChange{Name: rapid.SampledFrom(names).Draw(r, "name")}
		switch {
		case c.Name == "userAccountControl":
			const may = 0x2 | 0x8 | 0x20 | 0x40 | 0x80 | 0x10000 | 0x100000 | 0x400000
			c.Masked, c.Mask = true, rapid.Int32().Draw(r, "mask")&may
			c.Values = []string{number.Draw(r, "flags")}
		case slices.Contains(several, c.Name):
			c.Operation = rapid.SampledFrom([]models.Operation{models.Replace, models.Append, models.Remove}).Draw(r, "operation")
			c.Values = rapid.SliceOfN(kinds[c.Name], 0, 3).Draw(r, "values")
		default:
			c.Values = rapid.SliceOfN(kinds[c.Name], 0, 1).Draw(r, "value")
		}
		if c.Name == "accountExpires" && len(c.Values) == 0 {
			c.Values = []string{models.NeverText} // it is always there
		}
		return c
	})
}
