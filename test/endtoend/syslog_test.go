//go:build linux && !samba

package endtoend

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dirdesk/desk/desktest"
	"dirdesk/simulator"
)

// apart runs a command with a /dev of its own, in which there is nothing but the
// system's log.
const apart = `mount --make-rprivate / && mount -t tmpfs none /dev && : >/dev/log && mount --bind "$1" /dev/log && shift && exec "$@"`

// systemLog is a system's log as a program finds it: a socket for datagrams.
func systemLog(t *testing.T) (log *net.UnixConn, socket string) {
	t.Helper()
	socket = filepath.Join(t.TempDir(), "log")
	log, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	must(t, err)
	t.Cleanup(func() { _ = log.Close() })
	if said, err := exec.Command("unshare", "-m", "sh", "-c", apart, "sh", socket, "/bin/true").CombinedOutput(); err != nil {
		t.Skipf("a program cannot be given a system's log of its own here (root can): %v, %s", err, said)
	}
	return log, socket
}

// The copy of the journal arrives in the system's log, line for line. One that fails is
// told of; where it is required, nothing is sent.
func TestTheJournalsCopyInTheSystemsLog(t *testing.T) {
	t.Parallel()
	log, socket := systemLog(t)
	server := serve(t, simulator.Options{})
	for _, e := range desktest.WriteEntries(server.BaseDN()) {
		must(t, server.Directory().Add(e.DN, e.Class, e.Attributes))
	}
	dn := server.BaseDN().Child("OU", "Writes").Child("CN", "jdoe")
	must(t, server.Directory().Add(dn, "user", map[string][]string{"sAMAccountName": {"jdoe"}, "userAccountControl": {"66048"}}))
	h := newHome(t)
	settings := filepath.Join(h.dir, "config", "dirdesk", "config.toml")
	must(t, os.MkdirAll(filepath.Dir(settings), 0o700))
	describe := func(text, config string) (said string, err error) {
		t.Helper()
		must(t, os.WriteFile(settings, []byte("[journal]\n"+config), 0o600))
		arguments := h.arguments(t, server)
		inside := append([]string{"-m", "sh", "-c", apart, "sh", socket, os.Getenv(binaryVariable), "user", "edit", "jdoe", "--description", text, "--yes", "-c"}, arguments...)
		command := h.command()
		command.Path, command.Args = "/usr/bin/unshare", append([]string{"unshare"}, inside...)
		out, err := command.CombinedOutput()
		return string(out), err
	}
	described := func() string {
		o, err := server.Directory().Get(dn)
		must(t, err)
		return o.Description
	}
	last := func() string {
		text, err := os.ReadFile(filepath.Join(h.dir, "state", "dirdesk", "journal.jsonl"))
		must(t, err)
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		return lines[len(lines)-1]
	}

	if said, err := describe("one", `copy = "syslog:"`); err != nil || described() != "one" {
		t.Fatalf("%v, described as %q:\n%s", err, described(), said)
	}
	must(t, log.SetReadDeadline(time.Now().Add(20*time.Second)))
	datagram := make([]byte, 64<<10)
	n, err := log.Read(datagram)
	must(t, err)
	// <37> is a notice about authorisation.
	if arrived := string(datagram[:n]); !strings.HasPrefix(arrived, "<37>") || !strings.Contains(arrived, "dirdesk[") || !strings.HasSuffix(strings.TrimSpace(arrived), last()) {
		t.Errorf("what arrived is %q, the journal has %q", arrived, last())
	}

	must(t, log.Close()) // the system's log has stopped; its socket is there
	if said, err := describe("two", `copy = "syslog:"`); err != nil || described() != "two" || !strings.Contains(said, "the journal's copy could not be written") {
		t.Errorf("%v, described as %q:\n%s", err, described(), said)
	}
	before := last()
	if said, err := describe("three", "copy = \"syslog:\"\ncopy_required = true"); err == nil || described() != "two" || !strings.Contains(said, "Nothing was sent, as copy_required is set: the journal's copy could not be written") || last() != before {
		t.Errorf("%v, described as %q:\n%s", err, described(), said)
	}
}
