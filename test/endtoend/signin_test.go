//go:build unix && !samba

package endtoend

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// Without anything, dirdesk asks what to connect to. What it keeps is private
// and holds no password.
func TestSignInForm(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(), 100, 35)
	term.WaitFor("What to connect to", "Host", "Account", "Password", "Save as")
	term.Send("enter") // Synology
	term.Type(strings.TrimPrefix(server.URL(), "https://"))
	term.Send("enter")
	term.Type(server.Account())
	term.Send("enter")
	term.Type(server.Password().Reveal())
	term.Send("enter")
	term.Type("office")
	term.WaitFor("office", server.Account())
	term.Send("enter")
	term.WaitFor("Trust it for")
	term.Send("down", "enter")
	term.WaitFor("example.test", "Conformance")
	if strings.Contains(string(term.Output()), server.Password().Reveal()) {
		t.Error("the password was shown")
	}
	quit(t, term)
	h.checkKept(t, server)

	// The profile is there the next time.
	again := terminaltest.Start(t, h.command("office"), 100, 35)
	again.WaitFor("Password", server.Account())
	again.Type(server.Password().Reveal())
	again.Send("enter")
	again.WaitFor("example.test", "Conformance")
	quit(t, again)
}

// checkKept looks at every file that was kept.
func (h *home) checkKept(t *testing.T, server *simulator.Server) {
	t.Helper()
	files := 0
	must(t, filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), server.Password().Reveal()) {
			t.Errorf("%s holds the password", path)
		}
		return err
	}))
	if files == 0 {
		t.Error("nothing was kept")
	}
}

// A second factor: a wrong code can be corrected, and a device that is
// remembered is not asked again.
func TestOneTimeCode(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{OTP: true})
	h := newHome(t)
	arguments := h.arguments(t, server)
	term := terminaltest.Start(t, h.command(arguments...), 100, 30)
	term.WaitFor("One-time code", "Ask for a code on this computer next time?")
	right, err := totp.GenerateCode(server.OTPSecret().Reveal(), time.Now())
	must(t, err)
	term.Type(wrongCode(right))
	term.Send("enter", "enter")
	term.WaitFor("not accepted")
	term.WaitFor("One-time code")
	right, err = totp.GenerateCode(server.OTPSecret().Reveal(), time.Now())
	must(t, err)
	term.Type(right)
	term.Send("enter", "down", "enter") // remember this device
	term.WaitFor("example.test", "Conformance")
	quit(t, term)

	again := terminaltest.Start(t, h.command(arguments...), 100, 30)
	again.WaitFor("example.test", "Conformance")
	quit(t, again)

	server.ForgetDevices()
	forgotten := terminaltest.Start(t, h.command(arguments...), 100, 30)
	forgotten.WaitFor("One-time code")
	forgotten.Send("ctrl+c")
	forgotten.Wait()
	must(t, forgotten.Restored())
}

// wrongCode differs in each digit.
func wrongCode(code string) string {
	return strings.Map(func(r rune) rune { return '0' + (r-'0'+5)%10 }, code)
}

// A wrong password says so, and the next try may be right.
func TestWrongPassword(t *testing.T) {
	t.Parallel()
	server := serve(t, simulator.Options{})
	h := newHome(t)
	term := terminaltest.Start(t, h.command(connectionURL(server), "--account", server.Account(), "--fingerprint", server.Fingerprint()), 100, 30)
	term.WaitFor("Password")
	term.Type("wrong")
	term.Send("enter")
	term.WaitFor("no such account, or the password is wrong")
	term.WaitFor("Password")
	term.Type(server.Password().Reveal())
	term.Send("enter")
	term.WaitFor("example.test", "Conformance")
	quit(t, term)
}
