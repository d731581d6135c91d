package adaxes

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"time"
)

// newHTTPClient makes a client under call. It never follows a redirect: the
// token would go along. With fresh, each request has a connection of its own: on
// one that was idle, a request that the server never saw cannot be told from one
// whose answer was lost.
func newHTTPClient(config *tls.Config, logger *slog.Logger, fresh bool) *http.Client {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSClientConfig:     config,
		TLSHandshakeTimeout: 15 * time.Second,
		MaxIdleConnsPerHost: 8,
		IdleConnTimeout:     time.Minute,
		DisableKeepAlives:   fresh,
	}
	return &http.Client{
		Transport:     &loggingTransport{next: transport, logger: logger},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// loggingTransport writes one line for each HTTP exchange. Headers and bodies
// are left out: the token stands in the one, passwords in the other.
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
	start := time.Now()
	response, err := t.next.RoundTrip(request)
	line := []any{
		"verb", request.Method, "host", request.URL.Host, "path", request.URL.Path,
		"query", request.URL.Query(), "size", request.ContentLength, "took", time.Since(start),
	}
	if err != nil {
		t.logger.WarnContext(request.Context(), "adaxes request failed", append(line, "error", err)...)
		return response, err
	}
	t.logger.DebugContext(request.Context(), "adaxes request", append(line,
		"status", response.StatusCode, "type", response.Header.Get("Content-Type"))...)
	return response, nil
}
