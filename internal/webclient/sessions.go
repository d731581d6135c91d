package webclient

import (
	"context"
	"strconv"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Sessions keeps the credentials S of a sign-in, and replaces them when the server
// has lost them or is about to. It is safe for use by several goroutines.
type Sessions[S any] struct {
	// signIn opens a session and puts it in with Take. Its context ends with Close.
	signIn func(context.Context) error
	// refusal makes of its error the one that every later renewal gets, where the
	// server has looked at the account and said no: to try again with every call
	// would lock the account. nil: the next call tries again.
	refusal func(error) error

	life     context.Context
	end      context.CancelFunc
	renewals singleflight.Group

	mu      sync.Mutex // guards all below
	held    Held[S]
	worked  int   // number of the newest session with which a call went well
	refused error // why no renewal is tried any more
	ended   error // why there will be no session any more
}

// Held is a session, and its number: 1 for the first, counted up by every renewal.
type Held[S any] struct {
	Session S
	Number  int
}

// NewSessions begins without a session.
func NewSessions[S any](signIn func(context.Context) error, refusal func(error) error) *Sessions[S] {
	s := &Sessions[S]{signIn: signIn, refusal: refusal}
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// Take makes a session the one of the moment.
func (s *Sessions[S]) Take(session S) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = Held[S]{session, s.held.Number + 1}
}

// Now is the session of the moment. The error says why there is none any more.
func (s *Sessions[S]) Now() (Held[S], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held, s.ended
}

// NoteSuccess remembers that a call with a session went well.
func (s *Sessions[S]) NoteSuccess(used Held[S]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.worked = max(s.worked, used.Number)
}

// Worked reports whether a call with this session, or with one after it, went well.
func (s *Sessions[S]) Worked(used Held[S]) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.worked > 0 && s.worked >= used.Number
}

// Renew replaces a session that the server has lost. However many goroutines find
// it lost, one signs in and the others wait for it, each no longer than its own
// context.
func (s *Sessions[S]) Renew(ctx context.Context, used Held[S]) error {
	err := s.RenewEarly(ctx, used)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused != nil && s.held.Number == used.Number && s.ended == nil {
		s.ended = s.refused
	}
	return err
}

// RenewEarly is Renew for a session that still serves, and goes on to serve when no
// other can be had.
func (s *Sessions[S]) RenewEarly(ctx context.Context, used Held[S]) error {
	done := s.renewals.DoChan(strconv.Itoa(used.Number), func() (any, error) {
		s.mu.Lock()
		current, ended, refused := s.held.Number, s.ended, s.refused
		s.mu.Unlock()
		switch {
		case ended != nil:
			return nil, ended
		case current != used.Number:
			return nil, nil
		case refused != nil:
			return nil, refused
		}
		return nil, s.signInAgain()
	})
	select {
	case <-ctx.Done():
		return ctx.Err()
	case result := <-done:
		return result.Err
	}
}

func (s *Sessions[S]) signInAgain() error {
	err := s.signIn(s.life)
	switch {
	case err == nil:
		return nil
	case s.life.Err() != nil:
		return SignedOut()
	}
	final := s.refusal(err)
	if final == nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = final
	return final
}

// Close forgets the session and ends a renewal under way; the reason for what is
// asked for later is SignedOut.
func (s *Sessions[S]) Close() {
	s.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = Held[S]{Number: s.held.Number}
	s.ended = SignedOut()
}
