package adaxes

import (
	"context"
	"errors"
	"strconv"
	"time"

	"dirdesk/models"
)

// session is one sign-in's worth of credentials.
type session struct {
	token models.Secret
	// id is that of the session that the token was issued for. Whoever has it
	// gets a token for it, so it is as secret as the token.
	id     models.Secret
	early  time.Time // by our clock, when a new token is due; zero: not known
	number int       // 1 for the first, counted up by every renewal
}

func (b *Backend) hasAccessToken() bool { return !b.options.Token.Empty() }

// currentSession is the session to send a request with; empty for one that needs
// none. A token that is about to end is replaced first; when that fails, the old
// one serves as long as it lasts.
func (b *Backend) currentSession(ctx context.Context, r request) (session, error) {
	if r.anonymous {
		return session{}, nil
	}
	b.mu.Lock()
	s, finished, refused := b.session, b.finished, b.refused
	b.mu.Unlock()
	switch {
	case finished != nil:
		return session{}, finished
	case s.early.IsZero() || b.now().Before(s.early) || refused != nil:
		return s, nil
	}
	if err := b.renew(ctx, s); err != nil {
		if ctx.Err() != nil {
			return session{}, ctx.Err()
		}
		b.logger.Warn("adaxes token not renewed ahead of time", "host", b.base.Host, "error", err)
		return s, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.session, b.finished
}

// renew replaces a token that has ended or is about to. However many goroutines
// find it so, one signs in and the others wait for it, each no longer than its
// own context.
func (b *Backend) renew(ctx context.Context, used session) error {
	done := b.renewals.DoChan(strconv.Itoa(used.number), func() (any, error) {
		b.mu.Lock()
		current, finished, refused := b.session.number, b.finished, b.refused
		b.mu.Unlock()
		switch {
		case finished != nil:
			return nil, finished
		case refused != nil:
			return nil, refused
		case current != used.number:
			return nil, nil
		}
		return nil, b.signInAgain()
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
func (b *Backend) signInAgain() error {
	b.logger.Info("adaxes token at its end, signing in again", "host", b.base.Host)
	err := b.signIn(b.life)
	var known *models.Error
	switch {
	case err == nil:
		return nil
	case b.life.Err() != nil:
		return errClosed()
	case !errors.As(err, &known) || !isRefusal(err):
		return err
	}
	ended := &models.Error{
		Kind:   reason{"the session has ended, and signing in again was refused: " + known.Kind.Error(), models.ErrSession},
		Advice: known.Advice, Code: known.Code, Server: known.Server, Err: err,
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused = ended
	return ended
}

// isRefusal tells that the server looked at the account and said no.
func isRefusal(err error) bool {
	for _, kind := range []error{models.ErrCredentials, models.ErrAccountState, models.ErrNotAuthorized, models.ErrUnsupported} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

func errClosed() error {
	return &models.Error{Kind: reason{"signed out", models.ErrSession}, Advice: adviceSignIn}
}

// Close forgets the credentials and frees the connections; later calls fail with
// models.ErrSession. Nothing is sent: the two requests that would end the token
// and its session name them in the address (a public client), where proxies and
// the server's own log keep them, and a session's id is as good as a token, since
// a token is issued for it. They end by themselves, by preset 10 minutes after the
// session began and 30 after the token was issued (official). An access token
// that was given stays as it is.
func (b *Backend) Close(context.Context) error {
	b.mu.Lock()
	b.session = session{number: b.session.number}
	b.finished = errClosed()
	b.mu.Unlock()
	b.end()
	b.http.CloseIdleConnections()
	b.changes.CloseIdleConnections()
	return nil
}
