package directory

import "time"

// Policy is the domain's account policy.
type Policy struct {
	LockoutThreshold   int           // wrong passwords until the account is locked out; 0: never
	LockoutDuration    time.Duration // how long it stays locked; 0: until an administrator unlocks it
	LockoutWindow      time.Duration // how long a wrong password is counted; 0: for ever. AD wants it no longer than the duration
	MaxPasswordAge     time.Duration // 0: passwords do not expire
	MinPasswordLength  int           // in characters
	PasswordComplexity bool          // asks for three of: capitals, small letters, digits, the rest

	// PasswordWithoutName refuses a password that holds the account's name, as
	// Windows does with its complexity rule.
	PasswordWithoutName bool

	// These hold for a person's own change, not for an administrator's reset.
	PasswordHistory int           // earlier passwords that may not come again; 24 at most
	MinPasswordAge  time.Duration // how long a password must be kept
}

// DefaultPolicy is what a new Samba domain has (measured): passwords of seven
// characters and three kinds, for 42 days, and no lockout. Durations of lockout
// are Samba's defaults, which begin to count when a threshold is set.
func DefaultPolicy() Policy {
	return Policy{
		LockoutThreshold:    0,
		LockoutDuration:     30 * time.Minute,
		LockoutWindow:       30 * time.Minute,
		MaxPasswordAge:      42 * 24 * time.Hour,
		MinPasswordLength:   7,
		PasswordComplexity:  true,
		PasswordWithoutName: true,
		PasswordHistory:     mostRemembered,
		MinPasswordAge:      24 * time.Hour,
	}
}

// Policy is the one in force.
func (d *Directory) Policy() Policy {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.policy
}

// SetPolicy changes the policy, also for accounts that are there: a longer
// LockoutDuration may lock one again that was free.
func (d *Directory) SetPolicy(p Policy) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.policy = p
}
