package certificates

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func digest(digit string) string { return prefix + strings.Repeat(digit, 64) }

func TestStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "known")
	store := OpenStore(path)
	lookup := func(host, want string) {
		t.Helper()
		if got, err := store.Lookup(host); err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", host, got, err, want)
		}
	}
	lookup("nas:5001", "")
	for host, fingerprint := range map[string]string{"NAS:5001": digest("A"), "nas:5002": digest("b")} {
		if err := store.Trust(host, fingerprint); err != nil {
			t.Fatal(err)
		}
	}
	lookup("nas:5001", digest("a")) // host names know no case
	lookup("nas:5002", digest("b")) // another port is another server
	if err := store.Trust("nas:5001", digest("c")); err != nil {
		t.Fatal(err)
	}
	lookup("nas:5001", digest("c"))
	lookup("nas:5002", digest("b"))

	if runtime.GOOS == "windows" {
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("the file has mode %04o, want 0600", mode)
	}
	if err := os.Chmod(path, 0o622); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Lookup("nas:5001"); err == nil {
		t.Error("a store that others can write to was believed")
	}
}

// A line that is broken must not make a known host an unknown one.
func TestStoreNeverSkipsALine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "known")
	for _, line := range []string{"nonsense", `{"host":"nas:5001","fingerprint":"sha256:12"}`, `{"host":"nas:5001"}`} {
		if err := os.WriteFile(path, []byte("\n"+line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		store := OpenStore(path)
		if got, err := store.Lookup("nas:5001"); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: got %q and error %v, want one that names line 2", line, got, err)
		}
		if err := store.Trust("other:1", digest("a")); err == nil {
			t.Errorf("%s: the broken file was overwritten", line)
		}
	}
}

func TestStoreIsSafeForGoroutines(t *testing.T) {
	store := OpenStore(filepath.Join(t.TempDir(), "known"))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			if err := store.Trust(fmt.Sprintf("nas:%d", i), digest("a")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range 8 {
		if got, err := store.Lookup(fmt.Sprintf("nas:%d", i)); err != nil || got != digest("a") {
			t.Errorf("nas:%d was lost: %q, %v", i, got, err)
		}
	}
}
