package activedirectory

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

func TestBindName(t *testing.T) {
	for account, want := range map[string]string{
		"anna":                             "anna@example.test",
		" anna ":                           "anna@example.test",
		"Анна":                             "Анна@example.test",
		"a.b-c":                            "a.b-c@example.test",
		"DC1$":                             "DC1$@example.test",
		"anna@other.test":                  "anna@other.test",
		`EXAMPLE\anna`:                     `EXAMPLE\anna`,
		"CN=Anna,CN=Users,DC=example":      "CN=Anna,CN=Users,DC=example",
		`CN=Berg\, Anna,DC=example,DC=com`: `CN=Berg\, Anna,DC=example,DC=com`,
		"CN=Anna@work,DC=example":          "CN=Anna@work,DC=example",
	} {
		if got, err := bindName(account, "example.test"); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", account, got, err, want)
		}
	}
	if got, err := bindName("anna", ""); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("without a realm: %q, %v", got, err)
	}
	if got, err := bindName("  ", "example.test"); !errors.Is(err, models.ErrInvalid) {
		t.Errorf("empty: %q, %v", got, err)
	}
}

func TestRefusalsAreToldApart(t *testing.T) {
	for _, test := range []struct {
		words  string
		want   error
		advice string // a part of it
		code   string
	}{
		{diagnostic("525"), models.ErrCredentials, "no such account", "LDAP 49 data 525"},
		{diagnostic("52e"), models.ErrCredentials, "password is wrong", "LDAP 49 data 52e"},
		{diagnostic("530"), models.ErrAccountState, "time of day", "LDAP 49 data 530"},
		{diagnostic("531"), models.ErrAccountState, "from this computer", "LDAP 49 data 531"},
		{diagnostic("532"), models.ErrAccountState, "password has expired", "LDAP 49 data 532"},
		{diagnostic("533"), models.ErrAccountState, "disabled", "LDAP 49 data 533"},
		{diagnostic("701"), models.ErrAccountState, "account has expired", "LDAP 49 data 701"},
		{diagnostic("773"), models.ErrAccountState, "must be changed", "LDAP 49 data 773"},
		{diagnostic("775"), models.ErrAccountState, "locked out", "LDAP 49 data 775"},
		{diagnostic("775") + "\x00", models.ErrAccountState, "locked out", "LDAP 49 data 775"}, // Windows ends it so
		{strings.ToUpper(diagnostic("52e")), models.ErrCredentials, "password is wrong", "LDAP 49 data 52e"},
		{diagnostic("52f"), models.ErrAccountState, "Protected Users", "LDAP 49 data 52f"},
		{diagnostic("534"), models.ErrNotAuthorized, "over the network", "LDAP 49 data 534"},
		{diagnostic("568"), models.ErrAccountState, "too many groups", "LDAP 49 data 568"},
		{diagnostic("51f"), models.ErrBusy, "No domain controller", "LDAP 49 data 51f"},
		{diagnostic("57"), models.ErrUnsupported, "TLS channel", "LDAP 49 data 57"},
		{diagnostic("999"), models.ErrAccountState, "server's words", "LDAP 49 data 999"},
		{"invalid credentials", models.ErrCredentials, "password", "LDAP 49"},
		{"", models.ErrCredentials, "password", "LDAP 49"},
	} {
		t.Run(test.words, func(t *testing.T) {
			f := newFake(t)
			f.onBind = func(string, string) (uint16, string) { return ldap.LDAPResultInvalidCredentials, test.words }
			_, err := Open(t.Context(), f.options())
			var said *models.Error
			if !errors.Is(err, test.want) || !errors.As(err, &said) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if !strings.Contains(models.AdviceFor(said), test.advice) || said.Code != test.code || said.Object != testAccount {
				t.Errorf("got %+v", said)
			}
			if text := fmt.Sprintf("%v %+v %v", err, said, errors.Unwrap(said.Err)); strings.Contains(text, testPassword) {
				t.Error("the error tells the password")
			}
		})
	}
}

// Who says that a password is wrong, or that tries are used up, makes a person do
// something about it.
func TestOnlyAWrongPasswordIsSaidToBeOne(t *testing.T) {
	for data := range bindRefusals {
		said := strings.ToLower(refusalOf49(data).advice)
		if wrong := strings.Contains(said, "password is wrong"); wrong != (data == "52e") {
			t.Errorf("%s: %q", data, said)
		}
		if tries := strings.Contains(said, "tries"); tries != (data == "52e") {
			t.Errorf("%s: %q", data, said)
		}
	}
}

func TestARefusedBindIsNoSizeLimit(t *testing.T) {
	f := newFake(t)
	f.onBind = func(string, string) (uint16, string) {
		return ldap.LDAPResultUnwillingToPerform, "00002035: LdapErr: DSID-0C090A22, comment:\tnot now"
	}
	_, err := Open(t.Context(), f.options())
	var said *models.Error
	if !errors.Is(err, models.ErrNotAuthorized) || !errors.As(err, &said) || strings.Contains(said.Advice, "less at a time") {
		t.Fatalf("got %v, %+v", err, said)
	}
	if want := "00002035: LdapErr: DSID-0C090A22, comment: not now"; said.Server != want {
		t.Errorf("the server's words are %q, want %q", said.Server, want)
	}
}

func TestSignInWithoutEnoughEncryption(t *testing.T) {
	f := newFake(t)
	f.onBind = func(string, string) (uint16, string) {
		return ldap.LDAPResultStrongAuthRequired, "BindSimple: Transport encryption required."
	}
	if _, err := Open(t.Context(), f.options()); !errors.Is(err, models.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
}
