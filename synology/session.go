package synology

import (
	"context"
	"errors"
	"strconv"

	"dirdesk/models"
)

// currentSession is the session to send a method with; empty for one that
// needs none.
func (c *Client) currentSession(m method) (session, error) {
	if m.anonymous {
		return session{}, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.finished != nil {
		return session{}, c.finished
	}
	return c.session, nil
}

// wantsRenewal decides whether a new session may help. 106, 107, 119 and 150
// say so; 105 is also what some builds answer to a dead session, so it counts
// once the session has worked, and unless a fresh session was denied the very
// same method before (docs/dsm.md section 3.7; public clients disagree on 105).
func (c *Client) wantsRenewal(m method, used session, err error) bool {
	var refused *failure
	if m.anonymous || m.settled || m.name == methodLogout.name && m.api == apiAuth || !errors.As(err, &refused) {
		return false
	}
	if m.write {
		return refusedUnseen(refused.code)
	}
	if refused.code != codeDenied {
		return isSessionLoss(refused.code)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	worked := used.number != c.session.number || c.session.worked
	return worked && !c.denied[m.api+"."+m.name]
}

// refusedUnseen tells the codes for which a change may be sent again: DSM looked
// at the session, found it lost, and did not look at the request (docs/dsm.md section
// 3.7; inferred). 105 and 150 leave room for doubt.
func refusedUnseen(code int) bool {
	return code == codeTimedOut || code == codeDisplaced || code == codeNoSession
}

func isSessionLoss(code int) bool {
	switch code {
	case codeTimedOut, codeDisplaced, codeNoSession, codeOtherAddress:
		return true
	}
	return false
}

// noteDenial remembers that 105 came from a fresh session too: the account
// lacks the right, and no sign-in will change that.
func (c *Client) noteDenial(m method, used session, before, after error) {
	var first, second *failure
	if !errors.As(before, &first) || !errors.As(after, &second) {
		return
	}
	if first.code == codeDenied && second.code == codeDenied {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.denied[m.api+"."+m.name] = true
	}
}

// noteSuccess remembers that the session works.
func (c *Client) noteSuccess(used session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if used.number == c.session.number {
		c.session.worked = true
	}
}

// renew replaces a session that DSM has dropped. However many goroutines find
// it dropped, one signs in and the others wait for it, each no longer than its
// own context.
func (c *Client) renew(ctx context.Context, used session) error {
	done := c.renewals.DoChan(strconv.Itoa(used.number), func() (any, error) {
		c.mu.Lock()
		current, finished := c.session.number, c.finished
		c.mu.Unlock()
		if finished != nil || current != used.number {
			return nil, finished
		}
		return nil, c.signInAgain()
	})
	select {
	case <-ctx.Done():
		return ctx.Err()
	case result := <-done:
		return result.Err
	}
}

// signInAgain opens the next session. A refusal is final: trying it again with
// every call would lock the account.
func (c *Client) signInAgain() error {
	c.logger.Info("dsm session lost, signing in again", "host", c.host)
	err := c.signIn(c.life, models.Secret{}, false)
	var refused *failure
	switch {
	case err == nil:
		return nil
	case c.life.Err() != nil:
		return errClosed()
	case !errors.As(err, &refused):
		return err
	}
	if means, ok := authMeaning(refused.code); ok {
		err = sessionEnded(means, err, refused)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.finished = err
	}
	return err
}

// sessionEnded is models.ErrSession, and what kept the sign-in from being
// repeated as well.
func sessionEnded(means meaning, cause error, refused *failure) error {
	words := "the session has ended, and signing in again was refused: " + means.words
	if errors.Is(means.kind, models.ErrCodeRequired) {
		words = "the session has ended, and signing in again takes a new one-time code"
	}
	return &models.Error{
		Kind: reason{words, models.ErrSession}, Advice: means.advice,
		Code: refused.codeText(), Server: refused.words(), Err: cause,
	}
}

func errClosed() error {
	return &models.Error{Kind: reason{"signed out", models.ErrSession}, Advice: adviceSignIn}
}
