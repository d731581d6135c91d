package terminaltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// Replacement stands for what cannot be shown, so that whoever looks sees that
// something is odd there. A run of such characters gives one.
const Replacement = "\uFFFD"

// maxMarks is how many combining marks a letter keeps; Vietnamese, Arabic and
// Thai need two.
const maxMarks = 2

// Sanitizer makes text safe for one kind of terminal. Its zero value is right
// for any terminal that shows UTF-8.
type Sanitizer struct {
	// ASCII says that the terminal is not UTF-8: accents are dropped, and what
	// has no ASCII look becomes "?".
	ASCII bool
	// Clusters says that the terminal measures whole clusters (it reported DEC
	// mode 2027): the conjuncts and spacing vowel signs of Indian scripts, the joiners
	// of Persian and others, and emoji of several parts, which other terminals measure
	// differently, are then shown as they are.
	Clusters bool
	// Unmeasured says that the text goes to a file or a pipe, where nobody counts its
	// cells: it stays as it is but for what a terminal at the end would obey or hide.
	Unmeasured bool
}

// Safe gives text as one line that a terminal shows and never obeys. Doing it
// twice changes nothing.
func Safe(text string) string { return Sanitizer{}.Safe(text) }

// SafeASCII is Safe for a terminal that is not UTF-8.
func SafeASCII(text string) string { return Sanitizer{ASCII: true}.Safe(text) }

// Safe gives text as one line that the terminal shows and never obeys.
func (s Sanitizer) Safe(text string) string {
	if isPlain(text) {
		return text
	}
	if s.ASCII {
		return toASCII(text)
	}
	if isSimple(text) {
		return text
	}
	for range mostPasses {
		safe := s.replaceUnprintable(text)
		if !s.Unmeasured {
			safe = s.arrange(safe)
		}
		if safe == text {
			break
		}
		text = safe
	}
	return text
}

// mostPasses bounds how often a text is gone through: what is put in for one sign
// may make another part of a cluster that is not sound.
const mostPasses = 5

// isPlain reports whether text is printable ASCII throughout.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// isSimple reports whether text holds only characters of which each is a
// cluster of its own, with one width everywhere: most names in practice.
func isSimple(text string) bool {
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~',
			r >= 0xC0 && r < 0x250,     // Latin
			r >= 0x400 && r <= 0x481,   // Cyrillic
			r >= 0x3041 && r <= 0x3096, // Hiragana
			r >= 0x30A1 && r <= 0x30FA, // Katakana
			r >= 0x4E00 && r <= 0x9FFF, // Chinese characters
			r >= 0xAC00 && r <= 0xD7A3: // Hangul syllables
		default:
			return false
		}
	}
	return true
}

// replaceUnprintable puts a Replacement for each run of characters that a
// terminal obeys, hides or cannot know.
func (s Sanitizer) replaceUnprintable(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(Replacement))
	replaced, before := false, rune(0)
	for i, r := range text {
		last := before
		before = r
		shown := isPrintable(r) || s.Unmeasured && unicode.IsGraphic(r) && !unicode.Is(blank, r)
		if shown && (r != utf8.RuneError || strings.HasPrefix(text[i:], Replacement)) || s.joins(last, r, text[i:]) {
			b.WriteRune(r)
			replaced = false
			continue
		}
		if !replaced {
			b.WriteString(Replacement)
			replaced = true
		}
	}
	return b.String()
}

// arrange goes through the clusters and mends those whose width is not the same
// everywhere.
func (s Sanitizer) arrange(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(cluster):]
		b.WriteString(s.mend(cluster))
	}
	return b.String()
}

// mend gives the cluster itself where it is sound, else an equivalent spelling
// that is, else the parts that are, with Replacements for or between the rest.
func (s Sanitizer) mend(cluster string) string {
	if s.isSound(cluster) {
		return cluster
	}
	forms := []norm.Form{norm.NFC, norm.NFKC, norm.NFKD}
	if strings.ContainsFunc(norm.NFKD.String(cluster), isASCII) {
		forms = forms[:1] // a wide or ornate letter must not come to look like the real one
	}
	for _, form := range forms {
		if other := form.String(cluster); other != cluster && s.isSound(other) {
			return other
		}
	}
	sound, replaced := "", false
	for _, r := range cluster {
		switch {
		case replaced && unicode.IsMark(r):
		case s.isSound(sound + string(r)):
			sound, replaced = sound+string(r), false
		case !unicode.IsMark(r) && s.isSound(sound+Replacement+string(r)):
			sound, replaced = sound+Replacement+string(r), false
		case !replaced:
			sound, replaced = sound+Replacement, true
		}
	}
	return sound
}

func isASCII(r rune) bool { return r < utf8.RuneSelf }

// isSound reports whether a text of printable characters takes the same cells
// in every terminal, shows something, and carries few enough marks.
func (s Sanitizer) isSound(text string) bool {
	marks := 0
	for i, r := range text {
		switch {
		case !isPrintable(r) && !(s.Clusters && isJoiner(r)), i == 0 && unicode.IsMark(r):
			return false
		case unicode.Is(unicode.Mn, r):
			if marks++; marks > maxMarks {
				return false
			}
		default:
			marks = 0
		}
	}
	// Measured behind another character, which a mark would join.
	cells := ansi.StringWidth("|" + text)
	return cells > 1 && (cells == ansi.StringWidthWc("|"+text) || s.Clusters && isMeasuredWhole(text))
}
