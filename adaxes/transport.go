package adaxes

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"

	"dirdesk/internal/webclient"
)

// newHTTPClient makes a client under call. The log gets no header and no body:
// the token stands in the one, passwords in the other.
func (b *Backend) newHTTPClient(config *tls.Config, fresh bool) *http.Client {
	return webclient.New(webclient.Options{
		TLS: config, Fresh: fresh, Logger: b.logger, Name: "adaxes",
		Describe: func(r *http.Request) []any { return []any{"query", r.URL.Query(), "size", r.ContentLength} },
	})
}

// transportError says in words why there was no answer. caller is the context
// that was handed in, limited the same with the time-out of after.
func (b *Backend) transportError(caller, limited context.Context, after time.Duration, err error) error {
	b.mu.Lock()
	reached := b.tlsWords != ""
	b.mu.Unlock()
	return webclient.Server{
		Host: b.base.Host, Reached: reached,
		Port:   "Check the host and the port; the usual one is 443.",
		NoTLS:  "Name the HTTPS port of the web server that Adaxes' REST API runs on, usually 443.",
		OldTLS: "The web server must offer TLS 1.2 or later.",
	}.Trouble(caller, limited, after, err)
}
