package synology

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// maxAnswer bounds what is read of one answer, in bytes. A page of 500 objects
// takes about 400 kB.
const maxAnswer = 16 << 20

// send makes one HTTP exchange and decodes the envelope. Errors are *failure
// for a code from DSM, *models.Error without Action for all else, or the
// context's.
func (c *connection) send(ctx context.Context, m method, to target, p params, s session) (data json.RawMessage, err error) {
	form, err := c.form(m, to, p, s)
	if err != nil {
		return nil, webclient.CannotWrite(err)
	}
	wire, err := c.request(withForm(ctx, form), to, form, s)
	if err != nil {
		return nil, webclient.CannotWrite(err)
	}
	clean := c.scrubber(form)
	_, err = c.web.Do(wire, webclient.Sending{
		Write: m.write, Once: m.once, Timeout: c.options.Timeout, Most: maxAnswer,
		Read: func(a webclient.Answer) (err error) {
			data, err = c.read(a, clean)
			return err
		},
	})
	return data, err
}

// form holds the parameters and, as some builds look here and some in the
// header, the credentials (docs/dsm.md section 1; public clients).
func (c *connection) form(m method, to target, p params, s session) (url.Values, error) {
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
func (c *connection) request(ctx context.Context, to target, form url.Values, s session) (*http.Request, error) {
	address := url.URL{Scheme: "https", Host: c.host, Path: "/webapi/" + to.entry.path}
	wire, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	wire.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	wire.Header.Set("Accept", "application/json")
	wire.Header.Set("User-Agent", "dirdesk")
	if !s.token.Empty() {
		wire.Header.Set("X-SYNO-TOKEN", s.token.Reveal())
	}
	if !s.sid.Empty() {
		wire.Header.Set("Cookie", "id="+s.sid.Reveal())
	}
	return wire, nil
}

// read takes the data out of an answer. DSM's own errors come with 200 (docs/dsm.md
// section 1; live logs), so an answer with another status is not DSM's.
func (c *connection) read(a webclient.Answer, clean webclient.Scrubber) (json.RawMessage, error) {
	if a.Status != http.StatusOK {
		means := c.statusMeaning(a.Status)
		e := webclient.Fault(means.kind, means.words, means.advice)
		e.Code, e.Server = fmt.Sprintf("HTTP %d", a.Status), clean.Excerpt(a.Body)
		if target := a.Header.Get("Location"); target != "" {
			e.Server = clean.Text(target)
		}
		return nil, e
	}
	data, err := decodeEnvelope(a.Body)
	return data, cleanError(clean, err)
}

func (c *connection) statusMeaning(status int) meaning {
	switch {
	case status >= 300 && status < 400:
		return meaning{models.ErrProtocol, c.host + " redirects to another address", "Name the host and HTTPS port of DSM itself; passwords are not sent along a redirect."}
	case status >= 500:
		return meaning{models.ErrServer, "the web server in front of DSM failed", "DSM may be starting or overloaded. Wait a moment and try again."}
	case status == http.StatusNotFound:
		return meaning{models.ErrProtocol, c.host + " has no WebAPI at this address", adviceHost}
	case status == http.StatusTooManyRequests:
		return meaning{models.ErrBusy, "the web server in front of DSM asks for patience", "Wait a moment and try again."}
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusProxyAuthRequired:
		return meaning{models.ErrDenied, "a web server or proxy in front of DSM refused the request", "Check the proxy and firewall rules for this computer."}
	default:
		return meaning{models.ErrProtocol, "the answer is not DSM's", adviceHost}
	}
}

// formKey is where a request's context holds its form, for the log: the body
// can be read only once.
type formKey struct{}

func withForm(ctx context.Context, form url.Values) context.Context {
	return context.WithValue(ctx, formKey{}, form)
}

// describe is what the log tells of a request.
func describe(r *http.Request) []any {
	form, _ := r.Context().Value(formKey{}).(url.Values)
	return []any{"header", redactValues(r.Header, isSecretHeader), "form", redactValues(form, isSecretParameter)}
}

// params are a method's own parameters: string, bool, int, or anything that
// marshals to JSON. A models.Secret in it, at any depth of params, is revealed
// when it is encoded and not before.
type params map[string]any

// reveal replaces secrets by their text.
func reveal(value any) any {
	switch v := value.(type) {
	case models.Secret:
		return v.Reveal()
	case params:
		plain := make(map[string]any, len(v))
		for name, member := range v {
			plain[name] = reveal(member)
		}
		return plain
	case []params:
		plain := make([]any, len(v))
		for i, element := range v {
			plain[i] = reveal(element)
		}
		return plain
	}
	return value
}

// encode writes the parameters into a form. On a JSON API each value is a JSON
// text of its own, so that "12345678" stays a text and a DN keeps its
// backslashes; elsewhere texts are bare and booleans are yes and no (docs/dsm.md
// section 1; public client, official guide).
func (p params) encode(form url.Values, jsonFormat bool) error {
	for name, value := range p {
		text, err := encodeValue(reveal(value), jsonFormat)
		if err != nil {
			return fmt.Errorf("parameter %s: %w", name, err)
		}
		form.Set(name, text)
	}
	return nil
}

func encodeValue(value any, jsonFormat bool) (string, error) {
	if !jsonFormat {
		switch v := value.(type) {
		case string:
			return v, nil
		case bool:
			if v {
				return "yes", nil
			}
			return "no", nil
		case int:
			return strconv.Itoa(v), nil
		}
	}
	if raw, ok := value.(json.RawMessage); ok {
		return string(raw), nil // as it was typed
	}
	text, err := rawjson.Encode(value)
	return string(text), err
}
