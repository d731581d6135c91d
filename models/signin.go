package models

import (
	"fmt"
	"log/slog"
	"time"
)

// Profile is a saved connection. It holds no secret.
type Profile struct {
	Name     string
	URL      string // synology://HOST[:PORT], ldaps://HOST[:PORT], ldap://HOST[:PORT], adaxes://HOST[:PORT][/VDIR]
	Account  string
	ReadOnly bool
	CAFile   string // extra roots in PEM; may be empty
	// Directory is the LDAP address of the same domain (ldaps://HOST[:PORT] or
	// ldap://HOST[:PORT]), for what DSM's own calls cannot do; may be empty.
	Directory string
	// Domain is the DNS name of the domain to walk, where an Adaxes service
	// manages several; may be empty.
	Domain string
	// TokenFile is a file that holds nothing but an access token for Adaxes; may
	// be empty.
	TokenFile string
	// MaxRows is how many rows of one answer are kept, so that a server whose list
	// never ends does not fill the memory; 0: the usual number.
	MaxRows int
	// Controllers are the addresses of the domain's controllers with a blank between,
	// as URL is one over LDAP; none: their DNS names in the directory.
	Controllers string
	// Limits are what may be changed at all; nil for no limits.
	Limits *Limits
	// MailPattern says how the addresses of new users are proposed.
	MailPattern MailPattern
	// VerifyCaller is what is asked for before a password is reset.
	VerifyCaller CallerCheck
}

// SignIn is one attempt to open a connection.
type SignIn struct {
	Profile        Profile
	Password       Secret
	Token          Secret // access token for Adaxes, in place of account and password
	Code           Secret // one-time code, when the server asked for one
	RememberDevice bool   // ask the server to let this device skip the code from now on
	Fingerprint    string // "sha256:HEX": the only certificate to accept; empty: the usual rules
}

// PasswordPolicy is what the domain asks of a password. The zero value is
// unknown: nothing was told.
type PasswordPolicy struct {
	Known      bool
	MinLength  int  // in characters
	Complexity bool // three of: capitals, small letters, digits, others; not the account's name
	History    int  // passwords that may not come again when a person chooses one
	MaxAge     time.Duration
	MinAge     time.Duration
	LockAfter  int // wrong passwords; 0: never
	LockFor    time.Duration
}

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
