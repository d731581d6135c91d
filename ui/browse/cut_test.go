package browse_test

import (
	"testing"

	"dirdesk/ui/uitest"
)

// cut is a directory that gives only some of what Staff and Berlin hold.
func cut(t *testing.T) *uitest.Screen {
	t.Helper()
	d := uitest.NewDirectory()
	d.Facts.Seekable = false
	staff := uitest.Base.Child("OU", "Staff")
	const why = "the server gives at most 1,000"
	d.Cut = map[string]string{staff.Key(): why, staff.Child("OU", "Berlin").Key(): why}
	return uitest.Berlin(t, uitest.Options{Backend: d})
}

// That there is more than is shown is said as long as it is shown, in the table
// and in the tree.
func TestAListThatIsCutSaysSo(t *testing.T) {
	s := cut(t)
	s.Shows("8 objects, not all", "more than shown: the server gives at most 1,000", "Staff (not all)")
	s.Press("j", "i", "i")
	s.Shows("more than shown")
	s.Press("G")
	s.Says("This is the last row shown, not the last there is: the server gives at most 1,000.")
	s.Press("s")
	s.Says("Sorted by name: only the rows that are shown, and there are more")
	s.Press("L")
	s.Says("what the server gives is loaded, and there is more")
	s.Press("/")
	s.Type("zzz")
	s.Says("0 of 8 match, not all", "There is more: the server gives at most 1,000.")
	s.Resize(40, 12)
	s.Press("esc")
	s.Shows("8 objects, not all") // where there is hardly any room
}

// A list in no order is sorted by kind and name, and says so; the person is at
// its top.
func TestAStreamIsSortedByKindAndName(t *testing.T) {
	d := uitest.NewDirectory()
	d.Facts.Seekable = false
	staff := uitest.Base.Child("OU", "Staff")
	d.Add(staff, uitest.Person(staff, "Zed", "zed"), uitest.Container("OU", staff, "Kyiv"),
		uitest.Person(staff, "Abe", "abe"), uitest.Container("OU", staff, "Berlin"))
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("j", "j", "enter")
	s.Shows("Kind ▲", "by kind and name")
	for _, name := range []string{"Berlin", "Kyiv", "Abe", "Zed"} {
		s.Under(name)
		s.Press("j")
	}
	s.Press("s")
	s.Shows("Name ▲", "Sorted by name.")
	for range 6 {
		s.Press("s")
	}
	s.Shows("Kind ▲", "Sorted by kind and name.")
	s.Press("S", "g")
	s.Under("Zed")
}

// What comes in several pages is sorted once all of it is there, and who has
// not moved stays at the top.
func TestAStreamOfSeveralPagesIsSortedAtItsEnd(t *testing.T) {
	d := uitest.NewDirectory()
	d.Facts.Seekable, d.Chunk = false, 1000
	d.Fill(uitest.Large, 3000)
	s := uitest.Start(t, uitest.Options{Backend: d})
	s.Press("j")
	s.Hold()
	s.Press("enter")
	s.StepUntil("1,000 loaded, more coming")
	s.Hides("by kind and name")
	s.Release()
	s.Shows("by kind and name", "3,000 objects")
	s.Under("User 00000")
}
