package activedirectory

import (
	"context"
	"time"
)

// policy is what the domain's head says of lockouts and passwords.
type policy struct {
	known          bool
	lockout        time.Duration // lockoutDuration
	lockoutForever bool          // until an administrator unlocks
	maxAge         time.Duration // maxPwdAge; 0: passwords do not expire
}

// readPolicy asks for it anew each time: it is one quick read, and a policy that
// an administrator has just changed should show.
func (b *Backend) readPolicy(ctx context.Context, c *conn) (policy, error) {
	base := b.root.baseDN
	entry, err := c.read(ctx, b.silence, string(base), anything, "lockoutDuration", "maxPwdAge")
	if err != nil {
		return policy{}, resultError("read the policy of", string(base), err)
	}
	return policyOf(attributesOf(entry)), nil
}

func policyOf(a attributes) policy {
	lockout, hasLockout := a.number("lockoutDuration")
	age, hasAge := a.number("maxPwdAge")
	p := policy{known: hasLockout && hasAge}
	p.lockout, p.lockoutForever = tickDuration(lockout)
	p.maxAge, _ = tickDuration(age)
	return p
}

// moment reads what states are judged by.
func (b *Backend) moment(ctx context.Context, c *conn) (moment, error) {
	p, err := b.readPolicy(ctx, c)
	if err != nil {
		return moment{}, err
	}
	return moment{now: b.now(), policy: p}, nil
}
