package why_test

import (
	"slices"
	"testing"
	"time"

	"dirdesk/desk/why"
	"dirdesk/models"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) // a Saturday

// well is an account of which everything is known and nothing is wrong.
func well() models.Object {
	return models.Object{
		Category: models.Person, SAMAccountName: "anna", Disabled: models.No, Locked: models.No, PasswordExpired: models.No,
		AccountExpiry: models.Never(),
		Account: &models.Account{
			PasswordSet: noon.Add(-time.Hour), MustChangePassword: models.No, CannotChangePassword: models.No,
			Logon: &models.Logon{Told: models.Yes, Smartcard: models.No, Protected: models.No, NeverSet: models.No, BadTries: 0},
		},
	}
}

func must(o *models.Object) {
	o.Account.MustChangePassword, o.Account.PasswordSet = models.Yes, time.Time{}
}

// spoiled is each cause, made.
var spoiled = map[why.ID]struct {
	spoil func(*models.Object)
	words string
	mend  models.Action
	can   models.Flag
}{
	why.Disabled:       {func(o *models.Object) { o.Disabled = models.Yes }, "disabled", models.Enable, models.No},
	why.AccountExpired: {func(o *models.Object) { o.AccountExpiry = models.ExpiryAt(noon.Add(-time.Hour)) }, "account expired on 2026-11-21 11:00 UTC", models.SetExpiry, models.No},
	why.Locked: {func(o *models.Object) {
		o.Locked, o.Account.LockedSince, o.Account.LockedUntil = models.Yes, noon.Add(-time.Minute), noon.Add(29*time.Minute)
		o.Account.Logon.BadTries = 5
	}, "locked since 11:59, after 5 wrong passwords, opens in 29 min", models.Unlock, models.No},
	why.NeverSet: {func(o *models.Object) { must(o); o.Account.Logon.NeverSet = models.Yes }, "there never was a password", models.SetPassword, models.No},
	why.CannotChange: {
		func(o *models.Object) { must(o); o.Account.CannotChangePassword = models.Yes },
		"the password must be changed, and the account may not change it", models.SetMustChange, models.No,
	},
	why.LogonHours: {func(o *models.Object) {
		var w models.Week
		w[24+8] = true // Monday 08:00 UTC
		o.Account.Logon.Hours = &w
	}, "outside the logon hours: again on Monday 2026-11-23 08:00 UTC", models.Modify, models.No},
	why.Expired:      {func(o *models.Object) { o.PasswordExpired = models.Yes }, "password expired", models.SetPassword, models.Yes},
	why.MustChange:   {must, "must change the password at the next logon", models.SetMustChange, models.Yes},
	why.Workstations: {func(o *models.Object) { o.Account.Logon.Workstations = []string{"PC-1", "PC-2"} }, "only at PC-1 and PC-2", models.Modify, models.Yes},
	why.Smartcard:    {func(o *models.Object) { o.Account.Logon.Smartcard = models.Yes }, "a smart card is required", models.Modify, models.Yes},
	why.NotSynced:    {nil, "DSM does not know the account before a sync", models.SyncDomain, models.Yes},
	why.Protected:    {func(o *models.Object) { o.Account.Logon.Protected = models.Yes }, "a protected account: the desk's delegation does not reach it", "", models.Yes},
}

func TestEachCauseIsFoundAloneWithWhatMendsIt(t *testing.T) {
	for _, id := range why.IDs() {
		c, tried := spoiled[id]
		if !tried {
			t.Errorf("no case tries %q", id)
			continue
		}
		o, facts := well(), why.Facts{Unsynced: models.FlagOf(id == why.NotSynced)}
		if c.spoil != nil {
			c.spoil(&o)
		}
		d := why.Of(o, noon, facts)
		want := []why.Cause{{ID: id, Words: c.words, Mend: c.mend, Out: c.can == models.No}}
		if !slices.Equal(d.Causes, want) || d.CanLogOn != c.can || len(d.Unknown) > 0 {
			t.Errorf("%s: causes %+v, can log on %s, unknown %v; want %+v, %s", id, d.Causes, d.CanLogOn.Label(), d.Unknown, want, c.can.Label())
		}
	}
	if len(spoiled) != len(why.IDs()) {
		t.Errorf("%d causes are tried, and there are %d", len(spoiled), len(why.IDs()))
	}
}

func TestNothingKeepsThemOut(t *testing.T) {
	d := why.Of(well(), noon, why.Facts{Unsynced: models.No})
	if d.Verdict() != "Nothing keeps them out" || d.CanLogOn != models.Yes || d.Missing() != "" {
		t.Errorf("%q, %s, %q", d.Verdict(), d.CanLogOn.Label(), d.Missing())
	}
	open := well()
	open.Locked, open.Account.LockedUntil = models.Yes, noon
	if d := why.Of(open, noon, why.Facts{Unsynced: models.No}); len(d.Causes) > 0 {
		t.Errorf("a lockout that is over: %+v", d.Causes)
	}
}

// DSM tells the flags of its listing and nothing else.
func TestWhatIsNotToldStaysUnknown(t *testing.T) {
	o := well()
	o.Account = nil
	d := why.Of(o, noon, why.Facts{})
	want := []why.ID{why.NeverSet, why.CannotChange, why.LogonHours, why.MustChange, why.Workstations, why.Smartcard, why.NotSynced, why.Protected}
	if !slices.Equal(d.Unknown, want) || d.CanLogOn != models.Unknown {
		t.Errorf("unknown %v, can log on %s", d.Unknown, d.CanLogOn.Label())
	}
	if o.Locked = models.Yes; why.Of(o, noon, why.Facts{}).CanLogOn != models.No {
		t.Error("locked over DSM keeps out whatever else is unknown")
	}
	if d := why.Of(models.Object{Category: models.Group}, noon, why.Facts{}); d.Account() || len(d.Causes)+len(d.Unknown) > 0 {
		t.Errorf("a group: %+v", d)
	}
}

func TestTheWorstComesFirst(t *testing.T) {
	o := well()
	must(&o)
	o.Disabled, o.Locked, o.Account.Logon.Protected = models.Yes, models.Yes, models.Yes
	var got []why.ID
	for _, c := range why.Of(o, noon, why.Facts{Unsynced: models.No}).Causes {
		got = append(got, c.ID)
	}
	if want := []why.ID{why.Disabled, why.Locked, why.MustChange, why.Protected}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
