package activedirectory

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

func TestStartTLSComesBeforeThePassword(t *testing.T) {
	f := newFake(t)
	f.startTLS = true
	backend := f.open()
	if f.plain.Load() != 0 || f.binds.Load() != 1 {
		t.Errorf("%d of %d sign-ins came without TLS", f.plain.Load(), f.binds.Load())
	}
	if about := backend.About(); !strings.HasPrefix(about.TLS, "TLS 1.3, verified") || about.Host != f.address {
		t.Errorf("about %+v", about)
	}
}

func TestWithoutStartTLSNoPasswordIsSent(t *testing.T) {
	f := newFake(t)
	f.startTLS = true
	f.refuseStartTLS = true
	_, err := Open(t.Context(), f.options())
	var said *models.Error
	if !errors.Is(err, models.ErrUnsupported) || !errors.As(err, &said) || !strings.Contains(said.Advice, "ldaps://") {
		t.Errorf("got %v (%+v)", err, said)
	}
	if f.binds.Load() != 0 {
		t.Error("a sign-in was tried")
	}
}

func TestUntrustedCertificateIsShown(t *testing.T) {
	for _, startTLS := range []bool{false, true} {
		f := newFake(t)
		f.startTLS = startTLS
		options := f.options()
		options.TLS = nil // the system's roots do not know it
		_, err := Open(t.Context(), options)
		var shown *models.CertificateError
		if !errors.Is(err, models.ErrCertificate) || !errors.As(err, &shown) {
			t.Fatalf("StartTLS %v: got %v", startTLS, err)
		}
		if shown.Host != f.address || !strings.Contains(shown.Subject, "Acme") || len(shown.Fingerprint) != len("sha256:")+64 || shown.NotAfter.IsZero() || shown.Reason == "" {
			t.Errorf("StartTLS %v: %+v", startTLS, shown)
		}
		if f.binds.Load() != 0 {
			t.Errorf("StartTLS %v: a sign-in was tried", startTLS)
		}
	}
}

func TestCertificateForAnotherHostIsRefused(t *testing.T) {
	f := newFake(t)
	options := f.options()
	options.TLS.ServerName = "other.test"
	_, err := Open(t.Context(), options)
	var shown *models.CertificateError
	if !errors.As(err, &shown) || !strings.Contains(shown.Reason, "not to other.test") {
		t.Errorf("got %v", err)
	}
}

// The command line pins certificates in VerifyConnection; its error must come
// through as it is.
func TestOwnCheckOfTheCertificateIsPassedOn(t *testing.T) {
	changed := &models.CertificateError{Host: "dc", Known: "sha256:00", Fingerprint: "sha256:11"}
	for _, startTLS := range []bool{false, true} {
		f := newFake(t)
		f.startTLS = startTLS
		options := f.options()
		options.TLS = &tls.Config{
			InsecureSkipVerify: true, // as the pin does, with a check of its own below
			VerifyConnection:   func(tls.ConnectionState) error { return changed },
		}
		_, err := Open(t.Context(), options)
		var got *models.CertificateError
		if !errors.Is(err, models.ErrCertChanged) || !errors.As(err, &got) || got != changed {
			t.Errorf("StartTLS %v: got %v", startTLS, err)
		}
	}
}

func TestSkippingVerificationIsRefused(t *testing.T) {
	f := newFake(t)
	options := f.options()
	options.TLS = &tls.Config{InsecureSkipVerify: true} // what must not pass
	if _, err := Open(t.Context(), options); !errors.Is(err, models.ErrInvalid) || f.accepts.Load() != 0 {
		t.Errorf("got %v after %d connections", err, f.accepts.Load())
	}
}

func TestEmptyPasswordIsNotSent(t *testing.T) {
	f := newFake(t)
	f.onBind = func(string, string) (uint16, string) { return 0, "" } // as a server does: "anonymous"
	options := f.options()
	options.Password = models.Secret{}
	if _, err := Open(t.Context(), options); !errors.Is(err, models.ErrCredentials) || f.accepts.Load() != 0 {
		t.Errorf("got %v after %d connections", err, f.accepts.Load())
	}
}

func TestWrongAddresses(t *testing.T) {
	const hidden = "hunter2"
	for _, url := range []string{
		"", "dc1", "http://dc1", "ldapi:///run/slapd", "ldaps://", "ldaps://:636",
		"ldaps://anna:" + hidden + "@dc1", "ldaps://dc1/DC=example", "ldaps://dc1?" + hidden, "ldaps://[::1", "ldaps://dc1:port" + hidden,
	} {
		_, err := Open(t.Context(), Options{URL: url, Account: testAccount, Password: models.NewSecret(testPassword)})
		var said *models.Error
		if !errors.Is(err, models.ErrInvalid) || !errors.As(err, &said) || said.Advice == "" {
			t.Errorf("%q: got %v", url, err)
		} else if strings.Contains(said.Error()+said.Advice, hidden) {
			t.Errorf("%q: the error repeats what may be a password: %v", url, err)
		}
	}
}

func TestAddressPorts(t *testing.T) {
	for url, want := range map[string]string{
		"ldaps://dc1": "dc1:636", "ldap://dc1": "dc1:389", "ldaps://dc1:3269": "dc1:3269",
		"ldaps://[fe80::1]": "[fe80::1]:636", "ldaps://dc1/": "dc1:636",
	} {
		if got, err := parseAddress(url); err != nil || got.hostPort != want {
			t.Errorf("%s: %q, %v; want %q", url, got.hostPort, err, want)
		}
	}
}

func TestOtherServersAreToldApart(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if r.base == "" {
			_ = s.entry(r.id, "", map[string][]string{"namingContexts": {"dc=example"}})
			s.done(r.id, 0, "", nil)
		}
		return r.base == ""
	}
	if _, err := Open(t.Context(), f.options()); !errors.Is(err, models.ErrUnsupported) || f.binds.Load() != 0 {
		t.Errorf("an LDAP server that is no domain controller: %v after %d sign-ins", err, f.binds.Load())
	}
	plain := newFake(t)
	plain.startTLS = true
	options := plain.options()
	options.URL = strings.Replace(options.URL, "ldap://", "ldaps://", 1)
	options.Timeout = 2 * time.Second
	if _, err := Open(t.Context(), options); err == nil || errors.Is(err, models.ErrCertificate) {
		t.Errorf("ldaps:// on a plain port: %v", err)
	}
}

func TestSilentServerTimesOut(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	for _, scheme := range []string{"ldaps://", "ldap://"} {
		_, err = Open(t.Context(), Options{
			URL: scheme + listener.Addr().String(), Account: testAccount, Password: models.NewSecret(testPassword), Timeout: 50 * time.Millisecond,
		})
		var said *models.Error
		if !errors.Is(err, models.ErrUnreachable) || !errors.As(err, &said) || !strings.Contains(said.Kind.Error()+said.Advice, "within 50ms") {
			t.Errorf("%s: got %v", scheme, err)
		}
	}
}

func TestCancelledSignIn(t *testing.T) {
	f := newFake(t)
	ctx, cancel := context.WithCancel(t.Context())
	f.onBind = func(string, string) (uint16, string) {
		cancel()
		<-f.t.Context().Done()
		return 0, ""
	}
	done := make(chan error, 1)
	go func() {
		_, err := Open(ctx, f.options())
		done <- err
	}()
	select {
	case err := <-done:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it hangs")
	}
}

func TestDroppedIdleConnectionIsReplacedUnnoticed(t *testing.T) {
	f := newFake(t)
	f.onSearch = servesAll(many(3))
	backend := f.open()
	f.dropAll()
	if got := listAll(t, backend, models.ListRequest{Base: staff}); got.err != nil || got.total != 3 {
		t.Errorf("got %+v", got)
	}
	if f.binds.Load() != 2 {
		t.Errorf("%d sign-ins, want 2", f.binds.Load())
	}
	listAll(t, backend, models.ListRequest{Base: staff})
	if f.binds.Load() != 2 {
		t.Error("a good idle connection was not used again")
	}
}

func TestPluggedOutInTheMiddle(t *testing.T) {
	f := newFake(t)
	f.onSearch = func(s *session, r searchRequest) bool {
		if isStaff(r) {
			for _, name := range many(100) {
				_ = s.entry(r.id, child(name), user(name))
			}
			s.flush()
			_ = s.raw.Close()
		}
		return isStaff(r)
	}
	backend := f.open()
	got := listAll(t, backend, models.ListRequest{Base: staff})
	if !errors.Is(got.err, models.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", got.err)
	}
	if !slices.Equal(got.names, many(100)) || got.total != models.UnknownTotal {
		t.Errorf("got %d names and total %d: what came before the end should be there", len(got.names), got.total)
	}

	f.stop()
	if got := listAll(t, backend, models.ListRequest{Base: staff}); !errors.Is(got.err, models.ErrUnreachable) || got.pages != 0 {
		t.Errorf("while the server is away: %+v", got)
	}
	f.onSearch = servesAll(many(5))
	f.start()
	if got := listAll(t, backend, models.ListRequest{Base: staff}); got.err != nil || got.total != 5 {
		t.Errorf("after its return: %+v", got)
	}
}

// What a sleeping computer leaves behind is a connection without answers.
func TestSilentIdleConnectionIsReplaced(t *testing.T) {
	f := newFake(t)
	var silent atomic.Bool
	staffed := servesAll(many(3))
	f.onSearch = func(s *session, r searchRequest) bool {
		if f.binds.Load() == 1 && silent.Load() {
			return true // the first connection has fallen silent
		}
		return staffed(s, r)
	}
	backend := f.open()
	silent.Store(true)
	backend.pool.probe = 50 * time.Millisecond
	backend.pool.idle[0].used = time.Now().Add(-time.Minute)
	if got := listAll(t, backend, models.ListRequest{Base: staff}); got.err != nil || got.total != 3 {
		t.Errorf("got %+v", got)
	}
	if f.binds.Load() != 2 {
		t.Errorf("%d sign-ins, want 2", f.binds.Load())
	}
}

// A password changed meanwhile must not lock the account out by being tried
// again and again.
func TestRefusedReconnectIsNotRepeated(t *testing.T) {
	f := newFake(t)
	backend := f.open()
	f.stop()
	f.onBind = func(string, string) (uint16, string) {
		return ldap.LDAPResultInvalidCredentials, diagnostic("52e")
	}
	f.start()
	for range 3 {
		if got := listAll(t, backend, models.ListRequest{Base: staff}); !errors.Is(got.err, models.ErrCredentials) {
			t.Errorf("got %v, want ErrCredentials", got.err)
		}
	}
	if f.binds.Load() != 2 {
		t.Errorf("%d sign-ins, want the first and one refused", f.binds.Load())
	}
}

func TestClosedBackendSaysSo(t *testing.T) {
	backend := newFake(t).open()
	if err := backend.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := backend.Get(t.Context(), models.Ref{DN: testBase}); !errors.Is(err, models.ErrSession) {
		t.Errorf("got %v, want ErrSession", err)
	}
}
