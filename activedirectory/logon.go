package activedirectory

import (
	"context"
	"encoding/base64"
	"time"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// logonAttributes are what is asked of one account beside what a row needs.
// badPwdCount and logonCount are of the same property set as the limits: where the
// server tells one of them, limits that do not come are not there.
func logonAttributes() []string {
	return []string{
		"logonHours", "userWorkstations", "adminCount", "badPwdCount", "badPasswordTime", "lastLogon", "logonCount", "msDS-ResultantPSO",
	}
}

// logon reads what limits an account's logons. The record of what was ever changed
// is long, and asked for only where it matters: of who has to change the password.
func (b *connection) logon(ctx context.Context, c *conn, entry *ldap.Entry, account *models.Account, domain policy) (*models.Logon, error) {
	a := attributesOf(entry)
	control, _ := a.bits("userAccountControl")
	marked, _ := a.number("adminCount")
	l := &models.Logon{
		Smartcard: models.FlagOf(control&models.UACSmartcard != 0), Protected: models.FlagOf(marked > 0),
		NeverSet: models.FlagOf(false), BadTries: -1, BadTry: a.moment("badPasswordTime"), Last: a.moment("lastLogon"),
		Policy: models.DN(a.text("msDS-ResultantPSO")),
	}
	tries, counted := a.number("badPwdCount")
	if _, readable := a.number("logonCount"); readable || counted || a.text("logonHours") != "" {
		l.Told = models.Yes
	}
	if counted {
		l.BadTries = int(tries)
	}
	if week, ok := models.ParseWeek(base64.StdEncoding.EncodeToString(a.bytes("logonHours"))); ok {
		l.Hours = &week
	}
	l.Workstations = models.Workstations(a.short("userWorkstations"))
	l.PolicyHidden = l.Policy == "" && ownPolicy(a, account, domain)
	switch set, known := a.number("pwdLastSet"); {
	case !known:
		l.NeverSet = models.Unknown
	case set == 0:
		record, err := c.read(ctx, b.silence, entry.DN, anything, "pwdLastSet", metaData)
		if err != nil {
			return nil, err
		}
		l.NeverSet = models.Unknown
		if more := attributesOf(record); len(more.bytes(metaData)) > 0 {
			l.NeverSet = models.FlagOf(hasNoPassword(more))
		}
	}
	return l, nil
}

// ownPolicy reports whether the password ends at another moment than the domain's
// policy says, so that a policy of its own applies, which the server does not name.
func ownPolicy(a attributes, account *models.Account, domain policy) bool {
	if _, computed := a.number("msDS-UserPasswordExpiryTimeComputed"); !computed || !domain.known || account.PasswordNeverExpires != models.No || account.PasswordSet.IsZero() {
		return false
	}
	ends, comes := account.PasswordExpires.Time()
	if !comes || domain.maxAge == 0 {
		return comes != (domain.maxAge != 0)
	}
	return ends.Sub(account.PasswordSet.Add(domain.maxAge)).Abs() > time.Second
}

// moment is a FILETIME; zero when there is none.
func (a attributes) moment(name string) time.Time {
	value, _ := a.number(name)
	return models.FileTime(value).Time()
}
