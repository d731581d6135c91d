package company

import (
	"fmt"
	"strconv"

	"dirdesk/models"
)

// manyMembers is how many a large group has.
const manyMembers = 3000

// makeLarge puts n users into OU=Large. The first of them are the same whatever
// n is.
func (b *builder) makeLarge(n int) error {
	r, names := b.random(partLarge), tongues()
	given := append(names["english"].given, names["german"].given...)
	family := append(append(names["english"].family, names["german"].family...), names["nordic"].family...)
	base := b.units["Large"]
	plainGiven, plainFamily := plainAll(given), plainAll(family)
	a := make(map[string][]string)
	var many []models.DN
	for i := range n {
		g, f, c := r.IntN(len(given)), r.IntN(len(family)), &cities[r.IntN(len(cities))]
		d := departments[r.IntN(len(departments))]
		title := d.titles[r.IntN(len(d.titles))]
		number := fmt.Sprintf("%05d", i+1)
		logon := plainGiven[g][:1] + plainFamily[f][:min(len(plainFamily[f]), 12)] + number
		name := given[g] + " " + family[f] + " " + number
		clear(a)
		a["sAMAccountName"] = []string{logon}
		a["userPrincipalName"] = []string{logon + "@" + b.realm}
		a["givenName"], a["sn"] = []string{given[g]}, []string{family[f]}
		a["displayName"] = []string{name[:len(name)-len(number)-1]}
		a["mail"] = []string{plainGiven[g] + "." + plainFamily[f] + "." + strconv.Itoa(i+1) + "@example.com"}
		a["department"], a["title"] = []string{d.name}, []string{title}
		a["description"] = []string{title + ", " + c.name}
		a["physicalDeliveryOfficeName"] = []string{c.name}
		a["telephoneNumber"] = []string{phone(r)}
		b.state(r, a)
		dn := base.Child("CN", name)
		if err := b.directory.Add(dn, "user", a); err != nil {
			return err
		}
		if len(many) < manyMembers {
			many = append(many, dn)
		}
	}
	b.summary.Users += max(n, 0)
	if len(many) < manyMembers {
		return nil
	}
	return b.addGroup("Groups/Mailing Lists", "Newsletter", "More members than a Windows domain controller names at once", universal, many)
}

func plainAll(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = plain(n)
	}
	return out
}
