package dsm

import (
	"sync"
	"time"

	"github.com/pquerna/otp/hotp"
)

// secondFactor checks one-time codes and keeps trusted devices.
type secondFactor struct {
	mu      sync.Mutex
	spent   map[*Account]uint64 // the last time step whose code was used
	devices map[string]device   // by id
	offers  map[string]offer    // tokens given out with a 403
}

type device struct {
	account *Account
	name    string
}

type offer struct {
	account *Account
	until   time.Time
}

func newSecondFactor() *secondFactor {
	return &secondFactor{
		spent:   map[*Account]uint64{},
		devices: map[string]device{},
		offers:  map[string]offer{},
	}
}

// step is the time for which a code is shown.
const step = 30 * time.Second

// accept checks a code against the present time step and its two neighbours.
// Each code works once, and none that is older than one used already.
func (s *secondFactor) accept(a *Account, code string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	present := uint64(now.Unix()) / uint64(step/time.Second)
	for counter := present - 1; counter <= present+1; counter++ {
		expected, err := hotp.GenerateCode(a.OTPSecret.Reveal(), counter)
		if err != nil || !sameText(expected, code) {
			continue
		}
		if counter <= s.spent[a] {
			return false
		}
		s.spent[a] = counter
		return true
	}
	return false
}

// trust remembers a device and gives its id.
func (s *secondFactor) trust(a *Account, name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := randomText(48)
	s.devices[id] = device{a, name}
	return id
}

// trusts reports whether id was given to this account for a device of this
// very name.
func (s *secondFactor) trusts(a *Account, id, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.devices[id]
	return ok && known.account == a && known.name == name
}

// forget drops every trusted device, as an administrator can.
func (s *secondFactor) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.devices)
}

// issue makes the token that comes with a 403.
func (s *secondFactor) issue(a *Account, now time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := randomText(32)
	s.offers[token] = offer{a, now.Add(5 * time.Minute)}
	return token
}

// redeem reports whether token was issued to this account a short while ago.
// It stays good until a sign-in succeeds or its time is up.
func (s *secondFactor) redeem(a *Account, token string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	given, ok := s.offers[token]
	return ok && given.account == a && now.Before(given.until)
}
