//go:build linux && samba

package endtoend

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
	"dirdesk/test/sambatest"
)

// TestChain goes the whole way: the program in a terminal, DSM's protocol, a
// second process of the program in front of LDAP, a real Samba. What became of
// it is asked of Samba itself and of its own tools.
func TestChain(t *testing.T) {
	samba := startSamba(t)
	h := newHome(t)
	p := changing(t, h, h.throughDSM(t, samba)...)
	p.WaitFor(samba.Realm(), "Conformance", "READ-ONLY")
	elsewhere := samba.BaseDN().Child("OU", "Conformance").Child("OU", "Empty")
	goTo(p.Test, elsewhere)
	p.WaitFor("› Empty ─")
	dn := elsewhere.Child("CN", "zzimmer")

	password := p.newUser("Zoë", "Zimmer", "zzimmer", samba.Realm(), true)
	p.WaitFor("can be used in DSM now")
	// Right, and to be changed first: another number would be said of a wrong one.
	if err := bind(t, samba, dn, password); err == nil || !strings.Contains(err.Error(), "data 773") {
		t.Errorf("with the made password: %v", err)
	}
	wantTool(t, samba, "Zoë Zimmer", "user", "show", "zzimmer")

	p.choose("zzimmer")
	p.Send("p")
	p.WaitFor("Set password: zzimmer")
	p.Send("enter")
	second := p.takePassword("zzimmer", false)
	// DSM leaves it to the server whether it must be changed, and Samba says no.
	must(t, bind(t, samba, dn, second))
	if err := bind(t, samba, dn, "not-"+second); err == nil || !strings.Contains(err.Error(), "data 52e") {
		t.Errorf("with a wrong password: %v", err)
	}

	p.describe("zzimmer", `Head of "Lunch", \ too`)
	p.WaitFor(`description is now Head of "Lunch", \ too, verified`)
	wantTool(t, samba, `description: Head of "Lunch", \ too`, "user", "show", "zzimmer")

	p.Send("+")
	p.WaitFor("Add to groups: zzimmer")
	p.Type("cf-global")
	p.WaitFor("1 found", "> [ ] Global")
	p.Send("enter")
	p.WaitFor("What would change")
	p.Send("enter")
	p.WaitFor("accepted; DSM cannot list members")
	wantTool(t, samba, "zzimmer", "group", "listmembers", "cf-Global")

	p.Send("D")
	p.WaitFor("Delete the user ", "zzimmer")
	p.Send("y")
	p.WaitFor("zzimmer: is gone, verified")
	if err := bind(t, samba, dn, second); err == nil {
		t.Error("it signs in after its end")
	}
	if users, err := samba.Tool(t.Context(), "user", "list"); err != nil || strings.Contains(users, "zzimmer") {
		t.Errorf("Samba's users: %v\n%s", err, users)
	}
	quit(t, p.Test)
	p.checkNothingLeft()
}

// wantTool asks Samba's own tool, and looks for a text in what it says.
func wantTool(t *testing.T, samba *sambatest.Server, want string, arguments ...string) {
	t.Helper()
	said, err := samba.Tool(t.Context(), arguments...)
	if err != nil || !strings.Contains(said, want) {
		t.Errorf("samba-tool %s: %v\n%s", strings.Join(arguments, " "), err, said)
	}
}

func bind(t *testing.T, samba *sambatest.Server, dn models.DN, password string) error {
	t.Helper()
	c, err := ldap.DialURL(samba.URL(), ldap.DialWithTLSConfig(samba.TLS()))
	must(t, err)
	defer func() { _ = c.Close() }()
	return c.Bind(string(dn), password)
}

// throughDSM starts the program as a DSM in front of Samba, and gives the
// arguments that connect to it.
func (h *home) throughDSM(t *testing.T, samba *sambatest.Server) []string {
	t.Helper()
	secret := func(name, password string) string {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, []byte(password+"\n"), 0o600))
		return path
	}
	dsm := newHome(t).command("simulate", "--json", "--strict", "--domain-update", "300ms",
		"--upstream", samba.URL(), "--upstream-account", samba.Account(), "--upstream-ca", samba.CAFile(),
		"--upstream-password-file", secret("upstream", samba.Password().Reveal()))
	dsm.Stderr = os.Stderr
	out, err := dsm.StdoutPipe()
	must(t, err)
	must(t, dsm.Start())
	t.Cleanup(func() { end(t, dsm) })
	var said struct {
		DSM struct{ URL, Account, Password, Fingerprint string }
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	must(t, err)
	must(t, json.Unmarshal(line, &said))
	return []string{
		"synology://" + strings.TrimPrefix(said.DSM.URL, "https://"), "--account", said.DSM.Account,
		"--fingerprint", said.DSM.Fingerprint, "--password-file", secret("password", said.DSM.Password),
	}
}

// end stops a process that has to stop without a fault.
func end(t *testing.T, command *exec.Cmd) {
	t.Helper()
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("the DSM's end: %v", err)
	}
}
