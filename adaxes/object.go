package adaxes

import (
	"cmp"
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
func readProperties() []string {
	return append(rowProperties(), "memberOf", "primaryGroupID", "logonHours", "userWorkstations", "adminCount", "badPwdCount", "badPasswordTime", "lastLogon", "logonCount",
		"msDS-ResultantPSO", "title", "department", "company", "mobile", "employeeNumber", "employeeID", "manager")
}

// objectOf makes an object of an entry. What the server did not tell stays
// unknown: a property that is not set and one that this account may not read
// look alike.
func objectOf(e entry, now time.Time) models.Object {
	o := models.Object{
		DN:              e.dn,
		Name:            nameOf(e),
		Category:        categoryOf(e),
		SAMAccountName:  e.short("sAMAccountName"),
		DisplayName:     e.short("displayName"),
		Mail:            e.short("mail"),
		Description:     e.short("description"),
		TelephoneNumber: e.short("telephoneNumber"),
		Office:          e.short("physicalDeliveryOfficeName"),
		AdvancedOnly:    e.flag("showInAdvancedViewOnly"),
		Account: &models.Account{
			UserPrincipalName: e.short("userPrincipalName"),
			GivenName:         e.short("givenName"),
			Surname:           e.short("sn"),
			Initials:          e.short("initials"),
			WebPage:           e.short("wWWHomePage"),
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

// categoryOf names the kind of an object by its class. A contact is a person, as
// its objectCategory in the directory says; classes that are none of the six kept
// as they are.
func categoryOf(e entry) models.Category {
	for _, kind := range classCategories() {
		if strings.EqualFold(kind.class, e.objectType) {
			return kind.category
		}
	}
	return models.Category(e.objectType)
}

type classCategory struct {
	class    string
	category models.Category
}

func classCategories() []classCategory {
	return []classCategory{
		{classUser, models.Person},
		{classContact, models.Person},
		{"inetOrgPerson", models.Person},
		{classGroup, models.Group},
		{classComputer, models.Computer},
		{classOU, models.OrganizationalUnit},
		{classContainer, models.Container},
		{classBuiltin, models.BuiltinDomain},
	}
}

// searchClasses are the classes to ask for; none, for all, without categories.
func searchClasses(categories []models.Category) []string {
	var classes []string
	for _, category := range categories {
		known := false
		for _, kind := range classCategories() {
			if kind.category == category {
				classes = append(classes, kind.class)
				known = true
			}
		}
		if !known {
			classes = append(classes, string(category))
		}
	}
	return classes
}

// accountPart fills in what only accounts have. accountStatus and passwordStatus
// are the server's own reckoning (official); the bits of userAccountControl serve
// where they are not told.
func accountPart(o *models.Object, e entry, now time.Time) {
	status := rawjson.ObjectOf(e.members["accountstatus"])
	isAccount := rawjson.First(e.members["accountstatus"]) == '{'
	bits, hasBits := e.bits("userAccountControl")
	if !isAccount && !hasBits {
		return
	}
	if hasBits {
		o.Disabled = models.FlagOf(bits&models.UACDisabled != 0)
		o.Account.PasswordNeverExpires = models.FlagOf(bits&models.UACNeverExpires != 0)
		if bits&models.UACCannotChange != 0 {
			// In the directory itself this is an access right, so its absence from the
			// bits proves nothing.
			o.Account.CannotChangePassword = models.Yes
		}
	}
	if told := status.Flag("isdisabled"); told.Known() {
		o.Disabled = told
	}
	o.Locked = status.Flag("islocked")
	if ends, told := status["expirationdate"]; told {
		o.AccountExpiry = expiryOf(rawjson.Scalar(ends))
	}
	o.Account.LastLogon = e.time("lastLogonTimestamp")
	if o.Locked == models.Yes {
		o.Account.LockedSince = e.time("lockoutTime")
	}
	passwordPart(o, e, bits, now)
	if o.Account.Logon = logonOf(e, bits, hasBits); o.Account.Logon != nil {
		o.Account.Contact = &models.Contact{
			Title: e.short("title"), Department: e.short("department"), Company: e.short("company"), Mobile: e.short("mobile"),
			EmployeeNumber: cmp.Or(e.short("employeeNumber"), e.short("employeeID")), Manager: models.DN(e.text("manager")),
		}
	}
}

// logonOf is what limits an account's logons; nil in a row, where none of it was
// asked for. Whether there ever was a password is not told.
func logonOf(e entry, bits int32, hasBits bool) *models.Logon {
	tries, counted := models.ParseFileTime(e.text("badPwdCount"))
	if _, logons := models.ParseFileTime(e.text("logonCount")); !counted && !logons {
		return nil
	}
	l := &models.Logon{
		Told: models.Yes, Workstations: models.Workstations(e.short("userWorkstations")), Policy: models.DN(e.text("msDS-ResultantPSO")),
		Protected: models.FlagOf(strings.Trim(e.text("adminCount"), "0") != ""), BadTries: -1, BadTry: e.time("badPasswordTime"), Last: e.time("lastLogon"),
	}
	if hasBits {
		l.Smartcard = models.FlagOf(bits&models.UACSmartcard != 0)
	}
	if counted {
		l.BadTries = int(tries)
	}
	if week, ok := models.ParseWeek(e.text("logonHours")); ok {
		l.Hours = &week
	}
	return l
}

// passwordPart tells when the password was set and when it ends. A password that
// was set never is one that must be changed, unless it does not expire: then the
// directory asks for nothing.
func passwordPart(o *models.Object, e entry, bits int32, now time.Time) {
	status := rawjson.ObjectOf(e.members["passwordstatus"])
	if changed := status.Text("whenchanged"); changed != "" {
		o.Account.PasswordSet, _ = momentOf(changed)
	}
	noExpiry := bits&(models.UACNeverExpires|models.UACSmartcard|models.UACTrusts) != 0
	if set, told := momentOf(e.text("pwdLastSet")); told {
		o.Account.PasswordSet = set
		o.Account.MustChangePassword = models.FlagOf(set.IsZero() && !noExpiry)
	}
	if o.Account.MustChangePassword == models.Yes {
		o.PasswordExpired = models.Yes
		return
	}
	o.Account.PasswordExpires = passwordExpiry(status)
	if noExpiry {
		o.Account.PasswordExpires = models.Never()
	}
	if o.Account.PasswordExpires.Known() {
		o.PasswordExpired = models.FlagOf(o.Account.PasswordExpires.Passed(now))
	}
}

// expiryOf reads the end of an account: a time, or null or "Never" for never.
func expiryOf(text string) models.Expiry {
	if t, ok := momentOf(text); ok && !t.IsZero() {
		return models.ExpiryAt(t)
	}
	return models.Never()
}
