//go:build linux

package hostile

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// mostCopies is how many copies of a password may be left in the memory.
const mostCopies = 4

// signsIn is how a person reaches a backend of the simulator.
type signsIn struct{ name, url, account, password, directory string }

func backends(s *simulator.Server) []signsIn {
	at := func(scheme, address string) string { return strings.Replace(address, "https", scheme, 1) }
	dsm := signsIn{"DSM", at("synology", s.URL()), s.Account(), s.Password().Reveal(), ""}
	beside := dsm
	beside.name, beside.directory, beside.account, beside.password = "DSM with a directory", s.LDAPURL(), s.LDAPName(), s.LDAPPassword(false).Reveal()
	return []signsIn{
		dsm, beside,
		{"Adaxes", at("adaxes", s.AdaxesURL()), s.AdaxesUsername(), s.AdaxesPassword().Reveal(), ""},
		{"LDAP", s.LDAPURL(), s.LDAPName(), s.LDAPPassword(false).Reveal(), ""},
	}
}

// A password that was used is not left in the memory: neither what was typed to sign
// in, nor what was typed or made for somebody else.
func TestCopiesOfUsedPasswords(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("the memory of dirdesk can be read by root only")
	}
	server, err := simulator.Start(simulator.Options{Objects: 3, Seed: 1, LDAP: &simulator.LDAPOptions{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	people := server.BaseDN().Child("OU", "Copies")
	if err := server.Directory().Add(people, "organizationalUnit", nil); err != nil {
		t.Fatal(err)
	}
	for i, b := range backends(server) {
		t.Run(b.name, func(t *testing.T) {
			logon := fmt.Sprintf("copy%d", i)
			if err := server.Directory().Add(people.Child("CN", logon), "user", map[string][]string{"sAMAccountName": {logon}, "userAccountControl": {"66048"}}); err != nil {
				t.Fatal(err)
			}
			s := b.start(t, server)
			s.WaitFor("Password")
			s.Type(b.password)
			s.Send("enter")
			s.WaitFor(server.Realm(), " objects ─")
			s.few("to sign in", b.password)
			s.Send("o")
			s.WaitFor("Go to")
			s.Send("ctrl+u")
			s.Paste(string(people.Child("CN", logon)))
			s.Send("enter")
			s.WaitFor("─ Copies ─", logon)

			typed := fmt.Sprintf("Zebra+Quartz/%d&9", i)
			s.Send("p")
			s.WaitFor("Set password: " + logon)
			s.Send("right", "tab")
			s.Type(typed)
			s.Send("tab")
			s.Type(typed)
			s.WaitFor("the same")
			s.Send("ctrl+s")
			s.WaitUntil("a question", func(screen string) bool {
				if strings.Contains(screen, "What would change") {
					s.Send("enter")
					return true
				}
				return strings.Contains(screen, "Allow changes")
			})
			s.WaitFor("Allow changes")
			s.Send("y")
			s.WaitFor(logon+": ", "new password")
			s.few("typed", typed)

			s.Send("p")
			s.WaitFor("Set password: " + logon)
			s.Send("enter")
			s.WaitFor("Password of "+logon, "v shows it")
			s.Send("y")
			if err := s.Await("the clipboard", terminaltest.Limit, func() bool { return s.Clipboard() != "" }); err != nil {
				t.Fatal(err)
			}
			made := s.Clipboard()
			s.Send("v")
			s.WaitFor(made)
			s.Send("esc")
			s.WaitGone("Password of "+logon, made)
			s.few("made, shown and copied", made)
			s.few("to sign in, afterwards", b.password)
			s.Send("q")
			s.Wait()
		})
	}
}

type watched struct {
	*terminaltest.Test
	t    *testing.T
	name string
	pid  int
}

func (b signsIn) start(t *testing.T, server *simulator.Server) watched {
	home := t.TempDir()
	authority, err := server.CAFile()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(home, "dirdesk", "config.toml"), fmt.Sprintf("[profiles.x]\nurl = %q\naccount = %q\ndirectory = %q\nca_file = %q\n", b.url, b.account, b.directory, authority))
	command := exec.Command(program(t), "x")
	command.Env = []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_STATE_HOME=" + home, "LC_ALL=C.UTF-8", "TERM=xterm-256color", "PATH=" + os.Getenv("PATH")}
	s := watched{terminaltest.Start(t, command, 120, 40), t, b.name, 0}
	s.pid = command.Process.Pid
	return s
}

// few waits until few copies are left, and tells how many.
func (s watched) few(what, password string) {
	s.t.Helper()
	var copies []string
	end := time.Now().Add(terminaltest.Limit)
	for {
		copies = copiesOf(s.t, s.pid, password)
		if len(copies) <= mostCopies || time.Now().After(end) {
			break
		}
	}
	if *printed {
		fmt.Printf("%-40s %8d copies of the password %s\n", s.name, len(copies), what)
	}
	if len(copies) > mostCopies {
		s.t.Errorf("%d copies of the password %s are left:\n%s", len(copies), what, strings.Join(copies, "\n"))
	}
}

// copiesOf finds a text in the memory that a process can write, in every form in which
// dirdesk makes one.
func copiesOf(t *testing.T, pid int, text string) (found []string) {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Skipf("the memory cannot be read here: %v", err)
	}
	defer memory.Close()
	forms := formsOf(text)
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var mode string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &mode); err != nil || !strings.HasPrefix(mode, "rw") {
			continue
		}
		held := make([]byte, to-from)
		n, err := memory.ReadAt(held, from)
		if err != nil && err != io.EOF && n == 0 {
			continue // reserved only
		}
		held = held[:n]
		for name, form := range forms {
			for at := 0; ; at++ {
				next := bytes.Index(held[at:], form)
				if next < 0 {
					break
				}
				at += next
				around := held[max(0, at-40):min(len(held), at+len(form)+40)]
				found = append(found, fmt.Sprintf("%x %s %q", from+int64(at), name, around))
			}
		}
	}
	return found
}

func formsOf(text string) map[string][]byte {
	quoted, _ := json.Marshal(text)
	all := map[string][]byte{
		"UTF-8": []byte(text), "form": []byte(url.QueryEscape(text)), "JSON": bytes.Trim(quoted, `"`), "base64": []byte(base64.StdEncoding.EncodeToString([]byte(text))),
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		all["UTF-16"] = append(all["UTF-16"], byte(unit), byte(unit>>8))
	}
	for _, r := range text {
		all["UTF-32"] = append(all["UTF-32"], byte(r), byte(r>>8), byte(r>>16), 0)
	}
	if !utf8.ValidString(text) {
		panic("not a password that a person types")
	}
	for _, name := range []string{"form", "JSON"} { // the same as the text itself
		if bytes.Equal(all[name], all["UTF-8"]) {
			delete(all, name)
		}
	}
	return all
}
