package webclient

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/internal/rawjson"
)

// Redacted stands where a secret was, or in the place of a text that has one.
const Redacted = "[redacted]"

// Scrubber takes secrets out of what a server says, which may echo what it was
// sent: as they are, URL-encoded and as JSON.
//
// A long secret is taken out of the text. Of a text with a short one nothing is left:
// to see where it was would tell it to whoever knows the server's sentence. A secret of
// letters alone, or of digits alone, counts as a whole word only: "complexity" has not
// the password "plex" in it.
type Scrubber []string

// longSecret is from how many bytes on no text holds a secret by chance, nor tells it by
// a gap.
const longSecret = 16

// NewScrubber knows some secrets; those that are empty do not count.
func NewScrubber(secrets ...string) Scrubber {
	var s Scrubber
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		forms := []string{secret}
		for _, encode := range []func(any) ([]byte, error){json.Marshal, rawjson.Encode} {
			if quoted, err := encode(secret); err == nil {
				forms = append(forms, string(quoted[1:len(quoted)-1]))
			}
		}
		for _, form := range forms {
			s = append(s, form, url.QueryEscape(form), url.PathEscape(form))
		}
	}
	// The longest first: one secret may stand inside another.
	slices.SortFunc(s, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(s)
}

var jsonText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Bytes cleans a whole body: each text of JSON by itself.
func (s Scrubber) Bytes(body []byte) []byte {
	body = jsonText.ReplaceAllFunc(body, func(text []byte) []byte {
		return []byte(`"` + s.clean(string(text[1:len(text)-1])) + `"`)
	})
	for _, secret := range s { // what is left of them stands beside the texts
		if s.holds(string(body), secret) {
			body = []byte(strings.ReplaceAll(string(body), secret, Redacted))
		}
	}
	return body
}

// Text cleans words of the server, and ends them where nobody reads on.
func (s Scrubber) Text(text string) string {
	const most = 4000
	return clip(s.clean(text), most)
}

func (s Scrubber) clean(text string) string {
	for _, secret := range s {
		switch {
		case !s.holds(text, secret):
		case len(secret) < longSecret:
			return Redacted
		default:
			text = strings.ReplaceAll(text, secret, Redacted)
		}
	}
	return text
}

// holds reports whether a secret is in a text.
func (s Scrubber) holds(text, secret string) bool {
	if !isWord(secret) || len(secret) >= longSecret {
		return strings.Contains(text, secret)
	}
	for rest, before := text, ""; ; {
		i := strings.Index(rest, secret)
		if i < 0 {
			return false
		}
		before, rest = before+rest[:i], rest[i+len(secret):]
		first, _ := utf8.DecodeRuneInString(rest)
		if endsWord(before) && !isWordRune(first) {
			return true
		}
		before += secret
	}
}

// isWord reports whether a secret is letters alone or digits alone, as a part of a word
// or a number may be by chance.
func isWord(secret string) bool {
	return strings.IndexFunc(secret, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 ||
		strings.IndexFunc(secret, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// escapeBefore is a sign that a text has encoded, such as "%3D" and "\\n".
var escapeBefore = regexp.MustCompile(`(%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[a-z])$`)

// endsWord reports whether what follows a text is no part of a word that began in it.
func endsWord(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return !isWordRune(last) || escapeBefore.MatchString(text[max(0, len(text)-6):])
}

// Excerpt is the beginning of a body in one line. It is cleaned first: a cut might
// leave a part of a secret behind.
func (s Scrubber) Excerpt(body []byte) string {
	const look, show = 1 << 20, 200
	text := s.Text(string(body[:min(len(body), look)]))
	return clip(strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " "), show)
}

func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
