package company_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
	"dirdesk/simulator/company"
)

// There is somebody for every fault that a name can lay bare.
func TestOddNamesAreAllThere(t *testing.T) {
	d, s := filled(t, company.Options{Seed: 1})
	var names []string
	longest, enabled := 0, 0
	each(t, d, s.OddDN, 1, func(o models.Object, _ int) {
		names = append(names, o.Name)
		if o.Disabled == models.No {
			enabled++
		}
		longest = max(longest, len([]rune(o.Name)))
		if again, err := d.Get(o.DN); err != nil || again.Name != o.Name {
			t.Errorf("%q cannot be read by its DN %q: %v", o.Name, o.DN, err)
		}
		if parsed, err := models.ParseDN(string(o.DN)); err != nil || parsed.RDN().Value != o.Name {
			t.Errorf("DN %q reads as %q, %v; want %q", o.DN, parsed.RDN().Value, err, o.Name)
		}
	})
	all := strings.Join(names, "\n")
	for what, part := range map[string]string{
		"comma": ",", "plus": "+", "quotation mark": `"`, "backslash": `\`, "number sign": "#", "semicolon": ";", "equals sign": "=",
		"Cyrillic": "Иван", "CJK": "山田", "Hangul": "김", "decomposed Hangul": "\u1100", "Arabic": "محمد", "Hebrew": "דוד",
		"Devanagari": "अनीता", "Thai": "สมชาย", "emoji": "🎉", "zero-width joiner": "\u200d", "flag": "\U0001F1E6\U0001F1F9",
		"combining mark": "e\u0308", "terminal escape": "\x1b[31m", "window title": "\x1b]0;", "clipboard": "\x1b]52;", "C1 control": "\u009b",
		"bidi override": "\u202e", "bidi isolate": "\u2066", "newline": "Line one\nLine two", "carriage return": "\r", "tab": "\t",
		"zero-width space": "\u200b", "byte order mark": "\ufeff", "DEL": "\x7f", "formula": "=HYPERLINK(", "digits": "12345678",
	} {
		if !strings.Contains(all, part) {
			t.Errorf("no name with a %s", what)
		}
	}
	if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, " ") && !strings.HasSuffix(n, " ") }) ||
		!slices.ContainsFunc(names, func(n string) bool { return !strings.HasPrefix(n, " ") && strings.HasSuffix(n, " ") }) {
		t.Error("no name with a leading, or none with a trailing space")
	}
	if enabled*10 < len(names)*8 {
		t.Errorf("only %d of %d are enabled: the names should be odd, not the states", enabled, len(names))
	}
	if longest != 64 {
		t.Errorf("the longest name has %d characters, want AD's 64", longest)
	}
}

// Some of the odd things are met on an ordinary walk too.
func TestTheStaffIsInternational(t *testing.T) {
	d, _ := filled(t, company.Options{Seed: 1})
	var all strings.Builder
	each(t, d, models.DN("OU=Staff,")+d.BaseDN(), 1, func(o models.Object, _ int) { io.WriteString(&all, o.Name+"\n"+o.Description+"\n") })
	for _, part := range []string{", ", `"`, "'", "ß", "Ø", "Ş", "Ł", "山田", "김", "Петров", "Παπα", "כהן", "حداد", ". ", "parental leave"} {
		if !strings.Contains(all.String(), part) {
			t.Errorf("nobody with %q", part)
		}
	}
}
