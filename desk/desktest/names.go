package desktest

import "strings"

// hardNames are names that a directory accepts and that programs stumble over:
// what RFC 4514 escapes, what terminals obey, what has no obvious width.
func hardNames() []string {
	return []string{
		"Comma, Inc.",
		"Plus+Minus",
		`The "Quoted"`,
		`Back\slash`,
		"#hash",
		"not#first",
		"semi;colon",
		"equals=sign",
		"<angle>",
		" leading space",
		"trailing space ",
		`, + " \ # ; = < > all`,
		"slash/and*star?(brackets)[square]{curly}",
		"percent %41 &amp; $HOME `id` 'single'",
		"Иван Петров",
		"王小明",
		"محمد علي",
		"דוד לוי",
		"Zoë Ångström-Łuczak",
		"e\u0301 and a\u030a combining",
		"z\u0335\u0321\u0322\u0327\u0328a\u0334\u0335\u0336l\u0337g\u0338o",
		"fox 🦊 family 👩‍👩‍👧 flag 🇸🇪",
		"over\u202eride\u202c",
		"zero\u200bwidth\u200djoined\ufeffmark",
		"\x1b[31mred\x1b[0m\x1b]0;owned\x07",
		"csi \u009b31m bell \x07 back\x08space",
		"two\nlines\tand\ra return",
		strings.Repeat("x", 64),
		strings.Repeat("ж", 64),
		strings.Repeat("界", 64),
	}
}
