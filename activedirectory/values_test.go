package activedirectory

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dirdesk/models"
)

func TestSyntaxes(t *testing.T) {
	for _, test := range []struct {
		name, syntax, om string
		of               models.PropertyType
		form             wireForm
		fixed            bool
	}{
		{"manager", "2.5.5.1", "127", models.DNString, asText, false},
		{"governsID", "2.5.5.2", "6", models.CaseIgnoreString, asText, false},
		{"x", "2.5.5.3", "27", models.CaseExactString, asText, false},
		{"legacyExchangeDN", "2.5.5.4", "20", models.CaseIgnoreString, asText, false},
		{"loginShell", "2.5.5.5", "22", models.PrintableString, asText, false},
		{"dhcpSites", "2.5.5.5", "19", models.PrintableString, asText, false},
		{"x121Address", "2.5.5.6", "18", models.NumericString, asText, false},
		{"wellKnownObjects", "2.5.5.7", "127", 0, asText, true},
		{"isDeleted", "2.5.5.8", "1", models.Boolean, asText, false},
		{"codePage", "2.5.5.9", "2", models.Integer, asText, false},
		{"preferredDeliveryMethod", "2.5.5.9", "10", models.Integer, asText, false},
		{"jpegPhoto", "2.5.5.10", "4", models.OctetString, asBytes, false},
		{"logonHours", "2.5.5.10", "4", models.LogonHours, asBytes, false},
		{"objectGUID", "2.5.5.10", "4", models.CaseIgnoreString, asGUID, true},
		{"meetingStartTime", "2.5.5.11", "23", models.UTCTime, asUTC, false},
		{"whenCreated", "2.5.5.11", "24", models.UTCTime, asGeneralized, false},
		{"displayName", "2.5.5.12", "64", models.CaseIgnoreString, asText, false},
		{"presentationAddress", "2.5.5.13", "127", 0, asText, true},
		{"msDS-RevealedList", "2.5.5.14", "127", 0, asText, true},
		{"nTSecurityDescriptor", "2.5.5.15", "66", models.OctetString, asBytes, true},
		{"maxPwdAge", "2.5.5.16", "65", models.LargeInteger, asText, false},
		{"uSNChanged", "2.5.5.16", "65", models.LargeInteger, asText, false},
		{"accountExpires", "2.5.5.16", "65", models.Timestamp, asTicks, false},
		{"LASTLOGON", "2.5.5.16", "65", models.Timestamp, asTicks, false},
		{"objectSid", "2.5.5.17", "4", models.CaseIgnoreString, asSID, true},
		{"new", "2.5.5.99", "4", 0, asText, true},
	} {
		got := syntaxOf(test.name, test.syntax, test.om)
		if got.of != test.of || got.form != test.form || (got.fixed != "") != test.fixed {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

func TestTimesAsTheyAreShown(t *testing.T) {
	for _, test := range []struct {
		form      wireForm
		raw, want string
	}{
		{asTicks, "0", "Never"},
		{asTicks, "9223372036854775807", "Never"},
		{asTicks, "134561952005000000", "2027-05-31T00:00:00.5Z"},
		{asTicks, "134561952000000001", "2027-05-31T00:00:00.0000001Z"},
		{asTicks, "-1", "Never"},
		{asTicks, "soon", "soon"},
		{asGeneralized, "20270531000000.0Z", "2027-05-31T00:00:00Z"},
		{asGeneralized, "16010101000000.0Z", "1601-01-01T00:00:00Z"},
		{asUTC, "270531000000Z", "2027-05-31T00:00:00Z"},
		{asUTC, "510531000000Z", "1951-05-31T00:00:00Z"},
		{asUTC, "490531000000Z", "2049-05-31T00:00:00Z"},
		{asUTC, "20770531000000.0Z", "2077-05-31T00:00:00Z"},
	} {
		if got := (syntax{form: test.form}).shown(test.raw); got != test.want {
			t.Errorf("%s is shown as %s, want %s", test.raw, got, test.want)
		}
	}
}

// What a person gives comes back as the same value, whatever the kind.
func TestStoredAndShown(t *testing.T) {
	moments := rapid.Custom(func(r *rapid.T) string {
		at := time.Unix(rapid.Int64Range(-600_000_000, 2_400_000_000).Draw(r, "seconds"), 0)
		return at.In(time.FixedZone("", 60*rapid.IntRange(-720, 720).Draw(r, "zone"))).Format(time.RFC3339)
	})
	moment := func(r *rapid.T) string { return moments.Draw(r, "moment") }
	exact := func(r *rapid.T) string {
		at := time.Unix(rapid.Int64Range(-11_644_473_600+1, 250_000_000_000).Draw(r, "seconds"), 100*rapid.Int64Range(0, 9_999_999).Draw(r, "ticks"))
		return at.UTC().Format(time.RFC3339Nano)
	}
	octets := func(shortest, longest int) func(*rapid.T) string {
		return func(r *rapid.T) string {
			return base64.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), shortest, longest).Draw(r, "bytes"))
		}
	}
	for name, test := range map[string]struct {
		syntax
		value func(*rapid.T) string
	}{
		"ticks":       {syntax{of: models.Timestamp, form: asTicks}, exact},
		"generalized": {syntax{of: models.UTCTime, form: asGeneralized}, moment},
		"UTC":         {syntax{of: models.UTCTime, form: asUTC}, moment},
		"bytes":       {syntax{of: models.OctetString, form: asBytes}, octets(1, 40)},
		"hours":       {syntax{of: models.LogonHours, form: asBytes}, octets(21, 21)},
		"number":      {syntax{of: models.Integer}, func(r *rapid.T) string { return strconv.Itoa(int(rapid.Int32().Draw(r, "n"))) }},
		"large":       {syntax{of: models.LargeInteger}, func(r *rapid.T) string { return strconv.FormatInt(rapid.Int64().Draw(r, "n"), 10) }},
		"text": {syntax{of: models.CaseIgnoreString}, func(r *rapid.T) string {
			return rapid.StringN(1, 20, -1).Filter(func(s string) bool { return !strings.Contains(s, "\x00") }).Draw(r, "text")
		}},
	} {
		t.Run(name, rapid.MakeCheck(func(r *rapid.T) {
			value := test.value(r)
			raw, err := test.stored(value)
			if err != nil {
				r.Fatalf("%q: %v", value, err)
			}
			if got := test.shown(raw); !models.SameValue(test.of, got, value) {
				r.Errorf("%q is stored as %q and shown as %q", value, raw, got)
			}
		}))
	}
}

// What denies the right is taken out again, and everything else stays.
func TestAllowingThePasswordChangeAgain(t *testing.T) {
	allow := plainACE(0, 0, rightControlAccess, everyoneSID())
	before := descriptorOf(controlSelfRelative|controlDACLPresent|0x1400, allow)
	denied, err := denyPasswordChange(before)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := allowPasswordChange(denied); err != nil || !bytes.Equal(after, before) {
		t.Errorf("%x, %v, want %x", after, err, before)
	}
	otherwise := descriptorOf(controlSelfRelative|controlDACLPresent, plainACE(aceDenied, 0, rightControlAccess, everyoneSID()))
	if _, err := allowPasswordChange(otherwise); err == nil {
		t.Error("it is still denied, and no error says so")
	}
}
