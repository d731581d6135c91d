package password

import (
	"math"
	"regexp"
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

// What has to be guessed: what is drawn, not what is fixed.
func TestMadeOnesAreWorth60Bits(t *testing.T) {
	syllable := math.Log2(float64(len(madeConsonants) * len(madeVowels)))
	bits := 3*madeGroups*syllable + 2*math.Log2(float64(len(madeDigits))) + math.Log2(float64(len(madeSymbols)))
	if bits < 60 {
		t.Errorf("%.1f bits", bits)
	}
	like := regexp.MustCompile(`^([A-Z][aeou]([a-z][aeou]){2}[-+=.#]){3}[2-9]{2}$`)
	if text, err := drawPassword(0); err != nil || len(text) > 24 || !like.MatchString(text) {
		t.Errorf("%q, %v", text, err)
	}
	for _, drawn := range []string{madeConsonants, madeVowels, madeDigits, madeSymbols} {
		for _, r := range drawn {
			if strings.Count(drawn, string(r)) > 1 {
				t.Errorf("%q comes twice", r)
			}
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
