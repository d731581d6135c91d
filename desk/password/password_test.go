package password

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dirdesk/models"
)

func TestMake(t *testing.T) {
	made := map[string]bool{}
	for _, length := range []int{0, 7, 16, 24, 40} {
		policy := models.PasswordPolicy{Known: length > 0, MinLength: length, Complexity: true}
		for range 200 {
			s, err := Make(policy, "tango", "Amber Winter")
			if err != nil {
				t.Fatal(err)
			}
			text := s.Reveal()
			policy.Known = true
			if faults := Check(policy, s, "tango", "Amber Winter"); len(faults) > 0 {
				t.Errorf("%s: %q", text, faults)
			}
			if n := utf8.RuneCountInString(text); n < 16 || n > max(30, length+12) {
				t.Errorf("%s has %d characters", text, n)
			}
			if strings.ContainsAny(text, "lIO01|`'\"") {
				t.Errorf("%s has a character that looks like another", text)
			}
			if made[text] {
				t.Errorf("%s was made twice", text)
			}
			made[text] = true
		}
	}
}

func TestMadeWords(t *testing.T) {
	words := strings.Fields(madeWords)
	if len(words) < 300 {
		t.Errorf("%d words", len(words))
	}
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Error("not sorted, or one comes twice")
	}
	for _, w := range words {
		if strings.Trim(w, "abcdefghijkmnopqrstuvwxyz") != "" || len(w) < 4 || len(w) > 9 || w[0] == 'i' || w[0] == 'o' {
			t.Errorf("%q is no good word", w)
		}
	}
}

func TestMakeThatCannotBe(t *testing.T) {
	if _, err := Make(models.PasswordPolicy{Known: true, MinLength: 500}); err == nil {
		t.Error("made one of 500 characters")
	}
}

func TestPhonetic(t *testing.T) {
	got := strings.Join(Phonetic(models.NewSecret("aZ7-é ~Ü")), ", ")
	if want := "alfa, Zulu (capital), seven, hyphen, é, space, tilde, Ü (capital)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for r := rune(' '); r < 0x7f; r++ {
		if spelled := phoneticOf(r); utf8.RuneCountInString(spelled) < 3 {
			t.Errorf("%q is spelled %q", r, spelled)
		}
	}
}

func TestCheck(t *testing.T) {
	strict := models.PasswordPolicy{Known: true, MinLength: 8, Complexity: true}
	for _, c := range []struct {
		policy models.PasswordPolicy
		text   string
		want   []string
	}{
		{strict, "Correct-Horse", nil},
		{strict, "Ab1", []string{"too short"}},
		{strict, "abcdefgh", []string{"three of these"}},
		{strict, "short", []string{"too short", "three of these"}},
		{strict, "ünder-9Zeichen", nil},
		{strict, "日本語日本語-a9", nil},
		{strict, "XJDOE-2345", []string{"account's name"}},
		{strict, "my-Johnson-99", []string{"account's name"}},
		{strict, "al-Is-Fine-22", nil}, // two letters of the name do not count
		{strict, strings.Repeat("Ab1-", 32), []string{"more than 127"}},
		{models.PasswordPolicy{Known: true, MinLength: 3}, "abc", nil},
		{models.PasswordPolicy{}, "a", nil},
		{models.PasswordPolicy{}, "", []string{"empty"}},
	} {
		got := Check(c.policy, models.NewSecret(c.text), "jdoe", "Al Johnson")
		if len(got) != len(c.want) {
			t.Errorf("%.20q: %q, want %q", c.text, got, c.want)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i], c.want[i]) {
				t.Errorf("%.20q: %q, want %q", c.text, got[i], c.want[i])
			}
		}
	}
}
