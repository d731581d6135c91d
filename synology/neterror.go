package synology

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

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

// transportError says in words why there was no answer. caller is the context
// that was handed in, limited the same with this client's time-out.
func (c *Client) transportError(caller, limited context.Context, err error) error {
	if caller.Err() != nil {
		return caller.Err()
	}
	var certificate *models.CertificateError
	if errors.As(err, &certificate) {
		return certificate
	}
	e := &models.Error{Err: err}
	say := func(kind error, words, advice string) error {
		e.Kind, e.Advice = reason{words, kind}, advice
		return e
	}
	var (
		lookup     *net.DNSError
		unverified *tls.CertificateVerificationError
		plain      tls.RecordHeaderError
	)
	switch {
	case errors.Is(context.Cause(limited), errSlow):
		return say(models.ErrUnreachable, fmt.Sprintf("%s did not answer within %s", c.host, c.timeout),
			"Check the network and the server's load, then try again.")
	case errors.As(err, &lookup):
		return say(models.ErrUnreachable, "the host name "+lookup.Name+" is not known",
			"Check the spelling and this computer's DNS.")
	case errors.As(err, &unverified):
		return certificateError(c.host, unverified)
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return say(models.ErrUnreachable, c.host+" does not speak HTTPS",
			"Name DSM's HTTPS port, usually 5001.")
	case errors.Is(err, syscall.ECONNREFUSED):
		return say(models.ErrUnreachable, "nothing listens at "+c.host,
			"Check the host and the port; DSM's HTTPS port is usually 5001.")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE):
		return say(models.ErrUnreachable, c.host+" closed the connection before its answer was complete",
			"Try again; if it stays, look at the server.")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return say(models.ErrUnreachable, "there is no way to "+c.host,
			"Check the network, VPN included.")
	case isTimeout(err):
		return say(models.ErrUnreachable, c.host+" did not answer in time",
			"Check the network and the server's load, then try again.")
	case strings.Contains(err.Error(), "tls:"):
		return say(models.ErrUnreachable, c.host+" and this program do not agree on TLS",
			"DSM must offer TLS 1.2 or later: Control Panel > Security > Advanced.")
	default:
		return say(models.ErrUnreachable, c.host+" is not reachable", "Check the network, then try again.")
	}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// certificateError describes a certificate that crypto/tls itself refused. The
// configurations of package certificates refuse it with words of their own.
func certificateError(host string, err *tls.CertificateVerificationError) error {
	if len(err.UnverifiedCertificates) == 0 {
		return &models.Error{Kind: models.ErrCertificate, Err: err}
	}
	leaf := err.UnverifiedCertificates[0]
	return &models.CertificateError{
		Host:        host,
		Subject:     leaf.Subject.String(),
		Issuer:      leaf.Issuer.String(),
		NotBefore:   leaf.NotBefore,
		NotAfter:    leaf.NotAfter,
		Fingerprint: certificates.Fingerprint(leaf),
		Reason:      strings.TrimPrefix(err.Err.Error(), "x509: "),
	}
}
