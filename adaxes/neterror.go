package adaxes

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

var errSlow = errors.New("no answer in time")

// transportError says in words why there was no answer. caller is the context
// that was handed in, limited the same with the time-out of after.
func (b *Backend) transportError(caller, limited context.Context, after time.Duration, err error) error {
	if caller.Err() != nil {
		return caller.Err()
	}
	var certificate *models.CertificateError
	if errors.As(err, &certificate) {
		return certificate
	}
	e := &models.Error{Err: err}
	say := func(words, advice string) error {
		e.Kind, e.Advice = reason{words, models.ErrUnreachable}, advice
		return e
	}
	host := b.base.Host
	var (
		lookup     *net.DNSError
		unverified *tls.CertificateVerificationError
		plain      tls.RecordHeaderError
		late       net.Error
	)
	switch {
	case errors.Is(context.Cause(limited), errSlow):
		return say(fmt.Sprintf("%s did not answer within %s", host, after), "Check the network and the server's load, then try again.")
	case errors.As(err, &lookup):
		return say("the host name "+lookup.Name+" is not known", "Check the spelling and this computer's DNS.")
	case errors.As(err, &unverified):
		return certificateError(host, unverified)
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return say(host+" does not speak HTTPS", "Name the HTTPS port of the web server that Adaxes' REST API runs on, usually 443.")
	case errors.Is(err, syscall.ECONNREFUSED):
		return say("nothing listens at "+host, "Check the host and the port; the usual one is 443.")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return say(host+" closed the connection before its answer was complete", "Try again; if it stays, look at the server.")
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return say("there is no way to "+host, "Check the network, VPN included.")
	case errors.As(err, &late) && late.Timeout():
		return say(host+" did not answer in time", "Check the network and the server's load, then try again.")
	case strings.Contains(err.Error(), "tls:"):
		return say(host+" and this program do not agree on TLS", "The web server must offer TLS 1.2 or later.")
	default:
		return say(host+" is not reachable", "Check the network, then try again.")
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
