package adaxes

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// Paths below the base (official, but for the three of signing in, which a
// public client has).
const (
	pathObjects    = "/api/directoryObjects"
	pathSearch     = "/api/directoryObjects/search"
	pathMove       = "/api/directoryObjects/move"
	pathEnable     = "/api/directoryObjects/account/enable"
	pathDisable    = "/api/directoryObjects/account/disable"
	pathUnlock     = "/api/directoryObjects/account/unlock"
	pathReset      = "/api/directoryObjects/resetPassword"
	pathMembers    = "/api/directoryObjects/groupMembers"
	pathOperations = "/api/runningOperations/"
	pathSession    = "/api/authSessions/create"
	pathToken      = "/api/auth"
)

// Bounds of what is read of an answer, in bytes. An object of a search takes
// about 1 kB.
const (
	maxAnswer = 16 << 20
	maxSearch = 1 << 30 // which is never in the memory whole
)

// request is one thing to be asked of the server: what goes over the wire, and
// what is said of it when it fails. Secrets stand in the body only.
type request struct {
	verb  string     // http.MethodGet, ...
	path  string     // below the base: pathObjects
	query url.Values // may be nil
	body  []byte     // JSON, sent as it is; nil for none

	action string // in words for errors: "modify"
	object string // what it is about: a DN, GUID, SID; "" for the server itself

	// secrets are what must not come back in the words of an error, beside the
	// token and the password of the sign-in.
	secrets []models.Secret

	write     bool                  // it changes something: call operate
	anonymous bool                  // it needs no token
	rows      func(io.Reader) error // takes a good answer as it comes; nil: it is read whole
	timeout   time.Duration         // 0: that of reading or writing
}

// most is how much of an answer is read.
func (r request) most() int {
	if r.rows != nil {
		return maxSearch
	}
	return maxAnswer
}

// reading is a request that changes nothing.
func reading(path string, query url.Values, action, object string) request {
	return request{verb: http.MethodGet, path: path, query: query, action: action, object: object}
}

// writing is a request that changes something, its body made of v.
func writing(verb, path string, v any, action, object string, secrets ...models.Secret) (request, error) {
	body, err := rawjson.Encode(v)
	if err != nil {
		return request{}, models.Tried(webclient.CannotWrite(err), action, object)
	}
	return request{verb: verb, path: path, body: body, action: action, object: object, secrets: secrets, write: true}, nil
}

// call sends a request that changes nothing and gives the body of its answer,
// unread. It is the only way to the server beside operate. Errors are
// *models.Error, *models.CertificateError or, when the caller's context ended,
// that context's error.
func (c *connection) call(ctx context.Context, r request) ([]byte, error) {
	a, err := c.ask(ctx, r)
	if err != nil {
		return nil, err
	}
	return a.Body, nil
}

// ask sends a request and, when the server does not take the token, signs in
// again and sends it once more: a 401 means that nothing was done (inferred for
// changes; the server looks at the token first).
func (c *connection) ask(ctx context.Context, r request) (webclient.Answer, error) {
	if err := ctx.Err(); err != nil {
		return webclient.Answer{}, err
	}
	a, used, err := c.attempt(ctx, r)
	if isUnauthenticated(err) && !r.anonymous && !c.hasAccessToken() {
		if err := c.sessions.Renew(ctx, used); err != nil {
			return webclient.Answer{}, c.explain(r, err)
		}
		a, used, err = c.attempt(ctx, r)
	}
	if err != nil {
		return a, c.explain(r, err)
	}
	if !r.anonymous {
		c.sessions.NoteSuccess(used)
	}
	return a, nil
}

// attempt sends a request with the session of the moment, which it returns.
func (c *connection) attempt(ctx context.Context, r request) (webclient.Answer, webclient.Held[session], error) {
	var used webclient.Held[session]
	if !r.anonymous {
		now, err := c.fresh(ctx)
		if err != nil {
			return webclient.Answer{}, used, err
		}
		used = now
	}
	wire, err := c.wireRequest(ctx, r, used.Session)
	if err != nil {
		return webclient.Answer{}, used, webclient.CannotWrite(err)
	}
	a, err := c.web.Do(wire, webclient.Sending{
		Write: r.write, Once: r.anonymous, Timeout: c.timeoutOf(r), Most: r.most(), Rows: r.rows,
		Read: func(a webclient.Answer) error {
			if a.Succeeded() {
				return nil
			}
			return parseFailure(a, c.cleanFor(r, used.Session))
		},
	})
	return a, used, err
}

// fresh is the session of the moment. A token that is about to end is replaced
// first; when that fails, the old one serves as long as it lasts.
func (c *connection) fresh(ctx context.Context) (webclient.Held[session], error) {
	held, err := c.sessions.Now()
	if err != nil || held.Session.early.IsZero() || c.now().Before(held.Session.early) {
		return held, err
	}
	if err := c.sessions.RenewEarly(ctx, held); ctx.Err() != nil {
		return held, ctx.Err()
	} else if err != nil {
		c.options.Logger.Warn("adaxes token not renewed ahead of time", "host", c.base.Host, "error", err)
	}
	return c.sessions.Now()
}

func (c *connection) timeoutOf(r request) time.Duration {
	switch {
	case r.timeout > 0:
		return r.timeout
	case r.write:
		return c.options.WriteTimeout
	default:
		return c.options.Timeout
	}
}

// wireRequest makes the HTTP request. The token goes into its header as it is,
// without a scheme word (official).
func (c *connection) wireRequest(ctx context.Context, r request, s session) (*http.Request, error) {
	address := *c.base
	address.Path += r.path
	address.RawQuery = r.query.Encode()
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	wire, err := http.NewRequestWithContext(ctx, r.verb, address.String(), body)
	if err != nil {
		return nil, err
	}
	wire.Header.Set("Accept", "application/json")
	wire.Header.Set("User-Agent", "dirdesk")
	if r.body != nil {
		wire.Header.Set("Content-Type", "application/json")
	}
	if !r.anonymous {
		wire.Header.Set("Adm-Authorization", s.token.Reveal())
	}
	if r.write {
		wire.Header.Set("Adm-Wait", strconv.Itoa(max(1, int(c.options.Wait/time.Second))))
	}
	return wire, nil
}

// explain makes of any error the one a person gets: what was tried, on what,
// what happened, and what to do.
func (c *connection) explain(r request, err error) error {
	object := r.object
	if object == "" {
		object = c.base.Host
	}
	var f *failure
	var known *models.Error
	if !errors.As(err, &known) && errors.As(err, &f) {
		means := c.meaningOf(r, f)
		e := webclient.Fault(means.kind, means.words, means.advice)
		e.Code, e.Server, e.Err = f.Code(), f.Words(), f
		err = e
	}
	return models.Tried(err, r.action, object)
}

// notUnderstood is for an answer of another form than is known. For a change it
// leaves open what was done.
func (c *connection) notUnderstood(r request, body []byte) error {
	e := c.oddAnswer(r, body)
	if r.write {
		return c.explain(r, webclient.Lost(e))
	}
	return c.explain(r, e)
}

// oddAnswer says what is odd about an answer.
func (c *connection) oddAnswer(r request, body []byte) *models.Error {
	words := "the answer is not understood"
	if rawjson.First(body) == '<' {
		words = "the answer is a web page, not Adaxes' own"
	} else if len(body) == 0 {
		words = "the answer is empty"
	}
	e := webclient.Fault(models.ErrProtocol, words, adviceHost)
	e.Server = c.clean(r).Excerpt(body)
	return e
}

// clean knows the secrets that must not be told again after a request.
func (c *connection) clean(r request) webclient.Scrubber {
	held, _ := c.sessions.Now()
	return c.cleanFor(r, held.Session)
}

func (c *connection) cleanFor(r request, s session) webclient.Scrubber {
	secrets := []string{s.token.Reveal(), s.id.Reveal(), c.options.Password.Reveal()}
	for _, secret := range r.secrets {
		secrets = append(secrets, secret.Reveal())
	}
	return webclient.NewScrubber(secrets...)
}
