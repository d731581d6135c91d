package adaxes

import (
	"strings"
	"time"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// rowProperties are what a row and its details need. accountExpires is not
// among them: a user reports that asking for it can hang the server; the end of
// an account stands in accountStatus, which comes unasked.
func rowProperties() []string {
	return []string{
		"name", "sAMAccountName", "displayName", "mail", "description", "telephoneNumber",
		"physicalDeliveryOfficeName", "userAccountControl", "pwdLastSet", "lockoutTime", "lastLogonTimestamp",
		"groupType", "objectSid", "whenCreated", "whenChanged",
		"showInAdvancedViewOnly", "isCriticalSystemObject", "systemFlags",
		"userPrincipalName", "givenName", "sn", "initials", "wWWHomePage",
	}
}

// readProperties are asked for of one object.
func readProperties() []string { return append(rowProperties(), "memberOf") }

// objectOf makes an object of an entry. What the server did not tell stays
// unknown: a property that is not set and one that this account may not read
// look alike.
func objectOf(e entry, now time.Time) models.Object {
	o := models.Object{
		DN:              e.dn,
		Name:            nameOf(e),
		Category:        categoryOf(e),
		SAMAccountName:  e.text("sAMAccountName"),
		DisplayName:     e.text("displayName"),
		Mail:            e.text("mail"),
		Description:     e.text("description"),
		TelephoneNumber: e.text("telephoneNumber"),
		Office:          e.text("physicalDeliveryOfficeName"),
		AdvancedOnly:    e.flag("showInAdvancedViewOnly"),
		Account: &models.Account{
			UserPrincipalName: e.text("userPrincipalName"),
			GivenName:         e.text("givenName"),
			Surname:           e.text("sn"),
			Initials:          e.text("initials"),
			WebPage:           e.text("wWWHomePage"),
			SID:               sidText(e.text("objectSid")),
			GUID:              strings.ToLower(strings.Trim(e.guid, "{}")),
			Created:           e.time("whenCreated"),
			Changed:           e.time("whenChanged"),
			Members:           -1,
		},
	}
	for _, group := range e.texts("memberOf") {
		o.Account.MemberOf = append(o.Account.MemberOf, models.DN(group))
	}
	systemPart(&o, e)
	if o.Category == models.Group {
		o.Account.GroupType, _ = e.bits("groupType")
		o.PrimaryGroupToken = models.RID(o.Account.SID)
	}
	accountPart(&o, e, now)
	return o
}

func systemPart(o *models.Object, e entry) {
	if flags, ok := e.bits("systemFlags"); ok {
		o.Deletable = models.FlagOf(flags&models.SystemNoDelete == 0)
		o.Movable = models.FlagOf(flags&models.SystemNoMove == 0)
		o.Renamable = models.FlagOf(flags&models.SystemNoRename == 0)
	}
	if e.flag("isCriticalSystemObject") == models.Yes {
		o.Deletable = models.No
	}
}

// flag is a boolean property.
func (e entry) flag(name string) models.Flag {
	for _, value := range e.properties[strings.ToLower(name)].values {
		return rawjson.Flag(value)
	}
	return models.Unknown
}

// time is a property that holds a moment; zero when there is none.
func (e entry) time(name string) time.Time {
	t, _ := momentOf(e.text(name))
	return t
}
