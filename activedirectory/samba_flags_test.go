//go:build samba

package activedirectory_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// mayChange reports whether an account can change its own password.
func mayChange(t *testing.T, dn models.DN, before, after string) bool {
	t.Helper()
	own, err := ldap.DialURL(samba.URL(), ldap.DialWithTLSConfig(samba.TLS()))
	must(t, err)
	defer func() { _ = own.Close() }()
	must(t, own.Bind(string(dn), before))
	return sambatest.ChangePassword(own, dn, before, after) == nil
}

// The flags of an account, those that the directory keeps elsewhere too, one
// modification each.
func TestFlagsOfAnAccount(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	setPolicy(t, c, "minPwdAge", "0")
	dn := newUser(t, backend, workshop(t, backend), "flagged")
	for _, step := range []struct {
		name        string
		mask, value int32
		stored      string // userAccountControl as the controller holds it
		shown       string // as the sheet has it
		mustChange  models.Flag
	}{
		{"never expires", 65536, 65536, "66048", "66048", models.No},
		{"disabled", 2, 2, "66050", "66050", models.No},
		{"cannot change", 64, 64, "66050", "66114", models.No},
		{"the same again", 64 | 2, 66, "66050", "66114", models.No},
		{"can again, and must", 64 | 65536 | models.MustChangeFlag, models.MustChangeFlag, "514", "514", models.Yes},
		{"all three of the document", -2147418110, 65536, "66048", "66048", models.No},
		{"a smart card", 262144, 262144, "328192", "328192", models.No},
		{"and none", -1 &^ 0x3B00 &^ models.MustChangeFlag &^ 0x800010, 0, "512", "512", models.No},
	} {
		change := models.PropertyChange{Name: "userAccountControl", Type: models.Integer, Masked: true, Mask: step.mask, Values: []string{strconv.Itoa(int(step.value))}}
		if err := modify(t, backend, dn, change); err != nil {
			t.Errorf("%s: %v", step.name, err)
			continue
		}
		if got := raw(t, c, dn, "userAccountControl"); !slices.Equal(got, []string{step.stored}) {
			t.Errorf("%s: the controller holds %q, want %s", step.name, got, step.stored)
		}
		if got := property(t, backend, dn, "userAccountControl"); !slices.Equal(got.Values, []string{step.shown}) || got.Type != models.Integer {
			t.Errorf("%s: the sheet has %q, want %s", step.name, got.Values, step.shown)
		}
		if got := read(t, backend, dn).Account; got.MustChangePassword != step.mustChange {
			t.Errorf("%s: must change %s", step.name, got.MustChangePassword.Label())
		}
	}
	// Needing a smart card has made the controller choose a password that nobody knows.
	must(t, backend.SetPassword(t.Context(), models.Ref{DN: dn}, models.NewSecret(userPassword), models.Unknown))
	must(t, modify(t, backend, dn, flags("userAccountControl", 64, "64")))
	if mayChange(t, dn, userPassword, otherPassword) {
		t.Error("it changed its password, which it cannot")
	}
	must(t, modify(t, backend, dn, change("userAccountControl", models.Replace, "512")))
	if !mayChange(t, dn, userPassword, otherPassword) {
		t.Error("it cannot change its password, which it can")
	}
	must(t, modify(t, backend, dn, change("userAccountControl", models.Replace, "65600")))
	if got := property(t, backend, dn, "userAccountControl"); !slices.Equal(got.Values, []string{"66112"}) {
		t.Errorf("flags without a kind of account left %q", got.Values)
	}
	wantRefusal(t, "lock", modify(t, backend, dn, flags("userAccountControl", 16, "16")), models.ErrUnsupported, "Unlock the account")
}

// Clearing "must change" does not make an old password new.
func TestMustChangeOffKeepsTheTimeOfThePassword(t *testing.T) {
	backend := open(t, asAdministrator())
	c := administrator(t)
	dn := newUser(t, backend, workshop(t, backend), "aged")
	before := raw(t, c, dn, "pwdLastSet")
	must(t, modify(t, backend, dn, flags("userAccountControl", models.MustChangeFlag|2, "0")))
	if after := raw(t, c, dn, "pwdLastSet"); !slices.Equal(after, before) {
		t.Errorf("set %q, was %q", after, before)
	}
}

func TestFlagsOfAGroup(t *testing.T) {
	backend := open(t, asAdministrator())
	group, err := backend.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: workshop(t, backend)}, Name: "Scoped"})
	must(t, err)
	scope := func(value string) error { return modify(t, backend, group, flags("groupType", 14, value)) }
	wantRefusal(t, "global to local", scope("4"), models.ErrPolicy, "universal first")
	for _, step := range []struct{ value, want string }{{"8", "-2147483640"}, {"4", "-2147483644"}, {"8", "-2147483640"}, {"2", "-2147483646"}} {
		must(t, scope(step.value))
		if got := property(t, backend, group, "groupType"); !slices.Equal(got.Values, []string{step.want}) {
			t.Errorf("scope %s: %q, want %s", step.value, got.Values, step.want)
		}
	}
	must(t, modify(t, backend, group, flags("groupType", models.GroupSecurity, "0")))
	if got := read(t, backend, group).Account.GroupType; got != models.GroupGlobal {
		t.Errorf("a distribution group is %d", got)
	}
}

// Something changes between the read and the write. Where only other bits of a mask
// did, the mask is made anew, and those bits stay; else nothing is written, whatever
// else was to be.
func TestFlagsThatChangedMeanwhile(t *testing.T) {
	direct := open(t, asAdministrator())
	c := administrator(t)
	container := workshop(t, direct)
	group, err := direct.CreateGroup(t.Context(), models.NewGroup{Container: models.Ref{DN: container}, Name: "Racing"})
	must(t, err)
	dn := newUser(t, direct, container, "raced")
	for _, test := range []struct {
		dn        models.DN
		change    models.PropertyChange
		meanwhile string
		after     string // "": refused
	}{
		{dn, change("otherTelephone", models.Append, "1"), "1", ""},
		{dn, flags("userAccountControl", 65536, "65536"), "514", "66050"},
		{dn, flags("countryCode", 1, "1"), "46", "47"},
		{group, flags("groupType", 14, "8"), "2", "8"},
	} {
		line := newCutter(t)
		options := asAdministrator()
		options.URL = line.url
		backend := open(t, options)
		_, err := backend.Property(t.Context(), "mail", models.Person) // the schema is known from now on
		must(t, err)
		line.pause(2, func() { // a probe and the read pass
			if err := sambatest.Set(c, test.dn, test.change.Name, test.meanwhile); err != nil {
				t.Error(err)
			}
		})
		err = modify(t, backend, test.dn, change("info", models.Replace, "raced"), test.change)
		if test.after != "" {
			must(t, err)
			if now := raw(t, c, test.dn, test.change.Name); !slices.Equal(now, []string{test.after}) {
				t.Errorf("%s is %q, want %s", test.change.Name, now, test.after)
			}
			continue
		}
		var said *models.Error
		if !errors.Is(err, models.ErrBusy) || !errors.As(err, &said) || said.Advice == "" {
			t.Errorf("%s: %v", test.change.Name, err)
		}
		if now := raw(t, c, test.dn, test.change.Name); !slices.Equal(now, []string{test.meanwhile}) {
			t.Errorf("%s is %q, want %s", test.change.Name, now, test.meanwhile)
		}
		if info := raw(t, c, test.dn, "info"); len(info) != 0 {
			t.Errorf("%s: another property was written: %q", test.change.Name, info)
		}
		must(t, modify(t, backend, test.dn, test.change)) // the next try goes by what is there now
	}
}

func TestSetPasswordWithOptions(t *testing.T) {
	backend := open(t, asAdministrator())
	setPolicy(t, administrator(t), "minPwdAge", "0")
	setPolicy(t, administrator(t), "lockoutThreshold", "3")
	dn := newUser(t, backend, workshop(t, backend), "optional")
	with := func(password string, must models.Flag, options models.PasswordOptions) error {
		return backend.SetPasswordWith(t.Context(), models.Ref{DN: dn}, models.NewSecret(password), must, options)
	}
	lockOut(t, "optional")
	must(t, with("First-Pa55word", models.No, models.PasswordOptions{CannotChange: models.Yes, NeverExpires: models.Yes, Unlock: true}))
	must(t, signIn(t, "optional", "First-Pa55word"))
	if a := read(t, backend, dn).Account; a.CannotChangePassword != models.Yes || a.PasswordNeverExpires != models.Yes || a.MustChangePassword != models.No {
		t.Errorf("%+v", a)
	}
	if mayChange(t, dn, "First-Pa55word", otherPassword) {
		t.Error("it changed its password, which it cannot")
	}
	wantRefusal(t, "too short", with("a", models.Unknown, models.PasswordOptions{NeverExpires: models.No}), models.ErrPolicy, "at least 7 characters")
	if read(t, backend, dn).Account.PasswordNeverExpires != models.Yes {
		t.Error("a refused password changed a flag")
	}
	must(t, with("Second-Pa55word", models.Yes, models.PasswordOptions{CannotChange: models.No, NeverExpires: models.No}))
	wantRefusal(t, "sign-in", signIn(t, "optional", "Second-Pa55word"), models.ErrAccountState, "must be changed")
	if a := read(t, backend, dn).Account; a.CannotChangePassword != models.No || a.PasswordNeverExpires != models.No {
		t.Errorf("%+v", a)
	}
}
