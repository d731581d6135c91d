package writes_test

import (
	"errors"
	"strings"
	"testing"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/connect"
	"dirdesk/ui/uitest"
)

// approval is what a server says when somebody has to decide first.
func approval() []models.Message {
	return []models.Message{{Kind: models.MessageInformation, Source: "Business Rules", Inner: []models.Message{
		{Kind: models.MessageTriggered, Text: "Send phone numbers for approval", Inner: []models.Message{
			{Kind: models.MessageApproval, Text: "Your request was submitted for approval."},
		}},
	}}}
}

// held is a service where somebody has to approve all changes.
func held(t *testing.T, change ...func(*uitest.Options)) *serving {
	t.Helper()
	s := serve(t, desk.Open, change...)
	s.Dir.Says = approval()
	s.Dir.Refuse = func(string, models.DN) error {
		return &models.Error{Kind: models.ErrPending, Action: "modify", Server: "Your request was submitted for approval."}
	}
	return s
}

// What waits for an approval is neither done nor failed: it has words, a mark
// and a colour of its own, stays named on the row until that is read anew, and is
// not sent again.
func TestSentForApproval(t *testing.T) {
	t.Parallel()
	s := held(t)
	s.becomes("telephoneN", "555-0100")
	s.Press("enter")
	s.Screen.Says("» aschmidt: sent for approval; nothing has changed yet", "! more")
	if line := s.Line("Anna Schmidt"); !strings.Contains(line, "» for approval") {
		t.Errorf("the row is %q", line)
	}
	th := theme.New(theme.Options{Dark: true})
	if line := raw(s.Screen, "sent for approval;"); !strings.HasPrefix(line, th.Ink.Pending.Render("x")[:4]) || strings.Contains(line, th.Ink.Good.Render("x")[:5]) {
		t.Errorf("the line is drawn as %q", line)
	}
	s.Hides("try again")
	s.Press("!")
	s.Shows("Sent for approval", "information (Business Rules)", "set off: Send phone numbers for approval", "approval: Your request was submitted")
	s.Press("esc", "w")
	s.Shows("1 sent for approval", "» Sent for approval", "- set off: Send phone numbers")
	s.Press("esc", "i")
	s.Shows("Approval     sent for approval, nothing has changed", "+49 30 5550142")
	s.Press("i", "r")
	s.Hides("» for approval")
	if len(s.Dir.Writes) != 1 {
		t.Errorf("written was %q", s.Dir.Writes)
	}
}

// raw is the line that holds a text, with its colours.
func raw(s *uitest.Screen, text string) string {
	for line := range strings.SplitSeq(s.Raw(), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// Of several, each is told, and those that wait are counted by themselves.
func TestSomeOfSeveralAreSentForApproval(t *testing.T) {
	t.Parallel()
	s := held(t)
	s.Dir.Refuse = func(_ string, dn models.DN) error {
		if dn.RDN().Value == "Anna Schmidt" {
			return &models.Error{Kind: models.ErrPending, Action: "disable"}
		}
		return nil
	}
	s.Press("space", "space", "X", "2", "enter")
	s.Shows("1 done, 1 sent for approval", "» Sent for approval  aschmidt: sent for approval", "Done")
	s.Press("esc")
	s.Hides("1 marked") // asking once is enough
}

// A password that waits for an approval has to be known all the same.
func TestAMadePasswordThatIsSentForApproval(t *testing.T) {
	t.Parallel()
	s := held(t)
	s.Press("p", "enter")
	s.Shows("Password of aschmidt", "sent for approval; nothing has changed yet")
}

// A change that was made with warnings says so, each with who warns.
func TestDoneWithWarnings(t *testing.T) {
	t.Parallel()
	s := serve(t, desk.Open)
	s.Dir.Says = []models.Message{
		{Kind: models.MessageWarning, Source: "Exchange", Text: "The mailbox was not changed."},
		{Kind: models.MessageInformation, Text: "A mail was sent.", Inner: []models.Message{
			{Kind: models.MessageWarning, Source: "Mail\x1b[31m", Text: "The address is odd."},
		}},
	}
	s.becomes("telephoneN", "555-0100")
	s.Press("enter")
	s.Screen.Says("telephoneNumber is now 555-0100, verified", "2 warnings", "Exchange: The mailbox was not changed.")
	th := theme.New(theme.Options{Dark: true})
	if line := raw(s.Screen, "is now 555-0100"); !strings.HasPrefix(line, th.Ink.Warning.Render("x")[:4]) {
		t.Errorf("the line is drawn as %q", line)
	}
	s.Press("!")
	s.Shows("What the server said", "warning (Exchange): The mailbox was not changed.", "information: A mail was sent.", ": The address is odd.")
	s.Press("esc", "w")
	s.Shows("- warning (Exchange): The mailbox", "  - warning (Mail")
}

// What is to be said of the sign-in is still there when the domain has come.
func TestATokenThatCouldNotBeKeptIsSaid(t *testing.T) {
	t.Parallel()
	s := uitest.New(t, uitest.Options{Backend: uitest.NewDirectory()})
	s.Send(connect.Opened{
		Backend: uitest.NewDirectory(), Profile: models.Profile{URL: "adaxes://adm"}, NotKept: errors.New("no keyring runs here"),
	})
	s.Shows("corp.example.test", "Signed in, but the token could not be kept: no keyring runs here")
	s.Press("j", "enter")
	s.Hides("Signed in")
}
