package certificates

import (
	"crypto/tls"
	"crypto/x509"
	"net"

	"dirdesk/models"
)

// Safe copies the settings for connections to a host (host:port), raises them to
// TLS 1.2, and refuses those that check no certificate at all, with
// models.ErrCertificate. Without settings the system's roots decide.
func Safe(host string, config *tls.Config) (*tls.Config, error) {
	if config == nil {
		usual, err := Config{Host: host}.TLS()
		if err != nil {
			return nil, &models.Error{Kind: models.ErrCertificate, Action: "connect to", Object: host, Err: err}
		}
		config = usual
	}
	config = config.Clone()
	if config.MinVersion < tls.VersionTLS12 {
		config.MinVersion = tls.VersionTLS12
	}
	if config.InsecureSkipVerify && config.VerifyConnection == nil && config.VerifyPeerCertificate == nil {
		return nil, &models.Error{
			Kind: unchecked{}, Action: "connect to", Object: host,
			Advice: "Name a CA file or the certificate's fingerprint instead.",
		}
	}
	return config, nil
}

// unchecked is why settings are refused.
type unchecked struct{}

func (unchecked) Error() string { return "refusing to connect without checking the certificate" }

func (unchecked) Unwrap() error { return models.ErrCertificate }

// StateWords tells the version of an established connection to a host
// (host:port), and how its certificate came to be good: by a chain to a root, or
// because it is a pinned one.
func StateWords(state *tls.ConnectionState, config *tls.Config, host string) string {
	words := tls.VersionName(state.Version)
	if len(state.VerifiedChains) > 0 || chains(state, config, host) {
		return words + ", verified"
	}
	return words + ", pinned certificate"
}

// chains reports whether the certificate leads to a root and names the host.
// The handshake has accepted it already, perhaps by its fingerprint only.
func chains(state *tls.ConnectionState, config *tls.Config, host string) bool {
	if len(state.PeerCertificates) == 0 {
		return false
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		return false
	}
	return chain(state.PeerCertificates, x509.VerifyOptions{DNSName: name, Roots: config.RootCAs}) == nil
}
