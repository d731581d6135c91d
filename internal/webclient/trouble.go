package webclient

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

// ErrSlow is the cause of a context that ended because the server took longer
// than the client waits.
var ErrSlow = errors.New("no answer in time")

// Advice is what differs from API to API in what a person is told to do.
type Advice struct {
	Port     string // when nothing listens
	NoTLS    string // when there is no TLS
	OldTLS   string // when there is no TLS that both sides take
	TooLarge string // when an answer has no end
}

// trouble says in words why there was no answer: the caller's context's error, a
// *models.CertificateError, or models.ErrUnreachable. limited is that context
// limited to after, with ErrSlow for its cause.
func (c *Client) trouble(caller, limited context.Context, after time.Duration, err error) error {
	if caller.Err() != nil {
		return caller.Err()
	}
	var certificate *models.CertificateError
	if errors.As(err, &certificate) {
		return certificate
	}
	var unverified *tls.CertificateVerificationError
	if errors.As(err, &unverified) {
		return certificateError(c.options.Host, unverified)
	}
	words, advice := c.explain(limited, after, err)
	e := Fault(models.ErrUnreachable, words, advice)
	e.Err = err
	return e
}

func (c *Client) explain(limited context.Context, after time.Duration, err error) (words, advice string) {
	const slow = "Check the network and the server's load, then try again."
	var (
		host   = c.options.Host
		lookup *net.DNSError
		plain  tls.RecordHeaderError
		late   net.Error
	)
	switch {
	case errors.Is(context.Cause(limited), ErrSlow):
		return fmt.Sprintf("%s did not answer within %s", host, after), slow
	case errors.As(err, &lookup):
		return "the host name " + lookup.Name + " is not known", "Check the spelling and this computer's DNS."
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return host + " does not speak HTTPS", c.options.Advice.NoTLS
	case errors.Is(err, syscall.ECONNREFUSED) && c.TLS() != "": // it has answered before: the address is right
		return "nothing listens at " + host + " any more", "The server may be starting anew: wait a moment, then try again."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens at " + host, c.options.Advice.Port
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return host + " closed the connection before its answer was complete", "Try again; if it stays, look at the server."
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no way to " + host, "Check the network, VPN included."
	case errors.As(err, &late) && late.Timeout():
		return host + " did not answer in time", slow
	case strings.Contains(err.Error(), "tls:"):
		return host + " and this program do not agree on TLS", c.options.Advice.OldTLS
	default:
		return host + " is not reachable", "Check the network, then try again."
	}
}

// certificateError describes a certificate that crypto/tls itself refused. The
// configurations of package certificates refuse it with words of their own.
func certificateError(host string, err *tls.CertificateVerificationError) error {
	if len(err.UnverifiedCertificates) == 0 {
		return &models.Error{Kind: models.ErrCertificate, Err: err}
	}
	leaf := err.UnverifiedCertificates[0]
	return &models.CertificateError{
		Host: host, Subject: leaf.Subject.String(), Issuer: leaf.Issuer.String(),
		NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter, Fingerprint: certificates.Fingerprint(leaf),
		Reason: strings.TrimPrefix(err.Err.Error(), "x509: "),
	}
}
