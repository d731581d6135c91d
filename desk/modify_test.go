package desk

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// A plan shows each property before and after, with what will be sent.
func TestModifyLines(t *testing.T) {
	d := open(newWorld())
	of := func(m models.Modification) models.Change {
		return models.Change{Action: models.Modify, DN: doe, Modification: &m}
	}
	for _, c := range []struct {
		change models.Change
		title  string
		want   []Line
	}{
		{modify(doe, replace("TELEPHONENUMBER", "555-0100")), "modify telephoneNumber of John Doe (jdoe), Staff", []Line{{"telephoneNumber", "555-0199", "555-0100", ""}}},
		{modify(doe, replace("telephoneNumber")), "modify telephoneNumber of John Doe (jdoe), Staff", []Line{{"telephoneNumber", "555-0199", "", ""}}},
		{
			modify(doe, appending("otherTelephone", "951-837-6935", "717-332-8612")), "modify otherTelephone of John Doe (jdoe), Staff",
			[]Line{{"otherTelephone", "605-457-8292", "605-457-8292; 951-837-6935; 717-332-8612  (append 951-837-6935; 717-332-8612)", ""}},
		},
		{
			modify(doe, removing("otherTelephone", "605-457-8292")), "modify otherTelephone of John Doe (jdoe), Staff",
			[]Line{{"otherTelephone", "605-457-8292", "(delete 605-457-8292)", ""}},
		},
		{
			modify(doe, replace("otherTelephone", "1", "2")), "modify otherTelephone of John Doe (jdoe), Staff",
			[]Line{{"otherTelephone", "605-457-8292", "1; 2  (replace all)", ""}},
		},
		{
			modify(doe, switching("userAccountControl", 2, 2)), "modify userAccountControl of John Doe (jdoe), Staff",
			[]Line{{"userAccountControl", "user account", "disabled, user account  (value 2, mask 2)", ""}},
		},
		{
			modify(doe, switching("userAccountControl", 65536, -2147418110)), "modify userAccountControl of John Doe (jdoe), Staff",
			[]Line{{"userAccountControl", "user account", "user account, password never expires  (value 65536, mask -2147418110)", ""}},
		},
		{
			modify(doe, replace("userAccountControl", "65600")), "modify userAccountControl of John Doe (jdoe), Staff",
			[]Line{{"userAccountControl", "user account", "cannot change the password, user account, password never expires  (value 65600, no mask)", ""}},
		},
		{
			modify(sales, switching("groupType", 8, 14)), "modify groupType of Sales, Staff",
			[]Line{{"groupType", "global, security group", "universal, security group  (value 8, mask 14)", ""}},
		},
		{modify(doe, replace("name", "John Raymond")), "rename John Doe (jdoe), Staff, to John Raymond", []Line{{"name", "John Doe", "John Raymond", ""}}},
		{
			modify(doe, replace("manager", string(roe)), replace("accountExpires", "2027-05-31T00:00:00Z")), "modify John Doe (jdoe), Staff",
			[]Line{{"manager", "", string(roe), ""}, {"accountExpires", "never", models.Timestamp.Format("accountExpires", "2027-05-31T00:00:00Z", time.Local), ""}},
		},
		{
			of(models.Modification{Licences: []models.LicenceChange{{SKU: "ENTERPRISEPACK"}}}), "revoke ENTERPRISEPACK of John Doe (jdoe), Staff",
			[]Line{{"licence ENTERPRISEPACK", "assigned", "not assigned", ""}},
		},
		{of(models.Modification{PhotoSet: true, Photo: aPhoto()}), "set the photo of John Doe (jdoe), Staff", []Line{{"photo", "none", english.Size(len(aPhoto())), ""}}},
	} {
		s := planned(t, d, PlanOptions{}, c.change).Steps[0]
		if s.Refused != nil || s.Title != c.title || !slices.Equal(s.Lines, c.want) {
			t.Errorf("%q %q (refused: %v)\nwant %q %q", s.Title, s.Lines, s.Refused, c.title, c.want)
		}
	}
}

// What would fail, or must not be, is refused before anything is sent.
func TestModifyRefused(t *testing.T) {
	licence := models.Modification{Licences: []models.LicenceChange{{SKU: "EMS", Assigned: true}}}
	photo := func(b []byte) *models.Modification { return &models.Modification{PhotoSet: true, Photo: b} }
	large := append(aPhoto(), make([]byte, 100_000)...)
	twice := modify(doe, replace("telephoneNumber", "1"), replace("TelephoneNumber", "2"))
	typed := func(name string, kind models.PropertyType, values ...string) models.Change {
		p := replace(name, values...)
		p.Type = kind
		return modify(doe, p)
	}
	textMask := switching("telephoneNumber", 1, 1)
	for _, c := range []struct {
		name   string
		change models.Change
		kind   error
		words  string
	}{
		{"nothing", modify(doe), models.ErrInvalid, "nothing to change was given"},
		{"bad name", modify(doe, replace("tele phone", "1")), models.ErrInvalid, "letters, digits and hyphens"},
		{"unknown", modify(doe, replace("shoeSize", "44")), models.ErrInvalid, "knows no property shoeSize"},
		{"twice", twice, models.ErrInvalid, "changed twice"},
		{"password", modify(doe, replace("unicodePwd", "x")), models.ErrInvalid, `"dirdesk user passwd"`},
		{"LAPS", modify(doe, replace("msLAPS-Password", "x")), models.ErrInvalid, "password"},
		{"fixed", modify(doe, replace("whenCreated", "2027-01-01T00:00:00Z")), models.ErrUnsupported, "kept by the server"},
		{"fixed, with advice", modify(doe, replace("distinguishedName", string(roe))), models.ErrUnsupported, "rename or move the object instead"},
		{"no DN", modify(doe, replace("manager", "Jane")), models.ErrInvalid, "write a DN"},
		{"no number", modify(doe, replace("userAccountControl", "many")), models.ErrInvalid, "write a number"},
		{"no time", modify(doe, replace("accountExpires", "soon")), models.ErrInvalid, "or never"},
		{"no hours", typed("logonHours", models.LogonHours, base64Of(make([]byte, 20))), models.ErrInvalid, "21 bytes"},
		{"no bytes", typed("thumbnailPhoto", models.OctetString, "%%"), models.ErrInvalid, "Base64"},
		{"mask on text", modify(doe, textMask), models.ErrInvalid, "only numbers have a mask"},
		{"append nothing", modify(doe, appending("otherTelephone")), models.ErrInvalid, "no values"},
		{"name taken", modify(doe, replace("name", "Jane Roe")), models.ErrExists, "name already"},
		{"photo of a group", models.Change{Action: models.Modify, DN: sales, Modification: photo(aPhoto())}, models.ErrUnsupported, "only users and contacts"},
		{"no picture", models.Change{Action: models.Modify, DN: doe, Modification: photo([]byte("GIF89a"))}, models.ErrInvalid, "neither JPEG nor PNG"},
		{"large picture", models.Change{Action: models.Modify, DN: doe, Modification: photo(large)}, models.ErrUnsupported, "at most 100 kB"},
		{"licence of a group", models.Change{Action: models.Modify, DN: sales, Modification: &licence}, models.ErrUnsupported, "only users have"},
		{"nobody", modify(staff.Child("CN", "Nobody"), replace("telephoneNumber", "1")), models.ErrNotFound, "no such object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			d := open(w)
			plan := planned(t, d, PlanOptions{}, c.change)
			if err := plan.Refused(); !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
				t.Errorf("refused: %v, want %q", err, c.words)
			}
			if out := slices.Collect(d.Apply(t.Context(), plan))[0]; out.Verdict != verdict.NotTried || len(w.sent) != 0 {
				t.Errorf("%s after %v", out.Verdict, w.sent)
			}
		})
	}
}

// What a person should think about before saying yes.
func TestModifyWarnings(t *testing.T) {
	stale := replace("telephoneNumber", "555-0100")
	stale.Before, stale.BeforeKnown = []string{"555-0000"}, true
	wrongType := replace("telephoneNumber", "555-0100")
	wrongType.Type = models.PrintableString
	foreign := replace("adm-Custom", "x")
	foreign.Type = models.CaseIgnoreString
	for _, c := range []struct {
		change models.PropertyChange
		want   string
	}{
		{stale, "telephoneNumber was changed meanwhile: it is 555-0199 now"},
		{wrongType, "telephoneNumber has the type CaseIgnoreString here, and not PrintableString"},
		{appending("telephoneNumber", "555-0100"), "telephoneNumber takes one value only: Append is for properties with several"},
		{foreign, "this connection knows no property adm-Custom: what it is now is not known"},
		{switching("userAccountControl", 2, 2), "that is the account you are signed in with: it cannot sign in afterwards"},
		{replace("telephoneNumber", "1"), ""},
		{switching("userAccountControl", 0, 2), ""},
	} {
		w := newWorld()
		w.objects[2].SAMAccountName = "Admin" // whom the world says is signed in
		s := planned(t, open(w), PlanOptions{}, modify(doe, c.change)).Steps[0]
		if got := strings.Join(warnings(s), "|"); got != c.want || s.Refused != nil {
			t.Errorf("%s: warned %q, want %q (refused: %v)", c.change.Name, got, c.want, s.Refused)
		}
	}
}

// What is so already is left out, and nothing left is nothing to do; but what a
// person wrote as a request is sent as it is.
func TestModifyNothing(t *testing.T) {
	same := modify(doe, replace("telephoneNumber", "555-0199"), appending("otherTelephone", "605-457-8292"), switching("userAccountControl", 0, 2), replace("accountExpires"))
	same.Modification.Licences = []models.LicenceChange{{SKU: "enterprisepack", Assigned: true}}
	same.Modification.PhotoSet = true
	w := newWorld()
	if out := apply(t, open(w), same)[0]; out.Verdict != verdict.Done || len(w.sent) != 0 || !strings.Contains(out.Words, "nothing to do") {
		t.Errorf("%s (%s) after %v", out.Verdict, out.Words, w.sent)
	}
	same.Modification.Request = []byte(`{}`)
	if s := planned(t, open(w), PlanOptions{}, same).Steps[0]; s.Nothing || len(s.Lines) != 6 {
		t.Errorf("the plan of a request leaves something out: %q", s.Lines)
	}
	if out := apply(t, open(w), same)[0]; out.Verdict != verdict.Done || !out.Verified || len(w.sent) != 1 {
		t.Errorf("a request: %s (%s) after %v", out.Verdict, out.Words, w.sent)
	}
	// Another case is another text, and some of it left is sent alone.
	part := modify(doe, replace("telephoneNumber", "555-0199"), replace("otherTelephone", "EXT 1"))
	w.values[doe.Key()]["othertelephone"] = []string{"ext 1"}
	s := planned(t, open(w), PlanOptions{}, part).Steps[0]
	if s.Nothing || len(s.Change.Modification.Properties) != 1 || s.Change.Modification.Properties[0].Name != "otherTelephone" {
		t.Errorf("left: %+v", s.Change.Modification.Properties)
	}
}

// The words after a change are those of what is there.
func TestModifyWords(t *testing.T) {
	for _, c := range []struct {
		change  models.Change
		trouble trouble
		want    string
	}{
		{modify(doe, replace("telephoneNumber", "555-0100")), fine, "jdoe: telephoneNumber is now 555-0100, verified"},
		{modify(doe, replace("telephoneNumber")), fine, "jdoe: telephoneNumber is now empty, verified"},
		{modify(doe, replace("telephoneNumber", "555-0100")), pretend, "jdoe: the server said yes, but telephoneNumber is still 555-0199"},
		{modify(doe, replace("telephoneNumber", "555-0100")), twist, "jdoe: the server said yes, but telephoneNumber is twisted and not 555-0100"},
		{modify(doe, replace("telephoneNumber", "555-0100")), dropAfter, "jdoe: the answer was lost, but telephoneNumber is now 555-0100, verified"},
		{modify(doe, replace("telephoneNumber", "555-0100")), dropBefore, "jdoe: the answer was lost, and telephoneNumber is still 555-0199"},
		{modify(doe, replace("name", "John Raymond")), fine, "jdoe: is now called John Raymond, verified"},
		{modify(doe, replace("name", "John Raymond")), pretend, "jdoe: the server said yes, but is still called John Doe"},
		{modify(doe, switching("userAccountControl", -2147483648, -2147483648)), fine, "jdoe: userAccountControl is now user account, must change the password at next logon, verified"},
		{modify(doe, appending("otherTelephone", "1")), fine, "jdoe: otherTelephone is now 605-457-8292; 1, verified"},
	} {
		w := newWorld()
		w.trouble = c.trouble
		if got := apply(t, open(w), c.change)[0].Words; got != c.want {
			t.Errorf("said %q\nwant %q", got, c.want)
		}
	}
}

// A server that said yes and did nothing is not believed, even where what was
// there is much like what was wished.
func TestModifyNotDone(t *testing.T) {
	w := newWorld()
	w.trouble = pretend
	w.values[doe.Key()]["othertelephone"] = []string{"ext 1"}
	w.photos[doe.Key()] = []byte("the old one")
	photo := models.Change{Action: models.Modify, DN: doe, Modification: &models.Modification{PhotoSet: true, Photo: aPhoto()}}
	clearing := models.Change{Action: models.Modify, DN: doe, Modification: &models.Modification{PhotoSet: true}}
	for _, c := range []struct {
		change models.Change
		want   string
	}{
		{modify(doe, replace("otherTelephone", "EXT 1")), "otherTelephone is still ext 1"},
		{modify(doe, removing("otherTelephone", "EXT 1")), "otherTelephone is still ext 1"},
		{modify(doe, appending("otherTelephone", "2")), "otherTelephone is still ext 1"},
		{photo, "still has the old photo"},
		{clearing, "still has a photo"},
		{modify(doe, replace("accountExpires", "2027-05-31T00:00:00Z")), "accountExpires is still never"},
	} {
		if out := apply(t, open(w), c.change)[0]; out.Verdict != verdict.Failed || !strings.Contains(out.Words, c.want) {
			t.Errorf("%s: %q, want %q", out.Verdict, out.Words, c.want)
		}
	}
}

// The new name of an object is followed, and stands in the outcome only when
// there is one.
func TestModifyFollowsTheName(t *testing.T) {
	w := newWorld()
	d := open(w)
	if out := apply(t, d, modify(doe, replace("telephoneNumber", "1")))[0]; out.NewDN != "" {
		t.Errorf("not renamed, and now %s", out.NewDN)
	}
	want := staff.Child("CN", "John Raymond")
	for _, trouble := range []trouble{fine, dropAfter} {
		w := newWorld()
		w.trouble = trouble
		if out := apply(t, open(w), modify(doe, replace("name", "John Raymond"), replace("telephoneNumber", "1")))[0]; out.NewDN != want || !out.Verified {
			t.Errorf("%s: now %q: %s", trouble, out.NewDN, out.Words)
		}
	}
}

// A picture that the server made another of is neither verified nor failed.
func TestPhotoMadeOver(t *testing.T) {
	w := newWorld()
	d := open(w)
	plan := planned(t, d, PlanOptions{}, models.Change{Action: models.Modify, DN: doe, Modification: &models.Modification{PhotoSet: true, Photo: aPhoto()}})
	d.backend = photoMaker{world: w}
	out := slices.Collect(d.Apply(t.Context(), plan))[0]
	if out.Verdict != verdict.Done || out.Verified || !strings.Contains(out.Words, "the server holds another picture than was sent (5 bytes instead of") {
		t.Errorf("%s, verified %v: %s", out.Verdict, out.Verified, out.Words)
	}
}

// photoMaker is a world that makes all photos over.
type photoMaker struct{ *world }

func (p photoMaker) Photo(ctx context.Context, ref models.Ref) ([]byte, error) {
	photo, err := p.world.Photo(ctx, models.Ref{DN: ref.DN})
	if len(photo) > 0 {
		photo = bytes.Repeat([]byte("x"), 5)
	}
	return photo, err
}

// Where licences are not told, that is said.
func TestLicencesNotTold(t *testing.T) {
	w := newWorld()
	w.licences = nil
	change := models.Change{Action: models.Modify, DN: doe, Modification: &models.Modification{Licences: []models.LicenceChange{{SKU: "EMS", Assigned: true}}}}
	s := planned(t, open(w), PlanOptions{}, change).Steps[0]
	if !slices.Equal(s.Lines, []Line{{"licence EMS", notKnown, "assigned", ""}}) {
		t.Errorf("lines %q", s.Lines)
	}
	w.trouble = pretend // so that the world without licences takes it
	out := apply(t, open(w), change)[0]
	if out.Verdict != verdict.Done || out.Verified || !strings.Contains(out.Words, "cannot show the licence EMS, so not verified") {
		t.Errorf("%s, verified %v: %s", out.Verdict, out.Verified, out.Words)
	}
}

// A value that was changed while the plan was looked at is not overwritten; a
// mask and an addition leave alone what others did.
func TestModifyMeanwhile(t *testing.T) {
	for _, c := range []struct {
		name   string
		change models.PropertyChange
		want   verdict.Verdict
	}{
		{"replaced", replace("telephoneNumber", "555-0100"), verdict.NotTried},
		{"another was changed", replace("info", "x"), verdict.Done},
		{"replaced by what another put there", replace("telephoneNumber", "555-7777"), verdict.Done},
		{"added to", appending("otherTelephone", "1"), verdict.Done},
		{"masked", switching("userAccountControl", 2, 2), verdict.Done},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			d := open(w)
			plan := planned(t, d, PlanOptions{}, modify(doe, c.change))
			w.values[doe.Key()]["telephonenumber"] = []string{"555-7777"}
			w.values[doe.Key()]["othertelephone"] = []string{"605-457-8292", "another"}
			w.values[doe.Key()]["useraccountcontrol"] = []string{"66048"}
			out := slices.Collect(d.Apply(t.Context(), plan))[0]
			if out.Verdict != c.want || c.name == "masked" && !strings.Contains(out.Words, "is now disabled, user account, password never expires, verified") {
				t.Errorf("%s: %s", out.Verdict, out.Words)
			}
			if c.want == verdict.NotTried && (!errors.Is(out.Err, models.ErrBusy) || !strings.Contains(out.Words, "telephoneNumber was changed meanwhile: it is 555-7777 now") || len(w.sent) != 0) {
				t.Errorf("%q, %v, after %v", out.Words, out.Err, w.sent)
			}
		})
	}
}

// What a request holds that nobody here understands stands in the plan, in what
// is said afterwards, in the journal, and is not taken back in silence.
func TestModifyTellsWhatIsPassedThrough(t *testing.T) {
	w := newWorld()
	change := modify(doe, replace("telephoneNumber", "555-0100"))
	change.Modification.Request = []byte(`{}`)
	change.Modification.Others = []models.RequestPart{{Path: "o365.location", Text: `"DE"`}}
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j, err := journal.Open(path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	d := New(w, Options{Mode: Open, Journal: j})
	s := planned(t, d, PlanOptions{}, change).Steps[0]
	if want := (Line{Label: "o365.location", Before: notKnown, After: `"DE"  (sent as written)`}); !slices.Contains(s.Lines, want) {
		t.Errorf("the plan says %q", s.Lines)
	}
	out := apply(t, d, change)[0]
	if want := "jdoe: telephoneNumber is now 555-0100, verified; not verified, as it cannot be shown: o365.location"; out.Words != want {
		t.Errorf("said %q", out.Words)
	}
	for e, err := range journal.Read(path) {
		if err != nil || !slices.Contains(EntryValues(e), journal.Field{Field: "o365.location", After: `"DE"`}) {
			t.Errorf("the journal has %+v, %v", EntryValues(e), err)
		}
		plan, err := d.Undo(t.Context(), []journal.Entry{e}, nil)
		if err != nil || !strings.Contains(strings.Join(warnings(plan.Steps[0]), "|"), "what o365.location was before is not known") {
			t.Errorf("undo: %+v, %v", plan.Steps, err)
		}
	}
}
