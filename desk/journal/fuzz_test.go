package journal

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever stands in the journal's file is read to its end or called a fault, and what
// is called whole is only what dirdesk wrote.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "{}\n", `{"id":"a","hash":"sha256:00"}` + "\n", "[]\n", "null\n", "\x00\n", `{"id":"a"`, "{\"id\":\"a\"}\r\n{\"id\":\"a\"}\n",
		`{"id":"a","prev":"b","action":"delete","dn":"CN=x","before":{"a":"b"}}` + "\n", `{"id":1}` + "\n", `{"time":"2026-13-45"}` + "\n", "\xff\xfe\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "journal.jsonl")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, faults := readEntries(path)
		check, err := Verify(t.Context(), path)
		if len(text) > 0 && err == nil && check.Whole() && check.Lines > 0 {
			t.Errorf("%q is called whole, with the faults %v", text, faults)
		}
	})
}
