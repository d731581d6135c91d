package terminaltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	for _, r := range norm.NFD.String(Sanitizer{}.replaceUnprintable(text)) {
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
	case '›':
		return ">"
	case '·', '•':
		return "*"
	default:
		return "?"
	}
}

// blank are characters that show nothing, or far more than their cells, or
// draw the next character into themselves, though Unicode calls them letters,
// marks or symbols.
var blank = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034F, Hi: 0x034F, Stride: 1}, // combining grapheme joiner
		{Lo: 0x0D4E, Hi: 0x0D4E, Stride: 1}, // prepended to what follows
		{Lo: 0x115F, Hi: 0x1160, Stride: 1}, // Hangul fillers
		{Lo: 0x17B4, Hi: 0x17B5, Stride: 1}, // Khmer inherent vowels
		{Lo: 0x180B, Hi: 0x180F, Stride: 1}, // Mongolian variation selectors
		{Lo: 0x2800, Hi: 0x2800, Stride: 1}, // blank Braille pattern
		{Lo: 0x3164, Hi: 0x3164, Stride: 1}, // Hangul filler
		{Lo: 0xFDFD, Hi: 0xFDFD, Stride: 1}, // a whole sentence in one cell
		{Lo: 0xFE00, Hi: 0xFE0F, Stride: 1}, // variation selectors
		{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1}, // Hangul filler
	},
	R32: []unicode.Range32{
		{Lo: 0x111C2, Hi: 0x111C3, Stride: 1}, // prepended to what follows
		{Lo: 0x113D1, Hi: 0x113D1, Stride: 1},
		{Lo: 0x1193F, Hi: 0x1193F, Stride: 1},
		{Lo: 0x11941, Hi: 0x11941, Stride: 1},
		{Lo: 0x11A3A, Hi: 0x11A3A, Stride: 1},
		{Lo: 0x11A84, Hi: 0x11A89, Stride: 1},
		{Lo: 0x11D46, Hi: 0x11D46, Stride: 1},
		{Lo: 0x11F02, Hi: 0x11F02, Stride: 1},
		{Lo: 0x16FE4, Hi: 0x16FE4, Stride: 1}, // Khitan filler
		{Lo: 0x1D159, Hi: 0x1D159, Stride: 1}, // null note head
		{Lo: 0xE0100, Hi: 0xE01EF, Stride: 1}, // variation selectors
	},
}

// isPrintable reports whether a terminal shows r and does nothing else. Not
// printable: controls, format characters (bidirectional controls, joiners,
// zero-width and soft characters, tags), line and paragraph separators, private
// and unassigned code points, enclosing marks, and spaces that look like the
// ordinary one without being it. The wide space of Chinese and Japanese names
// stays.
func isPrintable(r rune) bool {
	switch {
	case r < 0x7F:
		return r >= ' '
	case r == 0x3000:
		return true
	case unicode.Is(blank, r):
		return false
	}
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.N, unicode.P, unicode.S)
}

// The joiners, and the selector that makes a picture of a sign.
const (
	nonJoiner = '\u200C'
	joiner    = '\u200D'
	asPicture = '\uFE0F'
)

func isJoiner(r rune) bool { return r == nonJoiner || r == joiner || r == asPicture }

// joins reports whether r, at the start of rest and behind another character, is a
// joiner that belongs there: between two letters of a script that is written with them,
// or in a picture of several parts. Elsewhere it hides a difference of two names.
func (s Sanitizer) joins(before, r rune, rest string) bool {
	if !isJoiner(r) || !s.Clusters && !s.Unmeasured {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[utf8.RuneLen(r):])
	switch {
	case r == asPicture:
		return isPicture(before)
	case isJoined(before) && isJoined(after):
		return true
	}
	return r == joiner && (isPicture(before) || before == asPicture) && isPicture(after)
}

// isPicture tells the signs that pictures are put together of.
func isPicture(r rune) bool { return r >= 0x2190 && unicode.In(r, unicode.So, unicode.Sk, unicode.Sm) }

// isJoined tells letters and marks of scripts that are written with joiners.
func isJoined(r rune) bool {
	if unicode.Is(unicode.Inherited, r) { // marks of every script, and joiners: only Arabic vowel signs are written here
		return r >= 0x064B && r <= 0x0670
	}
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko) && unicode.In(r, unicode.L, unicode.M) ||
		isIndic(string(r))
}

// isMeasuredWhole reports whether a terminal that measures clusters gives the text, one
// cluster, the width that the renderer counts: Indian scripts, and what joiners hold
// together.
func isMeasuredWhole(text string) bool {
	whole := true
	for _, r := range text {
		whole = whole && (isJoined(r) || isPicture(r) || isJoiner(r))
	}
	return whole
}

// isIndic reports whether text is made of letters and marks of the scripts whose
// clusters hold several letters, so that nothing but those is measured by the
// cluster.
func isIndic(text string) bool {
	for _, r := range text {
		if !unicode.In(r, unicode.Bengali, unicode.Devanagari, unicode.Gujarati, unicode.Gurmukhi,
			unicode.Kannada, unicode.Khmer, unicode.Malayalam, unicode.Myanmar, unicode.Oriya,
			unicode.Sinhala, unicode.Tamil, unicode.Telugu, unicode.Inherited) {
			return false
		}
	}
	return true
}
