package browse_test

import (
	"path/filepath"
	"testing"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/models"
	"dirdesk/ui"
	"dirdesk/ui/uitest"
)

// bookmarked starts over a directory whose bookmarks stand in a file.
func bookmarked(t *testing.T, path string) (*uitest.Screen, *searchable) {
	t.Helper()
	d := &searchable{Writable: uitest.NewWritable()}
	s := uitest.Start(t, uitest.Options{Backend: d, Desk: &desk.Options{Bookmarks: bookmarks.Open(path, "office")}})
	return s, d
}

func TestBookmarksAreSetListedAndTakenAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bookmarks.jsonl")
	s, d := bookmarked(t, path)
	s.Press("f")
	typed(s, "anna")
	s.Press("enter", "b")
	s.Says("Anna Schmidt has a bookmark now. B lists the bookmarks.")
	d.Update(berlin.Child("CN", "Anna Schmidt"), func(o *models.Object) { o.Locked = models.Yes })
	s, _ = bookmarked(t, path)
	s.Press("B")
	s.Shows("─ Bookmarks ─", "Anna Schmidt", "aschmidt", "Staff › Berlin", "1 object ─")
	s.Press("b")
	s.Says("Anna Schmidt has no bookmark any more.")
	s.Press("r")
	s.Says("There is no bookmark yet.")
}

func TestWithNothingTypedRecentPeopleAndBookmarksAreListed(t *testing.T) {
	s, d := bookmarked(t, filepath.Join(t.TempDir(), "bookmarks.jsonl"))
	s.Press("b", "f") // Staff
	typed(s, "lee")
	s.Press("enter", "o", "f")
	s.Shows("Recent and bookmarks", "Lee, Sam", "expired", "Staff", "2 objects")
	s.Press("enter")
	s.Under("Lee, Sam")
	d.Writes = nil
	d.Blind = func(models.DN) error { return &models.Error{Kind: models.ErrNotFound, Action: "read"} }
	s.Press("r")
	s.Hides("Lee, Sam")
}

func TestTheLastPlaceIsOfferedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bookmarks.jsonl")
	s, _ := bookmarked(t, path)
	s.Press("enter", "enter") // Berlin
	leave(t, s)
	s, _ = bookmarked(t, path)
	s.Says("[ goes back to Staff › Berlin, where you were the last time.")
	s.Press("[")
	s.Shows("─ Staff › Berlin ─", "Anna Schmidt")
	s.Press("f")
	typed(s, "anna")
	s.Press("enter")
	leave(t, s)
	s, _ = bookmarked(t, path)
	s.Says("[ goes back to Found: anna")
	s.Press("[")
	s.Under("Anna Schmidt")
}

// leave does what the end of the program does.
func leave(t *testing.T, s *uitest.Screen) {
	t.Helper()
	if err := s.Root.(*ui.Root).Leave(); err != nil {
		t.Fatal(err)
	}
}
