package company

import (
	"fmt"
	"strings"

	"dirdesk/models"
)

// makeOddNames fills OU=Odd Names and the units in it. The accounts are in
// ordinary states, so that a name and not a state is what is odd.
func (b *builder) makeOddNames() error {
	r := b.random(partOdd)
	var all []models.DN
	for i, odd := range oddNames {
		logon := fmt.Sprintf("odd%03d", i+1)
		a := map[string][]string{
			"sAMAccountName":    {logon},
			"userPrincipalName": {logon + "@" + b.realm},
			"displayName":       {odd.name},
			"description":       {"Odd: " + odd.about},
			"mail":              {logon + "@example.com"},
			"telephoneNumber":   {phone(r)},
			"company":           {"Alder & Finch"},
		}
		b.state(r, a)
		dn, err := b.addUser("Odd Names", odd.name, a)
		if err != nil {
			return err
		}
		all = append(all, dn)
	}
	if err := b.makeOddValues(&all); err != nil {
		return err
	}
	for i, odd := range oddGroups {
		var members []models.DN
		if i == len(oddGroups)-1 {
			members = all
		}
		if err := b.addNamedGroup("Odd Names", odd.name, fmt.Sprintf("odd-group-%d", i+1), "Odd: "+odd.about, globalTeam, members); err != nil {
			return err
		}
	}
	return b.fillOddUnits()
}

// makeOddValues adds accounts with an ordinary name and something odd in another
// attribute.
func (b *builder) makeOddValues(all *[]models.DN) error {
	for i, v := range []map[string][]string{
		{"description": {"First line\nsecond line\n\x1b[1;5;41mthird line\x1b[0m\a"}},
		{"description": {strings.Repeat("A very long description. ", 40)}},
		{"description": {"One value", "and another: description may have several"}},
		{"displayName": {"\x1b[8mInvisible\x1b[0m"}, "mail": {"not a mail address, \"really\""}},
		{"displayName": {"Administrator"}, "description": {"Shows the name of another account"}},
		{"telephoneNumber": {"=1+1 (555-0199)"}, "physicalDeliveryOfficeName": {"3. Stock, Tür \"Süd\"; links"}},
		{"description": {"Nothing but a logon name and this"}},
		{"showInAdvancedViewOnly": {"TRUE"}, "description": {"In the advanced view only"}},
		{"whenCreated": {"19991231235959.0Z"}, "accountExpires": {"1"}, "description": {"Expired on 1 January 1601"}},
		{"accountExpires": {"2650467743990000000"}, "description": {"Expires at the end of the year 9999"}},
	} {
		logon := fmt.Sprintf("oddvalue%d", i+1)
		v["sAMAccountName"] = []string{logon}
		v["userAccountControl"] = []string{fmt.Sprint(enabled)}
		v["pwdLastSet"] = []string{b.ago(day)}
		dn, err := b.addUser("Odd Names", fmt.Sprintf("Odd Value %d", i+1), v)
		if err != nil {
			return err
		}
		*all = append(*all, dn)
	}
	// Two accounts that differ in ways that are easy to lose.
	for _, logon := range []string{"логин", "logon with spaces"} {
		if _, err := b.addUser("Odd Names", "Logon "+logon, map[string][]string{
			"sAMAccountName":     {logon},
			"description":        {"Odd: logon name " + logon},
			"userAccountControl": {fmt.Sprint(enabled)},
			"pwdLastSet":         {b.ago(day)},
		}); err != nil {
			return err
		}
	}
	return nil
}

// fillOddUnits puts a few people into each of the units below.
func (b *builder) fillOddUnits() error {
	r, names := b.random(partOdd+100), tongues()
	for _, u := range []struct{ unit, tongue string }{
		{"R&D, \"Labs\" + #1; x=y\\z", "english"}, {"日本支社", "japanese"}, {"المكتب الرئيسي", "arabic"},
	} {
		path := "Odd Names/" + u.unit
		for range 6 {
			p := draw(r, names[u.tongue])
			a := b.attributes(p, b.logon(p.givenLatin, p.familyLatin))
			b.state(r, a)
			if _, err := b.addUser(path, b.free(path, p.commonName(r)), a); err != nil {
				return err
			}
		}
	}
	return nil
}
