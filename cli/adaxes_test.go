package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dirdesk/cli"
	"dirdesk/simulator"
	"dirdesk/simulator/adaxes"
	"dirdesk/simulator/company"
	"dirdesk/simulator/directory"
)

// managed serves the examples' domain and runs the program on its Adaxes side,
// signed in with an account.
func managed(t *testing.T, o adaxes.Options) func(want int, args ...string) string {
	t.Helper()
	d := directory.New(directory.Options{Realm: "example.com"})
	if err := company.AddExamples(d); err != nil {
		t.Fatal(err)
	}
	server, err := simulator.Start(simulator.Options{Directory: d, Adaxes: o})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	home := t.TempDir()
	password := filepath.Join(home, "password")
	if err := os.WriteFile(password, []byte(server.AdaxesPassword().Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		args = append(args, "-c", strings.Replace(server.AdaxesURL(), "https://", "adaxes://", 1),
			"--fingerprint", server.Fingerprint(), "--account", server.AdaxesUsername(), "--password-file", password)
		code := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(name string) string {
			return map[string]string{
				"XDG_CONFIG_HOME": filepath.Join(home, "config"), "XDG_STATE_HOME": filepath.Join(home, "state"), "LC_ALL": "C.UTF-8",
			}[name]
		}})
		if code != want {
			t.Errorf("%q: exit code %d, want %d:\n%s", args, code, want, out.String())
		}
		return out.String()
	}
}

// Of several domains one has to be named, and both can be.
func TestSeveralDomains(t *testing.T) {
	run := managed(t, adaxes.Options{OtherDomains: []string{"branch.example.net"}})
	said := run(3, "info")
	for _, want := range []string{"example.com", "branch.example.net", "--domain"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not in\n%s", want, said)
		}
	}
	if said := run(0, "info", "--domain", "branch.example.net"); !strings.Contains(said, "DC=branch,DC=example,DC=net") {
		t.Errorf("said\n%s", said)
	}
	if said := run(0, "ls", "--domain", "EXAMPLE.com"); !strings.Contains(said, "OU=Groups,DC=example,DC=com") {
		t.Errorf("said\n%s", said)
	}
}

// A newer server calls the Microsoft 365 account otherwise; the examples run on
// both as they stand.
func TestNewerServer(t *testing.T) {
	run := managed(t, adaxes.Options{Member: "m365", NoChanges: true})
	run(0, "set", "john.smith", "--licence", "-ENTERPRISEPACK", "--yes")
	if said := run(0, "licences", "john.smith", "--format", "csv"); !regexp.MustCompile(`(?m)^ENTERPRISEPACK,.*,false,`).MatchString(said) {
		t.Errorf("said\n%s", said)
	}
	example, err := filepath.Abs(filepath.Join("..", "adaxes", "testdata", "example4-revoke-licence.json"))
	if err != nil {
		t.Fatal(err)
	}
	if said := run(0, "modify", example, "--yes", "--format", "json"); !strings.Contains(said, `"noChanges":true`) {
		t.Errorf("the answer is\n%s", said)
	}
}

// A server of before 2023 knows another search; walking is the same.
func TestOlderServer(t *testing.T) {
	run := managed(t, adaxes.Options{Before2023: true})
	if said := run(0, "ls", "CN=Users,DC=example,DC=com"); !strings.Contains(said, "John Smith") {
		t.Errorf("said\n%s", said)
	}
	run(0, "set", "john.smith", "description=old", "--yes")
}
