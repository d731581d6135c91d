//go:build samba

package company_test

import (
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/company"
	"dirdesk/test/sambatest"

	"github.com/go-ldap/ldap/v3"
)

// A real Samba takes every odd name, and writes its DN as the simulator does.
func TestSambaTakesTheOddNames(t *testing.T) {
	samba, err := sambatest.Start(t.Context(), sambatest.Options{Realm: "example.test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := samba.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	d, s := filled(t, company.Options{Seed: 1})
	compared := 0
	compare := func(o models.Object, _ int) {
		a, err := d.Attributes(o.DN)
		if err != nil {
			t.Fatal(err)
		}
		r := ldap.NewAddRequest(string(o.DN), nil)
		r.Attribute("objectClass", a["objectClass"][len(a["objectClass"])-1:])
		for _, name := range []string{"sAMAccountName", "userPrincipalName", "description", "displayName", "groupType"} {
			if a[name] != nil {
				r.Attribute(name, a[name])
			}
		}
		if err := c.Add(r); err != nil {
			t.Errorf("%q: %v", o.DN, err)
			return
		}
		found, err := c.Search(ldap.NewSearchRequest(string(o.DN), ldap.ScopeBaseObject, ldap.NeverDerefAliases, 0, 0, false,
			"(objectClass=*)", []string{"name", "description", "displayName"}, nil))
		if err != nil {
			t.Errorf("%q: %v", o.DN, err)
			return
		}
		e := found.Entries[0]
		if e.DN != string(o.DN) || e.GetAttributeValue("name") != o.Name || e.GetAttributeValue("displayName") != o.DisplayName ||
			len(e.GetAttributeValues("description")) != len(a["description"]) {
			t.Errorf("Samba has %q, named %q; here it is %q, named %q", e.DN, e.GetAttributeValue("name"), o.DN, o.Name)
		}
		compared++
	}
	odd, err := d.Get(s.OddDN)
	if err != nil {
		t.Fatal(err)
	}
	compare(odd, 0)
	each(t, d, s.OddDN, 1, compare)
	t.Logf("%d entries are the same in Samba", compared)
}
