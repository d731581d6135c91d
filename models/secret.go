package models

import (
	"fmt"
	"log/slog"
)

// Secret holds a password, a one-time code or a token. However it is printed,
// logged or encoded, it shows nothing; only Reveal gives the text, at the one
// place that puts it on the wire.
type Secret struct{ text string }

const redacted = "[secret]"

// NewSecret wraps a text.
func NewSecret(text string) Secret { return Secret{text: text} }

// Reveal gives the text itself.
func (s Secret) Reveal() string { return s.text }

// Empty reports whether there is nothing in it.
func (s Secret) Empty() bool { return s.text == "" }

// Format keeps every verb of fmt from showing the text.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// String gives a placeholder.
func (s Secret) String() string { return redacted }

// LogValue keeps the text out of logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText keeps the text out of every encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
