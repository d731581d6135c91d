package directory

import (
	"strconv"

	"dirdesk/models"
)

// resultantPSO is the fine-grained policy that holds for a user (MS-ADTS
// 3.1.1.4.5.36): of those that name the user, else of those that name one of its
// global groups, the one with the smallest precedence.
func (d reader) resultantPSO(e *entry) *entry {
	if !e.class.account || e.class.kind != kindPerson {
		return nil
	}
	if own := bestPSO([]*entry{e}); own != nil {
		return own
	}
	var groups []*entry
	reached := make(map[*entry]bool)
	e.reach("member", reached)
	if primary := granting(d.Directory).primaryGroup(e); primary != nil {
		groups = append(groups, primary)
	}
	for g := range reached {
		if g.groupType&models.GroupGlobal != 0 {
			groups = append(groups, g)
		}
	}
	return bestPSO(groups)
}

func bestPSO(named []*entry) (best *entry) {
	least := 0
	for _, e := range named {
		for _, back := range e.linkedBy {
			if back.attribute.name != "msDS-PSOAppliesTo" {
				continue
			}
			n, _ := strconv.Atoi(back.to.text("msDS-PasswordSettingsPrecedence"))
			if best == nil || n < least || n == least && back.to.serial < best.serial {
				best, least = back.to, n
			}
		}
	}
	return best
}

// policyOf is the policy that holds for an account: its own, or the domain's.
func (d reader) policyOf(e *entry) Policy {
	p := d.policy
	if !d.fineGrained {
		return p
	}
	pso := d.resultantPSO(e)
	if pso == nil {
		return p
	}
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(pso.text(name), 10, 64)
		return n
	}
	p.LockoutThreshold = int(number("msDS-LockoutThreshold"))
	p.LockoutDuration = duration(number("msDS-LockoutDuration"))
	p.LockoutWindow = duration(number("msDS-LockoutObservationWindow"))
	p.MaxPasswordAge = duration(number("msDS-MaximumPasswordAge"))
	p.MinPasswordAge = duration(number("msDS-MinimumPasswordAge"))
	p.MinPasswordLength = int(number("msDS-MinimumPasswordLength"))
	p.PasswordHistory = int(number("msDS-PasswordHistoryLength"))
	p.PasswordComplexity = pso.text("msDS-PasswordComplexityEnabled") == "TRUE"
	return p
}
