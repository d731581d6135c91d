package activedirectory

import (
	"context"
	"time"

	"github.com/go-ldap/ldap/v3"
)

// policy is what the domain's head says of lockouts and passwords.
type policy struct {
	known          bool
	lockout        time.Duration // lockoutDuration
	lockoutForever bool          // until an administrator unlocks
	maxAge         time.Duration // maxPwdAge; 0: passwords do not expire
}

// moment is what the state of an account is judged by.
type moment struct {
	now    time.Time // the server's
	policy policy
	// fineGrained says that some accounts have a policy of their own (MS-ADTS
	// 3.1.1.5.2.7, "PSO"), so that only what the server computes is right. An
	// account that may not read those policies sees none: its listings go by the
	// domain's policy, and only a read of one object is exact.
	fineGrained bool
}

// moment asks for all that anew each time: two quick reads, and a policy that an
// administrator has just changed shows.
func (b *connection) moment(ctx context.Context, c *conn) (moment, error) {
	base := b.root.baseDN
	entry, err := c.read(ctx, b.silence, string(base), anything, "lockoutDuration", "maxPwdAge")
	if err != nil {
		return moment{}, err
	}
	own := ldap.NewSearchRequest(string(base.Child("CN", "System").Child("CN", "Password Settings Container")),
		ldap.ScopeSingleLevel, ldap.NeverDerefAliases, 0, 0, false, "(objectClass=msDS-PasswordSettings)", []string{"cn"}, nil)
	found, err := c.find(ctx, b.silence, own)
	if err != nil && !isResult(err, ldap.LDAPResultNoSuchObject, ldap.LDAPResultInsufficientAccessRights) {
		return moment{}, err
	}
	return moment{now: b.now(), policy: policyOf(attributesOf(entry)), fineGrained: len(found) > 0}, nil
}

func policyOf(a attributes) policy {
	lockout, hasLockout := a.number("lockoutDuration")
	age, hasAge := a.number("maxPwdAge")
	p := policy{known: hasLockout && hasAge}
	p.lockout, p.lockoutForever = tickDuration(lockout)
	p.maxAge, _ = tickDuration(age)
	return p
}
