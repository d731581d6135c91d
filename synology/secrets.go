package synology

import (
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// isSecretParameter names the form parameters whose values are never logged.
// compound is among them because passwords travel inside it.
func isSecretParameter(name string) bool {
	switch strings.ToLower(name) {
	case "passwd", "password", "_sid", "sid", "synotoken", "device_id", "did", "otp_code", "compound",
		"ik_message", "userlist", "token", "cipherkey":
		return true
	}
	return false
}

// isSecretHeader names the headers whose values are never logged.
func isSecretHeader(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Cookie", "Set-Cookie", "X-Syno-Token", "X-Syno-Hash", "Authorization", "Proxy-Authorization":
		return true
	}
	return false
}

func redactValues(values map[string][]string, secret func(string) bool) slog.Value {
	attributes := make([]slog.Attr, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		text := strings.Join(values[name], " ")
		if secret(name) {
			text = webclient.Redacted
		}
		attributes = append(attributes, slog.String(name, text))
	}
	return slog.GroupValue(attributes...)
}

// scrubber knows the secrets of a form and of the connection.
func (c *connection) scrubber(form url.Values) webclient.Scrubber {
	now, _ := c.sessions.Now()
	secrets := []string{c.options.Password.Reveal(), now.Session.sid.Reveal(), now.Session.token.Reveal()}
	for name, values := range form {
		if isSecretParameter(name) {
			for _, value := range values {
				secrets = append(append(secrets, value), secretsIn(name, []byte(value))...)
			}
		}
	}
	return webclient.NewScrubber(secrets...)
}

// secretsIn finds the texts inside a parameter's JSON that stand under the name of a
// secret.
func secretsIn(name string, value json.RawMessage) (found []string) {
	if !json.Valid(value) {
		return nil
	}
	switch first(value) {
	case '[':
		for element := range rawjson.Elements(value) {
			found = append(found, secretsIn(name, element)...)
		}
	case '{':
		for member, element := range rawjson.Members(value) {
			found = append(found, secretsIn(member, element)...)
		}
	default: // a number typed where a text belongs is one all the same
		if isSecretParameter(name) {
			found = append(found, rawjson.Scalar(value))
		}
	}
	return found
}

// cleanError takes secrets out of the server's words inside an error of the
// envelope.
func cleanError(clean webclient.Scrubber, err error) error {
	var (
		refused *failure
		known   *models.Error
	)
	switch {
	case errors.As(err, &refused):
		refused.ldap, _ = ldapCodeOf(refused.Words())
		refused.text = clean.Text(refused.text)
		for i := range refused.details {
			d := &refused.details[i]
			d.words, d.name = clean.Text(d.words), clean.Text(d.name)
			d.reason, d.path = clean.Text(d.reason), clean.Text(d.path)
		}
	case errors.As(err, &known):
		known.Server = clean.Excerpt([]byte(known.Server))
	}
	return err
}
