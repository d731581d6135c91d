package desk

import (
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// warnSelf warns of a change that shuts out the account it is made with.
func (d *Desk) warnSelf(s *Step) {
	if !shutsOut(s.Change) || !d.isSelf(s.before) {
		return
	}
	s.Warnings = append(s.Warnings, english.Own("that is the account you are signed in with: it cannot sign in afterwards"))
}

// shutsOut reports whether a change disables an account.
func shutsOut(c models.Change) bool {
	if c.Action == models.Disable {
		return true
	}
	if c.Modification == nil {
		return false
	}
	for _, p := range c.Modification.Properties {
		if !isAccountControl(p.Name) {
			continue
		}
		after := expectedOf(p)
		if len(after) != 1 {
			continue
		}
		const disabled, smartCard = 0x2, 0x40000
		if bits, ok := models.Bits(after[0]); ok && bits&(disabled|smartCard) != 0 {
			return true
		}
	}
	return false
}

// isSelf reports whether an object is the account that is signed in: by its DN,
// its user principal name, or its logon name after a DOMAIN\ or before an
// @domain.
func (d *Desk) isSelf(o models.Object) bool {
	account := strings.TrimSpace(d.backend.About().Account)
	if account == "" {
		return false
	}
	if o.DN != "" && models.DN(account).Equal(o.DN) || o.Account != nil && strings.EqualFold(o.Account.UserPrincipalName, account) {
		return true
	}
	if _, name, found := strings.Cut(account, `\`); found {
		account = name
	}
	account, _, _ = strings.Cut(account, "@")
	return o.SAMAccountName != "" && strings.EqualFold(o.SAMAccountName, account)
}
