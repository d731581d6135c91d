package webclient

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"dirdesk/models"
)

// A server that is known to be there is not looked for under another port.
func TestTroubleAdvises(t *testing.T) {
	slow, cancel := context.WithTimeoutCause(t.Context(), 0, ErrSlow)
	defer cancel()
	for _, c := range []struct {
		name    string
		limited context.Context
		err     error
		reached bool
		want    string
	}{
		{"never reached", t.Context(), syscall.ECONNREFUSED, false, "nothing listens at nas:5001 | the port"},
		{"reached before", t.Context(), syscall.ECONNREFUSED, true, "nothing listens at nas:5001 any more | The server may be starting anew: wait a moment, then try again."},
		{"cut", t.Context(), io.ErrUnexpectedEOF, true, "nas:5001 closed the connection before its answer was complete | Try again; if it stays, look at the server."},
		{"no TLS", t.Context(), http.ErrSchemeMismatch, false, "nas:5001 does not speak HTTPS | no TLS"},
		{"slow", slow, context.DeadlineExceeded, true, "nas:5001 did not answer within 3s | The server may be busy: wait a moment, then try again."},
	} {
		client := &Client{options: Options{Host: "nas:5001", Advice: Advice{Port: "the port", NoTLS: "no TLS", OldTLS: "old TLS"}}}
		if c.reached {
			client.tlsWords = "TLS 1.3"
		}
		err := client.trouble(t.Context(), c.limited, 3*time.Second, c.err)
		var known *models.Error
		if !errors.As(err, &known) || !errors.Is(err, models.ErrUnreachable) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := known.Kind.Error() + " | " + known.Advice; got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := new(Client).trouble(gone, gone, 0, io.EOF); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A redirect is not followed, and the log has what is described and nothing of
// headers and bodies.
func TestClientFollowsNothingAndLogsNoSecret(t *testing.T) {
	asked := 0
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer server.Close()
	var log bytes.Buffer
	client, err := New(Options{
		TLS: server.Client().Transport.(*http.Transport).TLSClientConfig, Name: "api", Host: server.Listener.Addr().String(),
		Logger:   slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Describe: func(*http.Request) []any { return []any{"note", "described"} },
	})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/here", strings.NewReader("s3cret-body"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Adm-Authorization", "s3cret-token")
	response, err := client.Changes.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusTemporaryRedirect || asked != 1 {
		t.Errorf("status %d after %d requests", response.StatusCode, asked)
	}
	if got := log.String(); !strings.Contains(got, "described") || !strings.Contains(got, "/here") || strings.Contains(got, "s3cret") {
		t.Errorf("the log has %s", got)
	}
	server.Close()
	log.Reset()
	if _, err := client.Reads.Get(server.URL); err == nil || !strings.Contains(log.String(), "api request failed") {
		t.Errorf("%v, and the log has %s", err, log.String())
	}
}
