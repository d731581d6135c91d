package webclient

import (
	"context"
	"errors"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// Refusal is an answer in which the API itself says no.
type Refusal interface {
	error
	Code() string  // the API's own, for models.Error
	Words() string // the server's own, secrets taken out
	// Settled says that nothing was done. It is not of a server that broke down.
	Settled() bool
}

// Fault is an error of a kind in the words of a case, for About to say what was
// tried on what.
func Fault(kind error, words, advice string) *models.Error {
	return &models.Error{Kind: models.InWords(words, kind), Advice: advice}
}

// SignedOut is the error of a call after the connection was closed.
func SignedOut() *models.Error { return Fault(models.ErrSession, "signed out", "") }

// About says of an error what was tried on what, where it does not say so yet.
// Others than *models.Error stay as they are.
func About(err error, action, object string) error {
	var known *models.Error
	if !errors.As(err, &known) || known.Action != "" {
		return err
	}
	filled := *known
	filled.Action, filled.Object = action, object
	return &filled
}

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
