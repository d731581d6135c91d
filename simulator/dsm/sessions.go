package dsm

import (
	"crypto/rand"
	"encoding/base64"
	"maps"
	"sync"
	"time"
)

// session is one sign-in. Its fields but used and ended never change.
type session struct {
	id            string
	account       *Account
	token         string // SynoToken
	tokenRequired bool   // the login asked for it: every call must bring it
	address       string // where the login came from
	used          time.Time
	ended         int // 0, or the code that a call gets from now on
}

// sessions keeps the sign-ins, ended ones too, so that their next call learns
// how they ended.
type sessions struct {
	idle time.Duration
	mu   sync.Mutex
	byID map[string]*session
}

func newSessions(idle time.Duration) *sessions {
	return &sessions{idle: idle, byID: map[string]*session{}}
}

// keepEnded is how long an ended session is remembered.
const keepEnded = 24 * time.Hour

// open starts a session; with alone it displaces the account's others.
func (s *sessions) open(account *Account, address string, tokenRequired, alone bool, now time.Time) *session {
	opened := &session{
		id: randomText(48), account: account, token: randomText(9),
		tokenRequired: tokenRequired, address: address, used: now,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.byID, func(_ string, old *session) bool {
		return now.Sub(old.used) > s.idle+keepEnded
	})
	if alone {
		for _, other := range s.byID {
			if other.account == account && other.ended == 0 {
				other.ended = codeDisplaced
			}
		}
	}
	s.byID[opened.id] = opened
	return opened
}

// check finds the session that c proves and notes that it was used.
func (s *sessions) check(c credentials, now time.Time) (*session, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.byID[c.sid]
	if !ok {
		return nil, fail(missingSession)
	}
	if found.ended == 0 && now.Sub(found.used) > s.idle {
		found.ended = codeTimeout
	}
	if found.ended != 0 {
		return nil, fail(found.ended)
	}
	if found.address != c.address {
		return nil, fail(codeOtherAddress)
	}
	found.used = now
	return found, nil
}

// close forgets a session at its own wish.
func (s *sessions) close(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}

// expire ends a session as a timeout does.
func (s *sessions) expire(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, ok := s.byID[id]; ok && found.ended == 0 {
		found.ended = codeTimeout
	}
}

func (s *sessions) expireAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.byID {
		if one.ended == 0 {
			one.ended = codeTimeout
		}
	}
}

// randomText makes a text of n random bytes that needs no escaping anywhere.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}
