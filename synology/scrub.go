package synology

import (
	"encoding/json"
	"errors"
	"net/url"
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
		s = append(s, secret, url.QueryEscape(secret), url.PathEscape(secret))
		if quoted, err := json.Marshal(secret); err == nil {
			s = append(s, string(quoted[1:len(quoted)-1]))
		}
	}
	for name, values := range form {
		if isSecretParameter(name) {
			for _, value := range values {
				add(value)
			}
		}
	}
	for _, secret := range others {
		add(secret.Reveal())
	}
	return s
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
