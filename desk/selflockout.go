package desk

import (
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// warnSelf warns of a change that shuts out the account it is made with.
func (d *directory) warnSelf(s *Step) {
	if d.isSelf(s.before) {
		s.warn(english.Own("that is the account you are signed in with: it cannot sign in afterwards"))
	}
}

// isSelf reports whether an object is the account that is signed in: by its DN,
// its user principal name, or its logon name after a DOMAIN\ or before an
// @domain.
func (d *directory) isSelf(o models.Object) bool {
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
