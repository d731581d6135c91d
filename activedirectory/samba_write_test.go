//go:build samba

package activedirectory_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/activedirectory"
	"dirdesk/models"
	"dirdesk/test/sambatest"
)

const otherPassword = "Another-Pa55word"

// workshop is an OU of the test's own, thrown away with all in it.
func workshop(t *testing.T, backend *activedirectory.Backend) models.DN {
	t.Helper()
	dn, err := backend.CreateOU(t.Context(), models.Ref{DN: samba.BaseDN()}, "Workshop, "+t.Name(), "for a test")
	must(t, err)
	t.Cleanup(func() {
		c, err := samba.Connect() // the test may have restarted it
		must(t, err)
		request := ldap.NewDelRequest(string(dn), nil)
		request.Controls = []ldap.Control{ldap.NewControlSubtreeDelete()}
		must(t, errors.Join(c.Del(request), c.Close()))
	})
	return dn
}

func newUser(t *testing.T, backend *activedirectory.Backend, container models.DN, logon string) models.DN {
	t.Helper()
	dn, err := backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: logon}, models.NewSecret(userPassword))
	must(t, err)
	return dn
}

func read(t *testing.T, backend *activedirectory.Backend, dn models.DN) models.Object {
	t.Helper()
	object, err := backend.Get(t.Context(), models.Ref{DN: dn})
	must(t, err)
	return object
}

// wantRefusal checks the kind, and that the advice says what a person needs.
func wantRefusal(t *testing.T, what string, err, kind error, advice string) {
	t.Helper()
	var said *models.Error
	if !errors.Is(err, kind) || !errors.As(err, &said) {
		t.Errorf("%s: got %v, want %v", what, err, kind)
		return
	}
	if said.Action == "" || said.Object == "" || !strings.Contains(models.AdviceFor(said), advice) {
		t.Errorf("%s: %v: advice %q, want %q in it (server: %s)", what, err, said.Advice, advice, said.Server)
	}
}

func TestCreateUserWithEverything(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	dn, err := backend.CreateUser(t.Context(), models.NewUser{
		Container: models.Ref{DN: container}, LogonName: "åsa.berg", GivenName: "Åsa", Surname: "Berg-Ek", DisplayName: `Berg-Ek, Åsa "Å" #1+`,
		Mail: "asa@example.test", Description: "first; second", NeverExpires: true,
	}, models.NewSecret(`"Pä55 wörd€"`))
	must(t, err)
	object := read(t, backend, dn)
	want := models.Object{
		DN: dn, Name: `Berg-Ek, Åsa "Å" #1+`, Category: models.Person, SAMAccountName: "åsa.berg",
		DisplayName: `Berg-Ek, Åsa "Å" #1+`, Mail: "asa@example.test", Description: "first; second",
		Disabled: models.No, Locked: models.No, PasswordExpired: models.No, AccountExpiry: models.Never(),
		Deletable: models.Yes, Movable: models.Yes, Renamable: models.Yes, AdvancedOnly: models.No,
	}
	a := object.Account
	object.Account = nil
	if !object.DN.Equal(dn) {
		t.Errorf("it is %s, want %s", object.DN, dn)
	}
	object.DN = dn
	if !equalObjects(object, want) {
		t.Errorf("got  %+v\nwant %+v", object, want)
	}
	if a.UserPrincipalName != "åsa.berg@example.test" || a.GivenName != "Åsa" || a.Surname != "Berg-Ek" ||
		a.PasswordNeverExpires != models.Yes || a.MustChangePassword != models.No || a.CannotChangePassword != models.No || a.PasswordSet.IsZero() {
		t.Errorf("account %+v", a)
	}
	must(t, signIn(t, "åsa.berg@example.test", `"Pä55 wörd€"`))
	if err := signIn(t, "åsa.berg@example.test", `Pä55 wörd€`); !errors.Is(err, models.ErrCredentials) {
		t.Errorf("without its quotation marks: %v", err)
	}
}

func equalObjects(a, b models.Object) bool {
	return a.DN == b.DN && a.Name == b.Name && a.Category == b.Category && a.SAMAccountName == b.SAMAccountName &&
		a.DisplayName == b.DisplayName && a.Mail == b.Mail && a.Description == b.Description &&
		a.Disabled == b.Disabled && a.Locked == b.Locked && a.PasswordExpired == b.PasswordExpired &&
		a.AccountExpiry == b.AccountExpiry && a.Deletable == b.Deletable && a.Movable == b.Movable && a.Renamable == b.Renamable
}

func TestCreateUserMustChangeAndDisabled(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	dn, err := backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: "mustbe", GivenName: "Mia", MustChange: true}, models.NewSecret(userPassword))
	must(t, err)
	if dn.RDN().Value != "Mia" || read(t, backend, dn).Account.MustChangePassword != models.Yes {
		t.Errorf("%s must change: %s", dn, read(t, backend, dn).Account.MustChangePassword.Label())
	}
	wantRefusal(t, "sign-in before the change", signIn(t, "mustbe", userPassword), models.ErrAccountState, "must be changed")

	dn, err = backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: "notyet", Disabled: true}, models.NewSecret(userPassword))
	must(t, err)
	if read(t, backend, dn).Disabled != models.Yes {
		t.Error("it is enabled")
	}
	wantRefusal(t, "sign-in while disabled", signIn(t, "notyet", userPassword), models.ErrAccountState, "disabled")
}

// Who cannot change the password is refused by the server when it tries, and who
// can is not.
func TestCreateUserWhoCannotChangeThePassword(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	setPolicy(t, administrator(t), "minPwdAge", "0")
	for _, cannot := range []bool{true, false} {
		logon := map[bool]string{true: "cannot", false: "can"}[cannot]
		dn, err := backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: container}, LogonName: logon, CannotChange: cannot}, models.NewSecret(userPassword))
		must(t, err)
		if got := read(t, backend, dn).Account.CannotChangePassword; got != models.FlagOf(cannot) {
			t.Errorf("%s: cannot change its password: %s", logon, got.Label())
		}
		own, err := ldap.DialURL(samba.URL(), ldap.DialWithTLSConfig(samba.TLS()))
		must(t, err)
		must(t, own.Bind(string(dn), userPassword))
		if err = sambatest.ChangePassword(own, dn, userPassword, otherPassword); (err != nil) != cannot {
			t.Errorf("%s tried it: %v", logon, err)
		}
		_ = own.Close()
	}
}

func TestCreateRefusals(t *testing.T) {
	backend := open(t, asAdministrator())
	container := workshop(t, backend)
	newUser(t, backend, container, "taken")
	good := models.NewSecret(userPassword)
	for _, test := range []struct {
		name     string
		user     models.NewUser
		password models.Secret
		kind     error
		advice   string
	}{
		{"logon name", models.NewUser{LogonName: "Taken", DisplayName: "Somebody"}, good, models.ErrExists, "logon name already"},
		{"name in the container", models.NewUser{LogonName: "other", DisplayName: "TAKEN"}, good, models.ErrExists, "in the container already"},
		{"too short", models.NewUser{LogonName: "short"}, models.NewSecret("Ab-1"), models.ErrPolicy, "at least 7 characters"},
		{"too simple", models.NewUser{LogonName: "simple"}, models.NewSecret("abcdefghijkl"), models.ErrPolicy, "too simple"},
		{"no password", models.NewUser{LogonName: "none"}, models.Secret{}, models.ErrPolicy, "password"},
		{"no place", models.NewUser{LogonName: "lost", Container: models.Ref{DN: "OU=Ghost," + samba.BaseDN()}}, good, models.ErrNotFound, "container"},
		{"below a user", models.NewUser{LogonName: "below", Container: models.Ref{DN: container.Child("CN", "taken")}}, good, models.ErrInvalid, "choose a container"},
		{"long", models.NewUser{LogonName: strings.Repeat("x", 21)}, good, models.ErrInvalid, "20 characters"},
		{"forbidden sign", models.NewUser{LogonName: "a/b"}, good, models.ErrInvalid, "not allowed"},
		{"contradiction", models.NewUser{LogonName: "both", MustChange: true, CannotChange: true}, good, models.ErrInvalid, "Choose one"},
		{"long name", models.NewUser{LogonName: "longname", DisplayName: strings.Repeat("n", 300)}, good, models.ErrInvalid, "too long"},
	} {
		if test.user.Container.DN == "" {
			test.user.Container = models.Ref{DN: container}
		}
		dn, err := backend.CreateUser(t.Context(), test.user, test.password)
		wantRefusal(t, test.name, err, test.kind, test.advice)
		if dn != "" {
			t.Errorf("%s: a name came back: %s", test.name, dn)
		}
	}
	if left := children(t, backend, models.ListRequest{Base: container}); len(left) != 1 {
		t.Errorf("%d objects are there, want the one user", len(left))
	}
}

func TestSetPassword(t *testing.T) {
	backend := open(t, asAdministrator())
	dn := newUser(t, backend, workshop(t, backend), "resetme")
	for _, test := range []struct {
		password string
		must     models.Flag
		refused  bool
	}{
		{"First-Pa55word", models.Unknown, false},
		{"Second-Pa55word", models.Yes, true},
		{"Third-Pa55word", models.No, false},
	} {
		must(t, backend.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret(test.password), test.must))
		err := signIn(t, "resetme", test.password)
		if refused := errors.Is(err, models.ErrAccountState); refused != test.refused || !refused && err != nil {
			t.Errorf("must change %s: sign-in %v", test.must.Label(), err)
		}
		if got := read(t, backend, dn).Account.MustChangePassword; got != models.FlagOf(test.refused) {
			t.Errorf("must change %s reads %s", test.must.Label(), got.Label())
		}
	}
	wantRefusal(t, "too short", backend.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret("a"), models.Unknown), models.ErrPolicy, "at least 7 characters")
	wantRefusal(t, "too simple", backend.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret("aaaaaaaaaaaa"), models.Yes), models.ErrPolicy, "too simple")
	wantRefusal(t, "empty", backend.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret(""), models.Unknown), models.ErrInvalid, "not set")
	wantRefusal(t, "nobody", backend.SetPassword(t.Context(), models.Ref{DN: "CN=Ghost," + samba.BaseDN()}, models.NewSecret(userPassword), models.No), models.ErrNotFound, "refresh")
	must(t, signIn(t, "resetme", "Third-Pa55word"))
	if read(t, backend, dn).Account.MustChangePassword != models.No {
		t.Error("a refused reset left its mark")
	}
	must(t, backend.SetMustChange(t.Context(), models.Ref{DN: dn}, true))
	wantRefusal(t, "sign-in", signIn(t, "resetme", "Third-Pa55word"), models.ErrAccountState, "must be changed")
	must(t, backend.SetMustChange(t.Context(), models.Ref{DN: dn}, false))
	must(t, signIn(t, "resetme", "Third-Pa55word"))
}

func TestEnableDisableUnlockExpire(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	setPolicy(t, c, "lockoutThreshold", "3")
	dn, err := backend.CreateUser(t.Context(), models.NewUser{Container: models.Ref{DN: workshop(t, backend)}, LogonName: "switched", NeverExpires: true}, models.NewSecret(userPassword))
	must(t, err)
	for _, enabled := range []bool{false, false, true, true} { // twice does no harm
		must(t, backend.SetEnabled(t.Context(), models.Ref{DN: dn}, enabled))
		if err := signIn(t, "switched", userPassword); (err == nil) != enabled {
			t.Errorf("enabled %v: %v", enabled, err)
		}
		if object := read(t, backend, dn); object.Disabled != models.FlagOf(!enabled) || object.Account.PasswordNeverExpires != models.Yes {
			t.Errorf("enabled %v: disabled %s, never expires %s", enabled, object.Disabled.Label(), object.Account.PasswordNeverExpires.Label())
		}
	}
	lockOut(t, "switched")
	wantLocked(t, backend, dn, true)
	must(t, backend.Unlock(t.Context(), models.Ref{DN: dn}))
	wantLocked(t, backend, dn, false)
	must(t, signIn(t, "switched", userPassword))

	for _, at := range []models.Expiry{
		models.ExpiryAt(time.Now().Add(-time.Hour)), models.ExpiryAt(time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)), models.Never(),
	} {
		must(t, backend.SetExpiry(t.Context(), models.Ref{DN: dn}, at))
		if got := read(t, backend, dn).AccountExpiry; got != at {
			t.Errorf("expires %s, want %s", got, at)
		}
		if err := signIn(t, "switched", userPassword); (err != nil) != at.Passed(time.Now()) {
			t.Errorf("expires %s: sign-in %v", at, err)
		}
	}
	wantRefusal(t, "unknown expiry", backend.SetExpiry(t.Context(), models.Ref{DN: dn}, models.Expiry{}), models.ErrInvalid, "date")
	users := samba.BaseDN().Child("CN", "Users")
	wantRefusal(t, "no account", backend.SetEnabled(t.Context(), models.Ref{DN: users.Child("CN", "Domain Admins")}, true), models.ErrUnsupported, "no account")
}

func TestAccountWithoutPasswordIsNotEnabled(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	dn := workshop(t, backend).Child("CN", "empty")
	must(t, sambatest.Add(c, sambatest.Entry{DN: dn, Class: "user", Attributes: map[string][]string{"sAMAccountName": {"empty"}}}))
	wantRefusal(t, "without a password", backend.SetEnabled(t.Context(), models.Ref{DN: dn}, true), models.ErrPolicy, "no password")
	must(t, backend.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret(userPassword), models.Yes))
	must(t, backend.SetEnabled(t.Context(), models.Ref{DN: dn}, true)) // must change, but has one
	if read(t, backend, dn).Disabled != models.No {
		t.Error("it stayed disabled")
	}
}

// The server goes away and comes back: nothing is sent meanwhile, and nothing is
// lost afterwards on a connection of before.
func TestWriteAcrossARestart(t *testing.T) {
	backend := open(t, asAdministrator())
	dn := newUser(t, backend, workshop(t, backend), "lasting")
	edit := func(description string) error {
		return backend.EditFields(t.Context(), models.Ref{DN: dn}, []models.FieldChange{{Field: models.FieldDescription, After: description}})
	}
	must(t, edit("before"))
	samba.Kill()
	if err := edit("meanwhile"); !errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrUnknownOutcome) {
		t.Errorf("while the server is away: %v", err)
	}
	must(t, samba.Resume(t.Context()))
	must(t, edit("after"))
	must(t, samba.Stop())
	must(t, samba.Resume(t.Context()))
	must(t, edit("at last"))
	if got := read(t, backend, dn).Description; got != "at last" {
		t.Errorf("description %q", got)
	}
}
