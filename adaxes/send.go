package adaxes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// answer is what came back on a request. With a status that is no success there
// is an error as well.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send makes one HTTP exchange. The answer is empty when none came. Errors are *failure for a status that is no
// success, *models.Error without Action for all else, or the context's. For a
// change whose answer was lost it is models.ErrUnknownOutcome, whatever the
// reason.
//
// A change goes out once: it has a connection of its own and no GetBody, so that
// net/http cannot repeat it.
func (b *Backend) send(ctx context.Context, r request, s session) (answer, error) {
	after := b.timeoutOf(r)
	limited, cancel := context.WithTimeoutCause(ctx, after, webclient.ErrSlow)
	defer cancel()
	var sent atomic.Bool
	wire, err := b.wireRequest(sentTrace(limited, &sent), r, s)
	if err != nil {
		return answer{}, &models.Error{Kind: reason{"the request could not be written", models.ErrInvalid}, Advice: adviceReport, Err: err}
	}
	client := b.http
	if r.write {
		client = b.changes
	}
	a, err := b.exchange(ctx, after, client, wire, r, s)
	if r.write && sent.Load() && !turnedAway(err) {
		err = lost(err)
	}
	return a, err
}

func (b *Backend) timeoutOf(r request) time.Duration {
	switch {
	case r.timeout > 0:
		return r.timeout
	case r.write:
		return b.options.WriteTimeout
	default:
		return b.options.Timeout
	}
}

// wireRequest makes the HTTP request. The token goes into its header as it is,
// without a scheme word (official).
func (b *Backend) wireRequest(ctx context.Context, r request, s session) (*http.Request, error) {
	address := *b.base
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
		wire.Header.Set("Adm-Wait", strconv.Itoa(max(1, int(b.options.Wait/time.Second))))
		wire.GetBody = nil // without it net/http cannot send the request again
	} else if !r.anonymous {
		// Present but empty: net/http then may send the request again when it finds
		// an idle connection closed, and puts nothing on the wire.
		wire.Header["Idempotency-Key"] = nil
	}
	return wire, nil
}

// exchange sends the request and reads the answer.
func (b *Backend) exchange(caller context.Context, after time.Duration, client *http.Client, wire *http.Request, r request, s session) (answer, error) {
	limited := wire.Context()
	response, err := client.Do(wire)
	if err != nil {
		return answer{}, b.transportError(caller, limited, after, err)
	}
	defer response.Body.Close()
	b.noteTLS(response.TLS)
	most := r.most
	if most == 0 {
		most = maxAnswer
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(most)+1))
	succeeded := response.StatusCode >= 200 && response.StatusCode < 300
	if !succeeded {
		// Cut short or not: the status says what happened.
		clean := newScrubber(append([]models.Secret{s.token, s.id, b.options.Password}, r.secrets...)...)
		return answer{response.StatusCode, response.Header, body}, parseFailure(response, body, clean)
	}
	if err != nil {
		return answer{}, b.transportError(caller, limited, after, fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err))
	}
	if limited.Err() != nil && !json.Valid(body) {
		// A server that saw the connection close may still have ended its answer.
		return answer{}, b.transportError(caller, limited, after, limited.Err())
	}
	if len(body) > most {
		return answer{}, &models.Error{
			Kind:   reason{fmt.Sprintf("the answer is larger than %d MB", most>>20), models.ErrProtocol},
			Advice: "Ask for fewer objects, or check that the address leads to Adaxes' REST API.",
		}
	}
	return answer{response.StatusCode, response.Header, body}, nil
}

// sentTrace notes when there is a connection for the request. What happens
// afterwards on that connection cannot be told from a request that arrived: the
// hooks that follow fire when bytes are put into a buffer, not when they leave.
func sentTrace(ctx context.Context, sent *atomic.Bool) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
}

// turnedAway tells the statuses with which a request was not carried out. With
// 5xx it may have been, by the service or by one behind a proxy.
func turnedAway(err error) bool {
	var f *failure
	return errors.As(err, &f) && f.status >= http.StatusMultipleChoices && f.status < http.StatusInternalServerError
}

// lost makes an unknown outcome of an error after a change was sent. The cause is
// told in words only: nobody who looks for a time-out or a cancellation in the
// error should take it for a request that was not carried out.
func lost(err error) error {
	const words = "it was sent, but whether it was done is not known"
	var (
		f     *failure
		known *models.Error
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		e := unknownOutcome(words+": the server failed", f)
		e.Code, e.Server = f.codeText(), f.words()
		return e
	case errors.Is(err, models.ErrUnknownOutcome):
		return err
	case errors.As(err, &known) && known.Kind != nil:
		e := unknownOutcome(words+": "+known.Kind.Error(), known.Err)
		e.Code, e.Server = known.Code, known.Server
		return e
	default:
		return unknownOutcome(words+": "+endWords(err), nil)
	}
}

func unknownOutcome(words string, cause error) *models.Error {
	e := &models.Error{Kind: reason{words, models.ErrUnknownOutcome}, Advice: adviceLook}
	if cause != nil {
		e.Err = errors.New(cause.Error())
	}
	return e
}

// endWords says why a wait ended.
func endWords(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled before the answer came"
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	default:
		return err.Error()
	}
}
