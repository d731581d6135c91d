//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"dirdesk/simulator"
	"dirdesk/test/terminaltest"
)

// command is the program, with homes of its own and the given environment.
func command(t *testing.T, home string, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("dirdesk")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, args...)
	c.Dir = home
	c.Env = append([]string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color",
		"XDG_CONFIG_HOME=" + filepath.Join(home, "settings"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
	}, environment...)
	return c
}

var utf8 = []string{"LC_ALL=C.UTF-8"}

// startServer starts a simulator in this process.
func startServer(t *testing.T, o simulator.Options) *simulator.Server {
	t.Helper()
	server, err := simulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// into gives the flags that lead to a simulator, but for the password.
func into(s *simulator.Server) []string {
	return []string{
		"-c", strings.Replace(s.URL(), "https://", "synology://", 1),
		"--account", s.Account(), "--fingerprint", s.Fingerprint(),
	}
}

func TestPasswordIsAskedForWithoutEcho(t *testing.T) {
	t.Parallel()
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1})
	term := terminaltest.Start(t, command(t, t.TempDir(), utf8, append([]string{"info"}, into(server)...)...), 100, 30)
	term.WaitFor("Password of " + server.Account())
	term.Type(server.Password().Reveal())
	term.Send("enter")
	term.WaitFor("base DN", string(server.BaseDN()))
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(string(term.Output()), server.Password().Reveal()) {
		t.Error("the password was echoed")
	}
}

func TestCtrlCAtThePasswordLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	term := terminaltest.Start(t, command(t, t.TempDir(), utf8, "info", "-c", "ldaps://127.0.0.1:1", "--account", "me"), 100, 30)
	term.WaitFor("Password of me")
	term.Send("ctrl+c")
	if code := term.Wait(); code != 130 {
		t.Errorf("exit code %d, want 130", code)
	}
	if err := term.Restored(); err != nil {
		t.Error(err)
	}
}

func TestOneTimeCodeIsAskedForOnceWhenTheDeviceIsRemembered(t *testing.T) {
	t.Parallel()
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1, OTP: true})
	home := t.TempDir()
	password := filepath.Join(home, "password")
	if err := os.WriteFile(password, []byte(server.Password().Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"info", "--password-file", password}, into(server)...)

	term := terminaltest.Start(t, command(t, home, utf8, args...), 100, 30)
	term.WaitFor("One-time code")
	code, err := totp.GenerateCode(server.OTPSecret().Reveal(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	term.Type(code)
	term.Send("enter")
	term.WaitFor("skip the code from now on? [y/N]")
	term.Type("y")
	term.Send("enter")
	term.WaitFor("base DN")
	if code := term.Wait(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	info, err := os.Stat(filepath.Join(home, "state", "dirdesk", "device_tokens"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the token file: %v, %v", info, err)
	}

	// No terminal this time, so nobody could answer.
	if out, err := command(t, home, utf8, args...).CombinedOutput(); err != nil {
		t.Fatalf("the remembered device was asked for a code: %v\n%s", err, out)
	}
	// A token that the server no longer takes is dropped, and the code asked for.
	server.ForgetDevices()
	out, err := command(t, home, utf8, args...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "code") {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(home, "state", "dirdesk", "device_tokens"))
	if err != nil || len(text) != 0 {
		t.Errorf("the token of no use is still there: %q, %v", text, err)
	}
}

// A line that is too long would wrap and make the screen longer.
func TestTableFitsTheTerminal(t *testing.T) {
	t.Parallel()
	args := []string{"ls", "--demo", "--objects", "0"}
	plain, err := command(t, t.TempDir(), utf8, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Count(string(plain), "\n")
	for _, width := range []int{20, 70} {
		term := terminaltest.Start(t, command(t, t.TempDir(), utf8, args...), width, 40)
		if code := term.Wait(); code != 0 {
			t.Fatalf("exit code %d", code)
		}
		screen := strings.TrimRight(term.WaitFor("NAME"), " \n")
		if got := strings.Count(screen, "\n") + 1; got != want {
			t.Errorf("%d columns: %d lines, want %d\n%s", width, got, want, screen)
		}
	}
}

// With the password on standard input the keys come from the terminal.
func TestScreenOpensWithThePasswordOnStandardInput(t *testing.T) {
	t.Parallel()
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1})
	home := t.TempDir()
	password := filepath.Join(home, "password")
	if err := os.WriteFile(password, []byte(server.Password().Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	program := command(t, home, utf8, append(into(server), "--password-stdin")...)
	shell := command(t, home, utf8)
	shell.Path, shell.Args = "/bin/sh", append([]string{"sh", "-c", `exec "$0" "$@" < password`}, program.Args...)
	shell.Args[3] = program.Path
	term := terminaltest.Start(t, shell, 100, 30)
	term.WaitFor("corp.example.com", "Large")
	term.Send("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestDemoOpensTheScreen(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	trace := filepath.Join(home, "trace")
	term := terminaltest.Start(t, command(t, home, append(utf8, "TEA_TRACE="+trace, "TEA_DEBUG=1"), "--demo", "--objects", "40"), 100, 30)
	term.WaitFor("corp.example.com", "Large")
	term.Send("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if err := term.Restored(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(trace); err == nil {
		t.Error("TEA_TRACE was obeyed: keystrokes were written to a file")
	}
}

// coloured finds an escape sequence that chooses a colour.
var coloured = regexp.MustCompile(`\x1b\[(?:[0-9;:]*[;:])?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m`)

func TestNoColorAndAsciiLocale(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		environment    []string
		colour, beyond bool
		what           string
	}{
		{[]string{"LC_ALL=C.UTF-8"}, true, true, "by default"},
		{[]string{"LC_ALL=C.UTF-8", "NO_COLOR=yes"}, false, true, "with NO_COLOR=yes"},
		{[]string{"LC_ALL=C", "LANG=en_GB.UTF-8"}, true, false, "in an ASCII locale"},
	} {
		term := terminaltest.Start(t, command(t, t.TempDir(), c.environment, "--demo", "--objects", "40"), 100, 30)
		screen := term.WaitFor("corp.example.com", "Large")
		term.Settle()
		if got := coloured.Match(term.Output()); got != c.colour {
			t.Errorf("%s: colours on the screen: %v", c.what, got)
		}
		beyond := strings.ContainsFunc(screen, func(r rune) bool { return r > 0x7e })
		if beyond != c.beyond {
			t.Errorf("%s: characters beyond ASCII on the screen: %v\n%s", c.what, beyond, screen)
		}
		term.Send("q")
		term.Wait()
	}
}

// A password with a space at an end is asked about, neither cut nor taken in silence.
func TestAPasswordWithASpaceAtAnEndIsAskedAbout(t *testing.T) {
	server := startServer(t, simulator.Options{Objects: 3, Seed: 1})
	term := terminaltest.Start(t, command(t, t.TempDir(), utf8, append([]string{"info"}, into(server)...)...), 100, 30)
	term.WaitFor("Password of " + server.Account())
	term.Type(server.Password().Reveal() + " ")
	term.Send("enter")
	term.WaitFor("begins or ends with a space", "[y/N]")
	term.Type("n")
	term.Send("enter")
	term.WaitFor("[y/N]: n", "Password of "+server.Account())
	term.Type(server.Password().Reveal())
	term.Send("enter")
	term.WaitFor("base DN")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
