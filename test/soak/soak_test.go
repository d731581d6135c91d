//go:build linux

package soak

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
	"dirdesk/test/leaks"
	"dirdesk/test/terminaltest"
)

// TestMain fails when a goroutine is left. The backends are played on side by side, on
// few processors too: most of the time is waited.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "4"); err != nil {
		panic(err)
	}
	leaks.Main(m)
}

// shortSteps are how many things are done on each backend where nobody says more.
const shortSteps = 8

func number(t *testing.T, variable string, preset uint64) uint64 {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return preset
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// backend is one that is played on, with the calls that write.
type backend struct {
	name, scheme string
	beside       bool // DSM with a directory
	writes       func(api, method string) bool
	faults       []string // as the simulator writes them, without the call
	calls        []string // that faults hit
}

func backends() []backend {
	dsm := backend{
		name: "DSM", scheme: "synology",
		writes: func(api, method string) bool {
			return strings.HasPrefix(api, "SYNO.ActiveDirectory") && !strings.HasSuffix(api, ".Polling") && oneOf(method, "set", "create", "delete", "add", "remove", "rename", "move")
		},
		faults: []string{"drop-before", "drop-after", "deny=105", "truncate", "html-502", "slow=300ms"},
		calls:  []string{"SYNO.ActiveDirectory.User.set", "SYNO.ActiveDirectory.User.create", "SYNO.ActiveDirectory.Folder.delete", "SYNO.ActiveDirectory.Object.list"},
	}
	ldap := backend{
		name: "LDAP", scheme: "ldaps",
		writes: func(api, method string) bool {
			return api == "ldap" && oneOf(method, "add", "modify", "delete", "rename", "modrdn", "modifydn", "move")
		},
		faults: []string{"drop-before", "drop-after", "deny=51", "slow=300ms"},
		calls:  []string{"ldap.add", "ldap.modify", "ldap.delete", "ldap.search"},
	}
	both := dsm
	both.name, both.beside = "DSM with a directory", true
	both.writes = func(api, method string) bool { return dsm.writes(api, method) || ldap.writes(api, method) }
	both.calls = append(both.calls[:3:3], "ldap.modify")
	return []backend{dsm, both, {
		name: "Adaxes", scheme: "adaxes",
		writes: func(api, method string) bool {
			return api == "adaxes" && oneOf(method, "create", "modify", "delete", "move", "enable", "disable", "unlock", "resetPassword", "addMember", "removeMember")
		},
		faults: []string{"drop-before", "drop-after", "deny=403", "truncate", "html-502", "html-500", "slow=300ms"},
		calls:  []string{"adaxes.modify", "adaxes.create", "adaxes.delete", "adaxes.resetPassword", "adaxes.disable", "adaxes.get"},
	}, ldap}
}

func oneOf(text string, of ...string) bool {
	for _, o := range of {
		if text == o {
			return true
		}
	}
	return false
}

// Whatever is done and whatever goes wrong: the screen keeps its size, the program goes
// on and does not grow, and the journal tells what the simulator knows.
func TestSoak(t *testing.T) {
	seed := number(t, "SOAK_SEED", 1)
	steps := int(number(t, "SOAK_STEPS", shortSteps))
	binary := filepath.Join(t.TempDir(), "dirdesk")
	if said, err := exec.Command("go", "build", "-o", binary, "dirdesk").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for i, b := range backends() {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			p := b.open(t, binary, rand.New(rand.NewPCG(seed, uint64(i))))
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("again: SOAK_SEED=%d SOAK_STEPS=%d make soak; what was done:\n%s", seed, steps, strings.Join(p.done, "\n"))
				}
			})
			p.play(steps)
			p.compare()
		})
	}
}

// mostPeople are in the container that is played on.
const mostPeople = 8

// open starts a server and the program on it.
func (b backend) open(t *testing.T, binary string, r *rand.Rand) *player {
	d := directory.New(directory.Options{Realm: "example.test"})
	must(t, d.Add(d.BaseDN().Child("OU", "Soak"), "organizationalUnit", nil))
	for i := range mostPeople {
		name := fmt.Sprintf("person%d", i)
		must(t, d.AddAccount(d.BaseDN().Child("OU", "Soak").Child("CN", name), "user",
			map[string][]string{"sAMAccountName": {name}, "userAccountControl": {"512"}}, models.NewSecret("Copper-Basket-4726")))
	}
	home := t.TempDir()
	requests, err := os.Create(filepath.Join(home, "requests.jsonl"))
	must(t, err)
	t.Cleanup(func() { _ = requests.Close() })
	server, err := simulator.Start(simulator.Options{Directory: d, LDAP: &simulator.LDAPOptions{}, RequestLog: requests, DomainUpdate: 50 * time.Millisecond, Latency: time.Duration(r.IntN(20)) * time.Millisecond})
	must(t, err)
	t.Cleanup(func() { must(t, server.Close()) })
	authority, err := server.CAFile()
	must(t, err)
	address, account, password, directory := server.URL(), server.Account(), server.Password(), ""
	switch {
	case b.scheme == "adaxes":
		address, account, password = server.AdaxesURL(), server.AdaxesUsername(), server.AdaxesPassword()
	case b.scheme == "ldaps", b.beside:
		account, password = server.LDAPName(), server.LDAPPassword(false)
	}
	if b.scheme == "ldaps" {
		address = server.LDAPURL()
	}
	if b.beside {
		directory = server.LDAPURL()
	}
	must(t, os.MkdirAll(filepath.Join(home, "dirdesk"), 0o700))
	must(t, os.WriteFile(filepath.Join(home, "dirdesk", "config.toml"), fmt.Appendf(nil, "[profiles.x]\nurl = %q\naccount = %q\ndirectory = %q\nca_file = %q\n",
		strings.Replace(address, "https", b.scheme, 1), account, directory, authority), 0o600))
	must(t, os.WriteFile(filepath.Join(home, "password"), []byte(password.Reveal()), 0o600))
	command := exec.Command(binary, "x", "--password-file", filepath.Join(home, "password"))
	command.Env = []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_STATE_HOME=" + home, "LC_ALL=C.UTF-8", "TERM=xterm-256color", "PATH=" + os.Getenv("PATH")}
	p := &player{Test: terminaltest.Start(t, command, 120, 40), t: t, r: r, backend: b, server: server, home: home, password: password, width: 120, height: 40}
	p.pid = command.Process.Pid
	p.WaitFor("example.test", " object")
	p.rest()
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
