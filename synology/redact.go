package synology

import (
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const redacted = "[redacted]"

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

func redactForm(form url.Values) slog.Value {
	return redactValues(form, isSecretParameter)
}

func redactHeader(header http.Header) slog.Value {
	return redactValues(header, isSecretHeader)
}

func redactValues(values map[string][]string, secret func(string) bool) slog.Value {
	attributes := make([]slog.Attr, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		text := strings.Join(values[name], " ")
		if secret(name) {
			text = redacted
		}
		attributes = append(attributes, slog.String(name, text))
	}
	return slog.GroupValue(attributes...)
}
