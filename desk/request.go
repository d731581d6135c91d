package desk

import (
	"context"
	"encoding/json"
	"strings"

	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// rawRequest is the action of a request that a person typed: it stands in the
// journal alone, for nobody knows what it changes.
const rawRequest models.Action = "raw request"

// Request sends a request as a person typed it and gives the server's answer.
// It is written down with the names of the calls and without their values,
// which may be secrets. Nothing is read back. When the server answered and says
// that a part failed, there are both an answer and an error.
func (d *Desk) Request(ctx context.Context, request []byte) (answer []byte, err error) {
	requester, ok := Capability[Requester](d.backend)
	switch {
	case d.mode == Never:
		return nil, readOnly()
	case !ok:
		return nil, &models.Error{
			Kind: models.ErrUnsupported, Action: string(rawRequest), Advice: "Only DSM takes requests in JSON; this connection goes to the directory itself.",
		}
	case d.forbidsRaw() != "":
		return nil, refuse(models.Change{Action: rawRequest}, models.ErrDenied, english.Own(d.forbidsRaw()))
	case !d.Window().Writable:
		return nil, windowClosed()
	}
	change := models.Change{Action: rawRequest, Name: strings.Join(RequestCalls(request), ", ")}
	if err := d.barsReset(change, Plan{}); err != nil { // nobody knows what it sets
		return nil, err
	}
	entry := d.entryOf(ctx, change, "")
	entry.CallerVerified = d.options.CallerVerified
	if err := d.begin(ctx, &entry); err != nil {
		return nil, err
	}
	answer, err = requester.Request(ctx, request)
	out := Outcome{Change: change, Verdict: verdict.Done, Words: "raw request: answered"}
	if err != nil {
		// Of the error only its kind: the server may repeat what it was sent.
		out.Err = kindOf(err)
		out.Verdict, out.Words = verdict.Failed, "raw request: "+out.Err.Error()
	}
	if models.MayBeDone(err) {
		out.Verdict, out.Words = verdict.Unknown, "raw request: the answer was lost, and nobody knows whether it was done"
	}
	if down := d.end(ctx, entry, &out); down != nil && err == nil {
		err = down
	}
	return answer, err
}

// RequestCalls names the calls of a compound request, "API.METHOD"; nothing of
// what is no such request.
func RequestCalls(request []byte) []string {
	type call struct{ API, Method string }
	var calls []call
	if json.Unmarshal(request, &calls) != nil {
		var whole struct{ Compound []call }
		if json.Unmarshal(request, &whole) != nil {
			return nil
		}
		calls = whole.Compound
	}
	names := make([]string, 0, len(calls))
	for _, c := range calls {
		names = append(names, c.API+"."+c.Method)
	}
	return names
}
