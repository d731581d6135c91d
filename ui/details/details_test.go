package details_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/models"
	"dirdesk/theme"
	"dirdesk/ui/details"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// told is the text of the facts with a label, a line each.
func told(o *models.Object, label string) string {
	var lines []string
	last := ""
	for _, f := range details.Facts(details.Subject{Object: o, Now: now, Zone: time.UTC, Backend: "DSM"}) {
		if f.Label != "" {
			last = f.Label
		}
		if last == label {
			lines = append(lines, f.Text)
		}
	}
	return strings.Join(lines, "\n")
}

func TestWhatIsNotToldIsSaidToBeSo(t *testing.T) {
	o := &models.Object{Category: models.Person, Name: "A"}
	for label, want := range map[string]string{
		"Last logon": "not told by DSM", "Password set": "not told by DSM", "Expires": "not told by DSM", "State": "unknown",
	} {
		if got := told(o, label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

func TestFactsInWords(t *testing.T) {
	day := 24 * time.Hour
	o := &models.Object{
		Category: models.Person, Name: "A", Disabled: models.Yes, Locked: models.Yes,
		AccountExpiry: models.ExpiryAt(now.Add(10 * day)), Deletable: models.No,
		Account: &models.Account{
			LockedSince: now.Add(-3 * time.Minute), LockedUntil: now.Add(27 * time.Minute), LastLogon: now.Add(-40 * day),
			PasswordSet: now.Add(-day), PasswordExpires: models.ExpiryAt(now.Add(41 * day)),
			MemberOf: []models.DN{"CN=Zoo,DC=x", "CN=Art\\, Fine,DC=x"}, PrimaryGroup: "CN=Domain Users,DC=x", Created: now.Add(-400 * day), Members: -1,
		},
	}
	for label, want := range map[string]string{
		"State":        "disabled\nlocked since 11:57, opens in 27 min",
		"Expires":      "2026-12-01 12:00 UTC, in 10 days",
		"Last logon":   "2026-10-12 12:00 (40 days ago)\n(may lag by up to 14 days)",
		"Password set": "2026-11-20 12:00",
		"Password":     "expires: 2027-01-01 12:00 UTC, in 41 days",
		"Groups":       "Art, Fine\nZoo\nDomain Users (primary)",
		"Can delete":   "no",
		"Created":      "2025-10-17 12:00 (400 days ago)",
	} {
		if got := told(o, label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

func TestAGroupsFacts(t *testing.T) {
	o := &models.Object{
		Category: models.Group, PrimaryGroupToken: 513,
		Account: &models.Account{GroupType: -2147483646, Members: 12, PrimaryMembers: 1000, MorePrimary: true},
	}
	for label, want := range map[string]string{
		"Type": "global, security", "Members": "12 direct, more than 1,000 by primary group", "RID": "513", "State": "", "Last logon": "",
	} {
		if got := told(o, label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

func TestLinesAreAsWideAsToldAndBreakADNAtItsSteps(t *testing.T) {
	th := theme.New(theme.Options{})
	s := details.Subject{Now: now, Zone: time.UTC, Backend: "DSM", Object: &models.Object{
		Category: models.Person, Name: "山田\x1b[2J", DN: `CN=Lee\, Sam,OU=Berlin,OU=Staff,DC=corp,DC=example,DC=test`,
		Description: strings.Repeat("long ", 40),
	}}
	for width := range 80 {
		for _, line := range details.Lines(&th, s, width) {
			if got := ansi.StringWidth(line); got != width {
				t.Fatalf("at %d a line is %d wide: %q", width, got, line)
			}
			if strings.Contains(line, "\x1b[2J") {
				t.Fatal("an escape sequence of the directory reaches the terminal")
			}
		}
	}
	text := ansi.Strip(strings.Join(details.Lines(&th, s, 40), "\n"))
	if !strings.Contains(text, `CN=Lee\, Sam,OU=Berlin,  `) {
		t.Errorf("the DN is not broken after a step:\n%s", text)
	}
}
