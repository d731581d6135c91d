package company

import "strings"

// unit is an organizational unit below another one.
type unit struct {
	path  string // names from the top, separated by "/"
	about string
}

// units are the company's units, parents first. Those of the cities come from
// the table of cities.
var units = []unit{
	{"Staff", "Everybody employed by Alder & Finch"},
	{"Staff/Europe", "Offices in Europe"},
	{"Staff/Asia Pacific", "Offices in Asia and Australia"},
	{"Staff/Americas", "Offices in North and South America"},
	{"Staff/Middle East and Africa", "Offices in the Middle East and Africa"},
	{"Contractors", "People paid by somebody else; every account has an end date"},
	{"Leavers", "Accounts of people who left, kept for a year"},
	{"Service Accounts", "Accounts that programs use"},
	{"Devices", "Computers by kind"},
	{"Devices/Laptops", "Handed out to people"},
	{"Devices/Servers", "In the server rooms"},
	{"Groups", "Groups by purpose"},
	{"Groups/Access", "Give access to something"},
	{"Groups/Mailing Lists", "For mail only"},
	{"Groups/Projects", "Come and go with a project"},
	{"Odd Names", "Names that are hard to show, sort, quote or copy"},
	{"Odd Names/R&D, \"Labs\" + #1; x=y\\z", "A unit whose name needs every escape there is"},
	{"Odd Names/日本支社", "A unit in another script"},
	{"Odd Names/المكتب الرئيسي", "A unit that reads from right to left"},
	{"Large", "As many users as were asked for"},
}

func (b *builder) makeUnits() error {
	all := append([]unit(nil), units...)
	for _, c := range cities {
		all = append(all, unit{c.path(), c.about})
		for _, d := range c.units {
			all = append(all, unit{c.path() + "/" + d, d + " in " + c.name})
		}
	}
	for _, u := range all {
		if err := b.makeUnit(u); err != nil {
			return err
		}
	}
	b.summary.LargeDN, b.summary.OddDN = b.units["Large"], b.units["Odd Names"]
	return nil
}

func (b *builder) makeUnit(u unit) error {
	parent, name := b.base, u.path
	if i := strings.LastIndexByte(u.path, '/'); i >= 0 {
		parent, name = b.units[u.path[:i]], u.path[i+1:]
	}
	dn := parent.Child("OU", name)
	err := b.directory.Add(dn, "organizationalUnit", map[string][]string{
		"description": {u.about},
		"whenCreated": {b.before(11 * 365 * day)},
	})
	if err != nil {
		return err
	}
	b.units[u.path] = dn
	b.summary.OUs++
	return nil
}
