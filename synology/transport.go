package synology

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"

	"dirdesk/internal/webclient"
)

// newHTTPClient makes a client under call. Secrets are taken out of what the log
// gets; answers are not in it, as the one to a sign-in holds the session.
func (c *Client) newHTTPClient(config *tls.Config, fresh bool) *http.Client {
	return webclient.New(webclient.Options{
		TLS: config, Fresh: fresh, Logger: c.logger, Name: "dsm",
		Describe: func(r *http.Request) []any {
			return []any{"header", redactHeader(r.Header), "form", redactForm(formOf(r.Context()))}
		},
	})
}

// transportError says in words why there was no answer. caller is the context
// that was handed in, limited the same with this client's time-out.
func (c *Client) transportError(caller, limited context.Context, err error) error {
	c.mu.Lock()
	reached := c.tlsWords != ""
	c.mu.Unlock()
	return webclient.Server{
		Host: c.host, Reached: reached,
		Port:   "Check the host and the port; DSM's HTTPS port is usually 5001.",
		NoTLS:  "Name DSM's HTTPS port, usually 5001.",
		OldTLS: "DSM must offer TLS 1.2 or later: Control Panel > Security > Advanced.",
	}.Trouble(caller, limited, c.timeout, err)
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
