package bookmarks_test

import (
	"os"
	"path/filepath"
	"testing"

	"dirdesk/desk/bookmarks"
	"dirdesk/models"
)

func TestBookmarksAreKeptByConnection(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bookmarks.jsonl")
	office, lab := bookmarks.Open(path, "office"), bookmarks.Open(path, "lab")
	anna := bookmarks.Mark{DN: "CN=Anna,DC=x", GUID: "6b1a", Name: "Anna\x1b[31m", Category: models.Person}
	set := func(b *bookmarks.Book, m bookmarks.Mark, want bool) {
		t.Helper()
		if got, err := b.Toggle(m); err != nil || got != want {
			t.Errorf("set %v, %v", got, err)
		}
	}
	set(office, anna, true)
	set(lab, bookmarks.Mark{DN: "OU=Lab,DC=x"}, true)
	all, err := bookmarks.Open(path, "office").All()
	if err != nil || len(all) != 1 || all[0].Name != anna.Name {
		t.Errorf("%+v, %v", all, err)
	}
	anna.DN = "CN=Anna,OU=Elsewhere,DC=x" // moved: it is still the same
	set(office, anna, false)
	if all, _ := office.All(); len(all) != 0 {
		t.Errorf("still there: %v", all)
	}
	if all, _ := lab.All(); len(all) != 1 {
		t.Errorf("the other connection has %v", all)
	}
	if err := office.Leave("find:anna"); err != nil || office.Last() != "find:anna" || lab.Last() != "" {
		t.Errorf("last %q and %q, %v", office.Last(), lab.Last(), err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
