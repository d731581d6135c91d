//go:build samba

package activedirectory_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/test/sambatest"
)

const userPassword = "Right-Pa55word"

func administrator(t *testing.T) *ldap.Conn {
	t.Helper()
	c, err := samba.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// addUser makes an enabled account with userPassword and removes it afterwards.
func addUser(t *testing.T, c *ldap.Conn, logon string, attributes map[string][]string) models.DN {
	t.Helper()
	dn := samba.BaseDN().Child("CN", "Users").Child("CN", "Test "+logon)
	all := map[string][]string{"sAMAccountName": {logon}}
	for name, values := range attributes {
		all[name] = values
	}
	must(t, sambatest.Add(c, sambatest.Entry{DN: dn, Class: "user", Attributes: all}))
	t.Cleanup(func() { _ = c.Del(ldap.NewDelRequest(string(dn), nil)) })
	must(t, sambatest.SetPassword(c, dn, userPassword))
	must(t, sambatest.Set(c, dn, "userAccountControl", "512"))
	return dn
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// signIn tries an account and gives the error.
func signIn(t *testing.T, account, password string) error {
	t.Helper()
	options := asAdministrator()
	options.Account, options.Password = account, models.NewSecret(password)
	backend, err := activedirectory.Open(t.Context(), options)
	if err == nil {
		_ = backend.Close(t.Context())
	}
	return err
}

func TestSignInByEachFormOfName(t *testing.T) {
	dn := addUser(t, administrator(t), "aberg", map[string][]string{"userPrincipalName": {"anna.berg@elsewhere.example"}})
	for _, account := range []string{
		"aberg",                       // made into the implicit name@realm, though another is set
		"ABerg",                       //
		"aberg@example.test",          //
		"anna.berg@elsewhere.example", // the one that is set
		`EXAMPLE\aberg`,               //
		string(dn),                    //
		strings.ToLower(string(dn)),   //
		"CN=Test aberg,cn=users," + string(samba.BaseDN()),
	} {
		if err := signIn(t, account, userPassword); err != nil {
			t.Errorf("%s: %v", account, err)
		}
		if err := signIn(t, account, "wrong"); !errors.Is(err, models.ErrCredentials) {
			t.Errorf("%s with a wrong password: %v", account, err)
		}
	}
	if err := signIn(t, "nobody", userPassword); !errors.Is(err, models.ErrCredentials) {
		t.Errorf("unknown account: %v", err)
	}
	if err := signIn(t, "aberg", ""); !errors.Is(err, models.ErrCredentials) {
		t.Errorf("empty password: %v", err)
	}
}

func TestSignInOfAccountsThatCannot(t *testing.T) {
	c := administrator(t)
	for _, test := range []struct {
		name, attribute, value string
		code, advice           string
	}{
		{"disabled", "userAccountControl", "514", "LDAP 49 data 533", "disabled"},
		{"expired", "accountExpires", "116444736000000000", "LDAP 49 data 701", "account has expired"},
		{"mustchange", "pwdLastSet", "0", "LDAP 49 data 773", "must be changed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dn := addUser(t, c, test.name, nil)
			must(t, signIn(t, test.name, userPassword))
			must(t, sambatest.Set(c, dn, test.attribute, test.value))
			err := signIn(t, test.name, userPassword)
			var said *models.Error
			if !errors.Is(err, models.ErrAccountState) || !errors.As(err, &said) || said.Code != test.code || !strings.Contains(models.AdviceFor(said), test.advice) {
				t.Errorf("got %v (%+v)", err, said)
			}
		})
	}
}

// setPolicy changes the domain's policy for one test.
func setPolicy(t *testing.T, c *ldap.Conn, attribute, value string) {
	t.Helper()
	head, err := c.Search(ldap.NewSearchRequest(string(samba.BaseDN()), ldap.ScopeBaseObject, 0, 0, 0, false, "(objectClass=*)", []string{attribute}, nil))
	must(t, err)
	before := head.Entries[0].GetAttributeValues(attribute)
	must(t, sambatest.Set(c, samba.BaseDN(), attribute, value))
	t.Cleanup(func() { must(t, sambatest.Set(c, samba.BaseDN(), attribute, before...)) })
}

// lockOut binds wrongly until the account is locked.
func lockOut(t *testing.T, logon string) {
	t.Helper()
	for range 3 {
		if err := signIn(t, logon, "wrong"); !errors.Is(err, models.ErrCredentials) {
			t.Fatal(err)
		}
	}
}

func TestLockedOutAccount(t *testing.T) {
	c := administrator(t)
	setPolicy(t, c, "lockoutThreshold", "3")
	dn := addUser(t, c, "locked", nil)
	backend := open(t, asAdministrator())
	lockOut(t, "locked")
	err := signIn(t, "locked", userPassword)
	var said *models.Error
	if !errors.Is(err, models.ErrAccountState) || !errors.As(err, &said) || said.Code != "LDAP 49 data 775" {
		t.Errorf("sign-in while locked: %v", err)
	}
	wantLocked(t, backend, dn, true)
	object, err := backend.Get(t.Context(), models.Ref{DN: dn})
	must(t, err)
	if a := object.Account; time.Since(a.LockedSince).Abs() > time.Minute || a.LockedUntil.Sub(a.LockedSince) != 30*time.Minute {
		t.Errorf("locked from %v to %v", a.LockedSince, a.LockedUntil)
	}

	// The time of the lockout stays when the lockout is over.
	must(t, sambatest.Set(c, dn, "lockoutTime", ticksAt(time.Now().Add(-31*time.Minute))))
	wantLocked(t, backend, dn, false)
	setPolicy(t, c, "lockoutDuration", "-9223372036854775808") // until an administrator unlocks
	wantLocked(t, backend, dn, true)
	must(t, sambatest.Set(c, dn, "lockoutTime", "0"))
	wantLocked(t, backend, dn, false)
	must(t, signIn(t, "locked", userPassword))
}

func ticksAt(at time.Time) string { return fmt.Sprint((at.Unix() + 11644473600) * 10_000_000) }

// wantLocked checks both sources: a listing, by the domain's policy, and a read of
// the object, by what the server computes.
func wantLocked(t *testing.T, backend *activedirectory.Backend, dn models.DN, want bool) {
	t.Helper()
	single, err := backend.Get(t.Context(), models.Ref{DN: dn})
	must(t, err)
	for source, object := range map[string]models.Object{"listing": listed(t, backend, dn), "read": single} {
		if object.Locked != models.FlagOf(want) {
			t.Errorf("%s: locked %s, want %v", source, object.Locked.Label(), want)
		}
	}
}

func listed(t *testing.T, backend *activedirectory.Backend, dn models.DN) models.Object {
	t.Helper()
	for _, object := range children(t, backend, models.ListRequest{Base: dn.Parent()}) {
		if object.DN.Equal(dn) {
			return object
		}
	}
	t.Fatalf("%s is not listed", dn)
	return models.Object{}
}

// An account with a policy of its own stays locked longer than the domain says.
func TestLockoutByAPolicyOfItsOwn(t *testing.T) {
	c := administrator(t)
	dn := addUser(t, c, "strict", nil)
	must(t, sambatest.Set(c, dn, "lockoutTime", ticksAt(time.Now().Add(-40*time.Minute))))
	backend := open(t, asAdministrator())
	wantLocked(t, backend, dn, false)
	// Two days, as Samba takes a maximum age of one day or less for none at all.
	policy := samba.BaseDN().Child("CN", "System").Child("CN", "Password Settings Container").Child("CN", "Strict")
	must(t, sambatest.Add(c, sambatest.Entry{DN: policy, Class: "msDS-PasswordSettings", Attributes: map[string][]string{
		"msDS-PasswordSettingsPrecedence": {"1"}, "msDS-PasswordReversibleEncryptionEnabled": {"FALSE"},
		"msDS-PasswordHistoryLength": {"0"}, "msDS-PasswordComplexityEnabled": {"TRUE"}, "msDS-MinimumPasswordLength": {"7"},
		"msDS-MinimumPasswordAge": {"0"}, "msDS-MaximumPasswordAge": {"-1728000000000"}, "msDS-LockoutThreshold": {"3"},
		"msDS-LockoutObservationWindow": {"-18000000000"}, "msDS-LockoutDuration": {"-72000000000"}, "msDS-PSOAppliesTo": {string(dn)},
	}}))
	t.Cleanup(func() { must(t, c.Del(ldap.NewDelRequest(string(policy), nil))) })
	wantLocked(t, backend, dn, true)
	object := listed(t, backend, dn)
	if ends, ok := object.Account.PasswordExpires.Time(); !ok || ends.Sub(object.Account.PasswordSet).Round(time.Hour) != 48*time.Hour {
		t.Errorf("the password set at %v ends %s, want two days later", object.Account.PasswordSet, object.Account.PasswordExpires)
	}
}

func TestSignInOverStartTLS(t *testing.T) {
	options := asAdministrator()
	options.URL = samba.StartTLSURL()
	backend := open(t, options)
	if objects := children(t, backend, models.ListRequest{Base: samba.BaseDN()}); len(objects) == 0 {
		t.Error("the domain is empty")
	}
}

func TestUntrustedCertificate(t *testing.T) {
	for _, url := range []string{samba.URL(), samba.StartTLSURL()} {
		options := asAdministrator()
		options.URL, options.TLS = url, &tls.Config{ServerName: samba.HostName()}
		_, err := activedirectory.Open(t.Context(), options)
		var shown *models.CertificateError
		if !errors.Is(err, models.ErrCertificate) || !errors.As(err, &shown) || !strings.Contains(shown.Subject, samba.HostName()) {
			t.Errorf("%s: got %v", url, err)
		}
	}
}

// Those who are no administrators read as well.
func TestOrdinaryUserReads(t *testing.T) {
	dn := addUser(t, administrator(t), "plain", nil)
	options := asAdministrator()
	options.Account, options.Password = "plain", models.NewSecret(userPassword)
	backend := open(t, options)
	if objects := children(t, backend, models.ListRequest{Base: samba.BaseDN().Child("CN", "Users")}); len(objects) < 10 {
		t.Errorf("got %d objects of CN=Users", len(objects))
	}
	if object := read(t, backend, dn); object.Account.CannotChangePassword != models.No || object.Disabled != models.No {
		t.Errorf("itself: %+v %+v", object, object.Account)
	}
	info, err := backend.Info(t.Context())
	if err != nil || info.Workgroup != samba.Workgroup() || len(info.Controllers) != 1 || len(info.Controllers[0].Roles) != 5 {
		t.Errorf("info %+v, %v", info, err)
	}
}
