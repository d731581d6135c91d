package adaxes

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// operate sends a request that changes something, once, and gives the operation
// result. Whoever listens (models.ListenerOf) hears the answer and its messages,
// whatever came of it. An operation that the server goes on with by itself (202)
// is followed to its end. Errors beside those of call:
//
//   - resultType 1, failed: the kind that the server's words mean, else
//     models.ErrServer, with the words in Server;
//   - resultType 2: models.ErrPending;
//   - everything after which it is open what was done: models.ErrUnknownOutcome.
//
// With an error of these there is a result as well, as far as it came.
func (c *connection) operate(ctx context.Context, r request) (result, error) {
	a, err := c.ask(ctx, r)
	body := a.Body
	if err == nil && a.Status == http.StatusAccepted {
		body, err = c.follow(ctx, r, body)
		err = c.explain(r, err)
	}
	listener, clean := models.ListenerOf(ctx), c.clean(r)
	if len(body) > 0 {
		listener.Answer(clean.Bytes(body))
	}
	if err != nil {
		return result{}, err
	}
	out, ok := parseResult(body, clean)
	if !ok {
		return result{}, c.notUnderstood(r, body)
	}
	for _, m := range out.messages {
		listener.Message(m)
	}
	return out, c.explain(r, out.err())
}

// err is what an operation result means as an error; nil for success.
func (r result) err() error {
	switch r.kind {
	case resultSucceeded:
		return nil
	case resultFailed:
		words := r.failure
		if words == "" {
			words = gist(r.messages)
		}
		means := failureMeaning(words)
		e := webclient.Fault(means.kind, means.words, means.advice)
		e.Server = words
		return e
	case resultSuspended:
		e := webclient.Fault(models.ErrPending, "it was sent for approval; nothing has changed yet", "Wait until somebody has approved it; do not send it again.")
		e.Server = gist(r.messages)
		return e
	default:
		return webclient.Unknown(fmt.Sprintf("it was sent, and the server answers with a result that dirdesk does not know (%d)", r.kind), nil)
	}
}

// pathLetters are those that stand in an address as they are.
const pathLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~{}"

// mostMisses is how often in a row the way to a running operation may fail.
const mostMisses = 5

// follow asks for an operation that goes on after its answer until it is
// complete (docs/adaxes.md section 2.9), and gives its result. What ends the asking
// leaves open what the operation does.
func (c *connection) follow(ctx context.Context, r request, accepted []byte) ([]byte, error) {
	id := operationID(accepted)
	if id == "" || strings.Trim(id, pathLetters) != "" {
		return nil, webclient.Unknown("the server goes on with it by itself, and does not say how to ask for it", nil)
	}
	listener := models.ListenerOf(ctx)
	poll := reading(pathOperations+id, nil, r.action, r.object)
	poll.secrets = r.secrets
	began, misses := c.now(), 0
	for wait := c.options.PollEvery / 4; ; wait = min(2*wait, 4*c.options.PollEvery) {
		listener.Progress("the server is at work on it, " + models.Span(c.now().Sub(began)))
		select {
		case <-ctx.Done():
			return nil, webclient.Unknown("stopped waiting for the server, which goes on with it", nil)
		case <-time.After(wait):
		}
		got, err := c.ask(ctx, poll)
		if err != nil {
			if misses++; ctx.Err() == nil && (misses >= mostMisses || !webclient.IsPassing(err)) {
				return nil, webclient.Unknown("the server went on with it by itself, and does not tell how that ended", err)
			}
			continue
		}
		misses = 0
		done, inner, ok := operationState(got.Body)
		switch {
		case !ok:
			return nil, webclient.Unknown("the server's word on how it is going is not understood", nil)
		case done && rawjson.IsNull(inner):
			return nil, webclient.Unknown("the server is through with it, and does not say what came of it", nil)
		case done:
			return inner, nil
		}
	}
}

// operationState reads the answer of a running operation (official).
func operationState(body []byte) (completed bool, inner []byte, ok bool) {
	members, ok := rawjson.ParseObject(body)
	if !ok {
		return false, nil, false
	}
	flag := members.Flag("completed")
	return flag == models.Yes, members["operationresult"], flag.Known()
}

// idOf is how a request names an object: by its GUID where that is known, else by
// its DN (official).
func idOf(r models.Ref) string { return cmp.Or(r.GUID, string(r.DN)) }

// needName refuses an empty name, before anything is sent.
func needName(action string, ref models.Ref) error {
	if ref.DN != "" {
		return nil
	}
	return invalid(action, "", "no object is named", "Name the object.")
}

// post makes one write by POST.
func (c *connection) post(ctx context.Context, path string, body any, action string, ref models.Ref, secrets ...models.Secret) (result, error) {
	if err := needName(action, ref); err != nil {
		return result{}, err
	}
	r, err := writing(http.MethodPost, path, body, action, string(ref.DN), secrets...)
	if err != nil {
		return result{}, err
	}
	return c.operate(ctx, r)
}

// patch changes properties of an object in one operation.
func (c *connection) patch(ctx context.Context, action string, ref models.Ref, changes ...models.PropertyChange) (result, error) {
	if err := needName(action, ref); err != nil {
		return result{}, err
	}
	out := body{Object: idOf(ref)}
	for _, change := range changes {
		out.Properties = append(out.Properties, encodeProperty(change))
	}
	r, err := writing(http.MethodPatch, pathObjects, out, action, string(ref.DN))
	if err != nil {
		return result{}, err
	}
	return c.operate(ctx, r)
}

// result is what became of an operation (docs/adaxes.md section 5).
type result struct {
	kind     int64 // resultSucceeded, ...
	dn       models.DN
	messages []models.Message
	failure  string // the exception's words; "" for none
}

// Values of resultType (official).
const (
	resultSucceeded = 0
	resultFailed    = 1
	resultSuspended = 2 // sent for approval
)

// parseResult reads an operation result; ok is false for what is none.
func parseResult(body []byte, clean webclient.Scrubber) (result, bool) {
	members, ok := rawjson.ParseObject(body)
	if !ok {
		return result{}, false
	}
	r := result{dn: models.DN(members.Text("actualobjectdn"))}
	if r.kind, ok = enumOf(members["resulttype"], resultNames()); !ok {
		return result{}, false
	}
	if exception, ok := rawjson.ParseObject(members["exception"]); ok {
		if r.failure = clean.Text(exception.Text("message")); r.failure == "" {
			r.failure = clean.Excerpt(members["exception"])
		}
	} else {
		r.failure = clean.Text(members.Text("exception"))
	}
	r.messages = messagesOf(members["innermessages"], clean, 0)
	return r, true
}

// maxMessageDepth bounds the tree of messages.
const maxMessageDepth = 16

func messagesOf(raw json.RawMessage, clean webclient.Scrubber, depth int) []models.Message {
	elements, ok := rawjson.ParseList(raw)
	if !ok || depth >= maxMessageDepth {
		return nil
	}
	var messages []models.Message
	for _, element := range elements {
		members, ok := rawjson.ParseObject(element)
		if !ok {
			continue
		}
		kind, ok := enumOf(members["messagetype"], messageNames())
		if !ok || kind < 0 || kind > int64(models.MessageAuditSuccess) {
			kind = int64(models.MessageInformation)
		}
		messages = append(messages, models.Message{
			Source: clean.Text(members.Text("source")), Text: clean.Text(members.Text("text")),
			Kind: models.MessageKind(kind), Inner: messagesOf(members["innermessages"], clean, depth+1),
		})
	}
	return messages
}

// enumOf reads a value that is written as a number or by its name.
func enumOf(raw json.RawMessage, names []string) (int64, bool) {
	if n, ok := rawjson.Int(raw); ok {
		return n, true
	}
	i := slices.Index(names, strings.ToLower(rawjson.Scalar(raw)))
	return int64(i), i >= 0
}

// warns reports whether there is a warning or an error among messages.
func warns(messages []models.Message) bool {
	return slices.ContainsFunc(messages, func(m models.Message) bool {
		return m.Kind.Wrong() || warns(m.Inner)
	})
}

// gist joins the texts of the messages that say something is wrong, or of all
// when none does.
func gist(messages []models.Message) string {
	return strings.Join(texts(messages, warns(messages)), "; ")
}

func texts(messages []models.Message, onlyWrong bool) []string {
	var all []string
	for _, m := range messages {
		if m.Text != "" && (m.Kind.Wrong() || !onlyWrong) {
			all = append(all, m.Text)
		}
		all = append(all, texts(m.Inner, onlyWrong)...)
	}
	return all
}
