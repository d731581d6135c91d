package synology

import (
	"crypto/tls"
	"crypto/x509"
	"net"
)

func (c *Client) noteTLS(state *tls.ConnectionState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tlsState = state
}

// tlsWords tells the version of the latest connection and how its certificate
// came to be good: by a chain to a root, or because it is a pinned one.
func (c *Client) tlsWords() string {
	c.mu.Lock()
	state := c.tlsState
	c.mu.Unlock()
	if state == nil {
		return ""
	}
	if c.words != nil {
		return c.words()
	}
	words := tls.VersionName(state.Version)
	if len(state.VerifiedChains) > 0 || chains(state, c.tls, c.host) {
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
