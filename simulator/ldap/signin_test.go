package ldap_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	served "dirdesk/simulator/ldap"
)

func TestSignInByEveryNameAndNoOther(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{})
	id := value(t, s.admin(0), anna, "distinguishedName")
	guid, _ := s.server.Directory().Get(models.DN(id))
	for _, name := range []string{anna, "aberg@example.test", `EXAMPLE\aberg`, "<GUID=" + guid.Account.GUID + ">"} {
		c := s.dial(0)
		must(t, c.Bind(name, secret))
		if who, err := c.WhoAmI(nil); err != nil || who.AuthzID != `u:EXAMPLE\aberg` {
			t.Errorf("%s is %+v, %v", name, who, err)
		}
	}
	for _, name := range []string{"aberg", "nobody@example.test", `OTHER\aberg`, "CN=Nobody," + base} {
		refused(t, s.dial(0).Bind(name, secret), ldap.LDAPResultInvalidCredentials, "data 52e")
	}
	c := s.as(anna)
	refused(t, c.Bind(anna, "wrong"), ldap.LDAPResultInvalidCredentials, "data 52e")
	_, err := find(c, base, ldap.ScopeBaseObject, "(objectClass=*)", nil)
	refused(t, err, ldap.LDAPResultOperationsError, "without authentication")
}

func TestWithoutTLSNoPasswordIsTaken(t *testing.T) {
	for words, traits := range map[string]served.Traits{"Transport encryption required": {}, "00002028": served.Windows()} {
		s := newSite(t, simulator.Options{LDAP: &simulator.LDAPOptions{Traits: traits}}, directory.Options{})
		c, err := ldap.DialURL("ldap" + strings.TrimPrefix(s.server.LDAPURL(), "ldaps"))
		must(t, err)
		t.Cleanup(func() { _ = c.Close() })
		refused(t, c.Bind(anna, secret), ldap.LDAPResultStrongAuthRequired, words)
		config := s.tls.Clone()
		config.ServerName = "127.0.0.1"
		must(t, c.StartTLS(config))
		must(t, c.Bind(anna, secret))
	}
}

// Each controller counts the wrong passwords it saw, the first one counts all,
// and a lock holds everywhere at once.
func TestWrongPasswordsAreCountedByController(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{More: []string{"DC2", "DC3"}})
	at := []*ldap.Conn{s.admin(0), s.admin(1), s.admin(2)}
	must(t, set(at[0], base, "lockoutThreshold", "3"))
	for _, controller := range []int{1, 1, 2} {
		refused(t, s.dial(controller).Bind(anna, "wrong"), ldap.LDAPResultInvalidCredentials, "data 52e")
	}
	for i, want := range []string{"3", "2", "1"} {
		if got := value(t, at[i], anna, "badPwdCount"); got != want {
			t.Errorf("controller %d counts %s, want %s", i+1, got, want)
		}
	}
	for i := range at {
		refused(t, s.dial(i).Bind(anna, secret), ldap.LDAPResultInvalidCredentials, "data 775")
		if bits := value(t, at[i], anna, "msDS-User-Account-Control-Computed"); bits != "16" {
			t.Errorf("controller %d computes %s", i+1, bits)
		}
	}
	must(t, set(at[1], anna, "lockoutTime", "0"))
	c := s.dial(2)
	must(t, c.Bind(anna, secret))
	for i, want := range []bool{false, false, true} {
		if got := value(t, at[i], anna, "lastLogon") != "0"; got != want {
			t.Errorf("controller %d knows of a logon: %v", i+1, got)
		}
	}
}

func TestOtherControllersHearOfAChangeLater(t *testing.T) {
	now := time.Now()
	clock := func() time.Time { return now }
	s := newSite(t, simulator.Options{}, directory.Options{More: []string{"DC2"}, Replication: 5 * time.Second, Now: clock})
	first, second := s.admin(0), s.admin(1)
	now = now.Add(time.Minute)
	must(t, set(first, anna, "description", "new"))
	if here, there := value(t, first, anna, "description"), value(t, second, anna, "description"); here != "new" || there != "" {
		t.Errorf("at once: %q here, %q there", here, there)
	}
	add := ldap.NewAddRequest("CN=Bo,"+staff, nil)
	add.Attribute("objectClass", []string{"user"})
	must(t, second.Add(add))
	if found, err := find(first, staff, ldap.ScopeSingleLevel, "(cn=Bo)", nil); err != nil || len(found.Entries) != 0 {
		t.Errorf("the first controller knows of it already: %v, %v", found, err)
	}
	now = now.Add(6 * time.Second)
	if there := value(t, second, anna, "description"); there != "new" {
		t.Errorf("later: %q", there)
	}
	if found, err := find(first, staff, ldap.ScopeSingleLevel, "(cn=Bo)", nil); err != nil || len(found.Entries) != 1 {
		t.Errorf("later: %v, %v", found, err)
	}
}

func TestOtherControllersHearOfADeletionAndARenameLater(t *testing.T) {
	now := time.Now()
	s := newSite(t, simulator.Options{}, directory.Options{More: []string{"DC2"}, Replication: 5 * time.Second, Now: func() time.Time { return now }})
	first, second := s.admin(0), s.admin(1)
	for _, name := range []string{"Bo", "Cy"} {
		add := ldap.NewAddRequest("CN="+name+","+staff, nil)
		add.Attribute("objectClass", []string{"user"})
		must(t, first.Add(add))
	}
	now = now.Add(time.Minute)
	must(t, first.Del(ldap.NewDelRequest("CN=Bo,"+staff, nil)))
	must(t, first.ModifyDN(ldap.NewModifyDNRequest("CN=Cy,"+staff, "CN=Cyd", true, "")))
	names := func(c *ldap.Conn, scope int) string {
		t.Helper()
		found, err := find(c, staff, scope, "(|(cn=Bo)(cn=Cy)(cn=Cyd))", []string{"cn"})
		must(t, err)
		var all []string
		for _, e := range found.Entries {
			all = append(all, e.DN)
		}
		slices.Sort(all)
		return strings.ReplaceAll(strings.Join(all, " "), ","+staff, "")
	}
	for _, scope := range []int{ldap.ScopeSingleLevel, ldap.ScopeWholeSubtree} {
		if here, there := names(first, scope), names(second, scope); here != "CN=Cyd" || there != "CN=Bo CN=Cy" {
			t.Errorf("at once: %s here, %s there", here, there)
		}
	}
	if got := value(t, second, "CN=Cy,"+staff, "cn"); got != "Cy" {
		t.Errorf("by its old name it is called %q", got)
	}
	now = now.Add(6 * time.Second)
	if there := names(second, ldap.ScopeWholeSubtree); there != "CN=Cyd" {
		t.Errorf("later: %s", there)
	}
}

func TestAReadOnlyControllerNamesOneThatWrites(t *testing.T) {
	s := newSite(t, simulator.Options{}, directory.Options{More: []string{"DC2"}, ReadOnly: true})
	c := s.admin(1)
	refused(t, set(c, anna, "description", "x"), ldap.LDAPResultReferral, "0000202B")
	root, err := find(c, "", ldap.ScopeBaseObject, "(objectClass=*)", []string{"supportedCapabilities", "dnsHostName"})
	must(t, err)
	if all := strings.Join(root.Entries[0].GetAttributeValues("supportedCapabilities"), " "); !strings.Contains(all, "1.2.840.113556.1.4.1920") {
		t.Errorf("capabilities %s", all)
	}
	if name := root.Entries[0].GetAttributeValue("dnsHostName"); name != "dc2.example.test" {
		t.Errorf("it calls itself %s", name)
	}
}

func TestAnIdleConnectionIsClosed(t *testing.T) {
	s := newSite(t, simulator.Options{LDAP: &simulator.LDAPOptions{Traits: served.Traits{Idle: 50 * time.Millisecond}}}, directory.Options{})
	c := s.dial(0)
	eventually(t, "the connection is closed", c.IsClosing)
}
