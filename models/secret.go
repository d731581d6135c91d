package models

import (
	"fmt"
	"log/slog"
)

// Secret holds a password, a one-time code or a token. However it is printed,
// logged or encoded, it shows nothing; only Reveal gives the text, at the one
// place that puts it on the wire. Compare what Reveal gives, not two Secrets.
type Secret struct {
	// A pointer, because fmt cannot call the methods of what lies in an
	// unexported field: it would print a string, and prints an address.
	text *string
}

const redacted = "[secret]"

// NewSecret wraps a text.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Reveal gives the text itself.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty reports whether there is nothing in it.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Format keeps every verb of fmt from showing the text.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// String gives a placeholder.
func (s Secret) String() string { return redacted }

// LogValue keeps the text out of logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText keeps the text out of every encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
