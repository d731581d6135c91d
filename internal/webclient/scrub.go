package webclient

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"dirdesk/internal/rawjson"
)

// Redacted stands where a secret was.
const Redacted = "[redacted]"

// Scrubber takes secrets out of what a server says, which may echo what it was
// sent: as they are, URL-encoded and as JSON.
type Scrubber []string

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

// Bytes cleans a whole body.
func (s Scrubber) Bytes(body []byte) []byte {
	for _, secret := range s {
		body = bytes.ReplaceAll(body, []byte(secret), []byte(Redacted))
	}
	return body
}

// Text cleans words of the server, and ends them where nobody reads on.
func (s Scrubber) Text(text string) string {
	const most = 4000
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, Redacted)
	}
	return clip(text, most)
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
