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

// Server is what is known of the one that did not answer, with the advice that
// differs from API to API.
type Server struct {
	Host    string // host:port
	Port    string // advice on the port, when nothing listens
	NoTLS   string // advice when there is no TLS
	OldTLS  string // advice when there is no TLS that both sides take
	Reached bool   // it has answered before: the address is right
}

// Trouble says in words why there was no answer: the caller's context's error, a
// *models.CertificateError, or models.ErrUnreachable. limited is that context
// limited to after, with ErrSlow for its cause.
func (s Server) Trouble(caller, limited context.Context, after time.Duration, err error) error {
	if caller.Err() != nil {
		return caller.Err()
	}
	var certificate *models.CertificateError
	if errors.As(err, &certificate) {
		return certificate
	}
	var unverified *tls.CertificateVerificationError
	if errors.As(err, &unverified) {
		return certificateError(s.Host, unverified)
	}
	words, advice := s.explain(limited, after, err)
	return &models.Error{Kind: unreachable(words), Advice: advice, Err: err}
}

func (s Server) explain(limited context.Context, after time.Duration, err error) (words, advice string) {
	const slow = "Check the network and the server's load, then try again."
	var (
		lookup *net.DNSError
		plain  tls.RecordHeaderError
		late   net.Error
	)
	switch {
	case errors.Is(context.Cause(limited), ErrSlow):
		return fmt.Sprintf("%s did not answer within %s", s.Host, after), slow
	case errors.As(err, &lookup):
		return "the host name " + lookup.Name + " is not known", "Check the spelling and this computer's DNS."
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return s.Host + " does not speak HTTPS", s.NoTLS
	case errors.Is(err, syscall.ECONNREFUSED) && s.Reached:
		return "nothing listens at " + s.Host + " any more", "The server may be starting anew: wait a moment, then try again."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens at " + s.Host, s.Port
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return s.Host + " closed the connection before its answer was complete", "Try again; if it stays, look at the server."
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no way to " + s.Host, "Check the network, VPN included."
	case errors.As(err, &late) && late.Timeout():
		return s.Host + " did not answer in time", slow
	case strings.Contains(err.Error(), "tls:"):
		return s.Host + " and this program do not agree on TLS", s.OldTLS
	default:
		return s.Host + " is not reachable", "Check the network, then try again."
	}
}

// unreachable is models.ErrUnreachable in the words of a case.
type unreachable string

func (u unreachable) Error() string { return string(u) }

func (unreachable) Unwrap() error { return models.ErrUnreachable }

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
