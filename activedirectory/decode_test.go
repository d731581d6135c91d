package activedirectory

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

func TestTickDuration(t *testing.T) {
	for value, want := range map[int64]time.Duration{
		-18000000000:    30 * time.Minute,
		-36288000000000: 42 * 24 * time.Hour,
		0:               0,
		18000000000:     30 * time.Minute, // some write it without the sign
	} {
		if got, forever := tickDuration(value); got != want || forever {
			t.Errorf("%d: %s, %v; want %s", value, got, forever, want)
		}
	}
	for _, value := range []int64{math.MinInt64, math.MinInt64 + 1, math.MaxInt64} {
		if got, forever := tickDuration(value); !forever || got != 0 {
			t.Errorf("%d: %s, want for ever", value, got)
		}
	}
}

func TestGeneralizedTime(t *testing.T) {
	for text, want := range map[string]string{
		"20260102030405.0Z": "2026-01-02T03:04:05Z",
		"20260102030405Z":   "2026-01-02T03:04:05Z",
		"16010101000000.0Z": "1601-01-01T00:00:00Z",
		"":                  "0001-01-01T00:00:00Z",
		"20260102030405":    "0001-01-01T00:00:00Z",
		"20261302030405.0Z": "0001-01-01T00:00:00Z",
		"yesterdayZ":        "0001-01-01T00:00:00Z",
	} {
		if got := generalizedTime(text).Format(time.RFC3339); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// FuzzDecode holds what reads the server's bytes to: no panic, and nothing out
// of range.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0}, "133801632000000000")
	f.Add([]byte("0123456789abcdef"), "-9223372036854775808")
	f.Add([]byte{}, "20260102030405.0Z")
	f.Fuzz(func(t *testing.T, raw []byte, text string) {
		if value, err := strconv.ParseInt(text, 10, 64); err == nil {
			if d, _ := tickDuration(value); d < 0 {
				t.Errorf("%d lasts %s", value, d)
			}
		}
		if year := generalizedTime(text).Year(); year < 0 || year > 9999 {
			t.Errorf("%q is in the year %d", text, year)
		}
		entry := ldap.NewEntry(text, map[string][]string{
			"objectCategory": {text}, "objectSid": {string(raw)}, "objectGUID": {string(raw)}, "userAccountControl": {text},
			"lockoutTime": {text}, "pwdLastSet": {text}, "systemFlags": {text}, "groupType": {string(raw)},
		})
		if object := objectOf(entry, moment{now: time.Now()}); object.DN != models.DN(text) {
			t.Errorf("the name %q became %q", text, object.DN)
		}
		rangedPart(entry, "member")
		win32Code(text)
		bindDataCode(text)
	})
}

// now is the moment of the account tests: 2025-01-01 12:00 UTC.
var now = time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)

func filetimeOf(t time.Time) string { return models.FileTimeOf(t).String() }

func TestAccountStates(t *testing.T) {
	half := policy{known: true, lockout: 30 * time.Minute, maxAge: 42 * 24 * time.Hour}
	forever := policy{known: true, lockoutForever: true}
	day := 24 * time.Hour
	for _, test := range []struct {
		name   string
		policy policy
		values map[string]string
		want   string // in words, with expiry of account and password
	}{
		{"well", half, map[string]string{"pwdLastSet": filetimeOf(now.Add(-day))}, "ok | | 2025-02-11T12:00:00Z"},
		{"disabled", half, map[string]string{"userAccountControl": "514"}, "disabled | |"},
		{"expires", half, map[string]string{"accountExpires": filetimeOf(now.Add(day))}, "ok | 2025-01-02T12:00:00Z |"},
		{"expired", half, map[string]string{"accountExpires": filetimeOf(now.Add(-day))}, "expired | 2024-12-31T12:00:00Z |"},
		{"never expires by 0", half, map[string]string{"accountExpires": "0"}, "ok | never |"},
		{"never expires by the largest", half, map[string]string{"accountExpires": "9223372036854775807"}, "ok | never |"},
		{"must change", half, map[string]string{"pwdLastSet": "0"}, "must change | |"},
		{"password stays, so need not change", half, map[string]string{"pwdLastSet": "0", "userAccountControl": "66048"}, "ok | | never"},
		{"smartcard", half, map[string]string{"pwdLastSet": "0", "userAccountControl": "262656"}, "ok | | never"},
		{"computer", half, map[string]string{"pwdLastSet": filetimeOf(now.Add(-400 * day)), "userAccountControl": "4096"}, "ok | | never"},
		{"password too old", half, map[string]string{"pwdLastSet": filetimeOf(now.Add(-43 * day))}, "pw expired | | 2024-12-31T12:00:00Z"},
		{"passwords do not expire here", forever, map[string]string{"pwdLastSet": filetimeOf(now.Add(-4000 * day))}, "ok | | never"},
		{"no policy to be read", policy{}, map[string]string{"pwdLastSet": filetimeOf(now.Add(-4000 * day))}, "ok | |"},
		{"locked", half, map[string]string{"lockoutTime": filetimeOf(now.Add(-29 * time.Minute))}, "locked | |"},
		{"lockout is over", half, map[string]string{"lockoutTime": filetimeOf(now.Add(-31 * time.Minute))}, "ok | |"},
		{"locked until unlocked", forever, map[string]string{"lockoutTime": filetimeOf(now.Add(-400 * day))}, "locked | |"},
		{"unlocked", half, map[string]string{"lockoutTime": "0"}, "ok | |"},
		{
			"the server says locked", half,
			map[string]string{"lockoutTime": filetimeOf(now.Add(-40 * time.Minute)), "msDS-User-Account-Control-Computed": "16"},
			"locked | |",
		},
		{
			"the server says not locked", half,
			map[string]string{"lockoutTime": filetimeOf(now.Add(-20 * time.Minute)), "msDS-User-Account-Control-Computed": "0"},
			"ok | |",
		},
		{
			"the server says password expired", half,
			map[string]string{
				"pwdLastSet": filetimeOf(now.Add(-10 * day)), "msDS-User-Account-Control-Computed": "8388608",
				"msDS-UserPasswordExpiryTimeComputed": filetimeOf(now.Add(-3 * day)),
			},
			"pw expired | | 2024-12-29T12:00:00Z",
		},
		{
			"the server says password never expires", half,
			map[string]string{"pwdLastSet": filetimeOf(now.Add(-100 * day)), "msDS-User-Account-Control-Computed": "0", "msDS-UserPasswordExpiryTimeComputed": "9223372036854775807"},
			"ok | | never",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			values := map[string][]string{"objectCategory": {"CN=Person,CN=Schema"}, "userAccountControl": {"512"}}
			for name, value := range test.values {
				values[name] = []string{value}
			}
			o := objectOf(ldap.NewEntry("CN=x", values), moment{now: now, policy: test.policy})
			got := models.StateOf(&o, now).Words() + " | " + o.AccountExpiry.String() + " | " + o.Account.PasswordExpires.String()
			if got = strings.TrimSpace(strings.ReplaceAll(got, "  ", " ")); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestLockoutTimes(t *testing.T) {
	since := now.Add(-10 * time.Minute)
	values := map[string][]string{"userAccountControl": {"512"}, "lockoutTime": {filetimeOf(since)}}
	at := moment{now: now, policy: policy{known: true, lockout: 30 * time.Minute}}
	a := objectOf(ldap.NewEntry("CN=x", values), at).Account
	if !a.LockedSince.Equal(since) || !a.LockedUntil.Equal(since.Add(30*time.Minute)) {
		t.Errorf("locked from %v to %v", a.LockedSince, a.LockedUntil)
	}
	at.policy = policy{known: true, lockoutForever: true}
	a = objectOf(ldap.NewEntry("CN=x", values), at).Account
	if !a.LockedSince.Equal(since) || !a.LockedUntil.IsZero() {
		t.Errorf("locked from %v to %v, want no end", a.LockedSince, a.LockedUntil)
	}
}

func TestObjectsOfEachKind(t *testing.T) {
	for _, test := range []struct {
		name   string
		dn     string
		values map[string]string
		check  func(o models.Object) bool
	}{
		{"group", "CN=Staff,DC=x", map[string]string{"objectCategory": "CN=Group,CN=Schema", "groupType": "-2147483646", "objectSid": "\x01\x02\x00\x00\x00\x00\x00\x05\x20\x00\x00\x00\x20\x02\x00\x00"}, func(o models.Object) bool {
			return o.Category == models.Group && o.Account.GroupType == -2147483646 && o.PrimaryGroupToken == 544 && o.Disabled == models.Unknown && !o.AccountExpiry.Known()
		}},
		{"token wins over SID", "CN=Staff,DC=x", map[string]string{"objectCategory": "CN=Group,CN=Schema", "primaryGroupToken": "513"}, func(o models.Object) bool {
			return o.PrimaryGroupToken == 513
		}},
		{"user has no token", "CN=u,DC=x", map[string]string{"objectCategory": "CN=Person,CN=Schema", "primaryGroupToken": "1104"}, func(o models.Object) bool {
			return o.PrimaryGroupToken == 0
		}},
		{"contact", "CN=c,DC=x", map[string]string{"objectCategory": "CN=Person,CN=Schema"}, func(o models.Object) bool {
			return o.Category == models.Person && o.Disabled == models.Unknown && o.Locked == models.Unknown
		}},
		{"critical", "CN=Domain Admins,DC=x", map[string]string{"isCriticalSystemObject": "TRUE"}, func(o models.Object) bool {
			return o.Deletable == models.No && o.Movable == models.Yes && o.Renamable == models.Yes
		}},
		{"builtin", "CN=Administrators,DC=x", map[string]string{"systemFlags": "-1946157056"}, func(o models.Object) bool {
			return o.Deletable == models.No && o.Movable == models.No && o.Renamable == models.No
		}},
		{"hidden", "CN=System,DC=x", map[string]string{"showInAdvancedViewOnly": "TRUE"}, func(o models.Object) bool {
			return o.AdvancedOnly == models.Yes
		}},
		{"other class", "CN=p,DC=x", map[string]string{"objectCategory": "CN=Print-Queue,CN=Schema"}, func(o models.Object) bool {
			return o.Category == "Print-Queue" && !o.Category.HoldsObjects()
		}},
		{"no name given", `CN=Berg\, Anna,DC=x`, nil, func(o models.Object) bool { return o.Name == "Berg, Anna" }},
		{"odd case of names", "OU=x,DC=x", map[string]string{"OBJECTCATEGORY": "cn=organizational-unit,cn=schema"}, func(o models.Object) bool {
			return o.Category == models.OrganizationalUnit
		}},
		{"hostile numbers", "CN=x,DC=x", map[string]string{"userAccountControl": "99999999999", "groupType": "x", "systemFlags": "1e9"}, func(o models.Object) bool {
			return o.Disabled == models.Unknown && o.Deletable == models.Yes
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			values := make(map[string][]string)
			for name, value := range test.values {
				values[name] = []string{value}
			}
			if o := objectOf(ldap.NewEntry(test.dn, values), moment{now: now}); !test.check(o) || o.DN != models.DN(test.dn) {
				t.Errorf("got %+v %+v", o, o.Account)
			}
		})
	}
}
