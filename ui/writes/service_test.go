package writes_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// serving is a screen over a service that can do all, with Berlin's objects in
// sight.
type serving struct {
	*uitest.Screen
	Dir *uitest.Service
}

func serve(t *testing.T, mode desk.Mode, change ...func(*uitest.Options)) *serving {
	t.Helper()
	s := &serving{Dir: uitest.NewService()}
	journal, err := journal.Open(filepath.Join(t.TempDir(), "journal.jsonl"), uitest.Now)
	if err != nil {
		t.Fatal(err)
	}
	o := uitest.Options{Backend: s.Dir, Desk: &desk.Options{Mode: mode, Journal: journal}}
	for _, f := range change {
		f(&o)
	}
	s.Screen = uitest.Berlin(t, o)
	return s
}

// sheet opens one property of the object under the cursor.
func (s *serving) property(name string) {
	s.T.Helper()
	s.Press("A", "/")
	s.Type(name)
	s.Press("enter", "enter")
}

// becomes types the only value of a property, up to the question.
func (s *serving) becomes(name, value string) {
	s.T.Helper()
	s.property(name)
	s.Press("ctrl+u")
	s.Type(value)
	s.Press("enter", "ctrl+s")
}

func TestAPropertyIsChangedThroughTheSheet(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Press("A")
	s.Shows("All properties: aschmidt", "otherTelephone", "not set", "8 of 8 properties")
	s.Press("esc")
	s.becomes("telephoneN", "555-0100")
	s.Shows("What would change", "telephoneNumber      +49 30 5550142 -> 555-0100")
	if len(s.Dir.Modified) != 0 {
		t.Fatal("it was sent before it was agreed to")
	}
	s.Press("enter")
	s.Shows("aschmidt: telephoneNumber is now 555-0100, verified.")
	if m := s.Dir.Modified; len(m) != 1 || len(m[0].Properties) != 1 || m[0].Properties[0].Name != "telephoneNumber" {
		t.Errorf("sent was %+v", m)
	}
}

// The number and the mask that will be sent are seen before they are.
func TestFlagsAreSeenWithNumberAndMask(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.property("userAcc")
	s.Shows("disabled")
	s.Press("j", "space", "enter", "ctrl+s")
	s.Shows("userAccountControl", "disabled, user account (value 2, mask 2)")
	s.Press("enter")
	if p := s.Dir.Modified[0].Properties[0]; !p.Masked || p.Mask != 2 || !slices.Equal(p.Values, []string{"2"}) {
		t.Errorf("sent was %+v", p)
	}
	if line := s.Line("Anna Schmidt"); !strings.Contains(line, "disabled") {
		t.Errorf("the row is %q", line)
	}
}

// What DSM cannot do is not offered, and says why; what is read-only can be
// looked at.
func TestPropertiesWhereTheyCannotBeChanged(t *testing.T) {
	t.Parallel()
	w := uitest.Write(t, desk.Open)
	for _, key := range []string{"A", "F"} {
		w.Press(key)
		w.Shows("DSM's documented calls cannot show")
	}
	w.Press("M")
	w.Shows("only Adaxes knows of Microsoft 365")
	s := serve(t, desk.Never)
	s.property("telephoneN")
	s.Shows("telephoneNumber cannot be changed here: this connection is read-only.")
	s.Press("esc", "esc", "M")
	s.Shows("Microsoft 365 licences", "Not possible: this connection is read-only")
	s.Press("space")
	s.Shows("[x] Office 365 E3", "This connection is read-only.")
	s.Press("esc", "F")
	s.Shows("Photo: aschmidt", "The photo cannot be changed: this connection is read-only.")
}

func TestOnlyLicencesThatWereTouchedAreChanged(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Press("M")
	s.Shows("ENTERPRISEPACK", "[x] Office 365 E3", "1,234 of 1,500 in use", "account in DE")
	s.Press("ctrl+s")
	s.Shows("Nothing has been changed")
	s.Press("down", "space")
	s.Shows("to be assigned", "None is left", "1 changed")
	s.Press("space", "k", "space", "j", "j") // as up and down do, where nothing is typed
	s.Type("POWER_BI_PRO")
	s.Press("ctrl+s")
	s.Shows("licence ENTERPRISEP", "assigned -> not assigned", "POWER_BI_PRO")
	s.Press("enter")
	want := []models.LicenceChange{{SKU: "ENTERPRISEPACK"}, {SKU: "POWER_BI_PRO", Assigned: true}}
	if got := s.Dir.Modified[0].Licences; !slices.Equal(got, want) || len(s.Dir.Modified[0].Properties) != 0 {
		t.Errorf("sent was %+v", s.Dir.Modified[0])
	}
}

func TestLicencesThatTheServerDoesNotTell(t *testing.T) {
	t.Parallel()
	for _, err := range []error{
		&models.Error{Kind: models.ErrUnsupported, Action: "read licences"},
		&models.Error{Kind: models.ErrUnreachable, Action: "read licences"},
	} {
		s := serve(t, desk.Open)
		s.Dir.Tells = err
		s.Press("M")
		s.Hides("ENTERPRISEPACK   [")
		if err.(*models.Error).Kind == models.ErrUnreachable {
			s.Shows("The licences could not be read: not reachable.")
		} else {
			s.Shows("This server does not tell which licences there are")
		}
		s.Type("E3 or so")
		s.Press("ctrl+s")
		s.Shows("A SKU is letters, digits")
		s.Press("ctrl+u")
		s.Type("EMS")
		s.Press("down", "right", "ctrl+s", "enter")
		if err.(*models.Error).Kind == models.ErrUnreachable {
			s.Shows("Nothing was changed: not reachable.", "EMS") // what was typed stays
			continue
		}
		if got := s.Dir.Modified; len(got) != 1 || !slices.Equal(got[0].Licences, []models.LicenceChange{{SKU: "EMS"}}) {
			t.Errorf("sent was %+v", got)
		}
	}
}

func TestPhotoIsSeenAndCleared(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	anna := uitest.People(uitest.Base.Child("OU", "Staff").Child("OU", "Berlin"))[0].DN
	s.Dir.SetPhoto(anna, uitest.Tiny(16, 16))
	s.Press("F")
	s.Shows("Photo: aschmidt", "▀")
	s.Press("x", "ctrl+s")
	s.Shows("What would change", "photo")
	s.Press("enter")
	s.Shows("verified")
	if m := s.Dir.Modified[0]; !m.PhotoSet || m.Photo != nil {
		t.Errorf("sent was %+v", m)
	}
}

// What goes with a password goes in the same operation.
func TestPasswordWithWhatGoesWithIt(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Press("j", "j")
	s.Screen.Under("Jörg")
	s.Press("p")
	s.Shows("Cannot change", "Never expires", "[x] the account is locked now")
	s.Press("down", "down", "down", "right", "up", "up")
	s.Shows("Must change      [ ]", `it contradicts "never expires"`)
	s.Press("ctrl+s")
	s.Shows("Password of jmueller")
	want := models.PasswordOptions{NeverExpires: models.Yes, Unlock: true}
	if s.Dir.Options != want || len(s.Dir.Writes) != 1 || s.Dir.Password == "" {
		t.Errorf("set with %+v by %q", s.Dir.Options, s.Dir.Writes)
	}
	// Where it cannot be done in one operation, it is not offered.
	w := uitest.Write(t, desk.Open)
	w.Press("p")
	w.Hides("Cannot change", "Never expires", "Unlock as well")
}

func TestRescueIsOneOperationWhereItCanBe(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Press("j", "j", "R")
	s.Press("y")
	s.Shows("Password of jmueller")
	if !s.Dir.Options.Unlock || !slices.Equal(s.Dir.Writes, []string{"set password CN=Jörg Müller,OU=Berlin,OU=Staff," + string(uitest.Base)}) {
		t.Errorf("set with %+v by %q", s.Dir.Options, s.Dir.Writes)
	}
}

func TestMembersOfAGroup(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	berlin := uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")
	group, inner := berlin.Child("CN", "Finance Readers"), berlin.Child("CN", "Eve")
	people := uitest.People(berlin)
	_ = s.Dir.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs(people[1].DN, inner))
	_ = s.Dir.AddMembers(t.Context(), models.Ref{DN: inner}, models.Refs(people[0].DN))
	s.Press("v")
	s.Shows("no group is under the cursor")
	s.Press("G", "v")
	s.Shows("Members of Finance Readers", "2 direct", "Jörg Müller", "Eve")
	s.Hides("Anna")
	s.Press("tab")
	s.Shows("3 with those through groups", "Anna Schmidt")
	s.Press("enter")
	s.Shows("Staff › Berlin")
	s.Screen.Under("Anna Schmidt")
	s.Press("G", "i")
	s.Fire()
	s.Press("pgdown")
	s.Shows("Members      2 direct")
	_ = s.Dir.AddMembers(t.Context(), models.Ref{DN: group}, models.Refs("CN=Abroad,DC=other,DC=test"))
	s.Press("v", "enter")
	s.Screen.Says("Abroad is in another domain: CN=Abroad,DC=other,DC=test.")
}

func TestMembersThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := uitest.Write(t, desk.Open)
	w.Press("G", "v", "tab")
	w.Shows("cannot list those through other groups")
	w.Press("esc")
	w.Shows("Staff › Berlin")
}
