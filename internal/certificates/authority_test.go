package certificates

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority is a CA of the test's own.
type authority struct {
	t           *testing.T
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	a := &authority{t: t, certificate: template, key: newKey(t)}
	a.certificate = a.make(template, a.key).Leaf
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// make signs template with the authority's key for the holder of key.
func (a *authority) make(template *x509.Certificate, key *ecdsa.PrivateKey) tls.Certificate {
	a.t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// issue makes a certificate for the names, good for the given time from now.
func (a *authority) issue(lasting time.Duration, names ...string) tls.Certificate {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "server"},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(lasting),
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	return a.make(template, newKey(a.t))
}

// template is issue for one that is made otherwise; where nothing is said of names,
// it is made out to 127.0.0.1.
func (a *authority) template(otherwise func(*x509.Certificate)) tls.Certificate {
	made := a.issue(time.Hour, "127.0.0.1").Leaf
	template := &x509.Certificate{SerialNumber: made.SerialNumber, Subject: made.Subject, NotBefore: made.NotBefore, NotAfter: made.NotAfter}
	otherwise(template)
	if len(template.DNSNames) == 0 {
		template.IPAddresses = made.IPAddresses
	}
	return a.make(template, newKey(a.t))
}

// pool is the system's roots of a computer that knows this authority.
func (a *authority) pool() (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool, nil
}

// file writes the authority's certificate as a CA file.
func (a *authority) file() string {
	path := filepath.Join(a.t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		a.t.Fatal(err)
	}
	return path
}

// serve answers TLS connections with the certificate and echoes; it gives the
// address.
func serve(t *testing.T, certificate tls.Certificate, highest uint16) string {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS10, MaxVersion: highest,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
	})
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return // closed by the cleanup
			}
			go func() {
				_, _ = io.Copy(connection, connection) // the client's end is what is tested
				_ = connection.Close()
			}()
		}
	}()
	return listener.Addr().String()
}

// shake makes a connection by the rules and sends a byte there and back.
func shake(address string, c Config) error {
	settings, err := c.TLS()
	if err != nil {
		return err
	}
	connection, err := tls.Dial("tcp", address, settings)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	if _, err := connection.Write([]byte{'x'}); err != nil {
		return err
	}
	_, err = io.ReadFull(connection, make([]byte, 1))
	return err
}
