package directory

import (
	"time"

	"dirdesk/models"
)

// object shows an entry as a listing gives it. The caller holds mu.
func (d reader) object(e *entry, now time.Time) models.Object {
	o := models.Object{
		DN:             e.dn(),
		Name:           e.shownName(),
		Category:       e.class.category,
		SAMAccountName: e.sam,
		Deletable:      models.FlagOf(!e.system),
		Movable:        models.FlagOf(!e.system),
		Renamable:      models.FlagOf(!e.system),
		AdvancedOnly:   models.FlagOf(e.advanced),
	}
	for _, v := range e.values {
		switch v.attribute.name {
		case "displayName":
			o.DisplayName = v.text
		case "mail":
			o.Mail = v.text
		case "description":
			if o.Description == "" {
				o.Description = v.text
			}
		case "telephoneNumber":
			o.TelephoneNumber = v.text
		case "physicalDeliveryOfficeName":
			o.Office = v.text
		}
	}
	if e.class.kind == kindGroup {
		o.PrimaryGroupToken = int(e.rid)
	}
	if e.class.account {
		_, locked := e.lockedUntil(d.policyOf(e), now)
		o.Disabled = models.FlagOf(e.isDisabled())
		o.Locked = models.FlagOf(locked)
		o.PasswordExpired = models.FlagOf(e.passwordHasExpired(d.policyOf(e), now))
		o.AccountExpiry = expiryOf(e.accountExpires)
	}
	return o
}

func (e *entry) shownName() string {
	if e.parent == nil {
		return models.DN(e.name).RDN().Value
	}
	return e.name
}

// account adds what a read of one object knows beyond a listing. The caller
// holds mu.
func (d reader) account(e *entry, now time.Time) *models.Account {
	a := &models.Account{
		UserPrincipalName: e.text("userPrincipalName"),
		GivenName:         e.text("givenName"),
		Surname:           e.text("sn"),
		Initials:          e.text("initials"),
		WebPage:           e.text("wWWHomePage"),
		SID:               d.sid(e),
		GUID:              d.guid(e),
		GroupType:         e.groupType,
		Created:           time.Unix(e.created, 0).UTC(),
		Changed:           time.Unix(e.changed, 0).UTC(),
		Members:           -1,
	}
	for _, g := range e.memberOf {
		a.MemberOf = append(a.MemberOf, g.dn())
	}
	if e.class.kind == kindGroup {
		a.Members = len(e.members)
	}
	if !e.class.account {
		return a
	}
	if e.pwdLastSet.Comes() {
		a.PasswordSet = e.pwdLastSet.Time()
	}
	switch at := e.passwordExpiry(d.policyOf(e)); {
	case at == models.NeverFileTime:
		a.PasswordExpires = models.Never()
	case at > 0:
		a.PasswordExpires = models.ExpiryAt(at.Time())
	}
	if e.lastLogon.Comes() {
		a.LastLogon = e.lastLogon.Time()
	}
	if until, locked := e.lockedUntil(d.policyOf(e), now); locked {
		a.LockedSince, a.LockedUntil = e.lockoutTime.Time(), until
	}
	a.MustChangePassword = models.FlagOf(e.mustChange())
	a.PasswordNeverExpires = models.FlagOf(e.uac&models.UACNeverExpires != 0)
	a.CannotChangePassword = models.FlagOf(e.uac&models.UACCannotChange != 0)
	return a
}
