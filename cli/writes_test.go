package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// What the screen may do on a connection, and where it is written down.
func TestDoorsOfTheScreen(t *testing.T) {
	const demo = "synology://127.0.0.1:1234"
	for _, test := range []struct {
		name     string
		profile  models.Profile
		readOnly bool // --read-only
		words    string
		never    bool
		journal  string // its directory below the state's; "" for none, "elsewhere" for the demo
	}{
		{"a real connection asks", models.Profile{URL: "ldaps://dc1:636"}, false, "READ-ONLY", false, "dirdesk"},
		{"a profile for reading", models.Profile{URL: "ldaps://dc1:636", ReadOnly: true}, false, "READ-ONLY", true, ""},
		{"--read-only", models.Profile{URL: "ldaps://dc1:636"}, true, "READ-ONLY", true, ""},
		{"the demo is open", models.Profile{URL: demo}, false, "DEMO, CHANGES ALLOWED", false, "elsewhere"},
		{"the demo for reading", models.Profile{URL: demo}, true, "READ-ONLY", true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			state := t.TempDir()
			p := newProgram(Streams{Getenv: func(name string) string {
				return map[string]string{"XDG_STATE_HOME": state, "SSH_CONNECTION": "192.0.2.7 50000 192.0.2.1 22"}[name]
			}}, connectionFlags{})
			p.flags.readOnly = test.readOnly
			doors := &doors{program: p, demo: demo}
			opened, err := doors.open(nil, test.profile)
			if err != nil {
				t.Fatal(err)
			}
			if w := opened.Window(); w.Words != test.words || w.Never != test.never {
				t.Errorf("the window is %+v", w)
			}
			place := ""
			if j := opened.Journal(); j != nil {
				place, err = filepath.Rel(state, filepath.Dir(j.Path()))
				if err != nil {
					t.Fatal(err)
				}
				if filepath.Dir(place) != "." {
					place = "elsewhere"
				}
			}
			if place != test.journal {
				t.Errorf("the journal is in %q, want %q", place, test.journal)
			}
			left := doors.scratch
			if err := doors.close(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(left); left != "" && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the demo left %s behind", left)
			}
		})
	}
}

func TestOperator(t *testing.T) {
	environment := map[string]string{"SSH_CONNECTION": "192.0.2.7 50000 192.0.2.1 22", "SUDO_USER": "jane"}
	p := newProgram(Streams{Getenv: func(name string) string { return environment[name] }}, connectionFlags{})
	got := p.operator(models.Profile{Account: "helpdesk"}, nil)
	me := localUser(func(string) string { return "" })
	if want := (journal.Operator{Account: "helpdesk", LocalUser: "jane (as " + me + ")", SSHPeer: "192.0.2.7"}); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
