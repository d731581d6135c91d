package readfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"dirdesk/ui/readfile"
)

func TestRead(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	write := func(name string, size int) string {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole, large, empty := write("whole", 10), write("large", 1235), write("empty", 0)
	for _, c := range []struct {
		name  string
		size  int
		wrong string
	}{
		{whole, 10, ""},
		{" " + whole + "\t", 10, ""},
		{"~/whole", 10, ""},
		{large, 0, "The file has 1,235 bytes; at most 1,234 fit."},
		{empty, 0, "The file is empty."},
		{home, 0, "This is a folder."},
		{whole + "/x", 0, "The file cannot be read: not a directory."},
		{home + "/none", 0, "There is no such file."},
		{"", 0, "Type the path of a file."},
		{os.DevNull, 0, "This is no ordinary file."},
	} {
		data, wrong := readfile.Read(c.name, 1234)
		if len(data) != c.size || wrong != c.wrong {
			t.Errorf("%q gives %d bytes and %q, want %d and %q", c.name, len(data), wrong, c.size, c.wrong)
		}
	}
}
