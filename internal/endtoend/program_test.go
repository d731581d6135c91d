//go:build unix

package endtoend

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/desktest"
	"dirdesk/internal/terminaltest"
	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/directory"
)

// TestMain builds the program.
func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// binaryVariable hands the path of the built program to the tests.
const binaryVariable = "DIRDESK_ENDTOEND_BINARY"

func buildAndRun(m *testing.M) (code int, err error) {
	dir, err := os.MkdirTemp("", "dirdesk-endtoend-")
	if err != nil {
		return 0, err
	}
	defer func() { err = firstError(err, os.RemoveAll(dir)) }()
	binary := filepath.Join(dir, "dirdesk")
	build := exec.Command("go", "build", "-o", binary, "dirdesk")
	if said, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build the program: %w\n%s", err, said)
	}
	if err := os.Setenv(binaryVariable, binary); err != nil {
		return 0, err
	}
	return m.Run(), nil
}

func firstError(errs ...error) error {
	i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return errs[i]
}

// home is one person's machine: what dirdesk remembers between runs.
type home struct {
	dir       string
	variables []string
}

func newHome(t *testing.T, variables ...string) *home {
	t.Helper()
	return &home{dir: t.TempDir(), variables: variables}
}

// command is dirdesk as that person would start it, in a bare environment.
func (h *home) command(arguments ...string) *exec.Cmd {
	command := exec.Command(os.Getenv(binaryVariable), arguments...)
	command.Dir = h.dir
	command.Env = append([]string{
		"HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8",
		"XDG_CONFIG_HOME=" + filepath.Join(h.dir, "config"),
		"XDG_STATE_HOME=" + filepath.Join(h.dir, "state"),
		"XDG_DATA_HOME=" + filepath.Join(h.dir, "data"),
	}, h.variables...)
	return command
}

// passwordFile writes the password where --password-file may read it.
func (h *home) passwordFile(t *testing.T, password models.Secret) string {
	t.Helper()
	path := filepath.Join(h.dir, "password")
	if err := os.WriteFile(path, []byte(password.Reveal()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// serve starts a simulator of an empty domain with the fixture of desktest.
func serve(t *testing.T, options simulator.Options) *simulator.Server {
	t.Helper()
	if options.Directory == nil && options.Objects == 0 {
		options.Directory = directory.New(directory.Options{Realm: "example.test"})
		for _, e := range desktest.Entries(options.Directory.BaseDN()) {
			if err := options.Directory.Add(e.DN, e.Class, e.Attributes); err != nil {
				t.Fatal(err)
			}
		}
	}
	server, err := simulator.Start(options)
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

func connectionURL(server *simulator.Server) string {
	return "synology://" + strings.TrimPrefix(server.URL(), "https://")
}

// arguments connect to a simulator whose certificate is known.
func (h *home) arguments(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	return append(h.withoutPin(t, server), "--fingerprint", server.Fingerprint())
}

func (h *home) withoutPin(t *testing.T, server *simulator.Server) []string {
	t.Helper()
	return []string{connectionURL(server), "--account", server.Account(), "--password-file", h.passwordFile(t, server.Password())}
}

// browse opens the fixture's domain and waits until it is on the screen.
func browse(t *testing.T, server *simulator.Server, cols, rows int, more ...string) *terminaltest.Test {
	t.Helper()
	h := newHome(t)
	term := terminaltest.Start(t, h.command(append(h.arguments(t, server), more...)...), cols, rows)
	term.WaitFor("example.test", "Conformance")
	return term
}

// goTo has the program go to a DN that is pasted.
func goTo(term *terminaltest.Test, dn models.DN) {
	term.Send("o")
	term.WaitFor("Go to")
	term.Send("ctrl+u")
	term.Paste(string(dn))
	term.Send("enter")
}

// quit leaves the program and checks what it leaves behind.
func quit(t *testing.T, term *terminaltest.Test) {
	t.Helper()
	term.Send("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d\n%s", code, term.Screen())
	}
	if err := term.Restored(); err != nil {
		t.Error(err)
	}
}
