package journal

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dirdesk/desk/verdict"
	"dirdesk/models"
)

// A copy has the same lines, byte for byte.
func TestCopy(t *testing.T) {
	j := opened(t)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere", "copy.jsonl")
	if err := os.MkdirAll(filepath.Dir(elsewhere), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := j.CopyTo(Copying{To: "file:" + elsewhere}); err != nil {
		t.Fatal(err)
	}
	add(t, j, "1")
	add(t, j, "2")
	if copied := read(t, elsewhere); copied != read(t, j.Path()) {
		t.Errorf("the copy is %q", copied)
	}
	// A copy that fails is told of; the line is in the journal.
	if err := os.RemoveAll(filepath.Dir(elsewhere)); err != nil {
		t.Fatal(err)
	}
	e := Entry{ID: "a", Action: models.Edit, DN: account, Outcome: verdict.Begun}
	if err := j.Append(t.Context(), e); err != nil {
		t.Error(err)
	}
	e.Outcome = verdict.Done
	var notCopied *CopyError
	if err := j.Append(t.Context(), e); !errors.As(err, &notCopied) {
		t.Errorf("the line was added with %v", err)
	}
	if check := checked(t, j); check.Lines != 3 || check.Begun != 0 {
		t.Errorf("check %+v", check)
	}
	// Where it is required, nothing is begun without it.
	if err := j.CopyTo(Copying{To: "file:" + elsewhere, Required: true}); err != nil {
		t.Fatal(err)
	}
	e.ID, e.Outcome = "b", verdict.Begun
	if err := j.Append(t.Context(), e); !errors.As(err, &notCopied) {
		t.Errorf("it was begun with %v", err)
	}
	if check := checked(t, j); check.Lines != 3 || check.Begun != 0 {
		t.Errorf("check %+v", check)
	}
}

func TestCopyIsSaidPlainly(t *testing.T) {
	for _, to := range []string{"file:here", "nowhere", "syslog", "file:"} {
		if err := (Copying{To: to}).Check(); err == nil {
			t.Errorf("%q was taken", to)
		}
	}
	if err := (Copying{Required: true}).Check(); err == nil {
		t.Error("a copy is required, and there is none")
	}
}
