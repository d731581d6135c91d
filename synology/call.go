package synology

import (
	"context"
	"encoding/json"
	"errors"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// call sends one method with its parameters and gives the answer's data. It is
// the only way to the server. object is what the call is about, for the error.
//
// A session that DSM refused before doing anything (docs/dsm.md section 3.7) is
// renewed once, by one goroutine for all, and the call is sent once more.
func (c *connection) call(ctx context.Context, m method, object string, p params) (json.RawMessage, error) {
	data, used, err := c.attempt(ctx, m, p)
	if c.wantsRenewal(m, used, err) {
		cause := err
		if err := c.sessions.Renew(ctx, used); err != nil {
			return nil, c.explain(m, object, err)
		}
		data, used, err = c.attempt(ctx, m, p)
		c.noteDenial(m, cause, err)
	}
	if err != nil {
		return nil, c.explain(m, object, err)
	}
	c.sessions.NoteSuccess(used)
	return data, nil
}

// attempt sends the call with the session of the moment, which it returns; with
// none when it needs none.
func (c *connection) attempt(ctx context.Context, m method, p params) (json.RawMessage, webclient.Held[session], error) {
	var used webclient.Held[session]
	if !m.anonymous {
		now, err := c.sessions.Now()
		if err != nil {
			return nil, used, err
		}
		used = now
	}
	to, err := c.lookup(ctx, m)
	if err != nil {
		return nil, used, err
	}
	data, err := c.send(ctx, m, to, p, used.Session)
	var refused *failure
	if errors.As(err, &refused) && refused.code == codeNoAPI {
		c.forget(m.api)
	}
	return data, used, err
}

// explain makes of any error the one a person gets: what was tried, on what,
// what happened, and what to do.
func (c *connection) explain(m method, object string, err error) error {
	var refused *failure
	var known *models.Error
	if !errors.As(err, &known) && errors.As(err, &refused) {
		return c.explainFailure(m, object, refused)
	}
	return models.Tried(err, m.words, object)
}

// wantsRenewal decides whether a new session may help. 106, 107, 119, 150 and 1500
// say so; 105 is also what some builds answer to a dead session, and 103 to a token
// that is missing, so they count once the session has worked, and unless a fresh
// session got the same for the very same method before (docs/dsm.md section 3.7;
// public clients disagree on 105).
func (c *connection) wantsRenewal(m method, used webclient.Held[session], err error) bool {
	var refused *failure
	switch {
	case m.anonymous, m.settled, m.name == methodLogout.name && m.api == apiAuth, !errors.As(err, &refused):
		return false
	case m.write || !isDoubtful(refused.code):
		return m.findsSessionLost(refused.code)
	}
	now, _ := c.sessions.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	return (now.Number != used.Number || c.sessions.Worked(used)) && !c.denied[m.api+"."+m.name]
}

// findsSessionLost tells the codes after which a method may be sent again. For a
// change they are those with which DSM looked at the session, found it lost, and did
// not look at the request (docs/dsm.md section 3.7; inferred); 150 leaves room for
// doubt.
func (m method) findsSessionLost(code int) bool {
	switch code {
	case codeTimedOut, codeDisplaced, codeNoSession:
		return true
	case codeOtherAddress, codeSignInAgain:
		return !m.write
	}
	return false
}

// isDoubtful tells the codes that may mean a dead session, and something else.
func isDoubtful(code int) bool { return code == codeDenied || code == codeNoMethod }

// noteDenial remembers that such a code came from a fresh session too: the account
// lacks the right, or the method is not there, and no sign-in will change that.
func (c *connection) noteDenial(m method, before, after error) {
	var first, second *failure
	if !errors.As(before, &first) || !errors.As(after, &second) {
		return
	}
	if first.code == second.code && isDoubtful(first.code) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.denied[m.api+"."+m.name] = true
	}
}
