package models

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Error is what went wrong, in the order a person needs it. Its text is one
// line: what happened, to which object; Advice and Server are shown apart.
type Error struct {
	Kind   error  // one of the kinds, such as ErrDenied, or InWords
	Action string // what was tried, in words: "list", "sign in"
	Object string // DN, account or host it was tried on; may be empty
	Advice string // what to do now; a default for the kind when empty
	Code   string // the protocol's code: "105", "LDAP 49 data 52e"; may be empty
	Server string // the server's own words, unchecked text; may be empty
	Err    error  // the cause below; may be nil
}

// Error says what happened to which object, with the code if there is one.
// Directory text in it is not safe to print raw.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Action != "" {
		b.WriteString(e.Action)
		if e.Object != "" {
			b.WriteByte(' ')
			b.WriteString(e.Object)
		}
		b.WriteString(": ")
	}
	switch {
	case e.Kind != nil:
		b.WriteString(e.Kind.Error())
	case e.Err != nil:
		b.WriteString(e.Err.Error())
	default:
		b.WriteString("failed")
	}
	if e.Code != "" {
		fmt.Fprintf(&b, " (%s)", e.Code)
	}
	return b.String()
}

// Unwrap gives the kind and the cause.
func (e *Error) Unwrap() []error {
	var errs []error
	if e.Kind != nil {
		errs = append(errs, e.Kind)
	}
	if e.Err != nil {
		errs = append(errs, e.Err)
	}
	return errs
}

// Tried says of an error what was tried on what, where it does not say so yet.
// Others than *Error stay as they are.
func Tried(err error, action, object string) error {
	var known *Error
	if !errors.As(err, &known) || known.Action != "" {
		return err
	}
	filled := *known
	filled.Action, filled.Object = action, object
	return &filled
}

// CertificateError shows a certificate that did not verify, for a person to
// trust or refuse. It is ErrCertificate, and ErrCertChanged too when Known is
// set. Texts are from the certificate and not safe to print raw.
type CertificateError struct {
	Host        string // host:port that showed it
	Subject     string
	Issuer      string
	NotBefore   time.Time
	NotAfter    time.Time
	Fingerprint string // "sha256:" and 64 lower-case hex digits, of the DER certificate
	Known       string // fingerprint trusted before for this host; empty when there was none
	Reason      string // why it did not verify
}

// Error says in one line what was wrong.
func (e *CertificateError) Error() string {
	if e.Known != "" {
		return fmt.Sprintf("the certificate of %s has changed: was %s, is %s", e.Host, e.Known, e.Fingerprint)
	}
	return fmt.Sprintf("the certificate of %s is not trusted: %s (%s)", e.Host, e.Reason, e.Fingerprint)
}

// Unwrap gives ErrCertificate, and ErrCertChanged when it is that.
func (e *CertificateError) Unwrap() []error {
	if e.Known != "" {
		return []error{ErrCertChanged, ErrCertificate}
	}
	return []error{ErrCertificate}
}
