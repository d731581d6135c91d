package company

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// makeStaff gives every office its people, department by department, the head
// first.
func (b *builder) makeStaff() error {
	r, names := b.random(partStaff), tongues()
	for i := range cities {
		c := &cities[i]
		left := c.people
		for k, d := range departments {
			n := (c.people*d.share + 50) / 100
			if k == len(departments)-1 || n > left {
				n = left
			}
			left -= n
			if err := b.makeTeam(r, names, c, d, n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) makeTeam(r *rand.Rand, names map[string]tongue, c *city, d department, n int) error {
	path := c.path()
	if slices.Contains(c.units, d.name) {
		path += "/" + d.name
	}
	var head models.DN
	for i := range n {
		p := draw(r, names[pick(r, c.tongues)])
		title := pick(r, d.titles)
		if i == 0 {
			title = d.head
		}
		logon := b.logon(p.givenLatin, p.familyLatin)
		a := b.attributes(p, logon)
		b.place(r, a, c, d.name, title)
		b.state(r, a)
		if head != "" {
			a["manager"] = []string{string(head)}
		}
		dn, err := b.addUser(path, b.free(path, p.commonName(r)), a)
		if err != nil {
			return err
		}
		switch i {
		case 0:
			head = dn
		case 1:
			b.teams = append(b.teams, team{head, dn})
		}
		b.staff = append(b.staff, member{dn, d.name, c.name})
	}
	return nil
}

// place fills in where somebody works and as what.
func (b *builder) place(r *rand.Rand, a map[string][]string, c *city, department, title string) {
	a["department"] = []string{department}
	a["title"] = []string{title}
	a["l"], a["c"], a["co"] = []string{c.name}, []string{c.country}, []string{c.nation}
	a["physicalDeliveryOfficeName"] = []string{fmt.Sprintf("%s-%d.%02d", c.code, 1+r.IntN(6), 1+r.IntN(40))}
	a["telephoneNumber"] = []string{phone(r)}
	a["employeeID"] = []string{fmt.Sprint(10000 + b.summary.Users)}
	a["description"] = []string{b.describe(r, c, title)}
	if r.IntN(8) == 0 {
		a["mobile"] = []string{fmt.Sprintf("555-01%02d", r.IntN(100))}
	}
	if r.IntN(40) == 0 {
		a["wWWHomePage"] = []string{"https://people.example.com/" + a["sAMAccountName"][0]}
	}
	if given := a["givenName"][0]; r.IntN(5) == 0 && given[0] < 0x80 {
		a["initials"] = []string{given[:1] + strings.ToUpper(plain(a["sn"][0]) + "X")[:1]}
	}
}

// describe writes what administrators put there: mostly the job, now and then a
// note for the help desk.
func (b *builder) describe(r *rand.Rand, c *city, title string) string {
	if r.IntN(25) != 0 {
		return title + ", " + c.name
	}
	back := b.now.Add(between(r, 20*day, 300*day)).Format("January 2006")
	return pick(r, []string{
		title + ". On parental leave until " + back,
		title + ". Works from home on Mondays and Fridays",
		"VIP - call back within 15 minutes",
		"Ask for the employee number before a reset!",
		title + "; first aider; fire warden, 2nd floor",
		"Moves to another office in " + back,
		title + " \"on loan\" from Vienna until " + back,
		"Speaks " + c.nation + "'s language only - use the interpreter line",
		"Name changed after marriage, old logon name kept",
	})
}

// makeContractors makes people whose accounts end; for a quarter the end has
// passed.
func (b *builder) makeContractors() error {
	r, names := b.random(partContractors), tongues()
	agencies := []string{"Northgate Consulting", "Blaue Welle GmbH", "Kestrel Staffing", "Óptica del Sur, S.L."}
	for range 90 {
		c := &cities[r.IntN(len(cities))]
		p := draw(r, names[pick(r, c.tongues)])
		agency := pick(r, agencies)
		a := b.attributes(p, b.logon("x"+p.givenLatin, p.familyLatin))
		b.place(r, a, c, "Engineering", "Contractor")
		b.state(r, a)
		a["company"] = []string{agency}
		a["description"] = []string{"Contractor, " + agency}
		end := b.now.Add(between(r, day, 250*day))
		if r.IntN(4) == 0 {
			end = b.now.Add(-between(r, day, 120*day))
		}
		a["accountExpires"] = []string{directory.FileTime(end)}
		if _, err := b.addUser("Contractors", b.free("Contractors", p.commonName(r)), a); err != nil {
			return err
		}
	}
	return nil
}

// makeLeavers makes accounts that are disabled, with a word on why.
func (b *builder) makeLeavers() error {
	r, names := b.random(partLeavers), tongues()
	for range 110 {
		c := &cities[r.IntN(len(cities))]
		p := draw(r, names[pick(r, c.tongues)])
		d := pick(r, departments)
		a := b.attributes(p, b.logon(p.givenLatin, p.familyLatin))
		b.place(r, a, c, d.name, pick(r, d.titles))
		b.state(r, a)
		left := between(r, 5*day, 360*day)
		a["userAccountControl"] = []string{fmt.Sprint(disabled)}
		a["description"] = []string{"Left on " + b.now.Add(-left).Format(time.DateOnly)}
		a["lastLogonTimestamp"] = []string{b.ago(left + between(r, time.Hour, 10*day))}
		delete(a, "lockoutTime")
		if _, err := b.addUser("Leavers", b.free("Leavers", p.commonName(r)), a); err != nil {
			return err
		}
	}
	return nil
}

// makeServiceAccounts makes accounts of programs: their passwords never expire,
// and nobody signs in with some of them any more.
func (b *builder) makeServiceAccounts() error {
	r := b.random(partServices)
	for _, s := range words(`backup monitoring scanner-vie scanner-lon printers sql-erp sql-crm web-intranet wifi-radius ldap-sync vpn badge-readers
		voip mail-relay antivirus patching dns-update jenkins gitlab timeclock cctv hvac label-printer legacy-fax crm-import payroll-export`) {
		logon := "svc-" + s
		last := between(r, time.Hour, 10*day)
		if strings.HasPrefix(s, "legacy") || r.IntN(6) == 0 {
			last = between(r, 200*day, 1500*day)
		}
		_, err := b.addUser("Service Accounts", logon, map[string][]string{
			"sAMAccountName":     {logon},
			"userPrincipalName":  {logon + "@" + b.realm},
			"displayName":        {"Service: " + s},
			"description":        {"Used by " + s + ". Owner: Service Desk"},
			"userAccountControl": {fmt.Sprint(enabled | neverExpiring)},
			"pwdLastSet":         {b.ago(between(r, 200*day, 3000*day))},
			"lastLogonTimestamp": {b.ago(last)},
			"whenCreated":        {b.before(3100 * day)},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
