package directory

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// fold prepares a text for comparing as Samba does (measured): upper case rune
// by rune, spaces at the ends gone, runs of spaces as one. "straße" and
// "strasse" stay different, and so do é written as one rune and as two.
func fold(s string) string {
	s = strings.Trim(s, " ")
	if strings.Contains(s, "  ") {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
	}
	return strings.ToUpper(s)
}

// foldRDN is the key of an entry among its siblings.
func foldRDN(attribute, value string) string {
	return strings.ToUpper(attribute) + "=" + fold(value)
}

// escapeValue writes an RDN's value as Samba writes it (measured): it puts a
// backslash before "#" and "?" anywhere, more than RFC 4514 asks for, writes ;
// = CR LF as hex pairs, and leaves other control characters as they are.
func escapeValue(b *strings.Builder, v string) {
	for i := 0; i < len(v); i++ {
		switch c := v[i]; c {
		case ' ':
			if i == 0 || i == len(v)-1 {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		case ',', '+', '"', '\\', '<', '>', '#', '?':
			b.WriteByte('\\')
			b.WriteByte(c)
		case ';', '=', '\r', '\n', 0:
			fmt.Fprintf(b, `\%02X`, c)
		default:
			b.WriteByte(c)
		}
	}
}

// utf16Length counts as the schema's limits do: in UTF-16 code units.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// withinLength holds s to a limit in UTF-16 units; 0 is no limit.
func withinLength(s string, limit int) bool {
	if limit == 0 || len(s) <= limit {
		return true
	}
	return utf8.ValidString(s) && utf16Length(s) <= limit
}
