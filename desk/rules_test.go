package desk

import (
	"strings"
	"testing"

	"dirdesk/models"
)

func TestCheckLogonName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"jdoe", ""},
		{"j.doe", ""},
		{"jürgen", ""},
		{"o'brien", ""},
		{"12345", ""},
		{strings.Repeat("ö", 20), ""},
		{strings.Repeat("ö", 21), "21 characters; at most 20"},
		{"", "missing"},
		{"  ", "missing"},
		{"jdoe.", "end in a dot"},
		{" jdoe", "space"},
		{"j\tdoe", "cannot be seen"},
	} {
		got := CheckLogonName(c.name)
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	for _, r := range `"/\[]:;|=,+*?<>@` {
		if got := CheckLogonName("a" + string(r) + "b"); !strings.HasPrefix(got, string(r)+" is not allowed") {
			t.Errorf("%c: %q", r, got)
		}
		if got := CheckGroupName("a" + string(r) + "b"); got == "" {
			t.Errorf("%c in a group's name is fine", r)
		}
	}
}

func TestCheckName(t *testing.T) {
	for name, want := range map[string]string{
		"John Doe": "", "Doe, John": "", `a\b"c`: "", strings.Repeat("ä", 64): "",
		strings.Repeat("ä", 65): "at most 64", "": "missing", "x ": "space", "a\nb": "cannot be seen",
	} {
		if got := CheckName(name); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestCheckField(t *testing.T) {
	for _, c := range []struct {
		field models.Field
		value string
		want  string
	}{
		{models.FieldInitials, "ABCDEF", ""},
		{models.FieldInitials, "ABCDEFG", "at most 6"},
		{models.FieldGivenName, strings.Repeat("x", 65), "at most 64"},
		{models.FieldDescription, "two\nlines", ""},
		{models.FieldDescription, "a\x00b", "cannot be seen"},
		{models.FieldDescription, "\xff", "UTF-8"},
		{models.FieldTelephone, "   ", "nothing but spaces"},
		{models.FieldTelephone, "", ""},
		{models.FieldMail, "a@b", ""},
		{models.FieldMail, "a", "name@domain"},
		{models.FieldMail, "a@b@c", "name@domain"},
		{models.FieldWebPage, strings.Repeat("x", 2049), "at most 2048"},
	} {
		if got := CheckField(c.field, c.value); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s %.20q: %q, want %q", c.field, c.value, got, c.want)
		}
	}
}

func TestDeriveLogonName(t *testing.T) {
	for _, c := range []struct{ first, last, want string }{
		{"John", "Doe", "jdoe"},
		{"Zoë", "O'Brien-Smith", "zobriensmith"},
		{"Örjan", "Åström", "oastrom"},
		{"Søren", "Weiß", "sweiss"},
		{"", "Doe", "doe"},
		{"Ann", "", "ann"},
		{"Ann", strings.Repeat("long", 8), "alonglonglonglonglon"},
		{"山田", "太郎", ""},
		{"", "", ""},
	} {
		got := DeriveLogonName(c.first, c.last)
		if got != c.want {
			t.Errorf("%s %s: %q, want %q", c.first, c.last, got, c.want)
		}
		if got != "" && CheckLogonName(got) != "" {
			t.Errorf("%q is against the rules: %s", got, CheckLogonName(got))
		}
	}
}
