package dsm

import (
	"crypto/subtle"
	"sync"
	"time"
)

// gate counts failed sign-ins and refuses further ones: by address (407,
// auto-block) and by account (411, locked).
type gate struct {
	mu        sync.Mutex
	addresses tally
	accounts  tally
}

func newGate(byAddress, byAccount Limit) *gate {
	return &gate{addresses: newTally(byAddress), accounts: newTally(byAccount)}
}

// refuses tells why a sign-in is not even looked at. account is nil when there
// is none of that name.
func (g *gate) refuses(address string, account *Account, now time.Time) *failure {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.addresses.closed(address, now) {
		return fail(codeBlocked)
	}
	if account != nil && g.accounts.closed(account.Name, now) {
		return fail(codeLocked)
	}
	return nil
}

func (g *gate) failed(address string, account *Account, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.addresses.count(address, now)
	if account != nil {
		g.accounts.count(account.Name, now)
	}
}

func (g *gate) succeeded(address string, account *Account) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.addresses.failures, address)
	delete(g.accounts.failures, account.Name)
}

// tally counts failures by some key against one limit.
type tally struct {
	limit    Limit
	failures map[string][]time.Time
	until    map[string]time.Time
}

func newTally(limit Limit) tally {
	return tally{limit: limit, failures: map[string][]time.Time{}, until: map[string]time.Time{}}
}

func (t *tally) closed(key string, now time.Time) bool { return now.Before(t.until[key]) }

func (t *tally) count(key string, now time.Time) {
	if t.limit.Attempts == 0 {
		return
	}
	recent := t.failures[key][:0]
	for _, at := range t.failures[key] {
		if now.Sub(at) < t.limit.Within {
			recent = append(recent, at)
		}
	}
	recent = append(recent, now)
	if len(recent) >= t.limit.Attempts {
		t.until[key] = now.Add(t.limit.For)
		recent = nil
	}
	t.failures[key] = recent
}

// sameText compares without telling by its time where two texts differ.
func sameText(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
