package synology

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"unicode/utf8"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// itemResult is what became of one call in a compound request: data, or a *failure.
type itemResult struct {
	data json.RawMessage
	err  error
}

// compound sends a compound request of n calls and gives the data of the answer as
// it came, with a result for each call, in order. The error is that of the request
// as a whole; a call may fail though there is none. When DSM took the request but
// found the session lost at the calls inside, so that none of them ran, it is sent
// once more.
func (c *connection) compound(ctx context.Context, m method, object string, p params, n int) (json.RawMessage, []itemResult, error) {
	before, _ := c.sessions.Now()
	data, results, err := c.compoundOnce(ctx, m, object, p, n)
	if err != nil || !noneRan(m, results) {
		return data, results, err
	}
	if now, _ := c.sessions.Now(); now.Number != before.Number {
		return data, results, nil
	}
	if err := c.sessions.Renew(ctx, before); err != nil {
		return data, nil, c.explain(m, object, err)
	}
	m.settled = true
	return c.compoundOnce(ctx, m, object, p, n)
}

func (c *connection) compoundOnce(ctx context.Context, m method, object string, p params, n int) (json.RawMessage, []itemResult, error) {
	data, err := c.call(ctx, m, object, p)
	if err != nil {
		return nil, nil, err
	}
	results, err := decodeCompound(data, n)
	if err != nil && m.write {
		err = webclient.Lost(err)
	}
	if err != nil {
		return data, nil, c.explain(m, object, err)
	}
	clean := c.cleanerOf(p)
	for i := range results {
		results[i].err = cleanError(clean, results[i].err)
	}
	return data, results, nil
}

// cleanerOf knows the secrets that went out with parameters to a JSON API.
func (c *connection) cleanerOf(p params) webclient.Scrubber {
	form := url.Values{}
	if err := p.encode(form, true); err != nil {
		return nil // then nothing was sent either
	}
	return c.scrubber(form)
}

// noneRan reports that every call was refused for the session's sake, or left
// out for that of one before it: then the request may be sent again.
func noneRan(m method, results []itemResult) bool {
	refused := false
	for _, result := range results {
		var f *failure
		switch {
		case !errors.As(result.err, &f), !m.findsSessionLost(f.code) && f.code != codeSkipped:
			return false
		case f.code != codeSkipped:
			refused = true
		}
	}
	return refused
}

// inCompound runs one call in a compound request of its own, as a public client has
// it. The parameters of a call in it are JSON as they are, without the encoding that
// a form needs. clean takes what was sent out of what is made of data.
func (c *connection) inCompound(ctx context.Context, m method, object string, p params) (data json.RawMessage, clean webclient.Scrubber, err error) {
	to, err := c.lookup(ctx, m)
	if err != nil {
		return nil, nil, c.explain(m, object, err)
	}
	call := params{"api": m.api, "method": m.name, "version": to.version}
	maps.Copy(call, p)
	around, whole := methodCompound, params{"compound": []params{call}, "mode": "parallel", "stop_when_error": false}
	if m.write {
		around, whole = methodChange, params{"compound": []params{call}, "mode": "sequential", "stop_when_error": true}
		around.words = m.words
	}
	_, results, err := c.compound(ctx, around, object, whole, 1)
	if err != nil {
		return nil, nil, err
	}
	return results[0].data, c.cleanerOf(whole), c.explain(m, object, results[0].err)
}

// decodeCompound reads the results. The envelope around them says success even
// when every item failed, so has_fail, the number of results and each item are
// looked at (docs/dsm.md section 5; live captures).
func decodeCompound(data json.RawMessage, want int) ([]itemResult, error) {
	if first(data) != '{' {
		return nil, notUnderstood()
	}
	answer := members(data)
	list, _ := answer.List("result")
	if len(list) != want {
		return nil, webclient.Fault(models.ErrProtocol, "DSM answered another number of calls than it was sent", adviceRetry)
	}
	results := make([]itemResult, want)
	failed := false
	for i, raw := range list {
		r := members(raw)
		if r.Flag("success") == models.Yes {
			results[i].data = r["data"]
			continue
		}
		failed = true
		results[i].err = parseFailure(r["error"])
	}
	if answer.Flag("has_fail") == models.Yes && !failed {
		for i := range results { // any of them may be the one
			results[i] = itemResult{err: &failure{code: codeNone, text: "has_fail, but no call in the answer that failed"}}
		}
	}
	return results, nil
}

// Request sends a compound request as it was typed: a JSON array of calls, or an
// object with compound (the array), mode ("sequential", the default, or
// "parallel") and stop_when_error (default true). It gives the data of DSM's
// answer as it came. When the answer says that a call failed, there is an error
// about the first of them too. Nothing is sent when the text is no such request
// (models.ErrInvalid).
func (b *Backend) Request(ctx context.Context, text []byte) (answer []byte, err error) {
	typed, err := parseRequest(text)
	if err != nil {
		return nil, b.explain(methodChange, b.host, err)
	}
	data, results, err := b.compound(ctx, methodChange, b.host, typed.params(), len(typed.calls))
	if err != nil {
		return data, err
	}
	for i, result := range results {
		if result.err != nil {
			call := typed.calls[i]
			return data, b.explain(method{api: call.API, words: "run", write: true}, call.API+"."+call.Method, result.err)
		}
	}
	return data, nil
}

// typedRequest is a compound request that a person wrote.
type typedRequest struct {
	Compound      json.RawMessage `json:"compound"`
	Mode          string          `json:"mode"`
	StopWhenError *bool           `json:"stop_when_error"`

	calls []typedCall
}

// typedCall is one call of it, as far as it is looked at.
type typedCall struct {
	API    string `json:"api"`
	Method string `json:"method"`
}

func (r typedRequest) params() params {
	stop := r.StopWhenError == nil || *r.StopWhenError
	return params{"compound": r.Compound, "mode": r.Mode, "stop_when_error": stop}
}

func parseRequest(text []byte) (typedRequest, error) {
	refuse := func(words string, err error) (typedRequest, error) {
		e := invalid(words, `Type a JSON array of calls: [{"api": "...", "method": "...", "version": 1, ...}].`)
		e.Err = err
		return typedRequest{}, e
	}
	if !utf8.Valid(text) || !json.Valid(text) {
		return refuse("the request is no JSON text", json.Unmarshal(text, new(any)))
	}
	request := typedRequest{Mode: "sequential", Compound: bytes.TrimSpace(text)}
	if first(text) == '{' {
		request.Compound = nil
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&request); err != nil {
			return refuse("the request is no compound request: "+err.Error(), err)
		}
	}
	if err := json.Unmarshal(request.Compound, &request.calls); err != nil {
		return refuse("the request is no JSON array of calls: "+err.Error(), err)
	}
	if len(request.calls) == 0 {
		return refuse("the request holds no calls", nil)
	}
	for i, call := range request.calls {
		if call.API == "" || call.Method == "" {
			return refuse(fmt.Sprintf("call %d names no api or no method", i+1), nil)
		}
	}
	if request.Mode != "sequential" && request.Mode != "parallel" {
		return refuse(fmt.Sprintf("%q is no mode of a request", request.Mode), nil)
	}
	return request, nil
}
