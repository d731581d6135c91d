package writes_test

import (
	"context"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// delegated is a directory that tells what its operator may do: reset passwords,
// unlock, and write the telephone number, of all but one protected person.
type delegated struct {
	*uitest.Writable
	asked []models.DN
}

func (d *delegated) Rights(_ context.Context, ref models.Ref) (models.Rights, error) {
	d.asked = append(d.asked, ref.DN)
	possible := []string{
		"lockoutTime", "telephoneNumber", "pwdLastSet", "userAccountControl", "accountExpires", "mail", "description", "displayName", "givenName", "sn", "initials",
		"physicalDeliveryOfficeName", "wWWHomePage", "member", "nTSecurityDescriptor", "manager",
	}
	r := models.Rights{
		Class: "user", Reset: models.Yes, Delete: models.No, Rename: models.No, Creates: models.Permissions([]string{"user", "group", "organizationalUnit"}, nil),
		Writes: models.Permissions(possible, []string{"lockoutTime", "telephoneNumber", "pwdLastSet"}),
	}
	if ref.DN.RDN().Value == "Jörg Müller" {
		r.Protected, r.Reset, r.Writes = true, models.No, models.Permissions(possible, nil)
	}
	return r, nil
}

func delegate(t *testing.T) (*uitest.Writing, *delegated) {
	d := &delegated{}
	s := uitest.Write(t, desk.Open, func(o *uitest.Options) {
		d.Writable = o.Backend.(*uitest.Writable)
		o.Backend = d
	})
	return s, d
}

// Keys that the server would refuse are dim once the cursor has rested, where they
// were, and say the reason when they are pressed.
func TestKeysThatTheServerWouldRefuseAreDim(t *testing.T) {
	t.Parallel()
	s, d := delegate(t)
	if len(d.asked) != 0 {
		t.Fatalf("asked before the cursor rested: %q", d.asked)
	}
	s.Resize(200, 24)
	foot := func() string {
		lines := strings.Split(strings.TrimRight(s.Plain(), "\n"), "\n")
		return lines[len(lines)-1]
	}
	before := foot()
	s.Fire()
	if len(d.asked) != 2 {
		t.Fatalf("asked for %q", d.asked)
	}
	after := foot()
	if len([]rune(before)) != len([]rune(after)) || strings.NewReplacer("(", " ", ")", " ").Replace(after) != before {
		t.Errorf("the foot moved:\n%q\n%q", before, after)
	}
	s.Shows("(D delete)", "(n new)", " p password ")
	s.Press("D")
	s.Shows("Delete: you may not delete it.")
	s.Press("n")
	s.Shows("you may not create a user here")
	s.Wrote()
	s.Press("j")
	s.Fire()
	s.Press("p")
	s.Shows("the desk's delegation does not reach protected accounts")
	s.Press("?")
	s.Type("password")
	s.Shows("(the desk's delegation does not reach protected accounts)")
	s.Press("esc")
	asked := len(d.asked)
	s.Press("k", "j")
	s.Fire()
	if len(d.asked) != asked {
		t.Errorf("asked again for what is known: %q", d.asked[asked:])
	}
	s.Press("r")
	s.Fire()
	if len(d.asked) == asked {
		t.Error("not asked anew by a refresh")
	}
}

// While the cursor moves nothing is asked.
func TestRightsAreNotAskedForWhileTheCursorMoves(t *testing.T) {
	t.Parallel()
	s, d := delegate(t)
	s.Press("j", "j", "k", "j")
	s.Fire()
	var people []models.DN
	for _, dn := range d.asked {
		if strings.HasPrefix(string(dn), "CN=") {
			people = append(people, dn)
		}
	}
	if len(people) != 1 {
		t.Errorf("asked for %q", people)
	}
}

// Of marked objects the plan shows which would be refused, and why.
func TestAPlanOfMarkedObjectsShowsWhoIsOutOfReach(t *testing.T) {
	t.Parallel()
	s, _ := delegate(t)
	s.Press("space", "space", "X")
	s.Shows("Not possible: You may not write userAccountControl here.", "Not possible: The desk's delegation does not reach protected accounts.")
	s.Wrote()
}

func TestTheEditFormShowsWhatMayNotBeWritten(t *testing.T) {
	t.Parallel()
	s, _ := delegate(t)
	s.Press("e") // before the cursor has rested: the form asks
	s.Shows("read-only", "> First name", "Not possible: you may not write givenName here")
	s.Press("esc", "e")
	s.Shows("read-only", "> Phone")
}

func TestGoldenDimKeys(t *testing.T) {
	t.Parallel()
	s, _ := delegate(t)
	s.Resize(120, 24)
	s.Fire()
	uitest.Golden(t, "dim-keys-120x24.txt", s.Plain(), *update)
	s.Press("e")
	uitest.Golden(t, "dim-fields-120x24.txt", s.Plain(), *update)
}
