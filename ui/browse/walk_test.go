package browse_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
	"dirdesk/ui/uitest"
)

func TestOpenAndGoUp(t *testing.T) {
	for _, up := range []string{"backspace", "-", "h", "left"} {
		t.Run(up, func(t *testing.T) {
			s, _ := uitest.Browse(t)
			s.Under("Staff")
			s.Press("enter", "j", "l")
			s.Shows("Staff › Kyiv", "Nothing here of the kinds that this connection lists.")
			s.Press(up)
			s.Shows("Staff ───")
			s.Under("Kyiv")
			s.Press(up)
			s.Under("Staff")
		})
	}
}

func TestGoingUpAtTheTopSaysWhyNot(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("backspace")
	s.Shows("Go up to the parent: this is the top.")
}

func TestBackAndForward(t *testing.T) {
	s, d := uitest.Browse(t)
	s.Press("enter", "enter", "j") // Berlin, on its second row
	s.Press("[")
	s.Under("Berlin")
	s.Press("[")
	s.Under("Staff")
	d.Forget()
	s.Press("]", "]")
	s.Shows("Staff › Berlin")
	s.Under("Jörg")
	if n := len(d.Requests()); n != 0 {
		t.Errorf("going forward to rows read a moment ago made %d requests", n)
	}
	s.Press("]")
	s.Shows("Go forward: there is nothing to go forward to.")
}

func TestANewStepEndsTheWayForward(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("enter", "[", "j", "enter") // Staff and back, then Large
	s.Press("]")
	s.Shows("there is nothing to go forward to", "─ Large ──")
}

func TestBackToAContainerThatIsGone(t *testing.T) {
	s, d := uitest.Browse(t)
	s.Press("enter", "enter")
	for range 10 { // push the rows of Staff out of memory
		s.Press("o", "ctrl+u")
		s.Type(string("CN=Users," + uitest.Base))
		s.Press("enter", "backspace")
	}
	gone := uitest.Base.Child("OU", "Staff").Key()
	d.Fail = func(r models.ListRequest) error {
		if r.Base.Key() == gone {
			return &models.Error{Kind: models.ErrNotFound, Action: "list"}
		}
		return nil
	}
	for range 21 {
		s.Press("[")
	}
	s.Shows("Could not open Staff: no such object.")
	s.Press("[")
	s.Shows("corp.example.test ──", "5 objects")
}

func TestTreeUnfoldsAndTheTableFollowsAtRest(t *testing.T) {
	s, d := uitest.Browse(t)
	s.Press("tab", "j")
	d.Forget()
	s.Press("j", "j", "k", "k") // passing by loads nothing
	if n := len(d.Requests()); n != 0 {
		t.Errorf("moving through the tree made %d requests before it rested", n)
	}
	for s.Timers() > 1 {
		s.FireFirst() // the earlier moves' time is up, but the cursor has moved on
	}
	if n := len(d.Requests()); n != 0 {
		t.Errorf("a node that was passed by was loaded: %d requests", n)
	}
	s.Fire()
	s.Shows("─ Staff ───")
	if n := len(d.Requests()); n != 1 {
		t.Errorf("resting on a node made %d requests, want one", n)
	}
	s.Press("l")
	s.Shows("▾ Staff", "Berlin", "Kyiv")
	s.Press("l")
	s.Fire()
	s.Shows("Staff › Berlin")
	s.Press("h") // to the parent
	s.Under("Staff")
	s.Press("h") // folds
	s.Shows("▸ Staff")
	s.Press("enter")
	s.Under("Berlin")
}

func TestOpeningInTheTableShowsTheWayInTheTree(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("enter", "enter", "tab")
	s.Under("Berlin")
	s.Shows("▾ Staff")
}

func TestFollowingInTheTreeIsOneStepOfTheHistory(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("tab", "j")
	s.Fire()
	s.Press("j")
	s.Fire()
	s.Press("j")
	s.Fire()
	s.Shows("─ Users ───", "Administrator")
	s.Press("[")
	s.Shows("─ corp.example.test ──")
}

func TestAdvancedObjects(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Hides("System")
	s.Shows("1 advanced object hidden")
	s.Press("G")
	s.Under("Empty")
	s.Press("a")
	s.Shows("System", "Advanced objects are shown.")
	s.Under("Empty") // the cursor keeps to its object
	s.Press("a")
	s.Hides("System ")
}

// Where objects of all kinds are listed, those of others are hidden with their number
// until a key shows them, and what lies below a user can be opened.
func TestObjectsOfOtherKinds(t *testing.T) {
	d := uitest.NewDirectory()
	d.Facts.AnyKind = true
	berlin := uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")
	phone := models.Object{Name: "Phone", Category: "msExchActiveSyncDevice", AdvancedOnly: models.Yes}
	lee := berlin.Child("CN", "Lee, Sam")
	phone.DN = lee.Child("CN", "Phone")
	shared := phone
	shared.Name, shared.Category, shared.DN = "Plans", "volume", berlin.Child("CN", "Plans")
	d.Add(berlin, append(uitest.People(berlin), shared)...)
	d.Add(lee, phone)
	d.Add(phone.DN)
	s := uitest.Berlin(t, uitest.Options{Backend: d})
	s.Hides("Plans")
	s.Shows("1 advanced or other object hidden")
	s.Press("a")
	s.Shows("shared f… Plans", "9 objects")
	s.Press("/")
	s.Type("Lee")
	s.Press("enter", "l")
	s.Shows("─ Staff › Berlin › Lee, Sam ─", "Phone")
	s.Press("l")
	s.Shows("This container is empty.")
}

func TestGoToDN(t *testing.T) {
	for name, c := range map[string]struct{ dn, shows, cursor string }{
		"a container":        {"ou=KYIV, ou=staff," + string(uitest.Base), "Staff › Kyiv", ""},
		"an object in one":   {"CN=Jörg Müller,OU=Berlin,OU=Staff," + string(uitest.Base), "Staff › Berlin", "Jörg"},
		"an escaped comma":   {`CN=Lee\, Sam,OU=Berlin,OU=Staff,` + string(uitest.Base), "Staff › Berlin", "Lee"},
		"the domain":         {string(uitest.Base), "─ corp.example.test ──", "Staff"},
		"advanced container": {"CN=System," + string(uitest.Base), "─ System ──", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := uitest.Browse(t)
			s.Press("o", "ctrl+u")
			s.Send(tea.PasteMsg{Content: c.dn + "\n"})
			s.Press("enter")
			s.Shows(c.shows)
			if c.cursor != "" {
				s.Under(c.cursor)
			}
		})
	}
}

func TestGoToDNKeepsTheTextBesideItsError(t *testing.T) {
	for text, want := range map[string]string{
		"nonsense":                         "It is not found: no such object.",
		"OU=x,DC=other,DC=test":            "This name is not below DC=corp,DC=example,DC=test.",
		"OU=x,OU=y," + string(uitest.Base): "No object has this name.",
	} {
		s, _ := uitest.Browse(t)
		s.Press("o", "ctrl+u")
		s.Type(text)
		s.Press("enter")
		s.Shows(want, "Go to "+text)
		s.Press("backspace")
		s.Hides(want)
		s.Press("esc")
		s.Shows("Enter open")
	}
}

func TestGoToDNStartsFromWhereOneIs(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("enter", "j", "ctrl+g")
	s.Shows("Go to OU=Kyiv,OU=Staff,DC=corp,DC=example,DC=test")
}

func TestGoToAnObjectDeepInABigContainer(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("o", "ctrl+u")
	s.Type("CN=User 45678,OU=Large," + string(uitest.Base))
	s.Press("enter")
	s.Under("User 45678")
}

func TestGoToAnObjectThatIsNotThere(t *testing.T) {
	s, _ := uitest.Browse(t)
	s.Press("o", "ctrl+u")
	s.Type("CN=Nobody,OU=Berlin,OU=Staff," + string(uitest.Base))
	s.Press("enter")
	s.Shows("Staff › Berlin", "Nobody is not in Berlin")
}

// An object is gone to by any of its names, a container by the end of its path.
func TestGoToANameOfAnyForm(t *testing.T) {
	for text, under := range map[string]string{
		"jmueller":              "Jörg Müller",
		"jmueller@example.test": "Jörg Müller",
		"Anna Schmidt":          "Anna Schmidt",
		"Staff/Berlin":          "Anna Schmidt",
		"berlin":                "Anna Schmidt",
	} {
		s, _ := uitest.Browse(t)
		s.Press("o", "ctrl+u")
		s.Type(text)
		s.Press("enter")
		s.Shows("─ Staff › Berlin ─")
		s.Under(under)
	}
}

// What several are called is listed, and the person chooses.
func TestGoToANameThatSeveralHave(t *testing.T) {
	d := uitest.NewDirectory()
	berlin := uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")
	kyiv := uitest.Base.Child("OU", "Staff").Child("OU", "Kyiv")
	d.Add(kyiv, uitest.Person(kyiv, "Twin", "twin1"))
	d.Add(berlin, uitest.Person(berlin, "Twin", "twin2"))
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("o", "ctrl+u")
	s.Type("Twin")
	s.Press("enter")
	s.Shows("Several objects are called so: choose one.", "twin1", "twin2")
}
