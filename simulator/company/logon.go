package company

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// written splits "山田|Yamada" into what is written and its Latin form.
func written(name string) (native, latin string) {
	native, latin, found := strings.Cut(name, "|")
	if !found {
		latin = native
	}
	return native, latin
}

var plainLetters = strings.NewReplacer("ß", "ss", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ı", "i", "æ", "ae",
	"þ", "th", "Þ", "Th", "ð", "d", "œ", "oe")

// plain leaves the small ASCII letters and digits of a Latin name: "Öztürk" gives
// "ozturk".
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(plainLetters.Replace(s)) {
		if r = unicode.ToLower(r); r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// logon makes a logon name that is free: initial and family name, at most 20
// characters, with a number where somebody has it already.
func (b *builder) logon(given, family string) string {
	root := plain(family)
	if initial := plain(given); initial != "" {
		root = initial[:1] + root
	}
	if len(root) > 16 {
		root = root[:16]
	}
	name := root
	for n := 2; b.logons[name]; n++ {
		name = root + strconv.Itoa(n)
	}
	b.logons[name] = true
	return name
}
