package adaxes

import (
	"crypto/tls"
	"crypto/x509"
	"net"
)

// noteTLS keeps the words for a connection's state; those of the first one,
// since finding them takes a while and every later one obeys the same rules.
func (b *Backend) noteTLS(state *tls.ConnectionState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case state == nil || b.tlsWords != "":
	case b.options.TLSWords != nil:
		b.tlsWords = b.options.TLSWords()
	default:
		b.tlsWords = tlsWords(state, b.tls, b.base.Host)
	}
}

// tlsWords tells the version and how the certificate came to be good: by a
// chain to a root, or because it is a pinned one.
func tlsWords(state *tls.ConnectionState, config *tls.Config, host string) string {
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
	options := x509.VerifyOptions{DNSName: name, Roots: config.RootCAs, Intermediates: x509.NewCertPool()}
	for _, certificate := range state.PeerCertificates[1:] {
		options.Intermediates.AddCert(certificate)
	}
	_, err = state.PeerCertificates[0].Verify(options)
	return err == nil
}
