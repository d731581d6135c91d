// Package webclient is what clients of an HTTPS API have in common. A Client makes
// one exchange, knows whether a change may have reached the server, and says in words
// why there was no answer. Sessions renews the credentials of a sign-in once for all,
// and a Scrubber takes secrets out of what a server says. What a client keeps for
// itself are paths, codes and shapes.
package webclient

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"dirdesk/internal/certificates"
)

// Options say how to connect.
type Options struct {
	Host string // host:port
	// TLS decides which certificates are good; nil means the system's roots. A
	// configuration that verifies nothing is refused.
	TLS *tls.Config
	// TLSWords tells, after a handshake, by which rule of TLS the certificate was
	// accepted; nil: what the connection shows by itself.
	TLSWords func() string
	Logger   *slog.Logger
	Name     string // of the API, in the log
	// Describe gives what a line of the log says of a request beside its verb,
	// host and path. There must be no secret in it.
	Describe func(*http.Request) []any
	Advice   Advice
}

// Client speaks HTTPS with one server. It never follows a redirect: what signs a
// request in would go along.
type Client struct {
	options Options
	// Reads sends what changes nothing, and Changes the rest: each change on a
	// connection of its own, since on one that was idle a request that the server
	// never saw cannot be told from one whose answer was lost.
	Reads, Changes *http.Client
	// Limit ends a context with the cause ErrSlow when the server takes too long.
	Limit func(ctx context.Context, after time.Duration) (context.Context, context.CancelFunc)

	mu       sync.Mutex
	tlsWords string
}

// New makes a client. The error is that of an unsafe Options.TLS.
func New(o Options) (*Client, error) {
	config, err := certificates.Safe(o.Host, o.TLS)
	if err != nil {
		return nil, err
	}
	o.TLS = config
	return &Client{options: o, Reads: newHTTP(o, false), Changes: newHTTP(o, true), Limit: limit}, nil
}

func limit(ctx context.Context, after time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, after, ErrSlow)
}

func newHTTP(o Options, fresh bool) *http.Client {
	transport := &http.Transport{
		Proxy:       http.ProxyFromEnvironment,
		DialContext: (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		// A server has no reason to send more headers than that.
		MaxResponseHeaderBytes: 256 << 10,
		TLSClientConfig:        o.TLS,
		TLSHandshakeTimeout:    15 * time.Second,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        time.Minute,
		DisableKeepAlives:      fresh,
	}
	return &http.Client{
		Transport:     &logging{Transport: transport, options: o},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// TLS says in words how the connection is protected; "" before the first answer.
func (c *Client) TLS() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tlsWords
}

// noteTLS keeps the words for a connection's state; those of the first one, since
// finding them takes a while and every later one obeys the same rules.
func (c *Client) noteTLS(state *tls.ConnectionState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case state == nil || c.tlsWords != "":
	case c.options.TLSWords != nil:
		c.tlsWords = c.options.TLSWords()
	default:
		c.tlsWords = certificates.StateWords(state, c.options.TLS, c.options.Host)
	}
}

// Close frees the connections that are idle.
func (c *Client) Close() {
	c.Reads.CloseIdleConnections()
	c.Changes.CloseIdleConnections()
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
