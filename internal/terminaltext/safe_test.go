package terminaltext

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestSafe(t *testing.T) {
	for _, c := range []struct{ what, in, want, ascii string }{
		{"plain", `Doe, John \ "x"`, `Doe, John \ "x"`, `Doe, John \ "x"`},
		{"empty", "", "", ""},
		{"colour sequence", "a\x1b[31mb", "a\uFFFD[31mb", "a?[31mb"},
		{"window title", "a\x1b]0;owned\x07b", "a\uFFFD]0;owned\uFFFDb", "a?]0;owned?b"},
		{"C1 control", "a\u009b31mb", "a\uFFFD31mb", "a?31mb"},
		{"C1 control as a raw byte", "a\x9b31mb", "a\uFFFD31mb", "a?31mb"},
		{"delete", "a\x7fb", "a\uFFFDb", "a?b"},
		{"new lines", "one\r\ntwo\u2028three\u2029four", "one\uFFFDtwo\uFFFDthree\uFFFDfour", "one?two?three?four"},
		{"tab", "a\tb", "a\uFFFDb", "a?b"},
		{"right-to-left override", "exe.\u202Egpj", "exe.\uFFFDgpj", "exe.?gpj"},
		{"isolate and mark", "a\u2067b\u2069\u200F", "a\uFFFDb\uFFFD", "a?b?"},
		{"zero width", "ad\u200Bmin\uFEFF", "ad\uFFFDmin\uFFFD", "ad?min?"},
		{"soft hyphen", "ad\u00ADmin", "ad\uFFFDmin", "ad?min"},
		{"tag characters", "a\U000E0061\U000E0062", "a\uFFFD", "a?"},
		{"no-break space", "a\u00A0b", "a\uFFFDb", "a?b"},
		{"invisible letter", "a\u3164b", "a\uFFFDb", "a?b"},
		{"private use", "a\uE0B0b", "a\uFFFDb", "a?b"},
		{"unassigned", "a\u0378b", "a\uFFFDb", "a?b"},
		{"broken UTF-8", "a\xff\xfe\xc3b", "a\uFFFDb", "a?b"},
		{"surrogate", "a\xed\xa0\x80b", "a\uFFFDb", "a?b"},
		{"Latin", "Łukasz Großmann-Ørsted", "Łukasz Großmann-Ørsted", "Lukasz Grossmann-Orsted"},
		{"combining accent", "Ame\u0301lie", "Ame\u0301lie", "Amelie"},
		{"marks without end", "e\u0301\u0302\u0303\u0304\u0305\u0306", "e\u0301\u0302\uFFFD", "e?"},
		{"mark without a letter", "\u0301a", "\uFFFDa", "?a"},
		{"Cyrillic", "Иванов", "Иванов", "??????"},
		{"Japanese", "山田　太郎", "山田　太郎", "?????"},
		{"half-width voiced kana", "ｶﾞ", "ガ", "??"},
		{"Korean from a Mac", "\u1112\u1161\u11ab", "한", "???"},
		{"Hebrew", "דָּוִד", "דָּוִד", "???"},
		{"Thai with am", "คำ", "ค\u0e4dา", "??"},
		{"false Latin", "\u0410dmin \uff21dmin", "\u0410dmin \uff21dmin", "?dmin ?dmin"},
		{"false Latin under marks", "\uff21\u0301\u0302\u0303", "\uff21\u0301\u0302\uFFFD", "??"},
		{"emoji", "ok 👍", "ok 👍", "ok ?"},
		{"flag", "🇩🇪", "🇩🇪", "??"},
		{"half a flag", "🇩x", "\uFFFDx", "?x"},
		{"emoji joined", "👨\u200d👩", "👨\uFFFD👩", "???"},
		{"emoji variation", "❤\uFE0F", "❤\uFFFD", "??"},
		{"skin tone", "👍🏽", "👍\uFFFD", "??"},
		{"keycap", "1\uFE0F\u20E3", "1\uFFFD", "1?"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := Safe(c.in); got != c.want {
				t.Errorf("Safe(%q) = %+q, want %+q", c.in, got, c.want)
			}
			if got := SafeASCII(c.in); got != c.ascii {
				t.Errorf("SafeASCII(%q) = %q, want %q", c.in, got, c.ascii)
			}
		})
	}
}

func TestClustersOfIndianScripts(t *testing.T) {
	const name = "नमस्ते राम"
	if got := (Sanitizer{Clusters: true}).Safe(name); got != name {
		t.Errorf("where clusters are measured, %q became %q", name, got)
	}
	if got := Safe(name); ansi.StringWidth(got) != ansi.StringWidthWc(got) {
		t.Errorf("%q takes %d or %d cells", got, ansi.StringWidth(got), ansi.StringWidthWc(got))
	}
}

// Names of scripts that need joiners stay what they are in a file, and where the
// terminal measures clusters; a joiner where none belongs hides a difference and goes.
func TestJoiners(t *testing.T) {
	for _, name := range []string{"می\u200cخواهم", "क्\u200dष", "न\u200cमस्ते", "👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "👍🏽"} {
		for _, s := range []Sanitizer{{Clusters: true}, {Unmeasured: true}} {
			if got := s.Safe(name); got != name || s.Safe(got) != got {
				t.Errorf("%+v: %+q became %+q", s, name, got)
			}
			if got := s.Fit(name, 12, "…"); !strings.HasPrefix(got, name) {
				t.Errorf("%+v: %+q fitted is %+q", s, name, got)
			}
		}
	}
	for _, odd := range []string{"ad\u200dmin", "ad\u200cmin", "admin\ufe0f", "\u200dа", "م\u200c", "a\u202eb", "a\x1bb", "a\u2028b"} {
		for _, s := range []Sanitizer{{Clusters: true}, {Unmeasured: true}} {
			if got := s.Safe(odd); !strings.Contains(got, Replacement) {
				t.Errorf("%+v: %+q became %+q", s, odd, got)
			}
		}
	}
}

// TestEveryCharacter looks at all that Unicode has assigned, one character at a time and
// between neighbours that could swallow it.
func TestEveryCharacter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r > 0x3FFFF && r < 0xE0000 || r >= 0xE1000 {
			r |= 0xFFF // unassigned or private throughout: the last of each block will do
		}
		if !utf8.ValidRune(r) {
			continue
		}
		safe := Safe(string(r))
		if safe == Replacement {
			continue
		}
		if problem := flaw(safe); problem != "" {
			t.Errorf("%U: Safe gives %+q: %s", r, safe, problem)
			continue
		}
		if w := ansi.StringWidth("|" + safe + " |"); w != 3+Width(safe) {
			t.Errorf("%U: %+q takes %d cells between others, %d alone", r, safe, w-3, Width(safe))
		}
	}
}

// flaw says what is wrong with a text that should be safe.
func flaw(safe string) string {
	if !utf8.ValidString(safe) {
		return "it is not UTF-8"
	}
	for _, r := range safe {
		if r != ' ' && r != '\u3000' && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) {
			return "it holds a character that is not shown"
		}
		if unicode.In(r, unicode.Bidi_Control, unicode.Join_Control, unicode.Variation_Selector,
			unicode.Other_Default_Ignorable_Code_Point, unicode.Cc, unicode.Cf) {
			return "it holds a control, a joiner or an invisible character"
		}
	}
	if ansi.Strip(safe) != safe {
		return "it holds an escape sequence"
	}
	for rest := safe; rest != ""; {
		cluster, cells := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		if cells < 1 || cells != ansi.StringWidthWc(cluster) {
			return "the width of a part depends on the terminal"
		}
		marks := 0
		for _, r := range cluster {
			if unicode.Is(unicode.Mn, r) {
				marks++
			}
		}
		if marks > maxMarks {
			return "marks are piled up"
		}
		rest = rest[len(cluster):]
	}
	return ""
}

// hostile draws texts made of everything that has ever been used to fool a
// terminal or the person before it.
func hostile() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{
		"a", "Doe", " ", "é", "e\u0301", "\u0301", "\u0302\u0303\u0304", "山", "ｶ", "ﾞ", "ｶﾞ", "か\u3099",
		"\x1b[2J", "\x1b]0;x\x07", "\x1b", "\x9b", "\u009d", "\r\n", "\t", "\x00", "\x7f", "\u2028",
		"\u202e", "\u2066", "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\ufe0f", "\ufe0e", "\u20e3",
		"👍", "🏽", "👨", "👩", "🇩", "🇪", "❤", "\u1112", "\u1161", "\u11ab", "한", "क", "\u094d", "त", "ा", "े",
		"ก", "ำ", "\u0e48", "ش", "\u0651", "א", "\u0600", "\u0d4e", "\U000113d1", "\ufdfd", "\ue000", "\u0378",
		"\xff", "\xc3", "\xf0\x9f", "\ufffd", "\U000e0061", "\u2800", "\u3164", "…",
	})
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 30), func(b []byte) string { return string(b) }),
		rapid.Map(rapid.SliceOfN(pieces, 0, 12), func(p []string) string { return strings.Join(p, "") }),
	)
}

func TestSafeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkSafe(t, hostile().Draw(t, "text")) })
}

func checkSafe(t rapid.TB, text string) {
	safe := Safe(text)
	if problem := flaw(safe); problem != "" {
		t.Fatalf("Safe(%+q) = %+q: %s", text, safe, problem)
	}
	if again := Safe(safe); again != safe {
		t.Fatalf("Safe(%+q) = %+q, but again it gives %+q", text, safe, again)
	}
	if (text == "") != (safe == "") {
		t.Fatalf("Safe(%+q) = %+q: something vanished", text, safe)
	}
	if ascii := SafeASCII(text); !isPlain(ascii) || SafeASCII(ascii) != ascii {
		t.Fatalf("SafeASCII(%+q) = %+q", text, ascii)
	}
	clusters := Sanitizer{Clusters: true}
	if lenient := clusters.Safe(text); clusters.Safe(lenient) != lenient || strings.ContainsFunc(lenient, unicode.IsControl) {
		t.Fatalf("with Clusters, Safe(%+q) = %+q", text, lenient)
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"Doe", "\x1b[31m", "e\u0301\u0302\u0303", "🇩🇪🇩", "ｶﾞ", "\u1112\u1161\u1161", "स्ते", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkSafe(t, text) })
}

func TestSafeDoesNotAllocateForPlainNames(t *testing.T) {
	for _, name := range []string{"CN=Jane Doe,OU=Sales,DC=example,DC=test", "Łukasz Müller", "山田太郎"} {
		if n := testing.AllocsPerRun(100, func() { Safe(name) }); n != 0 {
			t.Errorf("Safe(%q) allocates %v times", name, n)
		}
	}
}

func BenchmarkSafe(b *testing.B) {
	for _, name := range []string{"CN=Jane Doe,OU=Sales,DC=example,DC=test", "Łukasz Müller", "Ame\u0301lie \u202e"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Safe(name)
			}
		})
	}
}
