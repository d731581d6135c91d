package synology

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// newHTTPClient makes a client under call. It never follows a redirect: the
// credentials would go along. With fresh, each request has a connection of its
// own: on one that was idle, a request that the server never saw cannot be told
// from one whose answer was lost.
func newHTTPClient(config *tls.Config, logger *slog.Logger, fresh bool) *http.Client {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSClientConfig:     config,
		TLSHandshakeTimeout: 15 * time.Second,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     time.Minute,
		DisableKeepAlives:   fresh,
	}
	return &http.Client{
		Transport:     &loggingTransport{next: transport, logger: logger},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// loggingTransport writes one line for each HTTP exchange, secrets taken out.
// Answers are not logged: the one to a sign-in holds the session.
type loggingTransport struct {
	next   http.RoundTripper
	logger *slog.Logger
}

// CloseIdleConnections lets http.Client reach the connections below.
func (t *loggingTransport) CloseIdleConnections() {
	if next, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		next.CloseIdleConnections()
	}
}

// RoundTrip sends the request and logs it at debug level, a failure at warn.
func (t *loggingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if !t.logger.Enabled(request.Context(), slog.LevelDebug) {
		return t.next.RoundTrip(request)
	}
	start := time.Now()
	response, err := t.next.RoundTrip(request)
	line := []any{
		"verb", request.Method,
		"host", request.URL.Host,
		"path", request.URL.Path,
		"header", redactHeader(request.Header),
		"form", redactForm(formOf(request.Context())),
		"took", time.Since(start),
	}
	if err != nil {
		t.logger.WarnContext(request.Context(), "dsm request failed", append(line, "error", err)...)
		return response, err
	}
	t.logger.DebugContext(request.Context(), "dsm request", append(line,
		"status", response.StatusCode, "type", response.Header.Get("Content-Type"))...)
	return response, nil
}

// formKey is where a request's context holds its form, for the log: the body
// can be read only once.
type formKey struct{}

func withForm(ctx context.Context, form url.Values) context.Context {
	return context.WithValue(ctx, formKey{}, form)
}

func formOf(ctx context.Context) url.Values {
	form, _ := ctx.Value(formKey{}).(url.Values)
	return form
}
