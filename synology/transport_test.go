package synology

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"nas":                     "nas:5001",
		"nas:443":                 "nas:443",
		" nas.example.com ":       "nas.example.com:5001",
		"https://nas":             "nas:5001",
		"synology://nas:5443/":    "nas:5443",
		"HTTPS://nas":             "nas:5001",
		"192.0.2.7":               "192.0.2.7:5001",
		"[2001:db8::7]":           "[2001:db8::7]:5001",
		"https://[2001:db8::7]:1": "[2001:db8::7]:1",
	} {
		if got, err := address(text); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "nas/webapi", "nas?x=1", "ftp://nas", "nas:port", "a b", "nas#x"} {
		if got, err := address(text); !errors.Is(err, models.ErrInvalid) {
			t.Errorf("%q: %q, %v; want ErrInvalid", text, got, err)
		}
	}
}

func TestPlainHTTPIsRefused(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("something was sent in clear text")
	}))
	defer server.Close()
	_, err := Open(t.Context(), Options{Host: server.URL, Account: "jdoe", Password: models.NewSecret(testPassword)})
	if !errors.Is(err, models.ErrInvalid) || !strings.Contains(err.Error(), "clear text") {
		t.Errorf("by URL: %v", err)
	}
	// A port that speaks plain HTTP gets a TLS hello and nothing else.
	server.Config.Handler = http.NotFoundHandler()
	_, err = Open(t.Context(), Options{Host: server.Listener.Addr().String(), Account: "jdoe"})
	if !errors.Is(err, models.ErrUnreachable) || !strings.Contains(err.Error(), "does not speak HTTPS") {
		t.Errorf("by port: %v", err)
	}
}

func TestAnAccountInTheAddressIsNotRepeated(t *testing.T) {
	_, err := Open(t.Context(), Options{Host: "https://jdoe:" + testCode + "@nas"})
	if !errors.Is(err, models.ErrInvalid) || strings.Contains(err.Error(), testCode) {
		t.Errorf("got %v", err)
	}
}

func TestNothingListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), Options{Host: host, Account: "jdoe"})
	if !errors.Is(err, models.ErrUnreachable) || !strings.Contains(err.Error(), "nothing listens at "+host) {
		t.Errorf("got %v", err)
	}
}

func TestCertificates(t *testing.T) {
	server := newCanned(t)
	options := server.options()
	own := certificates.Fingerprint(server.server.Certificate())

	t.Run("system roots do not know it", func(t *testing.T) {
		options.TLS = nil
		_, err := Open(t.Context(), options)
		checkCertificateError(t, err, options.Host, own)
	})
	t.Run("crypto/tls refuses it", func(t *testing.T) {
		options.TLS = &tls.Config{RootCAs: x509.NewCertPool()}
		_, err := Open(t.Context(), options)
		checkCertificateError(t, err, options.Host, own)
	})
	t.Run("no check at all", func(t *testing.T) {
		options.TLS = &tls.Config{InsecureSkipVerify: true}
		if _, err := Open(t.Context(), options); !errors.Is(err, models.ErrCertificate) {
			t.Errorf("got %v, want ErrCertificate", err)
		}
	})
	if n := len(server.requests); n != 0 {
		t.Errorf("%d requests went to a server that was not trusted", n)
	}
	t.Run("pinned", func(t *testing.T) {
		config, err := certificates.Config{Host: options.Host, Fingerprint: own}.TLS()
		if err != nil {
			t.Fatal(err)
		}
		options.TLS = config
		client, err := Open(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		if got := client.About().TLS; got != "TLS 1.3, pinned certificate" {
			t.Errorf("TLS: %q", got)
		}
	})
	t.Run("verified", func(t *testing.T) {
		if got := server.open().About().TLS; got != "TLS 1.3, verified" {
			t.Errorf("TLS: %q", got)
		}
	})
}

func checkCertificateError(t *testing.T, err error, host, fingerprint string) {
	t.Helper()
	var shown *models.CertificateError
	if !errors.As(err, &shown) || !errors.Is(err, models.ErrCertificate) {
		t.Fatalf("got %v, want a certificate to look at", err)
	}
	if shown.Host != host || shown.Fingerprint != fingerprint || shown.NotAfter.IsZero() || shown.Reason == "" {
		t.Errorf("got %+v", shown)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := newCanned(t)
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := newCanned(t)
		for _, wire := range []string{"SYNO.API.Info.query", "SYNO.API.Auth.login"} {
			server.on(wire, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, elsewhere.server.URL+"/webapi/entry.cgi", status)
			})
			_, err := Open(t.Context(), server.options())
			var told *models.Error
			if !errors.As(err, &told) || !errors.Is(err, models.ErrProtocol) || !strings.Contains(told.Server, elsewhere.server.URL) {
				t.Errorf("%d: got %v, want ErrProtocol that names where it leads", status, err)
			}
			server.answer("SYNO.API.Info.query", discovery)
		}
	}
	if len(elsewhere.requests) > 0 {
		t.Error("a redirect was followed")
	}
}

func TestStatusKinds(t *testing.T) {
	for status, kind := range map[int]error{
		400: models.ErrProtocol, 401: models.ErrDenied, 403: models.ErrDenied, 404: models.ErrProtocol,
		429: models.ErrBusy, 500: models.ErrServer, 502: models.ErrServer, 503: models.ErrServer, 204: models.ErrProtocol,
	} {
		server := newCanned(t)
		client := server.open()
		server.on(wireInfo, text(status, "<h1>words of a proxy</h1>"))
		_, err := client.Info(t.Context())
		var told *models.Error
		if !errors.Is(err, kind) || !errors.As(err, &told) || told.Code != fmt.Sprint("HTTP ", status) {
			t.Errorf("%d: got %v, want %v", status, err, kind)
		} else if status != 204 && !strings.Contains(told.Server, "words of a proxy") {
			t.Errorf("%d: the proxy's words are lost", status)
		}
	}
}

func TestHugeAnswersAreNotReadToTheEnd(t *testing.T) {
	t.Parallel()
	server := newCanned(t)
	client := server.open()
	var sent atomic.Int64
	server.on(wireInfo, func(w http.ResponseWriter, _ *http.Request) {
		chunk := bytes.Repeat([]byte(" "), 1<<20)
		for range 4 * maxAnswer >> 20 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
			sent.Add(1)
		}
	})
	_, err := client.Info(t.Context())
	if !errors.Is(err, models.ErrProtocol) || !strings.Contains(err.Error(), "larger than 16 MB") {
		t.Errorf("got %v", err)
	}
	if sent.Load() >= 4*maxAnswer>>20 {
		t.Error("everything was read")
	}
}

// dropping hands a connection's first request to the handler and cuts the
// connection at the second, as a server does that closed it while it was idle.
func dropping(next http.HandlerFunc) http.HandlerFunc {
	used := map[string]bool{}
	return func(w http.ResponseWriter, r *http.Request) {
		if used[r.RemoteAddr] {
			panic(http.ErrAbortHandler)
		}
		used[r.RemoteAddr] = true
		next(w, r)
	}
}

func TestReadIsRepeatedOnAConnectionClosedWhileIdle(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	server.on(wireInfo, dropping(text(200, goodInfo)))
	for range 3 {
		if _, err := client.Info(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(server.seen(wireInfo)); n != 5 {
		t.Errorf("%d requests, want 5: three calls, two of them found a closed connection", n)
	}
	for _, request := range server.seen(wireInfo) {
		if _, sent := request.header["Idempotency-Key"]; sent {
			t.Error("the key that allows the repetition is on the wire")
		}
	}
}

func TestReadIsNotRepeatedOnANewConnection(t *testing.T) {
	server := newCanned(t)
	client := server.open()
	server.on(wireInfo, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	client.web.Reads.CloseIdleConnections()
	if _, err := client.Info(t.Context()); !errors.Is(err, models.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", err)
	}
	server.only(wireInfo)
}

// A one-time code may have been used up: only a person may send another.
func TestSignInIsNeverRepeated(t *testing.T) {
	server := newCanned(t)
	server.on("SYNO.API.Auth.login", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	if _, err := Open(t.Context(), server.options()); !errors.Is(err, models.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", err)
	}
	server.only("SYNO.API.Auth.login")
}

func TestPathIsUsedAsAdvertisedButStaysOnTheHost(t *testing.T) {
	for advertised, want := range map[string]string{
		"____________entry.cgi":       "/webapi/____________entry.cgi",
		"entry.cgi/SYNO.X":            "/webapi/entry.cgi/SYNO.X",
		"/entry.cgi":                  "/webapi/entry.cgi",
		"":                            "/webapi/entry.cgi",
		"//evil.test/entry.cgi":       "/webapi/evil.test/entry.cgi",
		"https://evil.test/entry.cgi": "/webapi/https://evil.test/entry.cgi",
		"a b?c=d#e":                   "/webapi/a b?c=d#e",
	} {
		server := newCanned(t)
		server.answer("SYNO.API.Info.query", strings.Replace(discovery,
			`"SYNO.ActiveDirectory.Info":{"maxVersion":3,"minVersion":1,"path":"entry.cgi"`,
			`"SYNO.ActiveDirectory.Info":{"maxVersion":3,"minVersion":1,"path":"`+advertised+`"`, 1))
		server.answer(wireInfo, goodInfo)
		if _, err := server.open().Info(t.Context()); err != nil {
			t.Errorf("%q: %v", advertised, err)
			continue
		}
		if got := server.only(wireInfo).path; got != want {
			t.Errorf("%q: went to %q, want %q", advertised, got, want)
		}
	}
}

func TestDiscoveryComesFirstAndAsksTheOldEntryPoint(t *testing.T) {
	server := newCanned(t)
	server.open()
	first := server.requests[0]
	if first.path != "/webapi/query.cgi" || first.call() != "SYNO.API.Info.query" || first.form.Get("query") != "all" {
		t.Errorf("the first request: %s %v", first.path, first.form)
	}
	if first.verb != http.MethodPost || first.header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("%s %s", first.verb, first.header)
	}
}
