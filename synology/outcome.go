package synology

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"

	"dirdesk/models"
)

// A change goes out once. net/http cannot repeat it (it has a connection of its
// own and no GetBody, see Client.send and Client.request), and this client repeats it only when DSM refused it for the
// session's sake. When it may have reached the server and no answer of DSM came
// back, it may have been done or not, and only a look at the directory tells:
// models.ErrUnknownOutcome. Without a connection it has certainly not been done.

// sentTrace notes when there is a connection for the request. What happens
// afterwards on that connection cannot be told from a request that arrived: the
// hooks that follow fire when bytes are put into a buffer, not when they leave.
func sentTrace(ctx context.Context, sent *atomic.Bool) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
}

// turnedAway tells the statuses with which a web server or proxy in front of DSM
// refuses a request. With 5xx it may have been passed on.
func turnedAway(status int) bool {
	return status >= http.StatusMultipleChoices && status < http.StatusInternalServerError
}

const adviceLook = "Look whether it was done before you try again."

// lost makes an unknown outcome of what is no answer of DSM's; an answer, good
// or bad, is left as it is. The cause is told in words only: nobody who looks
// for a time-out or a cancellation in the error should take it for a request
// that was not carried out.
func lost(err error) error {
	const words = "it was sent, but whether it was done is not known"
	var (
		refused *failure
		known   *models.Error
	)
	switch {
	case err == nil, errors.As(err, &refused):
		return err
	case !errors.As(err, &known):
		return unknownOutcome(words+": "+endWords(err), nil)
	}
	e := unknownOutcome(words+": "+known.Kind.Error(), known.Err)
	e.Code, e.Server = known.Code, known.Server
	return e
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
