// Package webclient is what clients of an HTTPS API have in common: how they
// connect, what goes into the log, and why there was no answer, in words.
package webclient

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"time"
)

// Options say how to connect.
type Options struct {
	TLS *tls.Config
	// Fresh gives each request a connection of its own: on one that was idle, a
	// request that the server never saw cannot be told from one whose answer was
	// lost.
	Fresh  bool
	Logger *slog.Logger
	Name   string // of the API, in the log
	// Describe gives what a line of the log says of a request beside its verb,
	// host and path. There must be no secret in it.
	Describe func(*http.Request) []any
}

// New makes a client. It never follows a redirect: what signs a request in would
// go along.
func New(o Options) *http.Client {
	transport := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSClientConfig:     o.TLS,
		TLSHandshakeTimeout: 15 * time.Second,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     time.Minute,
		DisableKeepAlives:   o.Fresh,
	}
	return &http.Client{
		Transport:     &logging{Transport: transport, options: o},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// logging writes one line for each HTTP exchange: at debug level, a failure at
// warn. Neither headers nor bodies nor answers are in it.
type logging struct {
	*http.Transport
	options Options
}

// RoundTrip sends the request and logs it.
func (l *logging) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	response, err := l.Transport.RoundTrip(request)
	ctx, logger := request.Context(), l.options.Logger
	level := slog.LevelDebug
	if err != nil {
		level = slog.LevelWarn
	}
	if !logger.Enabled(ctx, level) {
		return response, err
	}
	line := append([]any{"verb", request.Method, "host", request.URL.Host, "path", request.URL.Path}, l.options.Describe(request)...)
	line = append(line, "took", time.Since(start))
	if err != nil {
		logger.WarnContext(ctx, l.options.Name+" request failed", append(line, "error", err)...)
		return response, err
	}
	logger.DebugContext(ctx, l.options.Name+" request", append(line, "status", response.StatusCode, "type", response.Header.Get("Content-Type"))...)
	return response, nil
}
