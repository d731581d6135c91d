package webclient

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"dirdesk/internal/certificates"
	"dirdesk/models"
)

// Sending says how a request goes out and how its answer is read.
type Sending struct {
	Write   bool // it changes something; see Do
	Once    bool // it must never be sent twice, as a one-time code
	Timeout time.Duration
	Most    int // bytes that are read of a good answer
	// Rows takes a good answer as it comes, in the place of Answer.Body, so that a long
	// list is never in the memory whole; nil: the answer is read first. Its error is
	// that of the exchange, but where the answer could not be read.
	Rows func(io.Reader) error
	// Read looks at an answer and gives its error: a Refusal for the API's own word,
	// else a *models.Error.
	Read func(Answer) error
}

// Answer is what came back. With a status that is no success there is an error as
// well.
type Answer struct {
	Status int // 0 when no answer came
	Header http.Header
	Body   []byte
}

// Succeeded reports a status that is a success.
func (a Answer) Succeeded() bool { return a.Status >= 200 && a.Status < 300 }

// turnedAway tells the statuses with which a request was not carried out. With 5xx
// it may have been, by the server or by one behind a proxy.
func (a Answer) turnedAway() bool {
	return a.Status >= http.StatusMultipleChoices && a.Status < http.StatusInternalServerError
}

// Do makes one exchange. The answer is empty when none came. Errors are those of
// Sending.Read, *models.CertificateError, *models.Error without Action, or the
// context's.
//
// A change goes out once: net/http cannot repeat it, for it has a connection of its
// own and no GetBody. When it may have reached the server and no answer of the API
// came back, it may have been done or not, and only a look at the directory tells:
// the error is models.ErrUnknownOutcome, whatever it was that broke. Without a
// connection it has certainly not been done.
func (c *Client) Do(wire *http.Request, s Sending) (Answer, error) {
	caller := wire.Context()
	limited, cancel := c.Limit(caller, s.Timeout)
	defer cancel()
	var sent atomic.Bool
	var shaking atomic.Bool
	wire = wire.WithContext(trace(limited, &sent, &shaking))
	client := c.Reads
	switch {
	case s.Write:
		client = c.Changes
		wire.GetBody = nil // without it net/http cannot send the request again
	case !s.Once:
		// Present but empty: net/http then may send the request again when it finds
		// an idle connection closed, and puts nothing on the wire.
		wire.Header["Idempotency-Key"] = nil
	}
	wait := models.Await(caller, c.options.Host)
	defer wait.Stop()
	answer, err := c.exchange(caller, limited, client, wire, s, &shaking)
	if s.Write && sent.Load() && !answer.turnedAway() {
		err = Lost(err)
	}
	return answer, err
}

func (c *Client) exchange(caller, limited context.Context, client *http.Client, wire *http.Request, s Sending, shaking *atomic.Bool) (Answer, error) {
	response, err := client.Do(wire)
	if err != nil {
		if shaking.Load() {
			err = &certificates.HandshakeError{Err: err}
		}
		return Answer{}, c.trouble(caller, limited, s.Timeout, err)
	}
	defer response.Body.Close()
	c.noteTLS(response.TLS)
	if most := mostRefusal; response.StatusCode < 200 || response.StatusCode > 299 {
		s.Most = min(s.Most, most)
	} else if s.Rows != nil {
		return c.stream(caller, limited, response, s)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(s.Most)+1))
	answer := Answer{response.StatusCode, response.Header, body}
	nothing := Answer{Status: response.StatusCode, Header: response.Header}
	switch {
	case !answer.Succeeded(): // cut short or not: the status says what happened
	case err != nil:
		return nothing, c.trouble(caller, limited, s.Timeout, fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err))
	case len(body) > s.Most:
		return nothing, Fault(models.ErrProtocol, fmt.Sprintf("the answer is larger than %d MB", s.Most>>20), c.options.Advice.TooLarge)
	case limited.Err() != nil && !json.Valid(body):
		// A server that saw the connection close may still have ended its answer.
		return nothing, c.trouble(caller, limited, s.Timeout, limited.Err())
	}
	return answer, s.Read(answer)
}

// mostRefusal is how much is read of an answer that says no.
const mostRefusal = 256 << 10

// stream hands the answer on as it comes.
func (c *Client) stream(caller, limited context.Context, response *http.Response, s Sending) (Answer, error) {
	from := &faultReader{Reader: io.LimitReader(response.Body, int64(s.Most))}
	err := s.Rows(from)
	if cut := cmp.Or(from.err, limited.Err()); err != nil && cut != nil {
		err = c.trouble(caller, limited, s.Timeout, fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, cut))
	}
	return Answer{Status: response.StatusCode, Header: response.Header}, err
}

// faultReader keeps the error that a reader ended with, if that is not its end.
type faultReader struct {
	io.Reader
	err error
}

func (f *faultReader) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// trace notes when there is a connection for the request, and whether its TLS
// handshake began and came to no good end. What happens
// afterwards on that connection cannot be told from a request that arrived: the
// hooks that follow fire when bytes are put into a buffer, not when they leave.
func trace(ctx context.Context, sent, shaking *atomic.Bool) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeStart: func() { shaking.Store(true) },
		GotConn:           func(httptrace.GotConnInfo) { sent.Store(true); shaking.Store(false) },
	})
}
