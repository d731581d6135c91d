package desktest

import (
	"fmt"
	"maps"
	"strconv"
	"time"

	"dirdesk/models"
)

// Entry is an object to be made before [Run], in Active Directory's terms: the
// same for an LDAP add and for the simulator.
type Entry struct {
	DN         models.DN
	Class      string              // structural class: user, group, organizationalUnit, container, computer, contact
	Attributes map[string][]string // by their LDAP names; no objectClass, no cn
	want       expectation
}

// expectation is what a listing must say beyond what the attributes say.
type expectation struct {
	conditions []models.Condition // of the account; nil with isAccount: ok
	isAccount  bool
	expiry     models.Expiry
}

// The head of the fixture, and its parts.
func conformance(base models.DN) models.DN { return base.Child("OU", "Conformance") }

func part(base models.DN, name string) models.DN { return conformance(base).Child("OU", name) }

// The parts of the fixture.
const (
	partDeep     = "Level 1"
	partStates   = "States"
	partGroups   = "Groups"
	partKinds    = "Kinds"
	partAdvanced = "Advanced"
	partNames    = "Names"
	partPaging   = "Paging"
	partEmpty    = "Empty"
)

// pagingObjects is the number of users in the container for paging.
const pagingObjects = 300

// Bits of userAccountControl and groupType (MS-ADTS 2.2.16, 2.2.12).
const (
	normalAccount   = 0x200
	workstation     = 0x1000
	accountDisabled = 0x2
	passwordStays   = 0x10000

	groupGlobal    = 0x2
	groupLocal     = 0x4
	groupUniversal = 0x8
	groupSecurity  = -0x80000000
)

// neverFiletime is what AD writes into accountExpires for "never", beside 0.
const neverFiletime = "9223372036854775807"

// Entries is the fixture below base, parents before children and members before
// groups. The names are the same at each call; one account's lockout begins
// with the call, so the suite has to run within the domain's lockout duration
// (30 minutes unless it was changed).
//
// No entry has a password. Accounts are enabled without one, which Samba
// accepts of an administrator and Windows does not.
func Entries(base models.DN) []Entry {
	f := &fixture{base: base}
	f.unit(conformance(base), "description", "made for tests")
	for _, make := range []func(){f.deep, f.states, f.kinds, f.groups, f.advanced, f.names, f.paging} {
		make()
	}
	f.unit(part(base, partEmpty))
	return f.entries
}

// fixture collects entries.
type fixture struct {
	base    models.DN
	entries []Entry
	users   int
}

func (f *fixture) add(dn models.DN, class string, want expectation, attributes ...string) {
	e := Entry{DN: dn, Class: class, Attributes: make(map[string][]string), want: want}
	for i := 0; i+1 < len(attributes); i += 2 {
		e.Attributes[attributes[i]] = append(e.Attributes[attributes[i]], attributes[i+1])
	}
	f.entries = append(f.entries, e)
}

func (f *fixture) unit(dn models.DN, attributes ...string) {
	f.add(dn, "organizationalUnit", expectation{}, attributes...)
}

// user adds an account that is well: its password never expires, so that it
// need not have one.
func (f *fixture) user(dn models.DN, attributes ...string) {
	f.userIn(dn, normalAccount|passwordStays, expectation{expiry: models.Never()}, attributes...)
}

func (f *fixture) userIn(dn models.DN, control int, want expectation, attributes ...string) {
	f.users++
	want.isAccount = true
	f.add(dn, "user", want, append([]string{
		"sAMAccountName", fmt.Sprintf("cf-user-%d", f.users),
		"userAccountControl", strconv.Itoa(control),
	}, attributes...)...)
}

// deep is an OU tree three levels deep with a user at its end.
func (f *fixture) deep() {
	dn := conformance(f.base)
	for level := 1; level <= 3; level++ {
		dn = dn.Child("OU", fmt.Sprintf("Level %d", level))
		f.unit(dn)
	}
	f.user(dn.Child("CN", "Deep User"), "displayName", "User at the end", "mail", "deep@example.test")
}

// states has an account in each state.
func (f *fixture) states() {
	ou := part(f.base, partStates)
	f.unit(ou)
	past := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	future := time.Date(2099, 12, 31, 12, 0, 0, 0, time.UTC)
	stays := normalAccount | passwordStays
	for _, s := range []struct {
		name       string
		control    int
		want       expectation
		attributes []string
	}{
		{"Well", stays, expectation{expiry: models.Never()}, nil},
		{"Never by zero", stays, expectation{expiry: models.Never()}, []string{"accountExpires", "0"}},
		{"Never by the largest", stays, expectation{expiry: models.Never()}, []string{"accountExpires", neverFiletime}},
		{"Expires later", stays, expectation{expiry: models.ExpiryAt(future)}, []string{"accountExpires", filetime(future)}},
		{
			"Expired", stays,
			expectation{expiry: models.ExpiryAt(past), conditions: []models.Condition{models.AccountExpired}},
			[]string{"accountExpires", filetime(past)},
		},
		{"Disabled", stays | accountDisabled, expectation{expiry: models.Never(), conditions: []models.Condition{models.Disabled}}, nil},
		{
			"Disabled and expired", stays | accountDisabled,
			expectation{expiry: models.ExpiryAt(past), conditions: []models.Condition{models.Disabled, models.AccountExpired}},
			[]string{"accountExpires", filetime(past)},
		},
		{
			"Locked", stays,
			expectation{expiry: models.Never(), conditions: []models.Condition{models.LockedOut}},
			[]string{"lockoutTime", filetime(time.Now())},
		},
		{
			"Lock is over", stays,
			expectation{expiry: models.Never()},
			[]string{"lockoutTime", filetime(past)},
		},
		{
			"Must change", normalAccount,
			expectation{expiry: models.Never(), conditions: []models.Condition{models.MustChange}},
			[]string{"pwdLastSet", "0"},
		},
	} {
		f.userIn(ou.Child("CN", s.name), s.control, s.want, s.attributes...)
	}
	f.computer(ou.Child("CN", "CF-PC1"), workstation, nil)
	f.computer(ou.Child("CN", "CF-PC2"), workstation|accountDisabled, []models.Condition{models.Disabled})
}

func (f *fixture) computer(dn models.DN, control int, conditions []models.Condition) {
	want := expectation{isAccount: true, expiry: models.Never(), conditions: conditions}
	f.add(dn, "computer", want, "sAMAccountName", dn.RDN().Value+"$", "userAccountControl", strconv.Itoa(control))
}

// kinds has one of each class, with all the texts that a listing shows.
func (f *fixture) kinds() {
	ou := part(f.base, partKinds)
	f.unit(ou, "description", "One of each")
	f.user(
		ou.Child("CN", "Ada Lovelace"), "displayName", "Lovelace, Ada", "mail", "ada@example.test",
		"description", "Analyst; \"first\" = best, 100 %", "telephoneNumber", "+44 20 7946 0000",
		"physicalDeliveryOfficeName", "St James's Square", "givenName", "Ada", "sn", "Lovelace",
	)
	f.add(ou.Child("CN", "A Group"), "group", expectation{}, "sAMAccountName", "cf-a-group",
		"groupType", strconv.Itoa(groupGlobal|groupSecurity), "description", "a group")
	f.computer(ou.Child("CN", "CF-PC3"), workstation, nil)
	f.unit(ou.Child("OU", "A Unit"), "description", "a unit")
	f.add(ou.Child("CN", "A Container"), "container", expectation{}, "showInAdvancedViewOnly", "FALSE", "description", "a container")
	f.add(ou.Child("CN", "A Contact"), "contact", expectation{}, "displayName", "Contact, A", "mail", "contact@example.test")
}

// groups has a group of each type; one has members, one is nested, the others
// are empty.
func (f *fixture) groups() {
	ou := part(f.base, partGroups)
	f.unit(ou)
	member := ou.Child("CN", "Member")
	f.user(member)
	for _, g := range []struct {
		name    string
		bits    int
		members []models.DN
	}{
		{"Global", groupGlobal | groupSecurity, []models.DN{member, part(f.base, partKinds).Child("CN", "Ada Lovelace")}},
		{"Universal", groupUniversal | groupSecurity, []models.DN{ou.Child("CN", "Global")}},
		{"Local", groupLocal | groupSecurity, nil},
		{"Distribution", groupGlobal, nil},
	} {
		attributes := []string{"sAMAccountName", "cf-" + g.name, "groupType", strconv.Itoa(g.bits)}
		for _, m := range g.members {
			attributes = append(attributes, "member", string(m))
		}
		f.add(ou.Child("CN", g.name), "group", expectation{}, attributes...)
	}
}

// advanced has objects that only the advanced view shows: by their class and by
// a flag.
func (f *fixture) advanced() {
	ou := part(f.base, partAdvanced)
	f.unit(ou)
	f.add(ou.Child("CN", "Hidden Container"), "container", expectation{})
	f.user(ou.Child("CN", "Hidden User"), "showInAdvancedViewOnly", "TRUE")
	f.user(ou.Child("CN", "Shown User"), "showInAdvancedViewOnly", "FALSE")
	f.user(ou.Child("CN", "Plain User"))
}

// names has, for each difficult name, an OU with a user of that name in it.
func (f *fixture) names() {
	ou := part(f.base, partNames)
	f.unit(ou)
	for _, name := range hardNames() {
		unit := ou.Child("OU", name)
		f.unit(unit)
		f.user(unit.Child("CN", name), "displayName", name, "description", name)
	}
}

func (f *fixture) paging() {
	ou := part(f.base, partPaging)
	f.unit(ou)
	for i := range pagingObjects {
		f.user(ou.Child("CN", fmt.Sprintf("Page User %03d", i)))
	}
}

// byDN gives the entries by the keys of their names.
func byDN(entries []Entry) map[string]Entry {
	all := make(map[string]Entry, len(entries))
	for _, e := range entries {
		all[e.DN.Key()] = e
	}
	return all
}

// childrenOf gives the direct children of a container among the entries.
func childrenOf(entries []Entry, base models.DN) map[string]Entry {
	children := byDN(entries)
	maps.DeleteFunc(children, func(_ string, e Entry) bool { return !e.DN.Parent().Equal(base) })
	return children
}

// filetime writes a moment as AD does: 100 ns steps since 1601.
func filetime(t time.Time) string {
	return strconv.FormatInt((t.Unix()+11644473600)*10_000_000, 10)
}
