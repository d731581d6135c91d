package terminaltext

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// toASCII spells text with printable ASCII: accents are dropped, letters with a
// customary spelling get it, and every other character becomes "?", a run of
// unprintable ones a single "?". Letters of other alphabets are not spelled out,
// nor are wide or ornate forms of ASCII letters: a false Administrator must not
// read like the real one.
func toASCII(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	marks := maxMarks // a mark needs a letter before it
	for _, r := range norm.NFD.String(replaceUnprintable(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if marks++; marks == maxMarks+1 {
				b.WriteByte('?')
			}
			continue
		case r >= ' ' && r <= '~':
			b.WriteRune(r)
		default:
			b.WriteString(spelling(r))
		}
		marks = 0
	}
	return b.String()
}

// spelling gives the customary ASCII spelling of one character, or "?".
func spelling(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ẞ':
		return "SS"
	case 'æ':
		return "ae"
	case 'Æ':
		return "AE"
	case 'œ':
		return "oe"
	case 'Œ':
		return "OE"
	case 'ø':
		return "o"
	case 'Ø':
		return "O"
	case 'ł':
		return "l"
	case 'Ł':
		return "L"
	case 'đ', 'ð':
		return "d"
	case 'Đ', 'Ð':
		return "D"
	case 'þ':
		return "th"
	case 'Þ':
		return "Th"
	case 'ı':
		return "i"
	case '‘', '’', '‚', '′':
		return "'"
	case '“', '”', '„', '«', '»', '″':
		return `"`
	case '–', '—', '‐', '−', '‑':
		return "-"
	case '·', '•':
		return "*"
	default:
		return "?"
	}
}
