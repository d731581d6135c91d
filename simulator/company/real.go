package company

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// makeReal adds what only a closer look shows: who works for whom, what hangs
// below a person or a computer, who may do what, and what was deleted. It comes
// last, and draws nothing at random, so that all else stays as it was.
func (b *builder) makeReal() error {
	for _, step := range []func() error{
		b.makeSecretaries, b.makeLogonLimits, b.makePrimaryGroups, b.makeSecrets, b.makePhones, b.makePolicy, b.makeHelpDesk, b.makeDeleted,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return b.directory.Protect(b.units["Service Accounts"])
}

// makeSecretaries gives each head of a team the second of it as secretary.
func (b *builder) makeSecretaries() error {
	for _, t := range b.teams {
		if err := b.directory.Modify(t.head, map[string][]string{"secretary": {string(t.second)}}); err != nil {
			return err
		}
	}
	return nil
}

// makeLogonLimits has some people sign in during working hours only, or at
// certain computers.
func (b *builder) makeLogonLimits() error {
	hours := make([]byte, 21) // in UTC, from Sunday on
	for weekday := 1; weekday <= 5; weekday++ {
		for hour := 6; hour < 18; hour++ {
			bit := weekday*24 + hour
			hours[bit/8] |= 1 << (bit % 8)
		}
	}
	for i, m := range b.staff {
		limits := map[string][]string{}
		if i%97 == 5 {
			limits["logonHours"] = []string{base64.StdEncoding.EncodeToString(hours)}
		}
		if i%131 == 7 {
			limits["userWorkstations"] = []string{"LT-VIE-0001,LT-VIE-0002"}
		}
		if len(limits) == 0 {
			continue
		}
		if err := b.directory.Modify(m.dn, limits); err != nil {
			return err
		}
	}
	return nil
}

// makePrimaryGroups gives the first few of a department its group as their
// primary one: they are in no list of its members then.
func (b *builder) makePrimaryGroups() error {
	group := b.units["Groups/Access"].Child("CN", "Legal")
	o, err := b.directory.Get(group)
	if err != nil {
		return err
	}
	members := b.choose(func(m member) bool { return m.department == "Legal" })
	for _, dn := range members[:min(3, len(members))] {
		if err := b.directory.Modify(dn, map[string][]string{"primaryGroupID": {strconv.Itoa(o.PrimaryGroupToken)}}); err != nil {
			return err
		}
	}
	return nil
}

// makeSecrets gives laptops their local administrators' passwords, of both kinds
// of LAPS, and the keys of their disks.
func (b *builder) makeSecrets() error {
	laptop := func(n int) models.DN {
		return b.units["Devices/Laptops"].Child("CN", fmt.Sprintf("LT-VIE-%04d", n))
	}
	soon := directory.FileTime(b.now.Add(20 * day))
	if err := b.directory.Modify(laptop(1), map[string][]string{
		"ms-Mcs-AdmPwd": {"k7#Tr2!vQ9mZ"}, "ms-Mcs-AdmPwdExpirationTime": {soon},
	}); err != nil {
		return err
	}
	if err := b.directory.Modify(laptop(2), map[string][]string{
		"msLAPS-Password":               {`{"n":"Administrator","t":"1dc5f3a2b4c6d80","p":"plum-Harbor-42-tin"}`},
		"msLAPS-PasswordExpirationTime": {soon},
	}); err != nil {
		return err
	}
	for i, key := range []string{
		"110011-220022-330033-440044-550055-660066-701701-123453",
		"506077-117711-228822-339933-441144-552255-663366-100001",
	} {
		id := fmt.Sprintf("%08X-4C1D-4E0B-9F6A-0B7C6D5E4F3%d", 0x3A7F12C0+i, i)
		made := b.now.Add(-time.Duration(300-200*i) * day).UTC()
		if err := b.directory.Add(laptop(1).Child("CN", made.Format("2006-01-02T15:04:05-00:00")+"{"+id+"}"), "msFVE-RecoveryInformation", map[string][]string{
			"msFVE-RecoveryPassword": {key},
			"msFVE-RecoveryGuid":     {base64.StdEncoding.EncodeToString(directory.GUIDBytes(id))},
			"whenCreated":            {made.Format("20060102150405.0Z")},
		}); err != nil {
			return err
		}
	}
	return nil
}

// makePhones hangs the telephones of the first two people below them: they cannot
// be deleted alone.
func (b *builder) makePhones() error {
	for _, m := range b.staff[:2] {
		devices := m.dn.Child("CN", "ExchangeActiveSyncDevices")
		if err := b.directory.Add(devices, "msExchActiveSyncDevices", nil); err != nil {
			return err
		}
		if err := b.directory.Add(devices.Child("CN", "iPhone§F2K9"), "msExchActiveSyncDevice", map[string][]string{
			"displayName": {"iPhone"},
		}); err != nil {
			return err
		}
	}
	return nil
}

// makePolicy makes a fine-grained policy for one department, which only the
// domain's administrators may read.
func (b *builder) makePolicy() error {
	length := func(d time.Duration) []string { return []string{strconv.FormatInt(-int64(d/100), 10)} }
	return b.directory.Add(b.base.Child("CN", "System").Child("CN", "Password Settings Container").Child("CN", "Finance passwords"),
		"msDS-PasswordSettings", map[string][]string{
			"msDS-PasswordSettingsPrecedence": {"10"}, "msDS-PasswordReversibleEncryptionEnabled": {"FALSE"},
			"msDS-PasswordHistoryLength": {"24"}, "msDS-PasswordComplexityEnabled": {"TRUE"}, "msDS-MinimumPasswordLength": {"14"},
			"msDS-MinimumPasswordAge": length(day), "msDS-MaximumPasswordAge": length(90 * day),
			"msDS-LockoutThreshold": {"3"}, "msDS-LockoutObservationWindow": length(time.Hour), "msDS-LockoutDuration": length(8 * time.Hour),
			"msDS-PSOAppliesTo": {string(b.units["Groups/Access"].Child("CN", "Finance"))},
		})
}

// makeHelpDesk makes the account whose rights are few.
func (b *builder) makeHelpDesk() error {
	dn, err := b.addUser("Service Accounts", "Help Desk", map[string][]string{
		"sAMAccountName": {HelpDesk}, "userPrincipalName": {HelpDesk + "@" + b.realm}, "displayName": {"Help Desk"},
		"description":        {"May reset passwords, unlock, and edit telephone and office below OU=Staff"},
		"userAccountControl": {strconv.Itoa(enabled | neverExpiring)}, "pwdLastSet": {b.ago(day)},
		"whenCreated": {b.before(3100 * day)},
	})
	if err != nil {
		return err
	}
	return b.directory.Delegate(b.units["Staff"], dn, true, "lockoutTime", "telephoneNumber", "physicalDeliveryOfficeName")
}

// makeDeleted makes some objects that were deleted last week.
func (b *builder) makeDeleted() error {
	place := b.units["Leavers"]
	for i, name := range []string{"Robin Ashby", "Mila Horvat", "Jonas Feld", "Aiko Mori", "Old Project Team"} {
		class, logon := "user", fmt.Sprintf("gone%d", i+1)
		attributes := map[string][]string{"sAMAccountName": {logon}, "description": {"Deleted by mistake"}}
		if name == "Old Project Team" {
			class = "group"
		} else {
			attributes["displayName"], attributes["userPrincipalName"] = []string{name}, []string{logon + "@" + b.realm}
			attributes["userAccountControl"] = []string{strconv.Itoa(enabled)}
			attributes["pwdLastSet"] = []string{b.ago(30 * day)}
		}
		dn := place.Child("CN", name)
		if err := b.directory.Add(dn, class, attributes); err != nil {
			return err
		}
		if class == "user" {
			if err := b.directory.AddMember(b.units["Groups/Access"].Child("CN", "VPN Users"), dn); err != nil {
				return err
			}
		}
		if err := b.directory.DeleteAt(dn, b.now.Add(-time.Duration(i+1)*day)); err != nil {
			return err
		}
	}
	return nil
}
