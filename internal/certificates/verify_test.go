package certificates

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
)

func noRoots() (*x509.CertPool, error) { return x509.NewCertPool(), nil }

func TestRules(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	good := ours.issue(time.Hour, "127.0.0.1")
	expired := ours.issue(-time.Hour, "127.0.0.1")
	elsewhere := ours.issue(time.Hour, "nas.example.com")
	stranger := theirs.issue(time.Hour, "127.0.0.1")
	sum := func(c tls.Certificate) string { return Fingerprint(c.Leaf) }

	for _, c := range []struct {
		name        string
		shown       tls.Certificate
		roots       func() (*x509.CertPool, error)
		ca          string
		fingerprint string
		known       string
		how         How    // 0: refused
		reason      string // part of the refusal's
		changed     bool
	}{
		{name: "system roots vouch for it", shown: good, roots: ours.pool, how: Vouched},
		{name: "CA file vouches for it", shown: good, roots: noRoots, ca: ours.file(), how: Vouched},
		{name: "CA file is added to the system's", shown: good, roots: ours.pool, ca: theirs.file(), how: Vouched},
		{name: "unknown authority", shown: stranger, roots: ours.pool, reason: "no authority"},
		{name: "out of date", shown: expired, roots: ours.pool, reason: "out of date"},
		{name: "another host's", shown: elsewhere, roots: ours.pool, reason: "made out to nas.example.com, not to 127.0.0.1"},

		{name: "common name only", shown: ours.issue(time.Hour), roots: ours.pool, reason: "made out to nobody but a common name (server)"},
		{name: "address as a name", shown: ours.template(func(c *x509.Certificate) { c.DNSNames = []string{"127.0.0.1"} }), roots: ours.pool, reason: "has the IP address 127.0.0.1 as a DNS name"},
		{name: "not yet valid", shown: ours.template(func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }), roots: ours.pool, reason: "look at this computer's clock"},
		{name: "weak signature", shown: ours.template(func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 }), roots: ours.pool, reason: "signature is too weak to be trusted (ECDSA-SHA1)"},

		{name: "pinned", shown: stranger, roots: noRoots, fingerprint: sum(stranger), how: Pinned},
		{name: "pinned as openssl prints it", shown: stranger, roots: noRoots, fingerprint: asOpenSSL(sum(stranger)), how: Pinned},
		{name: "pin wins over an authority that vouches", shown: good, roots: ours.pool, fingerprint: sum(stranger), reason: "fingerprint", changed: true},
		{name: "pin wins over a known one", shown: stranger, roots: noRoots, known: sum(stranger), fingerprint: sum(good), reason: "fingerprint", changed: true},

		{name: "known", shown: stranger, roots: noRoots, known: sum(stranger), how: Remembered},
		{name: "known and out of date", shown: expired, roots: noRoots, known: sum(expired), how: Remembered},
		{name: "changed", shown: stranger, roots: noRoots, known: sum(good), reason: "no authority", changed: true},
		{name: "changed to one that is vouched for", shown: good, roots: ours.pool, known: sum(stranger), how: Vouched},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := serve(t, c.shown, 0)
			store := OpenStore(filepath.Join(t.TempDir(), "known"))
			if c.known != "" {
				if err := store.Trust(address, c.known); err != nil {
					t.Fatal(err)
				}
			}
			var got Verdict
			err := shake(address, Config{
				Host: address, CAFile: c.ca, Fingerprint: c.fingerprint, Known: store,
				Accepted: func(v Verdict) { got = v }, systemRoots: c.roots,
			})
			if c.how != 0 {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				if got.How != c.how {
					t.Errorf("accepted as %q, want %q", got.Words(), Verdict{got.Version, c.how}.Words())
				}
				return
			}
			var refusal *models.CertificateError
			if !errors.As(err, &refusal) {
				t.Fatalf("want a certificate error, got %v", err)
			}
			if got.How != 0 {
				t.Errorf("refused and yet reported as accepted: %q", got.Words())
			}
			if !errors.Is(err, models.ErrCertificate) || errors.Is(err, models.ErrCertChanged) != c.changed {
				t.Errorf("kind of error is wrong: %v (changed should be %v)", err, c.changed)
			}
			if !strings.Contains(refusal.Reason, c.reason) {
				t.Errorf("reason %q does not speak of %q", refusal.Reason, c.reason)
			}
			if refusal.Fingerprint != sum(c.shown) || refusal.Host != address ||
				refusal.Subject != "CN=server" || refusal.Issuer != "CN=Test Authority" ||
				!refusal.NotAfter.Equal(c.shown.Leaf.NotAfter) || !refusal.NotBefore.Equal(c.shown.Leaf.NotBefore) {
				t.Errorf("the refusal does not describe the certificate: %+v", refusal)
			}
		})
	}
}

// asOpenSSL spells a fingerprint as "openssl x509 -fingerprint" does.
func asOpenSSL(fingerprint string) string {
	digits := strings.ToUpper(strings.TrimPrefix(fingerprint, prefix))
	var pairs []string
	for i := 0; i < len(digits); i += 2 {
		pairs = append(pairs, digits[i:i+2])
	}
	return "SHA256:" + strings.Join(pairs, ":")
}

func TestTrustingIsRemembered(t *testing.T) {
	certificate := newAuthority(t).issue(time.Hour, "127.0.0.1")
	address := serve(t, certificate, 0)
	path := filepath.Join(t.TempDir(), "state", "known")
	rules := Config{Host: address, Known: OpenStore(path), systemRoots: noRoots}

	var refusal *models.CertificateError
	if err := shake(address, rules); !errors.As(err, &refusal) {
		t.Fatalf("an unknown certificate must be refused first, got %v", err)
	}
	if err := rules.Known.Trust(refusal.Host, refusal.Fingerprint); err != nil {
		t.Fatal(err)
	}
	rules.Known = OpenStore(path) // the next run of the program
	if err := shake(address, rules); err != nil {
		t.Errorf("trusted and refused again: %v", err)
	}
}

// A session that is resumed shows no certificate anew; the rules must hold all
// the same, as the pin or the store may have changed in between.
func TestResumedSessionsAreCheckedToo(t *testing.T) {
	certificate := newAuthority(t).issue(time.Hour, "127.0.0.1")
	address := serve(t, certificate, 0)
	cache := tls.NewLRUClientSessionCache(4)
	connect := func(fingerprint string) (bool, error) {
		settings, err := Config{Host: address, Fingerprint: fingerprint, systemRoots: noRoots}.TLS()
		if err != nil {
			t.Fatal(err)
		}
		settings.ClientSessionCache = cache
		connection, err := tls.Dial("tcp", address, settings)
		if err != nil {
			return false, err
		}
		defer func() { _ = connection.Close() }()
		// The ticket arrives with the first bytes of the answer.
		if _, err := connection.Write([]byte{'x'}); err != nil {
			t.Fatal(err)
		}
		if _, err := connection.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		return connection.ConnectionState().DidResume, nil
	}
	own := Fingerprint(certificate.Leaf)
	if _, err := connect(own); err != nil {
		t.Fatal(err)
	}
	if resumed, err := connect(own); err != nil || !resumed {
		t.Fatalf("the second connection should resume: %v, %v", resumed, err)
	}
	if _, err := connect(prefix + strings.Repeat("0", 64)); !errors.Is(err, models.ErrCertChanged) {
		t.Errorf("a resumed session got past another pin: %v", err)
	}
}

func TestOldTLSIsRefused(t *testing.T) {
	certificate := newAuthority(t).issue(time.Hour, "127.0.0.1")
	address := serve(t, certificate, tls.VersionTLS11)
	err := shake(address, Config{Host: address, Fingerprint: Fingerprint(certificate.Leaf)})
	if err == nil {
		t.Fatal("TLS 1.1 was accepted")
	}
}

func TestBadRules(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rules Config
		want  string
	}{
		{Config{Host: "nas"}, "nas"},
		{Config{Host: "nas:1", Fingerprint: "sha1:00"}, "sha256:"},
		{Config{Host: "nas:1", Fingerprint: "sha256:00"}, "64 hex digits"},
		{Config{Host: "nas:1", CAFile: filepath.Join(t.TempDir(), "absent.pem")}, "absent.pem"},
		{Config{Host: "nas:1", CAFile: empty}, "no certificate"},
	} {
		if _, err := c.rules.TLS(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v does not speak of %q", c.rules, err, c.want)
		}
	}
}

func TestVerdictWords(t *testing.T) {
	for verdict, want := range map[Verdict]string{
		{tls.VersionTLS13, Vouched}:    "TLS 1.3, verified",
		{tls.VersionTLS12, Pinned}:     "TLS 1.2, pinned certificate",
		{tls.VersionTLS13, Remembered}: "TLS 1.3, trusted certificate",
	} {
		if got := verdict.Words(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A handshake that fails after the host was reached says what failed, and does not
// send a person to look at the network.
func TestHandshakeWords(t *testing.T) {
	certificate := newAuthority(t).issue(time.Hour, "127.0.0.1")
	fail := func(answer func(net.Conn)) error {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		go func() {
			if c, err := listener.Accept(); err == nil {
				_, _ = c.Read(make([]byte, 10_000))
				answer(c)
				_ = c.Close()
			}
		}()
		address := listener.Addr().String()
		return shake(address, Config{Host: address, Fingerprint: Fingerprint(certificate.Leaf)})
	}
	old := serve(t, certificate, tls.VersionTLS11)
	for _, c := range []struct {
		err  error
		want string
	}{
		{shake(old, Config{Host: old, Fingerprint: Fingerprint(certificate.Leaf)}), "no version of TLS in common"},
		{fail(func(net.Conn) {}), "closed the connection in the TLS handshake"},
		{fail(func(c net.Conn) { _, _ = c.Write([]byte{21, 3, 3, 0, 2, 2, 40}) }), "ended the TLS handshake with the alert: handshake failure"},
		{fail(func(c net.Conn) { _, _ = c.Write([]byte{21, 3, 3, 0, 2, 2, 116}) }), "wants a certificate of the client"},
		{fail(func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) }), "does not speak TLS"},
		{fail(func(c net.Conn) { _, _ = c.Write([]byte{22, 3, 3, 0, 4, 99, 0, 0, 0}) }), "the TLS handshake with nas:636 failed: "},
	} {
		if c.err == nil {
			t.Errorf("%s: no error", c.want)
			continue
		}
		if words, advice := (&HandshakeError{c.err}).Words("nas:636"); !strings.Contains(words, c.want) || advice == "" || strings.Contains(advice, "network") {
			t.Errorf("%v: %s | %s, want %s", c.err, words, advice, c.want)
		}
	}
}
