package synology

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"dirdesk/models"
)

// Request sends a compound request as it was typed: a JSON array of calls, or an
// object with compound (the array), mode ("sequential", the default, or
// "parallel") and stop_when_error (default true). It gives the data of DSM's
// answer as it came. When the answer says that a call failed, there is an error
// about the first of them too. Nothing is sent when the text is no such request
// (models.ErrInvalid).
func (c *Client) Request(ctx context.Context, text []byte) (answer []byte, err error) {
	m := methodChange
	typed, err := parseRequest(text)
	if err != nil {
		return nil, c.explain(m, c.host, err)
	}
	before := c.sessionNow()
	data, err := c.call(ctx, m, c.host, typed.params())
	if err != nil {
		return nil, err
	}
	results, err := decodeCompound(data, len(typed.calls))
	if err == nil && noneRan(results) && c.sessionNow().number == before.number {
		if err := c.renew(ctx, before); err != nil {
			return data, c.explain(m, c.host, err)
		}
		m.settled = true
		if data, err = c.call(ctx, m, c.host, typed.params()); err != nil {
			return nil, err
		}
		results, err = decodeCompound(data, len(typed.calls))
	}
	if err != nil {
		return data, c.explain(m, c.host, lost(err))
	}
	clean := c.scrubber(typed.params())
	for i, result := range results {
		if result.err != nil {
			call := typed.calls[i]
			return data, c.explain(method{api: call.API, words: "run", write: true}, call.API+"."+call.Method, clean.error(result.err))
		}
	}
	return data, nil
}

// noneRan reports that every call was refused for the session's sake, or left
// out for that of one before it: then the request may be sent again.
func noneRan(results []itemResult) bool {
	refused := false
	for _, result := range results {
		var f *failure
		switch {
		case !errors.As(result.err, &f), !refusedUnseen(f.code) && f.code != codeSkipped:
			return false
		case f.code != codeSkipped:
			refused = true
		}
	}
	return refused
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
		return typedRequest{}, &models.Error{
			Kind:   reason{words, models.ErrInvalid},
			Advice: `Type a JSON array of calls: [{"api": "...", "method": "...", "version": 1, ...}].`, Err: err,
		}
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
