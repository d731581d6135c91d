package modeltest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Update is the -update flag of a test binary: write the goldens anew.
type Update struct{ wanted *bool }

// UpdateFlag registers -update. Call it once in a package of tests.
func UpdateFlag() Update {
	return Update{flag.Bool("update", false, "write the golden files anew")}
}

// Golden compares a screen with testdata/NAME.golden, and checks that it fills
// width x height cells exactly. Blanks at the ends of lines do not count in the
// file.
func (u Update) Golden(t testing.TB, name, screen string, width, height int) {
	t.Helper()
	lines := strings.Split(screen, "\n")
	if len(lines) != height {
		t.Errorf("%s: the screen has %d lines, not %d", name, len(lines), height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != width {
			t.Errorf("%s: line %d takes %d cells, not %d: %q", name, i+1, w, width, line)
		}
		lines[i] = strings.TrimRight(line, " ")
	}
	got := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *u.wanted {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs from its golden (renew it with -update and read it)\n--- got\n%s--- want\n%s", name, got, want)
	}
}
