// Package certificates decides whether a server's certificate is good enough,
// remembers the ones a person chose to trust, and tells in words how it came to
// its verdict. There is no way to skip the check. Begin at [Config].
package certificates

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"time"

	"dirdesk/internal/guard"
	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// Config says which certificate of one host to accept. The rules, in order:
//
//  1. With a Fingerprint, that very certificate and no other.
//  2. A certificate that the system's roots, or those in CAFile, vouch for: in
//     date, and made out to this host name.
//  3. The certificate that Known holds for this host.
//
// Anything else ends the handshake with a *models.CertificateError.
type Config struct {
	Host        string // host:port, as the connection names it
	CAFile      string // more roots, in PEM; may be empty
	Fingerprint string // "sha256:HEX"; may be empty
	Known       *Store // may be nil
	// Accepted, if set, is called after each handshake that was accepted, from
	// the goroutine that made it.
	Accepted func(Verdict)

	systemRoots func() (*x509.CertPool, error) // for tests; nil: the system's
	now         func() time.Time               // for tests; nil: time.Now
}

// TLS makes the settings for connections to the host: TLS 1.2 at least, and the
// rules of Config. The error tells of a CA file or fingerprint that is no good.
func (c Config) TLS() (*tls.Config, error) {
	v := verifier{Config: c}
	name, _, err := net.SplitHostPort(c.Host)
	if err != nil {
		return nil, fmt.Errorf("host %q: %w", c.Host, err)
	}
	v.name = name
	if v.now == nil {
		v.now = time.Now
	}
	if c.Fingerprint != "" {
		if v.Fingerprint, err = ParseFingerprint(c.Fingerprint); err != nil {
			return nil, err
		}
	}
	if v.roots, err = c.roots(); err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		ServerName: name,
		RootCAs:    v.roots, // for whoever words the state of the connection; see Verdict
		// crypto/tls knows one rule only: the chain and the host name. It would
		// refuse a pinned or known self-signed certificate before anyone could
		// look at it. So its own check is switched off and VerifyConnection does
		// all of it: it runs on every handshake, resumed ones included, and no
		// byte of the application is sent before it has agreed.
		InsecureSkipVerify: true,
		VerifyConnection:   v.verify,
	}, nil
}

func (c Config) roots() (*x509.CertPool, error) {
	system := c.systemRoots
	if system == nil {
		system = x509.SystemCertPool
	}
	pool, err := system()
	if err != nil {
		// A machine without roots can still pin, trust and use a CA file.
		pool = x509.NewCertPool()
	}
	if c.CAFile == "" {
		return pool, nil
	}
	pem, err := privatefile.Read(c.CAFile, privatefile.Named, maxStore)
	if err != nil {
		return nil, fmt.Errorf("CA file: %w", err)
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("CA file: %s holds no certificate in PEM form", c.CAFile)
	}
	return pool, nil
}

type verifier struct {
	Config
	name  string // host without port
	roots *x509.CertPool
}

func (v *verifier) verify(state tls.ConnectionState) (err error) {
	defer guard.AsError(&err)
	if len(state.PeerCertificates) == 0 {
		return errors.New("the server showed no certificate")
	}
	leaf := state.PeerCertificates[0]
	own := Fingerprint(leaf)
	if v.Fingerprint != "" {
		if own == v.Fingerprint {
			return v.accept(state, Pinned)
		}
		return v.refuse(leaf, v.Fingerprint, "it is not the one with the fingerprint asked for")
	}
	broken := chain(state.PeerCertificates, x509.VerifyOptions{Roots: v.roots, DNSName: v.name, CurrentTime: v.now()})
	if broken == nil {
		return v.accept(state, Vouched)
	}
	known, err := v.known()
	switch {
	case err != nil:
		return err
	case known == own:
		return v.accept(state, Remembered)
	default:
		return v.refuse(leaf, known, reason(broken, state.PeerCertificates, v.now()))
	}
}

func (v *verifier) known() (string, error) {
	if v.Known == nil {
		return "", nil
	}
	return v.Known.Lookup(v.Host)
}

// chain does what crypto/tls does by itself without InsecureSkipVerify.
func chain(shown []*x509.Certificate, options x509.VerifyOptions) error {
	options.Intermediates = x509.NewCertPool()
	for _, c := range shown[1:] {
		options.Intermediates.AddCert(c)
	}
	_, err := shown[0].Verify(options)
	return err
}

func (v *verifier) accept(state tls.ConnectionState, how How) error {
	if v.Accepted != nil {
		v.Accepted(Verdict{Version: state.Version, How: how})
	}
	return nil
}

func (v *verifier) refuse(leaf *x509.Certificate, known, why string) *models.CertificateError {
	return &models.CertificateError{
		Host:        v.Host,
		Subject:     subject(leaf),
		Issuer:      leaf.Issuer.String(),
		NotBefore:   leaf.NotBefore,
		NotAfter:    leaf.NotAfter,
		Fingerprint: Fingerprint(leaf),
		Known:       known,
		Reason:      why,
	}
}

// subject falls back to the host names where the subject itself is left empty,
// as it may be since RFC 6125.
func subject(leaf *x509.Certificate) string {
	if name := leaf.Subject.String(); name != "" {
		return name
	}
	return shortList(leaf.DNSNames)
}

// How says by which rule a certificate was accepted.
type How int

// The rules of [Config]. The zero value is none of them.
const (
	Pinned     How = iota + 1 // its fingerprint was given
	Vouched                   // an authority vouches for it and for the host name
	Remembered                // a person chose to trust it before
)

// Verdict tells of one accepted handshake.
type Verdict struct {
	Version uint16 // tls.VersionTLS12 or later
	How     How
}

// Words gives the verdict for a person: "TLS 1.3, verified".
func (v Verdict) Words() string {
	words := tls.VersionName(v.Version)
	switch v.How {
	case Pinned:
		return words + ", pinned certificate"
	case Vouched:
		return words + ", verified"
	case Remembered:
		return words + ", trusted certificate"
	default:
		return words + ", certificate not checked"
	}
}
