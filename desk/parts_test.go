package desk

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unsafe"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// A backend says itself what stands behind it; combined with another, it does not
// advise to add one.
func TestConnectionSaysWhatItLacks(t *testing.T) {
	w := newWorld()
	for _, c := range []struct {
		backend    Backend
		lacks, see string
	}{
		{w, "this connection cannot fly", "this connection cannot show it"},
		{newDSM(w), "DSM's documented calls cannot fly; this works over ldaps://nas: name that as directory in the profile", "DSM cannot show it"},
		{Combine(newDSM(w), w), "DSM's documented calls cannot fly", "DSM cannot show it"},
	} {
		at := connection{c.backend}
		if got := at.lacks("fly"); got != c.lacks {
			t.Errorf("lacks: %q, want %q", got, c.lacks)
		}
		if got := at.cannotShow("it"); got != c.see {
			t.Errorf("cannotShow: %q, want %q", got, c.see)
		}
	}
}

func TestWriteWindowClosesByItself(t *testing.T) {
	at := now
	w := writeWindow{mode: Ask, now: func() time.Time { return at }}
	if err := w.barred(); !errors.Is(err, ErrReadOnly) || !strings.Contains(err.(*models.Error).Advice, "Allow them") {
		t.Errorf("before it was allowed: %v", err)
	}
	if err := w.Allow(time.Minute); err != nil || w.barred() != nil {
		t.Errorf("allowed: %v, %v", err, w.barred())
	}
	at = at.Add(time.Minute)
	if w.Window().Writable || !errors.Is(w.barred(), ErrReadOnly) {
		t.Error("it is open after its end")
	}
	never := writeWindow{now: w.now}
	if err := never.Allow(time.Minute); !errors.Is(err, models.ErrDenied) {
		t.Errorf("where nobody may write: %v", err)
	}
}

// slept is a moment after the computer slept: the wall clock went on, the count
// that Go keeps beside it did not.
func slept(t time.Time, span time.Duration) time.Time {
	inside := (*struct {
		wall uint64
		ext  int64
		loc  *time.Location
	})(unsafe.Pointer(&t))
	inside.wall += uint64(span/time.Second) << 30 // as package time keeps it beside a count
	return t
}

func TestALaptopThatSleptHasNoWindow(t *testing.T) {
	opened := time.Now()
	at := opened
	w := writeWindow{mode: Ask, now: func() time.Time { return at }}
	if err := w.Allow(time.Minute); err != nil || w.barred() != nil {
		t.Fatalf("allowed: %v, %v", err, w.barred())
	}
	at = slept(opened, time.Hour)
	if at.Sub(opened) != 0 || at.Round(0).Sub(opened.Round(0)) != time.Hour {
		t.Fatal("the test knows package time no more")
	}
	if w.Window().Writable || w.barred() == nil {
		t.Error("after an hour of sleep changes are allowed still")
	}
}

// Places are forgotten all at once when there are too many, and never wrong.
func TestLastSeenIsBounded(t *testing.T) {
	var l lastSeen
	for _, o := range many(0, maxPlaces+1) {
		l.Remember(o, 7)
	}
	if n := len(l.places); n > maxPlaces {
		t.Errorf("%d places are remembered", n)
	}
	if place, known := l.placeOf(numbered(maxPlaces).DN); !known || place != 7 {
		t.Errorf("of the last: %d, %v", place, known)
	}
}

// Who signed in to the directory makes the changes, unless the operator is known
// better.
func TestJournalWriterNamesTheOperator(t *testing.T) {
	file, err := journal.Open(filepath.Join(t.TempDir(), "journal.jsonl"), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := New(newWorld(), Options{Journal: file, Ticket: "INC-7"})
	e := d.entryOf(t.Context(), models.Change{Action: models.Unlock, DN: doe, Name: "jdoe"}, "abc")
	if e.Operator.Account != "admin" || e.Ticket != "INC-7" || e.Realm != "example.test" || e.Undoes != "abc" || e.Name != "jdoe" {
		t.Errorf("the entry says %+v", e)
	}
	d.operator.Account = "kim"
	if e := d.entryOf(t.Context(), models.Change{DN: doe}, ""); e.Operator.Account != "kim" {
		t.Errorf("the entry says %+v", e)
	}
}
