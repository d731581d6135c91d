package adaxes

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"dirdesk/models"
)

const redacted = "[redacted]"

// scrubber takes secrets out of what a server says, which may echo what it was
// sent: as they are, URL-encoded and as JSON.
type scrubber []string

func newScrubber(secrets ...models.Secret) scrubber {
	var s scrubber
	for _, secret := range secrets {
		text := secret.Reveal()
		if text == "" {
			continue
		}
		forms := []string{text}
		for _, encoder := range []func(any) ([]byte, error){json.Marshal, encode} {
			if quoted, err := encoder(text); err == nil {
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

// bytes cleans a whole body.
func (s scrubber) bytes(body []byte) []byte {
	for _, secret := range s {
		body = bytes.ReplaceAll(body, []byte(secret), []byte(redacted))
	}
	return body
}

// text cleans words of the server, and ends them where nobody reads on.
func (s scrubber) text(text string) string {
	const most = 4000
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	return clip(text, most)
}

func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

// excerpt is the beginning of a body, cleaned first: a cut might leave a part of
// a secret behind.
func (s scrubber) excerpt(body []byte) string {
	const look, show = 1 << 20, 300
	return clip(strings.Join(strings.Fields(s.text(string(body[:min(len(body), look)]))), " "), show)
}
