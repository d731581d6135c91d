package property_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dirdesk/models"
)

// entering opens an editor on one property of a type that is not set, and types
// a text into it.
func entering(t *testing.T, name string, kind models.PropertyType, text string, adjust ...func(*rig)) *rig {
	t.Helper()
	r := start(t, append([]func(*rig){func(r *rig) {
		r.dir.sheet.Properties = []models.Property{{Name: name, Type: kind, Multi: models.No}}
	}}, adjust...)...)
	r.Press("enter")
	r.Type(text)
	return r
}

func TestWhatIsTypedIsSentInTheFormOfItsType(t *testing.T) {
	for _, c := range []struct {
		kind        models.PropertyType
		text, value string // no value: refused
		wrong       string
	}{
		{models.CaseIgnoreString, "Größe ß", "Größe ß", ""},
		{models.CaseExactString, "Ab", "Ab", ""},
		{models.PrintableString, "A-1 (b)", "A-1 (b)", ""},
		{models.PrintableString, "Größe", "", "signs of a plain keyboard only"},
		{models.NumericString, "0049 30", "0049 30", ""},
		{models.NumericString, "+49", "", "digits and spaces only"},
		{models.Integer, "007", "7", ""},
		{models.Integer, "-2147483648", "-2147483648", ""},
		{models.Integer, "2147483647", "2147483647", ""},
		{models.Integer, "2147483648", "", "write a number from -2147483648 to 2147483647"},
		{models.Integer, "-2147483649", "", "write a number from -2147483648 to 2147483647"},
		{models.Integer, "99999999999999999999999", "", "write a number from -2147483648 to 2147483647"},
		{models.Integer, "12a", "", "is no number: write a number"},
		{models.Integer, "1.5", "", "is no number: write a number"},
		{models.LargeInteger, "9223372036854775807", "9223372036854775807", ""},
		{models.LargeInteger, "9223372036854775808", "", "at most 64 bits"},
		{models.LargeInteger, "-", "", "is no large number"},
		{models.OctetString, "AQI=", "AQI=", ""},
		{models.OctetString, " AQ I ", "AQI=", ""},
		{models.OctetString, "AQI=!", "", "hese are no bytes in Base64."},
		{models.UTCTime, "2026-12-31", "2026-12-30T23:00:00Z", ""},
		{models.UTCTime, "never", "", "This time cannot be never"},
	} {
		r := entering(t, "thing", c.kind, c.text)
		if c.wrong != "" {
			r.shows(c.wrong) // while it is typed
			r.Press("enter")
			r.shows(c.wrong, "correct it, or Esc goes back")
			r.once(c.wrong)
			r.hides("changed,")
			continue
		}
		r.Press("enter")
		if got := r.only(); !slices.Equal(got.Values, []string{c.value}) || got.Type != c.kind || len(got.Before) != 0 || !got.BeforeKnown {
			t.Errorf("%s %q gives %+v, want %q", c.kind.Name(), c.text, got, c.value)
		}
	}
}

func TestTimesAsPeopleSayThem(t *testing.T) {
	for text, want := range map[string]string{
		"never":                "Never",
		"Never":                "Never",
		"now":                  "2026-11-21T12:00:00Z",
		"today":                "2026-11-20T23:00:00Z",
		"tomorrow":             "2026-11-21T23:00:00Z",
		"+30":                  "2026-12-20T23:00:00Z",
		"+30d":                 "2026-12-20T23:00:00Z",
		"in 30 days":           "2026-12-20T23:00:00Z",
		"in  1  Day":           "2026-11-21T23:00:00Z",
		"in 2 weeks":           "2026-12-04T23:00:00Z",
		"in 3 months":          "2027-02-20T23:00:00Z",
		"in 1 year":            "2027-11-20T23:00:00Z",
		"in 5 hours":           "2026-11-21T17:00:00Z",
		"2026-12-31":           "2026-12-30T23:00:00Z",
		"31.12.2026":           "2026-12-30T23:00:00Z",
		"2026-12-31 17:30":     "2026-12-31T16:30:00Z",
		"1.2.2027 08:00:05":    "2027-02-01T07:00:05Z",
		"2026-12-31T17:30:00Z": "2026-12-31T17:30:00Z",
		"2026-13-01":           "",
		"soon":                 "",
		"+":                    "",
		"in 30 fortnights":     "",
		"+99999999999":         "",
		"in -3 days":           "",
		"1500-01-01":           "",
		"9999-12-31":           "",
	} {
		r := entering(t, "someTime", models.Timestamp, text)
		r.Press("enter")
		if want == "" {
			r.once("2026-12-31, 31.12.2026")
			r.hides("changed,")
			continue
		}
		if got := r.only(); !slices.Equal(got.Values, []string{want}) {
			t.Errorf("%q gives %v, want %q", text, got.Values, want)
		}
	}
}

// Of an account people name the last day: it ends at the midnight after.
func TestAccountsEndAtTheEndOfTheDay(t *testing.T) {
	r := entering(t, "accountExpires", models.Timestamp, "2026-12-31")
	r.shows("At the end of Thursday 31 December 2026, in 40 days. Sent as 2026-12-31T23:00:00Z.")
	r.Press("enter")
	r.shows("end of 2026-12-31")
	if got := r.only(); got.Values[0] != "2026-12-31T23:00:00Z" {
		t.Errorf("sent %v", got.Values)
	}
	r = entering(t, "accountExpires", models.Timestamp, "2026-11-01")
	r.shows("which is past")
}

// A time is kept as exactly as it is while nobody types another.
func TestTimesThatAreNotTouchedStayExact(t *testing.T) {
	r := start(t, func(r *rig) {
		r.dir.sheet.Properties = []models.Property{
			{Name: "someTime", Type: models.Timestamp, Multi: models.No, Values: []string{"2026-01-05T07:30:00.1234567Z"}},
		}
	})
	r.Press("enter")
	r.shows("2026-01-05 08:30 CET", "Sent as 2026-01-05T07:30:00.1234567Z")
	r.Press("enter", "ctrl+s")
	r.shows("Nothing has been changed.")
}

func TestTextOfSeveralLines(t *testing.T) {
	r := start(t)
	r.at("info")
	r.Press("enter", "up", "home")
	r.Type("1. ")
	r.Press("end", "enter")
	r.Type("New.")
	r.Press("down", "end", "backspace", "ctrl+s")
	if got, want := r.only().Values[0], "1. Ring first.\r\nNew.\r\nOnly mornings"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	r = start(t)
	r.at("info")
	r.Press("enter", "ctrl+s", "ctrl+s")
	r.shows("Nothing has been changed.")
	r.Press("enter", "home", "backspace", "left", "left", "ctrl+k", "right", "left", "ctrl+u", "ctrl+s")
	if got, want := r.only().Values[0], "s"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// Text that is only looked at stays as it is, byte for byte.
func TestOddTextStaysWhileItIsNotTouched(t *testing.T) {
	for _, text := range []string{"a\r\nb\nc", "a\rb", "a\tb\x01", "bad \xff utf\n8", "end\n"} {
		r := start(t, func(r *rig) {
			r.dir.sheet.Properties = []models.Property{{Name: "info", Type: models.CaseIgnoreString, Multi: models.No, Values: []string{text}}}
		})
		r.Press("enter", "ctrl+s", "ctrl+s")
		r.shows("Nothing has been changed.")
	}
}

func TestALineCanBecomeSeveral(t *testing.T) {
	r := entering(t, "info", models.CaseIgnoreString, "one")
	r.Press("ctrl+j")
	r.Type("two")
	r.Press("ctrl+s")
	if got := r.only().Values[0]; got != "one\ntwo" {
		t.Errorf("sent %q", got)
	}
}

func TestYesNoOrNotSet(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want []string
	}{{[]string{"n"}, []string{"FALSE"}}, {[]string{"-"}, nil}, {[]string{"down"}, []string{"FALSE"}}, {[]string{"up"}, nil}} {
		r := start(t)
		r.at("msNPAllowDialin")
		r.Press("enter")
		r.Press(c.keys...)
		r.Press("enter")
		if got := r.only(); !slices.Equal(got.Values, c.want) {
			t.Errorf("%v gives %v", c.keys, got.Values)
		}
	}
	r := start(t)
	r.at("msNPAllowDialin")
	r.Press("enter", "n", "y", "enter")
	r.hides("changed,")
}

func TestBytesOutOfAFile(t *testing.T) {
	data := bytes.Repeat([]byte{1, 2, 3, 4, 5}, 1000)
	path := filepath.Join(t.TempDir(), "cert.bin")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t)
	r.at("userSMIMECertificate")
	r.Press("enter", "tab")
	r.Type(path + "x")
	r.Press("enter")
	r.shows("There is no such file.")
	r.Press("backspace", "enter")
	r.shows("5000 bytes: 01 02 03 04 05 01 02 03 ..", "cert.bin")
	r.Press("enter")
	if got := r.only(); !slices.Equal(got.Values, []string{base64.StdEncoding.EncodeToString(data)}) {
		t.Errorf("sent %d characters", len(got.Values[0]))
	}
	for _, bad := range []struct{ path, wrong string }{
		{t.TempDir(), "This is a folder."}, {os.DevNull, "This is no ordinary file."}, {"", ""},
	} {
		r := start(t)
		r.at("userSMIMECertificate")
		r.Press("enter", "tab")
		r.Type(bad.path)
		r.Press("enter")
		if bad.wrong != "" {
			r.shows(bad.wrong)
		}
		r.hides("changed,")
	}
}

// What is typed while a file is read is not overtaken by the file.
func TestAFileThatComesLateIsDropped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t)
	r.at("userSMIMECertificate")
	r.Press("enter", "tab")
	r.Type(path)
	r.Hold = true
	r.Press("enter")
	r.shows("Reading the file")
	r.Press("tab")
	r.Type("AQI=")
	r.Release()
	r.shows("2 bytes: 01 02")
	r.Press("enter")
	if got := r.only(); !slices.Equal(got.Values, []string{"AQI="}) {
		t.Errorf("sent %v", got.Values)
	}
}

// Large present bytes stay, and are not laid out in a line to type into.
func TestLargeBytesStayUntilOthersAreGiven(t *testing.T) {
	large := base64.StdEncoding.EncodeToString(make([]byte, 90_000))
	r := start(t, func(r *rig) {
		r.dir.sheet.Properties = []models.Property{{Name: "jpegPhoto", Type: models.OctetString, Multi: models.No, Values: []string{large}}}
	})
	r.shows("90000 bytes: 00 00")
	r.Press("enter")
	r.shows("90000 bytes")
	r.Press("enter")
	r.hides("changed,")
	r.Press("enter")
	r.Type("AQI=")
	r.Press("enter")
	if got := r.only(); !slices.Equal(got.Values, []string{"AQI="}) || got.Before[0] != large {
		t.Errorf("sent %v", got.Values)
	}
}

func TestTimesAreShownInThePersonsZone(t *testing.T) {
	r := start(t, func(r *rig) { r.zone = time.FixedZone("IST", 5*3600+1800) })
	r.at("whenCreated")
	r.shows("2020-07-14 21:57:49 IST")
}
