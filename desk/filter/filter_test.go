package filter_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dirdesk/desk/filter"
	"dirdesk/models"
	"dirdesk/models/moment"
)

var (
	now   = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	clock = moment.Clock{Now: now, Zone: time.UTC}
)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// people are accounts over LDAP, one over DSM, of which less is known, and a group.
func people() []models.Object {
	account := func(name, office string, a models.Account) models.Object {
		return models.Object{
			Name: name, DN: models.DN("CN=" + name + ",OU=Sales,OU=Vienna,DC=example,DC=com"), Category: models.Person, SAMAccountName: strings.ToLower(strings.Fields(name)[0]),
			Office: office, Disabled: models.No, Locked: models.No, AccountExpiry: models.Never(), Account: &a,
		}
	}
	anna := account("Anna Müller", "Vienna 1", models.Account{LastLogon: ago(100), MustChangePassword: models.No, Surname: "Müller"})
	bert := account("Bert Or", "", models.Account{MustChangePassword: models.Yes})
	bert.Locked = models.Yes
	cleo := account("Cleo (extern)", "Graz", models.Account{LastLogon: ago(3)})
	cleo.AccountExpiry = models.ExpiryAt(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	cleo.Disabled = models.Yes
	dsm := models.Object{Name: "Dora", DN: "CN=Dora,CN=Users,DC=example,DC=com", Category: models.Person, SAMAccountName: "dora", Disabled: models.No}
	group := models.Object{Name: "Sellers", DN: "CN=Sellers,DC=example,DC=com", Category: models.Group, Account: &models.Account{Members: 7}}
	return []models.Object{anna, bert, cleo, dsm, group}
}

func TestConditions(t *testing.T) {
	for _, c := range []struct{ text, yes, unknown string }{
		{"", "Anna Bert Cleo Dora Sellers", ""},
		{"muller", "Anna", ""},
		{`"müller" vienna`, "Anna", ""},
		{"office:VIENNA", "Anna", ""},
		{"physicalDeliveryOfficeName:vienna", "Anna", ""},
		{"office=vienna", "", ""},
		{`office="vienna 1"`, "Anna", ""},
		{`office=""`, "Bert Dora Sellers", ""},
		{"office!=graz", "Anna Bert Dora Sellers", ""},
		{"state:locked", "Bert", "Dora"},
		{`state="must change"`, "Bert", "Dora"},
		{"state:ok", "Anna", "Dora"},
		{"state:unknown", "Dora", ""},
		{"not state:locked", "Anna Cleo Sellers", "Dora"},
		{"state!=locked", "Anna Cleo Sellers", "Dora"},
		{"disabled:yes", "Cleo", ""},
		{"disabled:no", "Anna Bert Dora", ""},
		{"logon<-90", "Anna", "Dora"},
		{`logon>"1 week ago"`, "Cleo", "Dora"},
		{"logon:never", "Bert", "Dora"},
		{"logon!=never", "Anna Cleo", "Dora"},
		{"logon:unknown", "Dora", ""},
		{"logon:2026-11-25", "Cleo", "Dora"},
		{"expiry:2026-12-31", "Cleo", "Dora"},
		{"expires<2026-12-31", "", "Dora"},
		{"expires<2027-01-01", "Cleo", "Dora"},
		{"expires:never", "Anna Bert", "Dora"},
		{"members>5", "Sellers", ""},
		{"members:7", "Sellers", ""},
		{"members<7", "", ""},
		{"user:anna or user:dora", "Anna Dora", ""},
		{"state:locked or disabled:yes", "Bert Cleo", "Dora"},
		{"state:locked or user:dora", "Bert Dora", ""},
		{"kind:user and not (office:vienna or office:graz)", "Bert Dora", ""},
		{"(anna or bert) state:locked", "Bert", ""},
		{"surname:müller", "Anna", "Dora"},
		{"surname=\"\"", "Bert Cleo Sellers", "Dora"},
		{"container:vienna", "Anna Bert Cleo", ""},
		// A word that joins is a word of a name where it joins nothing.
		{"or", "Bert Dora", ""},
		{"bert or", "Bert", ""},
		{`bert "or"`, "Bert", ""},
		{"not", "", ""},
		{`"(extern)"`, "Cleo", ""},
		{"cleo (extern)", "Cleo", ""},
	} {
		f, err := filter.Parse(c.text, clock)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got := map[models.Flag][]string{}
		judge := f.Judge(now)
		for _, o := range people() {
			flag := judge(&o)
			got[flag] = append(got[flag], strings.Fields(o.Name)[0])
		}
		if yes, unknown := strings.Join(got[models.Yes], " "), strings.Join(got[models.Unknown], " "); yes != c.yes || unknown != c.unknown {
			t.Errorf("%q finds %q and does not know of %q, want %q and %q", c.text, yes, unknown, c.yes, c.unknown)
		}
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"offise:vienna":  "offise is no column; quotes make it a text. Columns are dn, name",
		"state:":         "after state: comes a text",
		"logon<":         "after logon< comes a date",
		"logon<soon":     "is not a date; it is a date such as",
		"logon:jdoe":     "is not a date",
		"logon<never":    "nothing is before or after never",
		"office<vienna":  "office has no order: after office: comes a text",
		"disabled:maybe": "that is neither yes nor no",
		"members>many":   "that is no number",
		"(anna":          "a ) is missing",
		"anna)":          "a ) has no ( before it",
		"()":             "nothing is between ( and )",
		`name:"anna`:     `a closing " is missing`,
	} {
		if _, err := filter.Parse(text, clock); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := filter.Parse(strings.Repeat("not ", 1000)+"x", clock); err == nil {
		t.Error("a thousand conditions within each other are taken")
	}
}

// Turning a filter round swaps yes and no, and leaves what is unknown unknown.
func TestNotTurnsRound(t *testing.T) {
	atoms := []string{"anna", "state:locked", "logon<-90", "disabled:yes", "members>5", `surname=""`, "office:graz"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(atoms), 1, 5).Draw(t, "conditions"), rapid.SampledFrom([]string{" ", " or ", " and "}).Draw(t, "joined by"))
		plain, err := filter.Parse(text, clock)
		turned, err2 := filter.Parse("not ("+text+")", clock)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		a, b := plain.Judge(now), turned.Judge(now)
		for _, o := range people() {
			want := map[models.Flag]models.Flag{models.Yes: models.No, models.No: models.Yes, models.Unknown: models.Unknown}[a(&o)]
			if got := b(&o); got != want {
				t.Fatalf("%s: %s is %v, turned round %v", text, o.Name, want, got)
			}
		}
	})
}

// Each column can be asked for, by each of its names.
func TestEachColumnIsACondition(t *testing.T) {
	for _, c := range append(models.Columns(), models.ContainerColumn()) {
		for _, name := range slices.DeleteFunc(append([]string{c.ID, c.Key, c.NextKey, c.Attribute}, c.Also...), func(s string) bool { return s == "" }) {
			if _, err := filter.Parse(name+":unknown", clock); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// The page of documentation names each column.
func TestColumnsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/conditions.md")
	if err != nil {
		t.Fatal(err)
	}
	_, names, _ := strings.Cut(string(page), "Columns have these names")
	for _, c := range append(models.Columns(), models.ContainerColumn()) {
		if !slices.Contains(strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune(" \n`.", r) }), c.ID) {
			t.Errorf("docs/conditions.md lacks the column %s", c.ID)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"state:locked office:vienna logon<-90 logon:never", `(a or "b""c") not d`, "x!=y", ")", "not not", "members>7 and"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := filter.Parse(text, clock)
		if err != nil {
			return
		}
		judge := parsed.Judge(now)
		for _, o := range people() {
			judge(&o)
		}
	})
}
