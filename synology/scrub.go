package synology

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"dirdesk/models"
)

// scrubber takes secrets out of what a server says, which may echo what it was
// sent: as they are, URL-encoded and as JSON.
type scrubber []string

// newScrubber knows the secrets of a form and its session.
func newScrubber(form url.Values, others ...models.Secret) scrubber {
	var s scrubber
	add := func(secret string) {
		if secret == "" {
			return
		}
		forms := []string{secret}
		if quoted, err := json.Marshal(secret); err == nil {
			forms = append(forms, string(quoted[1:len(quoted)-1]))
		}
		if quoted, err := encodeValue(secret, true); err == nil {
			forms = append(forms, quoted[1:len(quoted)-1])
		}
		for _, form := range forms {
			s = append(s, form, url.QueryEscape(form), url.PathEscape(form))
		}
	}
	for name, values := range form {
		if isSecretParameter(name) {
			for _, value := range values {
				add(value)
				eachSecret(name, []byte(value), add)
			}
		}
	}
	for _, secret := range others {
		add(secret.Reveal())
	}
	// The longest first: one secret may stand inside another.
	slices.SortFunc(s, func(a, b string) int { return len(b) - len(a) })
	return s
}

// scrubber knows the secrets that went out with parameters to a JSON API.
func (c *Client) scrubber(p params) scrubber {
	form := url.Values{}
	if err := p.encode(form, true); err != nil {
		return nil // then nothing was sent either
	}
	now := c.sessionNow()
	return newScrubber(form, c.password, now.sid, now.token)
}

// eachSecret finds the texts inside a parameter's JSON that stand under the name
// of a secret.
func eachSecret(name string, value json.RawMessage, found func(string)) {
	switch first(value) {
	case '"':
		var text string
		if isSecretParameter(name) && json.Unmarshal(value, &text) == nil {
			found(text)
		}
	case '[':
		var elements []json.RawMessage
		if json.Unmarshal(value, &elements) == nil {
			for _, element := range elements {
				eachSecret(name, element, found)
			}
		}
	case '{':
		var object map[string]json.RawMessage
		if json.Unmarshal(value, &object) == nil {
			for member, element := range object {
				eachSecret(member, element, found)
			}
		}
	default: // a number typed where a text belongs is one all the same
		if isSecretParameter(name) {
			found(textOf(value))
		}
	}
}

// excerpt is the beginning of a body, cleaned first: a cut might leave a part of
// a secret behind.
func (s scrubber) excerpt(body []byte) string {
	const most = 1 << 20
	return excerpt([]byte(s.text(string(body[:min(len(body), most)]))))
}

func (s scrubber) text(text string) string {
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	return text
}

// error cleans the server's words inside an error of the envelope.
func (s scrubber) error(err error) error {
	var (
		refused *failure
		known   *models.Error
	)
	switch {
	case errors.As(err, &refused):
		refused.text = s.text(refused.text)
		for i := range refused.details {
			d := &refused.details[i]
			d.words, d.name = s.text(d.words), s.text(d.name)
			d.reason, d.path = s.text(d.reason), s.text(d.path)
		}
	case errors.As(err, &known):
		known.Server = s.text(known.Server)
	}
	return err
}
