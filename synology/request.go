package synology

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

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
