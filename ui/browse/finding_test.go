package browse_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// searchable is a directory whose server searches.
type searchable struct {
	*uitest.Writable
	texts []string // that were searched for
	cut   string
	err   error
}

func (s *searchable) Find(ctx context.Context, req models.FindRequest) ([]models.Object, string, error) {
	s.texts = append(s.texts, req.Text)
	var all []models.Object
	for _, base := range []models.DN{uitest.Base, berlin, uitest.Base.Child("CN", "Users")} {
		for page, err := range s.List(ctx, models.ListRequest{Base: base}) {
			if err != nil {
				return nil, "", err
			}
			for _, o := range page.Objects {
				if req.Matches(&o) && (len(req.Categories) == 0 || slices.Contains(req.Categories, o.Category)) {
					all = append(all, o)
				}
			}
		}
	}
	return all, s.cut, s.err
}

var berlin = uitest.Base.Child("OU", "Staff").Child("OU", "Berlin")

// finding starts with the top on the screen and the line to find somebody open.
func finding(t *testing.T) (*uitest.Screen, *searchable) {
	t.Helper()
	d := &searchable{Writable: uitest.NewWritable()}
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("f")
	return s, d
}

// typed types a text and lets it stay for a while.
func typed(s *uitest.Screen, text string) {
	s.Type(text)
	s.Fire()
}

func TestSomebodyIsFoundAsOneTypes(t *testing.T) {
	s, d := finding(t)
	s.Says("Find", "the photo's key is F now")
	s.Type("an")
	s.Type("na")
	if len(d.texts) != 0 {
		t.Errorf("%q were searched for while it was typed", d.texts)
	}
	s.Fire()
	if !slices.Equal(d.texts, []string{"anna"}) {
		t.Errorf("%q were searched for", d.texts)
	}
	s.Shows("Found: anna", "Anna Schmidt", "aschmidt", "Staff › Berlin", "ok")
	s.Press("enter")
	s.Under("Anna Schmidt")
	s.Hides("Find anna")
}

func TestEscGoesBackToWhereOneWas(t *testing.T) {
	s, _ := finding(t)
	s.Press("esc", "enter", "f") // in Staff
	typed(s, "anna")
	typed(s, " schm")
	s.Press("esc")
	s.Shows("─ Staff ─")
	s.Press("f", "esc") // nothing was typed
	s.Shows("─ Staff ─")
}

// What the tree followed is a step of its own: a search does not take its place.
func TestEscGoesBackToWhatTheTreeFollowed(t *testing.T) {
	s, _ := finding(t)
	s.Press("esc", "tab", "j")
	s.Fire()
	s.Shows("─ Staff ─")
	s.Press("f")
	typed(s, "anna")
	s.Press("esc")
	s.Shows("─ Staff ─")
}

// Enter before the answer has come acts on no row of an older text.
func TestNoKeyHitsARowOfAnOlderText(t *testing.T) {
	s, d := finding(t)
	typed(s, "an")
	s.Hold()
	s.Type("na")
	s.Press("enter", "N")
	s.Shows("Rename: no object is under the cursor")
	s.Release()
	s.Under("Anna Schmidt")
	if last := d.texts[len(d.texts)-1]; last != "anna" {
		t.Errorf("%q was searched for last", last)
	}
}

func TestALateAnswerOfAnOlderTextIsDropped(t *testing.T) {
	s, d := finding(t)
	s.Type("anna")
	s.Hold()
	s.Fire()
	s.Press("ctrl+u")
	s.Release() // the answer comes after the text was changed
	s.Hides("Anna")
	typed(s, "lee")
	s.Shows("Found: lee", "Lee, Sam")
	if !slices.Equal(d.texts, []string{"anna", "lee"}) {
		t.Errorf("%q were searched for", d.texts)
	}
}

func TestBackComesToWhatWasFoundWithTheCursorWhereItWas(t *testing.T) {
	s, d := finding(t)
	typed(s, "e")
	s.Press("enter", "j", "j")
	row := s.Cursor()
	s.Press("o")
	s.Hides("Found")
	s.Press("[")
	s.Shows("Found: e")
	s.Under(row)
	asked := len(d.texts)
	s.Press("r")
	s.Under(row)
	if len(d.texts) != asked+1 {
		t.Errorf("r asked %d times", len(d.texts)-asked)
	}
}

func TestOGoesToTheObjectInItsContainerAndCtrlGTypesADN(t *testing.T) {
	s, _ := finding(t)
	typed(s, "schmidt")
	s.Press("enter", "o")
	s.Shows("─ Staff › Berlin ─")
	s.Under("Anna Schmidt")
	s.Press("o")
	s.Shows("Go to")
	s.Press("esc", "[", "ctrl+g")
	s.Shows("Go to")
}

func TestKindsAreChosenByAKeyThatIsNoLetter(t *testing.T) {
	s, _ := finding(t)
	typed(s, "a")
	s.Shows("Anna Schmidt", "Finance Readers")
	s.Press("tab")
	s.Fire()
	s.Shows("Find people", "People found: a", "Anna Schmidt")
	s.Hides("Finance Readers")
	s.Press("tab")
	s.Fire()
	s.Shows("Groups found: a", "Finance Readers")
	s.Hides("Anna Schmidt")
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	s, d := finding(t)
	d.cut = "the server gives at most 1,000"
	typed(s, "an")
	s.Says("more than shown: the server gives at most 1,000")
	d.err = &models.Error{Kind: models.ErrUnreachable, Action: "search", Server: "connection refused"}
	typed(s, "n")
	s.Says("Could not open the search for \"ann\"")
	d.err, d.cut = nil, ""
	typed(s, "a")
	s.Hides("Could not open")
	s.Shows("Anna Schmidt")
	d.err = errors.New("no")
	s.Press("enter", "r")
	s.Says("Could not refresh the search for \"anna\"")
}

func TestTheNextSearchIsAStepOfItsOwn(t *testing.T) {
	s, _ := finding(t)
	typed(s, "anna")
	s.Press("enter", "f")
	s.Shows("Find anna")
	typed(s, "lee") // replaces it
	s.Press("enter")
	s.Under("Lee, Sam")
	s.Press("[")
	s.Under("Anna Schmidt")
	s.Press("-")
	s.Hides("Found")
}

// Over DSM nothing can be searched: what is read so far is shown, and how far that is.
func TestTheDomainIsReadOnceWhereTheServerCannotSearch(t *testing.T) {
	d := uitest.NewDirectory()
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("f")
	typed(s, "aschm")
	s.Press("enter")
	s.Under("Anna Schmidt")
	read := len(d.Requests())
	s.Press("f")
	typed(s, "user00042")
	s.Press("enter")
	s.Under("User 00042")
	if n := len(d.Requests()); n != read {
		t.Errorf("the second search made %d requests", n-read)
	}
	s.Press("r")
	if n := len(d.Requests()); n-read < read/2 {
		t.Errorf("reading anew made %d requests, the first reading %d", n-read, read)
	}
}
