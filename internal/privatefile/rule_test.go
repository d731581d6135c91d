package privatefile

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// lain is a file in a directory of its own.
func lain(t *testing.T, mode fs.FileMode) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	path := filepath.Join(t.TempDir(), "own", "file")
	if err := Write(path, State, []byte("text\n")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// mended runs the command that an error names, and expects that it helped.
func mended(t *testing.T, path string, kind Kind, err error) {
	t.Helper()
	_, command, found := strings.Cut(err.Error(), "run: ")
	if !found {
		t.Fatalf("no command mends it: %v", err)
	}
	if out, err := exec.CommandContext(t.Context(), "sh", "-c", command).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", command, err, out)
	}
	if _, err := Read(path, kind, 100); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after %q: %v", command, err)
	}
}

func TestWhatOthersMayWriteToIsRefused(t *testing.T) {
	for _, kind := range []Kind{Named, NamedSecret, State, StateSecret} {
		for _, mode := range []fs.FileMode{0o620, 0o602, 0o666} {
			path := lain(t, mode)
			_, err := Read(path, kind, 100)
			if !errors.Is(err, ErrOpenToOthers) {
				t.Errorf("kind %d, mode %04o: %v", kind, mode, err)
				continue
			}
			mended(t, path, kind, err)
		}
		path := lain(t, 0o644)
		if _, err := Read(path, kind, 100); (err != nil) != kind.secret() {
			t.Errorf("kind %d that others can read: %v", kind, err)
		}
	}
}

func TestADirectoryInWhichOthersCanExchangeFilesIsRefused(t *testing.T) {
	path := lain(t, 0o600)
	for _, mode := range []fs.FileMode{0o770, 0o707} {
		if err := os.Chmod(filepath.Dir(path), mode); err != nil {
			t.Fatal(err)
		}
		_, err := Read(path, Named, 100)
		if !errors.Is(err, ErrOpenToOthers) {
			t.Fatalf("mode %04o: %v", mode, err)
		}
		if err := Write(path, State, []byte("x")); !errors.Is(err, ErrOpenToOthers) {
			t.Errorf("writing in it: %v", err)
		}
		mended(t, path, Named, err)
	}
	if err := os.Chmod(filepath.Dir(path), 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path, NamedSecret, 100); err != nil {
		t.Errorf("in a directory like /tmp: %v", err)
	}
}

// Links are for what the person names; among dirdesk's own files there are none.
func TestLinks(t *testing.T) {
	target := lain(t, 0o600)
	link := filepath.Join(filepath.Dir(lain(t, 0o600)), "link")
	if err := os.Symlink(target, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	for _, kind := range []Kind{Named, NamedSecret} {
		if _, err := Read(link, kind, 100); err != nil {
			t.Errorf("kind %d: %v", kind, err)
		}
	}
	for _, kind := range []Kind{State, StateSecret} {
		if _, err := Read(link, kind, 100); !errors.Is(err, ErrLink) {
			t.Errorf("kind %d: %v", kind, err)
		}
		if err := Write(link, kind, []byte("x")); !errors.Is(err, ErrLink) {
			t.Errorf("writing, kind %d: %v", kind, err)
		}
	}
	_, err := Open(link, os.O_RDWR|os.O_CREATE)
	if !errors.Is(err, ErrLink) {
		t.Fatalf("opening: %v", err)
	}
	if err := os.Chmod(filepath.Dir(target), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(link, Named, 100); !errors.Is(err, ErrOpenToOthers) {
		t.Errorf("the target's directory is everybody's: %v", err)
	}
	mended(t, link, State, err)
}

func TestAnotherUsersFileIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only the administrator can give a file away")
	}
	path := lain(t, 0o600)
	if err := os.Chown(path, 12345, -1); err != nil {
		t.Skip("files cannot be given away here: ", err)
	}
	for _, kind := range []Kind{Named, NamedSecret, State, StateSecret} {
		if _, err := Read(path, kind, 100); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), "run: sudo chown 0 ") {
			t.Errorf("kind %d: %v", kind, err)
		}
	}
}

// A shell's <(command) is a pipe.
func TestPipesAreTaken(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close() //nolint:errcheck // it was only read
	if _, err := write.WriteString("secret\n"); err != nil {
		t.Fatal(err)
	}
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	if err := NamedSecret.check("/dev/fd/63", read); err != nil {
		t.Error(err)
	}
	if err := State.check("/dev/fd/63", read); err == nil {
		t.Error("a pipe was taken for a file of dirdesk's own")
	}
}
