package index_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dirdesk/desk/index"
	"dirdesk/models"
)

const vienna = models.DN("OU=Sales,OU=Vienna,DC=example,DC=test")

func person(name, logon, mail, phone string) models.Object {
	return models.Object{
		DN: vienna.Child("CN", name), Name: name, Category: models.Person, SAMAccountName: logon, Mail: mail,
		DisplayName: name, TelephoneNumber: phone, Disabled: models.No,
	}
}

func some() []models.Object {
	return []models.Object{
		person("Yiğit Güneş", "ygunes", "yigit.gunes@example.test", "+43 1 5550-0100"),
		person("Marie Köhler", "mkoehler", "m.kohler@example.test", "+49 (0)89 123 45 67"),
		person("Anna Adler", "anna", "anna.adler@example.test", ""),
		person("Anna Annason", "aann", "annason@example.test", "0043 1 777"),
		person("Johanna Berg", "jberg", "j.berg@example.test", ""),
		{DN: models.DN("OU=Vienna,DC=example,DC=test"), Name: "Vienna", Category: models.OrganizationalUnit},
		{DN: vienna.Child("CN", "HOST01"), Name: "HOST01", SAMAccountName: "HOST01$", Category: models.Computer},
	}
}

func names(objects []models.Object) []string {
	var all []string
	for _, o := range objects {
		all = append(all, o.Name)
	}
	return all
}

func find(x *index.Index, text string) []string {
	found, _ := x.Search(index.Request{Query: index.ParseQuery(text), Limit: 200})
	return names(found)
}

func TestAPersonIsFoundByAnyPartsInAnyOrder(t *testing.T) {
	var x index.Index
	x.Add(some())
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"yigit gunes", []string{"Yiğit Güneş"}},
		{"GÜNEŞ yi", []string{"Yiğit Güneş"}},
		{"marie kohler", []string{"Marie Köhler"}},
		{"0100 vienna", []string{"Yiğit Güneş"}},
		{"43155500100", []string{"Yiğit Güneş"}},
		{"+43 (1) 5550 0100", []string{"Yiğit Güneş"}},
		{"089 1234567", []string{"Marie Köhler"}},
		{"0049 89 123-45-67", []string{"Marie Köhler"}},
		{"anna", []string{"Anna Adler", "Anna Annason", "Johanna Berg"}}, // logon name, whole word, part
		{"ann", []string{"Anna Adler", "Anna Annason", "Johanna Berg"}},
		{"anna.adler@example.test", []string{"Anna Adler"}},
		{"vienna", []string{"Vienna"}},
		{"host01", []string{"HOST01"}},
		{"nobody", nil},
		{"anna nobody", nil},
		{" . ", nil},
	} {
		if got := find(&x, c.typed); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestOnlyWhatIsAskedForIsFound(t *testing.T) {
	var x index.Index
	x.Add(some())
	req := index.Request{Query: index.ParseQuery("vienna"), Categories: []models.Category{models.Person}}
	if found, _ := x.Search(req); len(found) > 0 {
		t.Errorf("people: %q", names(found))
	}
	req = index.Request{Query: index.ParseQuery("a"), Base: "OU=Other,DC=example,DC=test"}
	if found, _ := x.Search(req); len(found) > 0 {
		t.Errorf("below another OU: %q", names(found))
	}
	req = index.Request{Query: index.ParseQuery("ann"), Limit: 2}
	if found, more := x.Search(req); len(found) != 2 || !more {
		t.Errorf("the first two: %q, more %v", names(found), more)
	}
}

// What comes out is what went in, member by member.
func TestAnObjectComesBackAsItWas(t *testing.T) {
	var x index.Index
	odd := models.Object{
		DN: `cn=A\2c b+SN=x, ` + vienna, Name: "A, b", Category: "msTPM", SAMAccountName: "ab", DisplayName: "other", Mail: "m",
		Description: "d", Office: "o", TelephoneNumber: "1", Disabled: models.Yes, Locked: models.No, AdvancedOnly: models.Yes,
		AccountExpiry: models.Never(), PrimaryGroupToken: 513, Extra: map[string]json.RawMessage{"x": json.RawMessage(`{"a":1}`)},
		Account: &models.Account{GivenName: "zed"},
	}
	x.Add([]models.Object{odd})
	found, _ := x.Search(index.Request{Query: index.ParseQuery("zed")})
	if len(found) != 1 || fmt.Sprintf("%#v", found[0]) != fmt.Sprintf("%#v", odd) {
		t.Errorf("got  %#v\nwant %#v", found, odd)
	}
}

func TestWhatIsReadAnewOrWrittenFreshensIt(t *testing.T) {
	var x index.Index
	x.Add(some())
	moved := person("Anna Adler", "anna", "anna.brandt@example.test", "")
	x.Add([]models.Object{moved})
	if got := find(&x, "anna brandt"); !slices.Equal(got, []string{"Anna Adler"}) || x.Len() != len(some()) {
		t.Errorf("a changed mail: %q, of %d objects", got, x.Len())
	}
	x.Remove(vienna.Child("cn", "johanna berg"))
	if got := find(&x, "berg"); got != nil {
		t.Errorf("deleted, and found: %q", got)
	}
	x.Rename("OU=Vienna,DC=example,DC=test", "OU=Linz,DC=example,DC=test")
	found, _ := x.Search(index.Request{Query: index.ParseQuery("anna linz")})
	if len(found) != 2 || found[0].DN != "CN=Anna Adler,OU=Sales,OU=Linz,DC=example,DC=test" {
		t.Errorf("below the renamed OU: %v", found)
	}
	x.Begin()
	x.Add([]models.Object{moved})
	x.End()
	if x.Len() != 1 {
		t.Errorf("%d objects after all but one were gone", x.Len())
	}
}

// Index and matcher are two ways to one answer.
func TestTheIndexFindsWhatTheMatcherSays(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("aabbü1230 .-+")))
	rapid.Check(t, func(t *rapid.T) {
		var x index.Index
		var all []models.Object
		for i := range rapid.IntRange(0, 30).Draw(t, "n") {
			o := person(fmt.Sprintf("%s %d", text.Draw(t, "name"), i), text.Draw(t, "logon"), text.Draw(t, "mail"), text.Draw(t, "phone"))
			o.DN = models.DN("OU="+rapid.SampledFrom([]string{"a", "b1"}).Draw(t, "ou")+",DC=t").Child("CN", o.Name)
			all = append(all, o)
			x.Add([]models.Object{o})
		}
		q := index.ParseQuery(text.Draw(t, "query"))
		ranks := map[models.DN]index.Rank{}
		for i := range all {
			if rank := q.Rank(&all[i]); rank < index.None {
				ranks[all[i].DN] = rank
			}
		}
		found, _ := x.Search(index.Request{Query: q})
		last := index.Exact
		for i := range found {
			rank, ok := ranks[found[i].DN]
			if !ok || rank < last {
				t.Fatalf("%q, found as number %d: rank %d after %d, %v", found[i].DN, i, rank, last, ok)
			}
			last = rank
		}
		if len(found) != len(ranks) {
			t.Fatalf("%d found, and the matcher has %d", len(found), len(ranks))
		}
	})
}
