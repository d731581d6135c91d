package directory_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

var (
	right = models.NewSecret("Correct-Horse-7")
	wrong = models.NewSecret("Battery-Staple-8")
)

// account makes an enabled account with the right password.
func account(t *testing.T, c *clock, pairs ...string) (*directory.Directory, models.DN) {
	t.Helper()
	d, staff := domain(t, c)
	d.SetPolicy(policy())
	dn := add(t, d, staff.Child("CN", "Anna Berg"), "user",
		append([]string{"sAMAccountName", "aberg", "userAccountControl", "512"}, pairs...)...)
	if err := d.SetPassword(dn, right, false); err != nil {
		t.Fatal(err)
	}
	return d, dn
}

func TestSignIn(t *testing.T) {
	c := newClock()
	past := directory.FileTime(c.at.Add(-time.Hour))
	for _, tc := range []struct {
		name   string
		pairs  []string
		must   bool // change the password
		wait   time.Duration
		secret models.Secret
		kind   error // nil: signed in
		reason error
		data   string
	}{
		{"right", nil, false, 0, right, nil, nil, ""},
		{"wrong", nil, false, 0, wrong, models.ErrCredentials, nil, "52e"},
		{"empty", nil, false, 0, models.Secret{}, models.ErrCredentials, nil, "52e"},
		{"disabled", []string{"userAccountControl", "514"}, false, 0, right, models.ErrAccountState, directory.ErrAccountDisabled, "533"},
		{"disabled and wrong", []string{"userAccountControl", "514"}, false, 0, wrong, models.ErrCredentials, nil, "52e"},
		{"expired", []string{"accountExpires", past}, false, 0, right, models.ErrAccountState, directory.ErrAccountExpired, "701"},
		{"must change", nil, true, 0, right, models.ErrAccountState, directory.ErrMustChangePassword, "773"},
		{"password too old", nil, false, 43 * day, right, models.ErrAccountState, directory.ErrPasswordExpired, "532"},
		{"locked and right", []string{"lockoutTime", directory.FileTime(c.at)}, false, time.Minute, right, models.ErrAccountState, directory.ErrAccountLocked, "775"},
		{"locked and wrong", []string{"lockoutTime", directory.FileTime(c.at)}, false, time.Minute, wrong, models.ErrAccountState, directory.ErrAccountLocked, "775"},
		{"lock over", []string{"lockoutTime", directory.FileTime(c.at)}, false, time.Hour, right, nil, nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newClock()
			pairs := tc.pairs
			d, staff := domain(t, c)
			d.SetPolicy(policy())
			if len(pairs) == 0 || pairs[0] != "userAccountControl" {
				pairs = append([]string{"userAccountControl", "512"}, pairs...)
			}
			dn := add(t, d, staff.Child("CN", "Anna Berg"), "user", append([]string{"sAMAccountName", "aberg"}, pairs...)...)
			if err := d.SetPassword(dn, right, tc.must); err != nil {
				t.Fatal(err)
			}
			c.advance(tc.wait)
			o, err := d.Authenticate("aberg", tc.secret)
			if tc.kind == nil {
				if err != nil || o.DN != dn || !o.Account.LastLogon.Equal(c.at) {
					t.Errorf("signed in as %q, last logon %v, %v", o.DN, o.Account, err)
				}
				return
			}
			refused(t, err, tc.kind, "49")
			if tc.reason != nil && !errors.Is(err, tc.reason) {
				t.Errorf("reason %v, want %v", err, tc.reason)
			}
			if e := err.(*models.Error); !strings.HasSuffix(e.Code, "data "+tc.data) || !strings.Contains(e.Server, "data "+tc.data+",") {
				t.Errorf("code %q, server %q, want data %s", e.Code, e.Server, tc.data)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), tc.secret.Reveal()) && !tc.secret.Empty() {
				t.Error("the error shows the password")
			}
		})
	}
}

// Unknown accounts look like wrong passwords; groups and nobodies cannot sign in.
func TestSignInAsNobody(t *testing.T) {
	d, _ := account(t, newClock())
	for _, name := range []string{"nobody", "", "Domain Admins", string(d.BaseDN()), "krbtgt"} {
		_, err := d.Authenticate(name, right)
		if !errors.Is(err, models.ErrCredentials) {
			t.Errorf("%q: %v, want wrong credentials", name, err)
		}
	}
	for _, name := range []string{"ABERG", `example\aberg`, "aberg@example.test", "CN=anna berg,OU=Staff,DC=example,DC=test"} {
		if _, err := d.Authenticate(name, right); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestLockout(t *testing.T) {
	c := newClock()
	d, dn := account(t, c)
	try := func(secret models.Secret, want error) {
		t.Helper()
		if _, err := d.Authenticate("aberg", secret); !errors.Is(err, want) {
			t.Fatalf("at %s: %v, want %v", c.at.Format(time.TimeOnly), err, want)
		}
	}
	bad := models.ErrCredentials
	try(wrong, bad)
	try(wrong, bad)
	try(right, nil) // starts the count again
	try(wrong, bad)
	try(wrong, bad)
	try(wrong, bad) // the third locks
	try(right, directory.ErrAccountLocked)
	if o := get(t, d, dn); o.Locked != models.Yes || !o.Account.LockedUntil.Equal(c.at.Add(30*time.Minute)) {
		t.Errorf("locked %s until %s", o.Locked.Label(), o.Account.LockedUntil)
	}
	c.advance(29 * time.Minute)
	try(right, directory.ErrAccountLocked)
	c.advance(time.Minute)
	try(wrong, bad) // free again, and counted from one
	try(wrong, bad)
	if o := get(t, d, dn); o.Locked != models.No {
		t.Error("locked by two wrong passwords after a lock had ended")
	}
	c.advance(31 * time.Minute) // the window is over: both are forgotten
	try(wrong, bad)
	try(wrong, bad)
	try(right, nil)
}

func TestUnlockByHand(t *testing.T) {
	c := newClock()
	d, dn := account(t, c)
	for range 3 {
		if _, err := d.Authenticate("aberg", wrong); err == nil {
			t.Fatal("signed in with a wrong password")
		}
	}
	if err := d.SetPassword(dn, models.NewSecret("Another-Pass-9"), false); err != nil {
		t.Fatal(err)
	}
	if get(t, d, dn).Locked != models.Yes {
		t.Error("a reset of the password ended the lock")
	}
	if err := d.Modify(dn, attributes("lockoutTime", "0")); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Authenticate("aberg", models.NewSecret("Another-Pass-9")); err != nil {
		t.Errorf("after unlocking: %v", err)
	}
}

// Samba unlocks an account with any write to userAccountControl (measured).
func TestDisablingALockedAccountUnlocksIt(t *testing.T) {
	d, dn := account(t, newClock())
	for range 3 {
		if _, err := d.Authenticate("aberg", wrong); err == nil {
			t.Fatal("signed in with a wrong password")
		}
	}
	if err := d.Modify(dn, attributes("userAccountControl", "514")); err != nil {
		t.Fatal(err)
	}
	if o := get(t, d, dn); o.Locked != models.No || o.Disabled != models.Yes {
		t.Errorf("locked %s, disabled %s", o.Locked.Label(), o.Disabled.Label())
	}
}

// Complexity and length as measured on Samba.
func TestPasswordPolicy(t *testing.T) {
	d, dn := account(t, newClock())
	for secret, good := range map[string]bool{
		"abcdefg1": false, "ABCdefgh": false, "ABC12345": false, "日本語日本語1": false, "Ab1": false, "": false,
		"abc-1234": true, "short1A": true, "日本語日本語1a": true, "12345Ab": true,
	} {
		err := d.SetPassword(dn, models.NewSecret(secret), false)
		if good {
			if err != nil {
				t.Errorf("%q: %v", secret, err)
			}
			continue
		}
		refused(t, err, models.ErrPolicy, "19")
	}
	team := add(t, d, "CN=Team,"+dn.Parent(), "group")
	refused(t, d.SetPassword(team, right, false), models.ErrPolicy, "53")
	refused(t, d.SetPassword("CN=Ghost,"+dn.Parent(), right, false), models.ErrNotFound, "32")
}
