package webclient

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"dirdesk/internal/certificates"
	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// ErrSlow is the cause of a context that ended because the server took longer
// than the client waits.
var ErrSlow = errors.New("no answer in time")

// Advice is what differs from API to API in what a person is told to do.
type Advice struct {
	Port     string // when nothing listens
	NoTLS    string // when there is no TLS
	OldTLS   string // when there is no TLS that both sides take
	TooLarge string // when an answer has no end
}

// trouble says in words why there was no answer: the caller's context's error, a
// *models.CertificateError, or models.ErrUnreachable. limited is that context
// limited to after, with ErrSlow for its cause.
func (c *Client) trouble(caller, limited context.Context, after time.Duration, err error) error {
	if caller.Err() != nil {
		return caller.Err()
	}
	if certificate := certificates.Refusal(c.options.Host, err); certificate != nil {
		return certificate
	}
	words, advice := c.explain(limited, after, err)
	e := Fault(models.ErrUnreachable, words, advice)
	e.Err = err
	return e
}

func (c *Client) explain(limited context.Context, after time.Duration, err error) (words, advice string) {
	const slow = "The server may be busy: wait a moment, then try again."
	var (
		host   = c.options.Host
		lookup *net.DNSError
		plain  tls.RecordHeaderError
		shake  *certificates.HandshakeError
		late   net.Error
	)
	switch {
	case errors.Is(context.Cause(limited), ErrSlow):
		return fmt.Sprintf("%s did not answer within %s", host, after), slow
	case errors.As(err, &lookup):
		return "the host name " + lookup.Name + " is not known", "Check the spelling and this computer's DNS."
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return host + " does not speak HTTPS", c.options.Advice.NoTLS
	case errors.As(err, &shake):
		words, advice = shake.Words(host)
		if strings.Contains(advice, "TLS 1.2") {
			advice = c.options.Advice.OldTLS
		}
		return words, advice
	case errors.Is(err, syscall.ECONNREFUSED) && c.TLS() != "": // it has answered before: the address is right
		return "nothing listens at " + host + " any more", "The server may be starting anew: wait a moment, then try again."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens at " + host, c.options.Advice.Port
	case WasDropped(err):
		return host + " closed the connection before its answer was complete", "Try again; if it stays, look at the server."
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no way to " + host, "Check the network, VPN included."
	case errors.As(err, &late) && late.Timeout():
		return host + " did not answer in time", slow
	case isDial(err):
		return host + " is not reachable", "Check the network, then try again."
	default:
		return host + " gave no answer that can be read", "Look at the server, and at what stands in front of it."
	}
}

// WasDropped reports a connection that was closed before the answer was complete.
func WasDropped(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// isDial tells that no connection came about.
func isDial(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

// Refusal is an answer in which the API itself says no.
type Refusal interface {
	error
	Code() string  // the API's own, for models.Error
	Words() string // the server's own, secrets taken out
	// Settled says that nothing was done. It is not of a server that broke down.
	Settled() bool
}

// Fault is an error of a kind in the words of a case, for models.Tried to say what was
// tried on what.
func Fault(kind error, words, advice string) *models.Error {
	return &models.Error{Kind: models.InWords(words, kind), Advice: advice}
}

// SignedOut is the error of a call after the connection was closed.
func SignedOut() *models.Error { return Fault(models.ErrSession, "signed out", "") }

// IsPassing tells troubles on the way, and a server that is busy, from its word that
// it does not know what it is asked for.
func IsPassing(err error) bool {
	return errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrBusy) ||
		errors.Is(err, models.ErrServer) || errors.Is(err, models.ErrProtocol)
}

// Lost makes an unknown outcome of what is no answer to a change; a refusal that
// settles it is left as it is. The cause is told in words only: nobody who looks
// for a time-out or a cancellation in the error should take it for a request that
// was not carried out.
func Lost(err error) error {
	const words = "it was sent, but whether it was done is not known"
	var (
		refusal Refusal
		known   *models.Error
	)
	switch {
	case err == nil, errors.Is(err, models.ErrUnknownOutcome):
		return err
	case errors.As(err, &refusal):
		if refusal.Settled() {
			return err
		}
		e := Unknown(words+": the server failed", refusal)
		e.Code, e.Server = refusal.Code(), refusal.Words()
		return e
	case errors.As(err, &known) && known.Kind != nil:
		return Unknown(words+": "+known.Kind.Error(), known)
	default:
		return Unknown(words+": "+endWords(err), nil)
	}
}

// Unknown is models.ErrUnknownOutcome in the words of a case, with the code and the
// server's words of its cause.
func Unknown(words string, cause error) *models.Error {
	e := Fault(models.ErrUnknownOutcome, words, "")
	var known *models.Error
	if errors.As(cause, &known) {
		e.Code, e.Server = known.Code, known.Server
	}
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

// CannotWrite is for a request that could not be made.
func CannotWrite(err error) *models.Error {
	e := Fault(models.ErrInvalid, "the request could not be written", "Please report this with the detail.")
	if errors.Is(err, rawjson.ErrNotUTF8) {
		e = Fault(models.ErrInvalid, "there are characters in it that are not UTF-8", "Type it anew, or save the file it comes from as UTF-8.")
	}
	e.Err = err
	return e
}

// FitsHeader reports whether a credential can travel in a header.
func FitsHeader(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7f }) < 0
}
