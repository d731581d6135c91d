package desktest

import (
	"encoding/base64"
	"slices"
	"strconv"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
)

// switched is a masked change.
func switched(name, value string, mask int32) models.PropertyChange {
	return models.PropertyChange{Name: name, Masked: true, Mask: mask, Values: []string{value}}
}

// propertyTypes sets a value of each type, clears it, and reads it as it was
// set.
func (w *writes) propertyTypes(t *testing.T) {
	can[desk.PropertyEditor](t, w)
	dn := w.newUser(t, "cf-types")
	hours := make([]byte, 21)
	hours[0], hours[20] = 0x01, 0x80
	for _, c := range []struct {
		name, value string
		cleared     []string // as it is shown when it has no value
	}{
		{"accountExpires", "2027-05-31T00:00:00Z", []string{models.NeverText}},
		{"msNPAllowDialin", "TRUE", nil},
		{"msNPAllowDialin", "FALSE", nil},
		{"countryCode", "276", nil},
		{"logonHours", base64.StdEncoding.EncodeToString(hours), nil},
		{"employeeID", "00700", nil},
	} {
		w.done(t, propertyChange(dn, set(c.name, c.value)))
		if p := w.shown(t, dn, c.name); !slices.Equal(p.Values, []string{c.value}) {
			t.Errorf("%s, %s, is %q, want %q", c.name, p.Type.Name(), p.Values, c.value)
		}
		if c.name == "countryCode" || c.name == "accountExpires" {
			continue // which a domain controller never lacks
		}
		w.done(t, propertyChange(dn, set(c.name)))
		if p := w.shown(t, dn, c.name); !slices.Equal(p.Values, c.cleared) {
			t.Errorf("%s is %q after it was cleared", c.name, p.Values)
		}
	}
	if end, ok := w.stored(t, dn).AccountExpiry.Time(); !ok || end.Format("2006-01-02 15:04") != "2027-05-31 00:00" {
		t.Errorf("the account expires %v, %v", end, ok)
	}
	w.done(t, propertyChange(dn, set("accountExpires", models.NeverText)))
	if e := w.stored(t, dn).AccountExpiry; !e.IsNever() {
		t.Errorf("the account expires %s", e)
	}
	w.undo(t)
	if e := w.stored(t, dn).AccountExpiry; e.String() != "2027-05-31T00:00:00Z" {
		t.Errorf("the account expires %s after never was taken back", e)
	}
}

// accountFlags switches flags of accounts, and only those that are named.
func (w *writes) accountFlags(t *testing.T) {
	can[desk.PropertyEditor](t, w)
	const (
		disabled = 0x2
		never    = 0x10000
		all      = models.MustChangeFlag | never | disabled
	)
	dn := w.done(t, creation(models.NewUser{Container: models.Ref{DN: w.workshop()}, LogonName: "cf-flags", MustChange: true, Disabled: true}, w.good())).NewDN
	want := func(isDisabled, mustChange, neverExpires bool) {
		t.Helper()
		o := w.stored(t, dn)
		if o.Disabled != models.FlagOf(isDisabled) || o.Account.MustChangePassword != models.FlagOf(mustChange) || o.Account.PasswordNeverExpires != models.FlagOf(neverExpires) {
			t.Errorf("disabled %s, must change %s, never expires %s; want %v, %v, %v", o.Disabled.Label(),
				o.Account.MustChangePassword.Label(), o.Account.PasswordNeverExpires.Label(), isDisabled, mustChange, neverExpires)
		}
	}
	want(true, true, false)
	w.done(t, propertyChange(dn, switched("userAccountControl", "65536", all)), "password never expires")
	want(false, false, true)
	if err := w.SignIn(dn, w.good()); err != nil {
		t.Errorf("it cannot sign in: %v", err)
	}
	w.undo(t)
	want(true, true, false)
	w.done(t, propertyChange(dn, switched("userAccountControl", "0", disabled)))
	want(false, true, false)
	w.done(t, propertyChange(dn, switched("userAccountControl", "0", models.MustChangeFlag)))
	want(false, false, false)
	w.done(t, propertyChange(dn, switched("userAccountControl", "2", disabled)))
	want(true, false, false)
	w.done(t, propertyChange(dn, switched("userAccountControl", "2", disabled)), "nothing to do")
	// Without a mask the number is all of the flags.
	w.done(t, propertyChange(dn, set("userAccountControl", "66048")))
	want(false, false, true)
	w.undo(t)
	want(true, false, false)
	if held := w.shown(t, dn, "userAccountControl").Values; !slices.Equal(held, []string{"514"}) {
		t.Errorf("userAccountControl is %q", held)
	}
}

// groupFlags changes what a group is, by the flags that are named.
func (w *writes) groupFlags(t *testing.T) {
	can[desk.PropertyEditor](t, w)
	dn := w.newGroup(t, "cf-group-flags")
	want := func(bits int32) {
		t.Helper()
		if held := w.shown(t, dn, "groupType").Values; len(held) != 1 || held[0] != number(bits) {
			t.Errorf("groupType is %q, want %d", held, bits)
		}
		if o := w.stored(t, dn); o.Account == nil || o.Account.GroupType != bits {
			t.Errorf("stored %+v, want %d", o.Account, bits)
		}
	}
	want(models.GroupSecurity | models.GroupGlobal)
	w.done(t, propertyChange(dn, switched("groupType", "8", models.GroupScopeMask)), "universal")
	want(models.GroupSecurity | models.GroupUniversal)
	w.done(t, propertyChange(dn, switched("groupType", "0", models.GroupSecurity)))
	want(models.GroupUniversal)
	w.undo(t)
	want(models.GroupSecurity | models.GroupUniversal)
	w.done(t, propertyChange(dn, switched("groupType", "4", models.GroupScopeMask)))
	want(models.GroupSecurity | models.GroupLocal)
	w.refused(t, "local to global at once", propertyChange(dn, switched("groupType", "2", models.GroupScopeMask)),
		models.ErrPolicy, models.ErrInvalid, models.ErrUnsupported, models.ErrDenied, models.ErrServer)
	want(models.GroupSecurity | models.GroupLocal)
}

func number(bits int32) string { return strconv.FormatInt(int64(bits), 10) }
