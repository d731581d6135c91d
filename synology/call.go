package synology

import (
	"context"
	"encoding/json"
	"errors"

	"dirdesk/models"
)

// call sends one method with its parameters and gives the answer's data. It is
// the only way to the server. object is what the call is about, for the error.
//
// A session that DSM refused before doing anything (docs/dsm.md section 3.7) is
// renewed once, by one goroutine for all, and the call is sent once more.
func (c *Client) call(ctx context.Context, m method, object string, p params) (json.RawMessage, error) {
	data, used, err := c.attempt(ctx, m, p)
	if c.wantsRenewal(m, used, err) {
		cause := err
		if err := c.renew(ctx, used); err != nil {
			return nil, c.explain(m, object, err)
		}
		data, used, err = c.attempt(ctx, m, p)
		c.noteDenial(m, used, cause, err)
	}
	if err != nil {
		return nil, c.explain(m, object, err)
	}
	c.noteSuccess(used)
	return data, nil
}

// attempt sends the call with the session of the moment, which it returns.
func (c *Client) attempt(ctx context.Context, m method, p params) (json.RawMessage, session, error) {
	used, err := c.currentSession(m)
	if err != nil {
		return nil, used, err
	}
	to, err := c.lookup(ctx, m)
	if err != nil {
		return nil, used, err
	}
	data, err := c.send(ctx, m, to, p, used)
	var refused *failure
	if errors.As(err, &refused) && refused.code == codeNoAPI {
		c.forget(m.api)
	}
	return data, used, err
}

// explain makes of any error the one a person gets: what was tried, on what,
// what happened, and what to do.
func (c *Client) explain(m method, object string, err error) error {
	var refused *failure
	var known *models.Error
	switch {
	case errors.As(err, &known):
		if known.Action != "" {
			return err
		}
		filled := *known
		filled.Action, filled.Object = m.words, object
		return &filled
	case errors.As(err, &refused):
		return c.explainFailure(m, object, refused)
	default: // a certificate to be looked at, or the context's end
		return err
	}
}
