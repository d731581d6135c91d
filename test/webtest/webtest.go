// Package webtest serves the tests of web clients: an HTTPS server whose handshakes
// cost little, and a wait that ends when the test says so.
package webtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dirdesk/internal/webclient"
)

// Server is an HTTPS server that counts its connections.
type Server struct {
	*httptest.Server
	open atomic.Int32
}

// Serve starts a server of its own for a test, with a certificate that Roots knows.
// What goes wrong in a handler is not printed.
func Serve(t testing.TB, handler http.Handler) *Server {
	t.Helper()
	pair, err := certificate()
	if err != nil {
		t.Fatal(err)
	}
	server := &Server{Server: httptest.NewUnstartedServer(handler)}
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			server.open.Add(1)
		case http.StateClosed, http.StateHijacked:
			server.open.Add(-1)
		}
	}
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// Roots trusts a server and no other, and shakes hands on the curve that costs least.
func Roots(server *Server) *tls.Config {
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return &tls.Config{RootCAs: roots, CurvePreferences: []tls.CurveID{tls.CurveP256}}
}

// certificate is the same for all servers of a process, as the RSA one of httptest
// is, and takes a twentieth of its time to sign a handshake.
var certificate = sync.OnceValues(func() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "web client's test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, IsCA: true,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
})

// LeavesNothing runs a read that is left in the middle, and wants as many goroutines
// and connections afterwards as before, or fewer. No other test may run beside it.
func (s *Server) LeavesNothing(t *testing.T, read func()) {
	t.Helper()
	goroutines, connections := runtime.NumGoroutine(), s.open.Load()
	read()
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > goroutines || s.open.Load() > connections {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines and %d connections, where there were %d and %d\n%s", runtime.NumGoroutine(), s.open.Load(),
				goroutines, connections, stacks[:runtime.Stack(stacks, true)])
		}
		time.Sleep(time.Millisecond)
	}
}

// OutOfTime makes a client wait for its answers until runOut is called, whatever its
// time-out: then it has waited for too long. Afterwards it waits as before.
func OutOfTime(web *webclient.Client) (runOut func()) {
	before, over := web.Limit, make(chan struct{})
	web.Limit = func(ctx context.Context, _ time.Duration) (context.Context, context.CancelFunc) {
		limited, end := context.WithCancelCause(ctx)
		go func() {
			select {
			case <-over:
				end(webclient.ErrSlow)
			case <-limited.Done():
			}
		}()
		return limited, func() { end(nil) }
	}
	return sync.OnceFunc(func() {
		web.Limit = before
		close(over)
	})
}
