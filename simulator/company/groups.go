package company

import (
	"strconv"

	"dirdesk/models"
)

// Values of groupType.
const (
	universal   = 8 // for mail
	globalTeam  = 2 | forSecurity
	localAccess = 4 | forSecurity
	forSecurity = -0x80000000
)

// makeGroups makes groups of every kind and size: one with everybody, one for
// each department and office, nested ones for access, mailing lists, projects of
// a few, and some with nobody.
func (b *builder) makeGroups() error {
	if err := b.addGroup("Groups/Mailing Lists", "All Staff", "Everybody, everywhere", universal, b.choose(func(member) bool { return true })); err != nil {
		return err
	}
	for _, d := range departments {
		inside := b.choose(func(m member) bool { return m.department == d.name })
		if err := b.addGroup("Groups/Access", d.name, "All of "+d.name, globalTeam, inside); err != nil {
			return err
		}
		team := []models.DN{b.units["Groups/Access"].Child("CN", d.name)}
		for _, right := range []string{"Read", "Write"} {
			if err := b.addGroup("Groups/Access", "Files "+d.name+" "+right, right+" access to the folders of "+d.name, localAccess, team); err != nil {
				return err
			}
		}
	}
	for _, c := range cities {
		inside := b.choose(func(m member) bool { return m.city == c.name })
		if err := b.addGroup("Groups/Mailing Lists", c.name+" Office", "Everybody in "+c.name, universal, inside); err != nil {
			return err
		}
	}
	return b.makeProjects()
}

func (b *builder) makeProjects() error {
	r := b.random(partGroups)
	for i, name := range words(`Albatross Bluebird Condor Dunlin Egret Falcon Goldfinch Heron Ibis Jackdaw Kestrel Lapwing Magpie Nightjar Osprey
		Partridge Quail Raven Sandpiper Tern`) {
		var team []models.DN
		about := "Project " + name
		if i%7 == 3 {
			about += ", closed"
		} else {
			for _, at := range r.Perm(len(b.staff))[:3+r.IntN(20)] {
				team = append(team, b.staff[at].dn)
			}
		}
		if err := b.addGroup("Groups/Projects", "Project "+name, about, globalTeam, team); err != nil {
			return err
		}
	}
	for _, name := range []string{"VPN Users", "Remote Desktop Vienna", "Printer Colour A3", "USB Storage Allowed", "Local Administrators of Laptops"} {
		var team []models.DN
		for _, at := range r.Perm(len(b.staff))[:r.IntN(400)] {
			team = append(team, b.staff[at].dn)
		}
		if err := b.addGroup("Groups/Access", name, "", localAccess, team); err != nil {
			return err
		}
	}
	return b.addGroup("Groups/Access", "Fax Operators", "Nobody is left in it", globalTeam, nil)
}

func (b *builder) choose(wanted func(member) bool) []models.DN {
	var chosen []models.DN
	for _, m := range b.staff {
		if wanted(m) {
			chosen = append(chosen, m.dn)
		}
	}
	return chosen
}

func (b *builder) addGroup(path, name, about string, kind int, members []models.DN) error {
	return b.addNamedGroup(path, name, name, about, kind, members)
}

func (b *builder) addNamedGroup(path, name, logon, about string, kind int, members []models.DN) error {
	a := map[string][]string{
		"sAMAccountName": {logon},
		"groupType":      {strconv.Itoa(kind)},
	}
	if about != "" {
		a["description"] = []string{about}
	}
	if kind == universal {
		a["mail"] = []string{plain(name) + "@example.com"}
	}
	for _, m := range members {
		a["member"] = append(a["member"], string(m))
	}
	if err := b.directory.Add(b.units[path].Child("CN", name), "group", a); err != nil {
		return err
	}
	b.summary.Groups++
	return nil
}
