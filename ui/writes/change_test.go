package writes_test

import (
	"regexp"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

func TestEditShowsBeforeAndAfterAndSaysWhatWasVerified(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Describe("Head of Sales")
	s.Shows("What would change", "Head of Finance -> Head of Sales", "Edit Anna Schmidt (aschmidt), Staff › Berlin?")
	s.Wrote()
	s.Press("enter")
	s.Shows("aschmidt: description is now Head of Sales, verified.")
	s.Wrote("edit Anna Schmidt")
	s.Resize(120, 40)
	s.Fire()
	s.Shows("Description  Head of Sales")
}

func TestTheFirstWriteAsksOnceAndDefaultsToNo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Ask)
	s.Shows("READ-ONLY")
	s.Describe("Head of Sales")
	s.Press("enter")
	s.Shows("Allow changes on corp.example.test for 15 minutes?")
	s.Press("enter") // no
	s.Shows("Edit: aschmidt", "Head of Sales", "READ-ONLY")
	s.Wrote()
	s.Press("ctrl+s", "enter", "y")
	s.Shows("CHANGES ALLOWED, 15 min left", "verified")
	s.Describe("Head of Staff")
	s.Press("enter")
	s.Shows("description is now Head of Staff") // not asked again
}

func TestAMadePasswordTakesFourKeys(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{
		"set, read-only": {"p", "enter", "y", "v"}, "rescue, read-only": {"R", "y", "y", "v"},
	} {
		s := uitest.Write(t, desk.Ask)
		s.Press(keys...)
		if s.Dir.Password == "" {
			t.Fatalf("%s: no password was set:\n%s", name, s.Text())
		}
		s.Shows(s.Dir.Password, "Password of aschmidt", "is now due for a new password at the next logon")
		s.Press("esc")
		s.Hides(s.Dir.Password)
		s.Press("J", "enter")
		s.Hides(s.Dir.Password)
		s.Shows("INC-7", "192.0.2.7")
	}
}

func TestRescueUnlocksToo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("j", "R")
	s.Shows("Set a new password for Jörg Müller (jmueller), Staff › Berlin", "Unlock Jörg Müller (jmueller)")
	s.Press("esc")
	s.Wrote()
	s.Press("R")
	s.Type("2")
	s.Press("enter")
	s.Wrote("set password Jörg Müller", "unlock Jörg Müller")
	s.Press("v")
	s.Shows(s.Dir.Password)
	s.Press("esc")
	if line := s.Line("jmueller"); strings.Contains(line, "locked") {
		t.Errorf("the row still says: %s", line)
	}
}

func TestDeletingOneDefaultsToNo(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"enter", "n", "esc"} {
		s := uitest.Write(t, desk.Open)
		s.Press("D")
		s.Shows("Delete the user Anna Schmidt (aschmidt), Staff › Berlin?", "y yes   N no")
		s.Press(key)
		s.Shows("Nothing was changed.", "Anna Schmidt")
		s.Wrote()
	}
}

func TestNothingIsShownAsGoneBeforeTheServerSaidSo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("D")
	s.Hold()
	s.Press("y")
	s.Shows("Anna Schmidt", "delete the user Anna")
	s.Press("j") // going on meanwhile
	s.Release()
	s.Shows("aschmidt: is gone, verified.", "7 objects")
	s.Hides("Anna Schmidt")
	s.Screen.Under("Jörg")
}

func TestDeletingSeveralTakesTheirNumber(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("space", "j", "space", "D")
	s.Shows("Delete 2 objects?", "Type 2 to go on:")
	s.Press("y", "enter")
	s.Shows("that is not the number")
	s.Wrote()
	s.Press("backspace", "2", "enter")
	s.Wrote("delete Anna Schmidt", "delete Олена Коваль")
	s.Shows("2 done. w tells each.", "6 objects")
	s.Press("w")
	s.Shows("aschmidt: is gone, verified", "okoval: is gone, verified")
}

func TestDeletingAFullContainerTakesTheNumber(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("backspace", "D")
	s.Shows("9 objects will be gone.", "Type 9 to go on:")
	s.Press("9", "enter")
	s.Shows("is gone, verified")
	if line := s.Line("Berlin"); strings.Contains(line, "OU") || strings.Contains(line, "·") {
		t.Errorf("Berlin is still there: %s", line)
	}
}

func TestANewUserIsSyncedByItself(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("n")
	s.Shows("New, in Berlin")
	s.Press("u")
	s.Type("Zoe")
	s.Press("tab")
	s.Type("Zimmer")
	s.Press("ctrl+s")
	s.Shows("Create the user Zoe Zimmer (zzimmer)")
	s.Hold()
	s.Press("enter")
	s.StepUntil("Password of zzimmer")
	s.Press("v", "esc")
	s.StepUntil("not yet in DSM")
	s.Shows("syncing to DSM")
	s.Release()
	s.Shows("Synced: zzimmer can be used in DSM now")
	s.Hides("not yet in DSM")
	s.Screen.Under("zzimmer")
	s.Wrote("create user zzimmer", "sync")
}

func TestNewGroupAndOU(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("n", "g")
	s.Type("Lunch")
	s.Press("ctrl+s", "enter")
	s.Shows("Lunch: is now in Berlin, verified")
	s.Screen.Under("Lunch")
	s.Press("n", "o")
	s.Type("Archive")
	s.Press("ctrl+s", "enter")
	s.Shows("Archive: is now in Berlin, verified", "▸ Berlin") // it holds a container now, so the tree can be opened there
	s.Screen.Under("Archive")
}

func TestEnableDisableRenameMove(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("X", "y")
	s.Shows("aschmidt: is now disabled, verified.")
	if line := s.Line("Anna Schmidt"); !strings.Contains(line, "disabled") {
		t.Errorf("the row is %q", line)
	}
	s.Press("X")
	s.Shows("Enable Anna Schmidt (aschmidt), Staff › Berlin?")
	s.Press("esc", "N", "ctrl+u")
	s.Type("Anna Meyer")
	s.Press("ctrl+s", "enter")
	s.Screen.Under("Anna Meyer")
	s.Press("m")
	s.Type("OU=Kyiv,OU=Staff," + string(uitest.Base))
	s.Press("enter", "enter")
	s.Hides("Anna Meyer  ")
	s.Shows("7 objects")
}

func TestRowsAreReadAnewOverAStreamToo(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open, func(o *uitest.Options) { o.Backend.(*uitest.Writable).Facts.Seekable = false })
	s.Press("X", "y")
	if line := s.Line("Anna Schmidt"); !strings.Contains(line, "disabled") {
		t.Errorf("the row is %q", line)
	}
	s.Press("j", "j", "space", "D", "y")
	s.Shows("jmueller: is gone, verified.", "7 objects")
	s.Hides("Jörg", "marked,")
	s.Press("n", "g")
	s.Type("Lunch")
	s.Press("ctrl+s", "enter")
	s.Screen.Under("Lunch")
}

// Whatever was read afterwards, a password that the server took is there to be
// seen.
func TestAMadePasswordIsNotLostWhenNotAllHolds(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Lose = func(_ string, dn models.DN) error {
		s.Dir.Update(dn, func(o *models.Object) { o.Account.MustChangePassword = models.No })
		return nil
	}
	s.Press("R", "enter", "v")
	s.Shows(s.Dir.Password, "done in part: the new password was accepted, but is still free to")
}

// The line that says what is done to whom is the most visible one of a plan.
func TestTheHeadlineOfAPlanStandsOut(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("X")
	accent := regexp.MustCompile(`\x1b\[1;[0-9;]+m([^\x1b]*)\x1b`)
	var out []string
	for _, m := range accent.FindAllStringSubmatch(s.Raw(), -1) {
		out = append(out, m[1])
	}
	if all := strings.Join(out, "\n"); !strings.Contains(all, "Disable Anna Schmidt (aschmidt), Staff › Berlin") || strings.Contains(all, "What would change") {
		t.Errorf("what stands out is\n%s", all)
	}
}
