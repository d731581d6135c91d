package english_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dirdesk/internal/english"
)

func TestOwnTextGetsACapital(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"it is so":           "It is so",
		"DSM cannot do that": "DSM cannot do that",
		"élan":               "Élan",
		"žluť":               "Žluť",
		"иван":               "Иван",
		"ǆep":                "ǅep",
		"ßen":                "ßen",
		"ია":                 "ია", // Georgian has no capital at the start of a sentence
		"עברית":              "עברית",
		"한글":                 "한글",
		"\u0345x":            "\u0345x", // a combining mark whose upper case is a letter
		"\u0301a":            "\u0301a",
		"\"a\" is no number": "\"a\" is no number",
		"2 objects":          "2 objects",
		"\xff broken":        "\xff broken",
	} {
		if got := english.Own(text).Capital(); got != want {
			t.Errorf("%q begins a sentence as %q, want %q", text, got, want)
		}
		if got := english.Own(text).String(); got != text {
			t.Errorf("%q stands in a sentence as %q", text, got)
		}
	}
}

func TestAValueIsNeverRecased(t *testing.T) {
	for _, name := range []string{"von Berg", "иван", "élan", "mAX", "\u0345x", "\xff"} {
		p := english.Naming(name, " is in it already")
		if want := name + " is in it already"; p.Capital() != want || p.String() != want || p.Sentence() != want+"." {
			t.Errorf("%q became %q, %q and %q", name, p.Capital(), p.String(), p.Sentence())
		}
	}
}

func TestSentencesEndOnce(t *testing.T) {
	for text, want := range map[string]string{
		" it is so ": "It is so.", "it is so.": "It is so.", "is it?": "Is it?", "stop!": "Stop!", "": "", " ": "",
	} {
		if got := english.Own(text).Sentence(); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestProgramsGetThePhrase(t *testing.T) {
	got, err := json.Marshal([]english.Phrase{english.Own("it is so"), english.Naming("é", " is in it")})
	if want := `["it is so","é is in it"]`; err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}

func TestCounts(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 999: "999", 1000: "1,000", 99999: "99,999", 1234567: "1,234,567", -1000: "-1,000", -999: "-999",
	} {
		if got := english.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	for _, c := range []struct {
		n           int
		thing, want string
	}{
		{0, "object", "0 objects"},
		{1, "object", "1 object"},
		{12, "object", "12 objects"},
		{1234, "property", "1,234 properties"},
		{1, "property", "1 property"},
		{2, "day", "2 days"},
	} {
		if got := english.Count(c.n, c.thing); got != c.want {
			t.Errorf("Count(%d, %q) = %q, want %q", c.n, c.thing, got, c.want)
		}
	}
	for n, want := range map[int]string{0: "0 bytes", 1: "1 byte", 9999: "9,999 bytes", 10_000: "10 kB", 1_234_567: "1,235 kB"} {
		if got := english.Size(n); got != want {
			t.Errorf("Size(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	for _, c := range []struct{ things, want string }{
		{"", ""}, {"a", "a"}, {"a b", "a and b"}, {"a b c", "a, b and c"},
	} {
		if got := english.And(strings.Fields(c.things)...); got != c.want {
			t.Errorf("%s became %q, want %q", c.things, got, c.want)
		}
	}
}

func TestLongValuesAreShortened(t *testing.T) {
	long := strings.Repeat("é", 61)
	for value, want := range map[string]string{
		"": "empty", "ab": "ab", long[2:]: long[2:], long: long[4:] + "…",
	} {
		if got := english.Quoted(value); got != want {
			t.Errorf("%q became %q, want %q", value, got, want)
		}
	}
}
