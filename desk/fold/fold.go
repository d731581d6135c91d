// Package fold brings texts into the form in which they are compared when a person
// looks for them: neither case nor accents count.
package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Append appends text as it is compared: in lower case, without accents,
// with the letters that have no plain form below them written as people type
// them.
func Append(buf []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			return appendRunes(buf, text[i:])
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		buf = append(buf, c)
	}
	return buf
}

func appendRunes(buf []byte, text string) []byte {
	var scratch [128]byte
	for _, r := range string(norm.NFKD.AppendString(scratch[:0], text)) {
		switch r {
		case 'ß', 'ẞ':
			buf = append(buf, "ss"...)
		case 'ø', 'Ø':
			buf = append(buf, 'o')
		case 'ł', 'Ł':
			buf = append(buf, 'l')
		case 'đ', 'Đ', 'ð', 'Ð':
			buf = append(buf, 'd')
		case 'æ', 'Æ':
			buf = append(buf, "ae"...)
		case 'œ', 'Œ':
			buf = append(buf, "oe"...)
		case 'þ', 'Þ':
			buf = append(buf, "th"...)
		case 'ı':
			buf = append(buf, 'i')
		default:
			if !unicode.Is(unicode.Mn, r) {
				buf = utf8.AppendRune(buf, unicode.ToLower(r))
			}
		}
	}
	return buf
}
