package models

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dirdesk/models/moment"
)

func berlin(t testing.TB) moment.Clock {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return moment.Clock{Now: time.Date(2026, 11, 27, 14, 30, 0, 0, zone), Zone: zone}
}

func encoded(b ...byte) string { return base64.StdEncoding.EncodeToString(b) }

func TestParseValues(t *testing.T) {
	for _, c := range []struct {
		property   string
		of         PropertyType
		text, want string
	}{
		{"manager", DNString, " CN=Ann,DC=example ", "CN=Ann,DC=example"},
		{"info", CaseExactString, " a\nb ", " a\nb "},
		{"x", NumericString, "030 12", "030 12"},
		{"x", Boolean, "On", "TRUE"},
		{"x", Boolean, "0", "FALSE"},
		{"x", Integer, " +7 ", "7"},
		{"x", Integer, "0x200", "512"},
		{"x", Integer, "0x80000000", "-2147483648"},
		{"userAccountControl", Integer, "2147549186", "-2147418110"},
		{"x", LargeInteger, "-9223372036854775808", "-9223372036854775808"},
		{"x", LargeInteger, "0xffffffffffffffff", "-1"},
		{"x", OctetString, "AQ", "AQ=="},
		{"x", OctetString, "AQ ==\n", "AQ=="},
		{"whenSet", UTCTime, "2026-12-31", "2026-12-30T23:00:00Z"},
		{"whenSet", UTCTime, "31 Dec 2026 17:00", "2026-12-31T16:00:00Z"},
		{"accountExpires", Timestamp, "2026-12-31", "2026-12-31T23:00:00Z"},
		{"ACCOUNTEXPIRES", Timestamp, "in 30 days", "2026-12-27T23:00:00Z"},
		{"accountExpires", Timestamp, "yesterday", "2026-11-26T23:00:00Z"},
		{"accountExpires", Timestamp, "end of 2026-12-31", "2026-12-31T23:00:00Z"},
		{"accountExpires", Timestamp, "Never", NeverText},
		{"unheard", 0, "anything", "anything"},
		{"unheard", 77, "", ""},
	} {
		if got, wrong := c.of.Parse(c.property, c.text, berlin(t)); got != c.want || wrong != "" {
			t.Errorf("%s %q is %q (%s), want %q", c.property, c.text, got, wrong, c.want)
		}
	}
}

func TestParseValuesRefuses(t *testing.T) {
	for _, c := range []struct {
		of         PropertyType
		text, want string
	}{
		{DNString, "Ann", `"Ann" is no name of an object: write a DN`},
		{DNString, "", "write a DN"},
		{CaseIgnoreString, "", "to clear the property"},
		{CaseIgnoreString, "\xff", "not UTF-8"},
		{CaseExactString, "a\x00", "cannot be seen"},
		{PrintableString, "Jürgen", "signs of a plain keyboard only"},
		{NumericString, "030-12", "digits and spaces only"},
		{Boolean, "maybe", "write yes or no"},
		{Integer, "2147483648", "from -2147483648 to 2147483647"},
		{Integer, "0x100000000", "from -2147483648 to 2147483647"},
		{Integer, "1.5", "from -2147483648 to 2147483647"},
		{LargeInteger, "9223372036854775808", "at most 64 bits"},
		{OctetString, "%", "Base64"},
		{LogonHours, "AQ==", "21 bytes"},
		{UTCTime, "never", "cannot be never"},
		{UTCTime, "soon", `"soon" is not a date: write a date such as 2026-12-31`},
		{Timestamp, "soon", "or never"},
		{Timestamp, "9999-12-31", "write never"},
		{Timestamp, "9223372036854775807", "not a date"},
	} {
		if got, wrong := c.of.Parse("x", c.text, berlin(t)); got != "" || !strings.Contains(wrong, c.want) {
			t.Errorf("%s %q is %q (%q), want to hear %q", c.of.Name(), c.text, got, wrong, c.want)
		}
	}
}

func TestFormatValues(t *testing.T) {
	for _, c := range []struct {
		property    string
		of          PropertyType
		value, want string
	}{
		{"x", Boolean, "TRUE", "yes"},
		{"x", Boolean, "FALSE", "no"},
		{"x", Integer, "42", "42"},
		{"groupType", Integer, "-2147483640", "universal, security group"},
		{"groupType", Integer, "0", "no flags"},
		{"x", UTCTime, "2027-05-31T00:00:00Z", "2027-05-31 02:00 CEST"},
		{"whenSet", Timestamp, "2026-12-31T23:00:00Z", "2027-01-01 00:00 CET"},
		{"accountExpires", Timestamp, "2026-12-31T23:00:00Z", "end of 2026-12-31"},
		{"accountExpires", Timestamp, "2026-12-31T16:00:05Z", "2026-12-31 17:00:05 CET"},
		{"x", Timestamp, "Never", "never"},
		{"x", Timestamp, "not a time", "not a time"},
		{"x", OctetString, "", "no bytes"},
		{"x", OctetString, encoded(1), "1 byte: 01"},
		{"x", OctetString, encoded(1, 0xab), "2 bytes: 01 ab"},
		{"x", OctetString, encoded(make([]byte, 16)...), "16 bytes:" + strings.Repeat(" 00", 8) + " .."},
		{"x", OctetString, encoded(make([]byte, 45_600)...), "45600 bytes:" + strings.Repeat(" 00", 8) + " .."},
		{"x", OctetString, "%", "%"},
		{"x", LogonHours, encoded(slices.Repeat([]byte{0xff}, 21)...), "at any time"},
		{"x", LogonHours, encoded(make([]byte, 21)...), "at no time"},
		{"x", LogonHours, encoded(append(make([]byte, 20), 7)...), "3 of 168 hours"},
		{"x", CaseIgnoreString, "text", "text"},
	} {
		if got := c.of.Format(c.property, c.value, berlin(t).Zone); got != c.want {
			t.Errorf("%s %s %q: %q, want %q", c.property, c.of.Name(), c.value, got, c.want)
		}
	}
}

// Every type has a name by which it is found, words, a hint and a friend.
func TestEveryTypeIsWhole(t *testing.T) {
	types := PropertyTypes()
	if len(types) != 12 {
		t.Errorf("there are %d types", len(types))
	}
	names := map[string]bool{}
	for _, of := range types {
		found, ok := ParsePropertyType(strings.ToUpper(of.Name()))
		if !ok || found != of || names[of.Name()] || of.Label() == "" || of.Hint("x", berlin(t)) == "" || !of.Alike(of) || !of.Alike(0) {
			t.Errorf("%d, %s: found as %d; words %q, hint %q", of, of.Name(), found, of.Label(), of.Hint("x", berlin(t)))
		}
	}
	if LogonHours.Alike(CaseIgnoreString) || !UTCTime.Alike(Timestamp) || !DNString.Alike(PrintableString) {
		t.Error("the wrong types are written alike")
	}
}

// typed draws what people type, and what they do not.
func typed(t *rapid.T) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"", "x", "yes", "1", "-1", "0x200", "4294967295", "99999999999", "never", "2027-05-31", "2027-05-31 10:00", "+30", "AQ==", "AQ",
			"CN=x,DC=y", "Ж", "\x00", "\xff", strings.Repeat("A", 28), " 7 ",
		}),
		rapid.String(),
	).Draw(t, "text")
}

// What is typed and taken fits its type, stays itself when it is typed again, and
// is the same value as itself.
func TestTakenValuesFit(t *testing.T) {
	clock := berlin(t)
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.SampledFrom(PropertyTypes()).Draw(t, "type")
		value, wrong := of.Parse("x", typed(t), clock)
		if wrong != "" {
			return
		}
		if wrong := of.Check(value); wrong != "" {
			t.Fatalf("%q was taken: %s", value, wrong)
		}
		if again, wrong := of.Parse("x", value, clock); again != value || wrong != "" {
			t.Fatalf("%q becomes %q (%s)", value, again, wrong)
		}
		if !SameValue(of, value, value) || !SameValues(of, []string{value}, []string{value}) {
			t.Fatalf("%q is not the same as itself", value)
		}
	})
}

func FuzzParseValue(f *testing.F) {
	f.Add(uint8(Timestamp), "accountExpires", "in 30 days")
	f.Add(uint8(Integer), "userAccountControl", "0x200")
	f.Add(uint8(OctetString), "x", "AQ")
	f.Fuzz(func(t *testing.T, of uint8, property, text string) {
		clock := berlin(t)
		value, wrong := PropertyType(of).Parse(property, text, clock)
		if wrong != "" {
			return
		}
		if wrong := PropertyType(of).Check(value); wrong != "" {
			t.Fatalf("%q was taken: %s", value, wrong)
		}
		PropertyType(of).Format(property, value, clock.Zone)
	})
}
