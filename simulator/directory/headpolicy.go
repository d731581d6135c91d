package directory

import (
	"strconv"
	"time"
)

// policyField gives an attribute of the domain's head that is part of its
// policy; ok is false for all others.
func (d reader) policyField(e *entry, name string) (values []string, ok bool) {
	if e != d.base {
		return nil, false
	}
	p := &d.policy
	var n int64
	switch name {
	case "lockoutThreshold":
		n = int64(p.LockoutThreshold)
	case "lockoutDuration":
		n = untilForever(p.LockoutDuration)
	case "lockOutObservationWindow":
		n = ticks(p.LockoutWindow)
	case "maxPwdAge":
		n = untilForever(p.MaxPasswordAge)
	case "minPwdAge":
		n = ticks(p.MinPasswordAge)
	case "minPwdLength":
		n = int64(p.MinPasswordLength)
	case "pwdHistoryLength":
		n = int64(p.PasswordHistory)
	case "pwdProperties":
		if p.PasswordComplexity {
			n = 1
		}
	default:
		return nil, false
	}
	return []string{strconv.FormatInt(n, 10)}, true
}

// setPolicyField changes the policy by an attribute of the domain's head.
func (d adder) setPolicyField(name string, n int64) (ok bool) {
	p := &d.policy
	switch name {
	case "lockoutThreshold":
		p.LockoutThreshold = int(n)
	case "lockoutDuration":
		p.LockoutDuration = duration(n)
	case "lockOutObservationWindow":
		p.LockoutWindow = duration(n)
	case "maxPwdAge":
		p.MaxPasswordAge = duration(n)
	case "minPwdAge":
		p.MinPasswordAge = duration(n)
	case "minPwdLength":
		p.MinPasswordLength = int(n)
	case "pwdHistoryLength":
		p.PasswordHistory = int(n)
	case "pwdProperties":
		p.PasswordComplexity = n&1 != 0
		p.PasswordWithoutName = p.PasswordComplexity
	default:
		return false
	}
	return true
}

// forever is how AD writes a length of time without an end.
const forever = -1 << 63

// ticks writes a length of time as AD does: a negative number of 100 ns.
func ticks(d time.Duration) int64 { return -int64(d / 100) }

// untilForever is ticks of a length that has no end when it is 0.
func untilForever(d time.Duration) int64 {
	if d == 0 {
		return forever
	}
	return ticks(d)
}

// duration reads a length of time; without an end it is 0. Longer ones than
// Go's type holds count as without an end too.
func duration(n int64) time.Duration {
	const most = int64(1<<63-1) / 100
	if n > 0 || n < -most {
		return 0
	}
	return time.Duration(-n) * 100
}
