package synology

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// maxAnswer bounds what is read of one answer, in bytes. A page of 500 objects
// takes about 400 kB.
const maxAnswer = 32 << 20

// send makes one HTTP exchange and decodes the envelope. Errors are *failure
// for a code from DSM, *models.Error without Action for all else, or the
// context's. For a change whose answer was lost it is models.ErrUnknownOutcome,
// whatever the reason.
func (c *Client) send(ctx context.Context, m method, to target, p params, s session) (json.RawMessage, error) {
	limited, cancel := context.WithTimeoutCause(ctx, c.timeout, webclient.ErrSlow)
	defer cancel()
	form, err := c.form(m, to, p, s)
	if err != nil {
		return nil, cannotWrite(err)
	}
	var sent atomic.Bool
	request, err := c.request(sentTrace(withForm(limited, form), &sent), m, to, form, s)
	if err != nil {
		return nil, cannotWrite(err)
	}
	client := c.http
	if m.write {
		client = c.changes
	}
	data, status, err := c.exchange(ctx, client, request, newScrubber(form, c.password))
	if m.write && sent.Load() && !turnedAway(status) {
		err = lost(err)
	}
	return data, err
}

func cannotWrite(err error) error {
	e := &models.Error{Kind: reason{"the request could not be written", models.ErrInvalid}, Advice: adviceReport, Err: err}
	if errors.Is(err, errNotUTF8) {
		e.Kind = reason{"there are characters in it that are not UTF-8", models.ErrInvalid}
		e.Advice = "Type it anew, or save the file it comes from as UTF-8."
	}
	return e
}

// exchange sends the request and reads the answer; the status is 0 when none
// came.
func (c *Client) exchange(caller context.Context, client *http.Client, request *http.Request, clean scrubber) (data json.RawMessage, status int, err error) {
	limited := request.Context()
	response, err := client.Do(request)
	if err != nil {
		return nil, 0, c.transportError(caller, limited, err)
	}
	defer response.Body.Close()
	status = response.StatusCode
	c.noteTLS(response.TLS)
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err != nil {
		return nil, status, c.transportError(caller, limited, fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err))
	}
	if status != http.StatusOK {
		return nil, status, c.statusError(response, body, clean)
	}
	if len(body) > maxAnswer {
		return nil, status, &models.Error{
			Kind:   reason{fmt.Sprintf("the answer is larger than %d MB", maxAnswer>>20), models.ErrProtocol},
			Advice: "Check that host and port lead to DSM itself.",
		}
	}
	data, err = decodeEnvelope(body)
	if errors.Is(err, models.ErrProtocol) && limited.Err() != nil {
		// A server that saw the connection close may still have ended its answer.
		return nil, status, c.transportError(caller, limited, limited.Err())
	}
	if told := new(models.Error); errors.As(err, &told) {
		told.Server = clean.excerpt(body)
	}
	return data, status, clean.error(err)
}

// form holds the parameters and, as some builds look here and some in the
// header, the credentials (docs/dsm.md section 1; public clients).
func (c *Client) form(m method, to target, p params, s session) (url.Values, error) {
	name := m.name
	if m.quoted {
		name = strconv.Quote(name)
	}
	form := url.Values{"api": {m.api}, "version": {strconv.Itoa(to.version)}, "method": {name}}
	if err := p.encode(form, to.entry.jsonFormat); err != nil {
		return nil, err
	}
	if !s.sid.Empty() {
		form.Set("_sid", s.sid.Reveal())
	}
	if !s.token.Empty() {
		form.Set("SynoToken", s.token.Reveal())
	}
	return form, nil
}

// request is always a POST: nothing of it stays in an access log.
func (c *Client) request(ctx context.Context, m method, to target, form url.Values, s session) (*http.Request, error) {
	address := url.URL{Scheme: "https", Host: c.host, Path: "/webapi/" + to.entry.path}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "dirdesk")
	if !s.token.Empty() {
		request.Header.Set("X-SYNO-TOKEN", s.token.Reveal())
	}
	if !s.sid.Empty() {
		request.Header.Set("Cookie", "id="+s.sid.Reveal())
	}
	switch {
	case m.write:
		request.GetBody = nil // without it net/http cannot send the request again
	case !m.once:
		// Present but empty: net/http then may send the request again when it
		// finds an idle connection closed, and puts nothing on the wire.
		request.Header["Idempotency-Key"] = nil
	}
	return request, nil
}

// statusError is for an answer that is not DSM's: its own errors come with 200
// (docs/dsm.md section 1; live logs).
func (c *Client) statusError(response *http.Response, body []byte, clean scrubber) error {
	status := response.StatusCode
	e := &models.Error{Code: "HTTP " + strconv.Itoa(status), Server: clean.excerpt(body)}
	switch {
	case status >= 300 && status < 400:
		e.Kind = reason{c.host + " redirects to another address", models.ErrProtocol}
		e.Server = clean.text(response.Header.Get("Location"))
		e.Advice = "Name the host and HTTPS port of DSM itself; passwords are not sent along a redirect."
	case status >= 500:
		e.Kind = reason{"the web server in front of DSM failed", models.ErrServer}
		e.Advice = "DSM may be starting or overloaded. Wait a moment and try again."
	case status == http.StatusNotFound:
		e.Kind = reason{c.host + " has no WebAPI at this address", models.ErrProtocol}
		e.Advice = "Check that host and port lead to DSM itself."
	case status == http.StatusTooManyRequests:
		e.Kind = reason{"the web server in front of DSM asks for patience", models.ErrBusy}
		e.Advice = "Wait a moment and try again."
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusProxyAuthRequired:
		e.Kind = reason{"a web server or proxy in front of DSM refused the request", models.ErrDenied}
		e.Advice = "Check the proxy and firewall rules for this computer."
	default:
		e.Kind = reason{"the answer is not DSM's", models.ErrProtocol}
		e.Advice = "Check that host and port lead to DSM itself."
	}
	return e
}
