//go:build unix

package endtoend

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"dirdesk/models"
	"dirdesk/test/leaks"
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
	return leaks.After(m.Run()), nil
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
