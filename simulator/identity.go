package simulator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base32"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// identity is a certificate with its key.
type identity struct {
	certificate tls.Certificate
	der         []byte
}

// newIdentity makes a self-signed certificate for the loopback names and host, and
// for the controllers by their names.
// It may also be handed to a client as the only authority that it trusts.
func newIdentity(host string, names []string) (*identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("make a serial number: %w", err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: "dirdesk simulator"},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.AddDate(1, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
		DNSNames:              append([]string{"localhost"}, names...),
		IPAddresses:           []net.IP{net.IPv6loopback},
	}
	for i := range max(1, len(names)) {
		template.IPAddresses = append(template.IPAddresses, net.IPv4(127, 0, 0, byte(i+1)))
	}
	if ip := net.ParseIP(host); ip != nil && !ip.IsLoopback() && !ip.IsUnspecified() {
		template.IPAddresses = append(template.IPAddresses, ip)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	return &identity{certificate: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, der: der}, nil
}

// NewCertificate makes another certificate, which new connections are shown:
// to a client that remembers the old one, the server's identity has changed.
func (s *Server) NewCertificate() error {
	host, _, err := net.SplitHostPort(s.address)
	if err != nil {
		host = s.address
	}
	made, err := newIdentity(host, controllerNames(s.directory))
	if err != nil {
		return err
	}
	s.identity.Store(made)
	return nil
}

// controllerNames are the DNS names of the domain's controllers; none with an
// upstream.
func controllerNames(d *directory.Directory) (names []string) {
	if d == nil {
		return nil
	}
	for _, c := range d.Controllers() {
		names = append(names, c.HostName)
	}
	return names
}

func (s *Server) tlsConfig() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return &s.identity.Load().certificate, nil
		},
		// A session resumed would not show a changed certificate.
		SessionTicketsDisabled: true,
	}
}

// Fingerprint is that of the certificate: "sha256:" and 64 hexadecimal digits.
func (s *Server) Fingerprint() string {
	sum := sha256.Sum256(s.identity.Load().der)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// CertificatePEM is the certificate as a file for a client to trust.
func (s *Server) CertificatePEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.identity.Load().der})
}

// newPassword makes a password by chance, of letters and digits.
func newPassword() models.Secret { return models.NewSecret(rand.Text()) }

// newOTPSecret makes 160 bits in base32, as authenticators take them.
func newOTPSecret() models.Secret {
	b := make([]byte, 20)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return models.NewSecret(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}
