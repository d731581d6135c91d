package synology

import (
	"context"
	"encoding/json"
	"errors"

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
	data json.RawMessage
	err  error
}

// compound runs items independently of one another in one request, and gives a
// result for each, in order. The error is that of the request as a whole; an
// item may fail though there is none. Items that only found the session lost
// are sent once more, they and no others (inferred).
func (c *Client) compound(ctx context.Context, object string, items ...item) ([]itemResult, error) {
	before := c.sessionNow()
	results, err := c.compoundOnce(ctx, object, items)
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
	repeated, err := c.compoundOnce(ctx, object, again)
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

func (c *Client) compoundOnce(ctx context.Context, object string, items []item) ([]itemResult, error) {
	list := make([]map[string]any, len(items))
	for i, it := range items {
		to, err := c.lookup(ctx, it.method)
		if err != nil {
			return nil, c.explain(it.method, object, err)
		}
		call := map[string]any{"api": it.method.api, "method": it.method.name, "version": to.version}
		for name, value := range it.params {
			call[name] = value
		}
		list[i] = call
	}
	data, err := c.call(ctx, methodCompound, object, params{
		"compound": list, "mode": "parallel", "stop_when_error": false,
	})
	if err != nil {
		return nil, err
	}
	results, err := decodeCompound(data, len(items))
	if err != nil {
		return nil, c.explain(methodCompound, object, err)
	}
	return results, nil
}

// decodeCompound reads the results. The envelope around them says success even
// when every item failed, so has_fail, the number of results and each item are
// looked at (dsm.md section 5; live captures).
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
		return nil, &models.Error{
			Kind:   reason{"DSM says that a part of the request failed, but not which", models.ErrProtocol},
			Advice: adviceRetry,
		}
	}
	return results, nil
}
