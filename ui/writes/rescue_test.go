package writes_test

import (
	"strings"
	"testing"
	"time"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/uitest"
)

// Who could not sign in with the new password is let in by one key more, which
// takes it back too.
func TestRescueOffersToLetADisabledAccountIn(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("X", "enter")
	s.Shows("aschmidt: is now disabled")
	s.Press("R")
	s.Shows("Cannot log on: disabled", "The account stays DISABLED: nobody can sign in with it", "[ ] Enable the account", "Set a new password for Anna Schmidt (aschmidt)")
	s.Hides("Enable Anna Schmidt (aschmidt)")
	s.Press("space")
	s.Shows("[x] Enable the account", "Enable Anna Schmidt (aschmidt), Staff")
	s.Hides("DISABLED")
	s.Press("space")
	s.Shows("[ ] Enable the account", "DISABLED")
	s.Press("space", "enter", "v")
	s.Shows(s.Dir.Password, "Password of aschmidt")
	s.Wrote("disable Anna Schmidt", "set password Anna Schmidt", "enable Anna Schmidt")
}

// Who is disabled, expired and locked is unlocked by a rescue; whether the account
// is to be used again is decided line by line.
func TestRescueNamesAllCauses(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Dir.Update("CN=Anna Schmidt,OU=Berlin,OU=Staff,"+uitest.Base, func(o *models.Object) {
		o.Disabled, o.Locked, o.AccountExpiry = models.Yes, models.Yes, models.ExpiryAt(time.Unix(1, 0))
	})
	s.Press("r", "R")
	s.Shows("Cannot log on: disabled", "Cannot log on: account expired", "Cannot log on: locked",
		"[ ] Enable the account", "[ ] Let the account never expire", "[x] Unlock the account", "stays DISABLED", "stays EXPIRED")
	s.Hides("stays LOCKED")
	s.Press("tab", "space")
	s.Shows("[ ] Enable the account", "[x] Let the account never expire")
	s.Press("enter", "v", "t")
	s.Wrote("set password Anna Schmidt", "set expiry Anna Schmidt", "unlock Anna Schmidt")
	for _, line := range []string{
		"Anna Schmidt (aschmidt), Staff › Berlin\n", "Was wrong: disabled\n", "Was wrong: locked\n", "Was wrong: account expired on 1970-01-01",
		"Done: aschmidt: has a new password", "verified", "Done: aschmidt: is now unlocked, verified.\n", "Not asked for: enable Anna Schmidt",
		"Note: The account stays DISABLED: nobody can sign in with it.\n", "By: anna", "Over: test://dc1", "When: ",
	} {
		if !strings.Contains(s.Clipboard, line) {
			t.Errorf("no %q in the text for the ticket:\n%s", line, s.Clipboard)
		}
	}
	if strings.Contains(s.Clipboard, s.Dir.Password) {
		t.Errorf("the password is in it:\n%s", s.Clipboard)
	}
	text := s.Clipboard
	s.Press("esc", "y", "d")
	s.Press("y")
	s.Shows("t text for the ticket")
	s.Press("t")
	if s.Clipboard != text {
		t.Errorf("in the list it is\n%s", s.Clipboard)
	}
	s.Press("j", "j", "y")
	s.Hides("text for the ticket")
}

// Several who are marked get a password each, and each can be seen.
func TestRescueOfSeveral(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open)
	s.Press("space", "space", "R")
	s.Shows("[x] Unlock the account of jmueller   Ctrl-T switches it on and off", "Change 2 objects?")
	s.Press("2", "enter")
	s.Shows("Password of aschmidt (1 of 2)")
	s.Press("v", "tab", "v")
	s.Shows("Password of jmueller (2 of 2)", s.Dir.Password)
	s.Press("t")
	if !strings.Contains(s.Clipboard, "Jörg Müller (jmueller)") || !strings.Contains(s.Clipboard, "Was wrong: locked") || strings.Contains(s.Clipboard, "Anna") {
		t.Errorf("the text for his ticket is\n%s", s.Clipboard)
	}
	s.Press("esc")
	s.Hides("Password of")
}

// Where the profile requires it, no password is reset before somebody says that the
// caller was verified.
func TestTheCallerIsVerifiedBeforeAReset(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open, func(o *uitest.Options) { o.Desk.VerifyCaller, o.Desk.Ticket = models.CallerRequired, "" })
	s.Press("R")
	s.Shows("Call back: ", "Manager: ", "Office: ", "[ ] The caller was called back, and is who they say")
	s.Press("enter")
	s.Shows("Verify the caller first")
	s.Wrote()
	s.Press("space", "enter", "v")
	s.Shows(s.Dir.Password)
	s.Wrote("set password Anna Schmidt")
	s.Press("t")
	if !strings.Contains(s.Clipboard, "Caller: verified\n") {
		t.Errorf("the ticket does not say so:\n%s", s.Clipboard)
	}
	s.Press("esc", "X")
	s.Hides("called back")
}

func TestTheCallerIsOnlyShown(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open, func(o *uitest.Options) { o.Desk.VerifyCaller = models.CallerAsked })
	s.Press("R")
	s.Shows("Call back: ", "Manager: ", "Office: ")
	s.Hides("[ ]")
	s.Press("enter")
	s.Wrote("set password Anna Schmidt")
}

// The ticket of a whole session is about no caller: each reset is ticked all the same.
func TestATicketOfTheSessionVerifiesNobody(t *testing.T) {
	t.Parallel()
	s := uitest.Write(t, desk.Open, func(o *uitest.Options) { o.Desk.VerifyCaller, o.Desk.Ticket = models.CallerRequired, "INC-1" })
	s.Press("R", "enter")
	s.Shows("Verify the caller first")
	s.Wrote()
}
