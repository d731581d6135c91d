package certificates

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"time"

	"dirdesk/models"
)

// Refusal describes the certificate of a host that a handshake ended over; nil when it
// ended over something else. What [Config] refused is passed on as it is.
func Refusal(host string, err error) *models.CertificateError {
	if own, ok := errors.AsType[*models.CertificateError](err); ok {
		return own
	}
	refused, ok := errors.AsType[*tls.CertificateVerificationError](err)
	if !ok || len(refused.UnverifiedCertificates) == 0 {
		return nil
	}
	v := verifier{Config: Config{Host: host, now: time.Now}}
	shown := refused.UnverifiedCertificates
	return v.refuse(shown[0], "", reason(refused.Err, shown, time.Now()))
}

// reason puts the usual faults of what a server showed into words; the others keep
// Go's.
func reason(err error, shown []*x509.Certificate, now time.Time) string {
	if weak := slices.IndexFunc(shown, hasWeakSignature); weak >= 0 && !isHostOrDate(err) {
		return fmt.Sprintf("its signature is too weak to be trusted (%s): it needs a new one", shown[weak].SignatureAlgorithm)
	}
	if _, unknown := errors.AsType[x509.UnknownAuthorityError](err); unknown {
		return "no authority that this computer knows vouches for it"
	}
	if host, other := errors.AsType[x509.HostnameError](err); other {
		return namesReason(host)
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		if now.Before(invalid.Cert.NotBefore) {
			return fmt.Sprintf("it is not valid before %s UTC: look at this computer's clock, which shows %s",
				invalid.Cert.NotBefore.UTC().Format(time.DateTime), now.UTC().Format(time.DateTime))
		}
		return "it is out of date since " + invalid.Cert.NotAfter.UTC().Format(time.DateTime) + " UTC"
	}
	return strings.TrimPrefix(err.Error(), "x509: ")
}

// isHostOrDate tells the faults that a better signature would not mend.
func isHostOrDate(err error) bool {
	_, host := errors.AsType[x509.HostnameError](err)
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	return host || ok && invalid.Reason == x509.Expired
}

// hasWeakSignature tells a certificate whose signature anybody may forge. That of a
// root does not count: it vouches for itself.
func hasWeakSignature(c *x509.Certificate) bool {
	switch c.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return c.Subject.String() != c.Issuer.String()
	}
	return false
}

// namesReason says to whom a certificate is made out.
func namesReason(e x509.HostnameError) string {
	c := e.Certificate
	address := net.ParseIP(strings.Trim(e.Host, "[]"))
	switch {
	case len(c.DNSNames)+len(c.IPAddresses) == 0 && c.Subject.CommonName != "":
		return "it is made out to nobody but a common name (" + c.Subject.CommonName + "), which does not count any more: it needs a subject alternative name"
	case address != nil && slices.Contains(c.DNSNames, e.Host):
		return "it has the IP address " + e.Host + " as a DNS name, which does not count: it needs it as an IP address"
	}
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return "it is not made out to " + e.Host
	}
	return fmt.Sprintf("it is made out to %s, not to %s", shortList(names), e.Host)
}

// shortList leaves out of a list what nobody reads.
func shortList(names []string) string {
	const most = 5
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// HandshakeError is a handshake that failed after the host had been reached.
type HandshakeError struct{ Err error }

func (e *HandshakeError) Error() string { return "TLS handshake: " + e.Err.Error() }

func (e *HandshakeError) Unwrap() error { return e.Err }

// Words say what became of the handshake with a host, and what to do.
func (e *HandshakeError) Words(host string) (words, advice string) {
	const look = "Look at the TLS settings of the server."
	text := e.Err.Error()
	op, _ := errors.AsType[*net.OpError](e.Err)
	_, plain := errors.AsType[tls.RecordHeaderError](e.Err)
	late, _ := errors.AsType[net.Error](e.Err)
	old := strings.Contains(text, "protocol version")
	switch {
	case plain:
		return host + " does not speak TLS", "Name the port that speaks TLS."
	case old:
		return host + " and dirdesk have no version of TLS in common", "The server must offer TLS 1.2 or later."
	case op != nil && op.Op == "remote error" && strings.Contains(text, "certificate required"):
		return host + " wants a certificate of the client, which dirdesk does not have", "Use another port, or have it sign clients in without one."
	case op != nil && op.Op == "remote error":
		return host + " ended the TLS handshake with the alert: " + strings.TrimPrefix(text, "remote error: tls: "), look
	case errors.Is(e.Err, io.EOF), errors.Is(e.Err, io.ErrUnexpectedEOF), errors.Is(e.Err, syscall.ECONNRESET), errors.Is(e.Err, syscall.EPIPE):
		return host + " closed the connection in the TLS handshake", "The port may not speak TLS, or the server has no usable certificate. " + look
	case late != nil && late.Timeout(), strings.Contains(text, "handshake timeout"):
		return host + " took the connection and did not answer in the TLS handshake", "The port may not speak TLS, or the server is overloaded."
	}
	return "the TLS handshake with " + host + " failed: " + strings.TrimPrefix(text, "tls: "), look
}
