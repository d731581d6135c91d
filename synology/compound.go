package synology

import (
	"context"
	"encoding/json"
	"errors"
	"maps"

	"dirdesk/models"
)

// item is one call inside a compound request. Its parameters are JSON as they
// are, without the encoding that a form needs.
type item struct {
	method method
	params params
}

// itemResult is what became of one item: data, or a *failure.
type itemResult struct {
	data  json.RawMessage
	err   error
	clean scrubber // takes what was sent out of what is made of data
}

// compound runs items independently of one another in one request, and gives a
// result for each, in order. The error is that of the request as a whole; an
// item may fail though there is none. Items that only found the session lost
// are sent once more, they and no others (inferred).
func (c *Client) compound(ctx context.Context, object string, items ...item) ([]itemResult, error) {
	before := c.sessionNow()
	results, err := c.compoundOnce(ctx, methodCompound, object, items)
	if err != nil {
		return nil, err
	}
	var lost []int
	for i, result := range results {
		var refused *failure
		if errors.As(result.err, &refused) && isSessionLoss(refused.code) {
			lost = append(lost, i)
		}
	}
	if len(lost) == 0 {
		return results, nil
	}
	if err := c.renew(ctx, before); err != nil {
		return nil, c.explain(methodCompound, object, err)
	}
	again := make([]item, len(lost))
	for n, i := range lost {
		again[n] = items[i]
	}
	repeated, err := c.compoundOnce(ctx, methodCompound, object, again)
	if err != nil {
		return nil, err
	}
	for n, i := range lost {
		results[i] = repeated[n]
	}
	return results, nil
}

func (c *Client) sessionNow() session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// compoundOnce sends m, which is methodCompound or methodChange, with the items
// in it.
func (c *Client) compoundOnce(ctx context.Context, m method, object string, items []item) ([]itemResult, error) {
	list := make([]params, len(items))
	for i, it := range items {
		to, err := c.lookup(ctx, it.method)
		if err != nil {
			return nil, c.explain(it.method, object, err)
		}
		list[i] = params{"api": it.method.api, "method": it.method.name, "version": to.version}
		maps.Copy(list[i], it.params)
	}
	p := params{"compound": list, "mode": "parallel", "stop_when_error": false}
	if m.write {
		p["mode"], p["stop_when_error"] = "sequential", true
	}
	data, err := c.call(ctx, m, object, p)
	if err != nil {
		return nil, err
	}
	results, err := decodeCompound(data, len(items))
	if err != nil && m.write {
		err = lost(err)
	}
	if err != nil {
		return nil, c.explain(m, object, err)
	}
	clean := c.scrubber(p)
	for i := range results {
		results[i].clean, results[i].err = clean, clean.error(results[i].err)
	}
	return results, nil
}

// change runs one changing call in a compound request of its own. When DSM took
// the request but found the session lost at the call inside, it is sent once
// more.
func (c *Client) change(ctx context.Context, object string, it item) (itemResult, error) {
	m := methodChange
	m.words = it.method.words
	before := c.sessionNow()
	results, err := c.compoundOnce(ctx, m, object, []item{it})
	if err != nil {
		return itemResult{}, err
	}
	var refused *failure
	if errors.As(results[0].err, &refused) && refusedUnseen(refused.code) && c.sessionNow().number == before.number {
		if err := c.renew(ctx, before); err != nil {
			return itemResult{}, c.explain(m, object, err)
		}
		m.settled = true
		if results, err = c.compoundOnce(ctx, m, object, []item{it}); err != nil {
			return itemResult{}, err
		}
	}
	if err := results[0].err; err != nil {
		return itemResult{}, c.explain(it.method, object, err)
	}
	return results[0], nil
}

// decodeCompound reads the results. The envelope around them says success even
// when every item failed, so has_fail, the number of results and each item are
// looked at (docs/dsm.md section 5; live captures).
func decodeCompound(data json.RawMessage, want int) ([]itemResult, error) {
	var answer struct {
		HasFail looseBool `json:"has_fail"`
		Result  []struct {
			Success looseBool       `json:"success"`
			Data    json.RawMessage `json:"data"`
			Error   json.RawMessage `json:"error"`
		} `json:"result"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, notUnderstood(err)
	}
	if len(answer.Result) != want {
		return nil, &models.Error{
			Kind:   reason{"DSM answered another number of calls than it was sent", models.ErrProtocol},
			Advice: adviceRetry,
		}
	}
	results := make([]itemResult, want)
	failed := false
	for i, r := range answer.Result {
		if r.Success.flag == models.Yes {
			results[i].data = r.Data
			continue
		}
		failed = true
		results[i].err = parseFailure(r.Error)
	}
	if answer.HasFail.flag == models.Yes && !failed {
		for i := range results { // any of them may be the one
			results[i] = itemResult{err: &failure{code: codeNone, text: "has_fail, but no call in the answer that failed"}}
		}
	}
	return results, nil
}
