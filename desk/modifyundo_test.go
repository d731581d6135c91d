package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dirdesk/desk/journal"
	"dirdesk/models"
)

// What others did to a property with several values stays when an addition is
// taken back; so do the bits that a mask left alone.
func TestUndoOfModifyLeavesWhatOthersDid(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	values := w.values[doe.Key()]
	apply(t, d, modify(doe, appending("otherTelephone", "1", "605-457-8292"), switching("userAccountControl", 2, 2|0x10000)))
	values["othertelephone"] = append(values["othertelephone"], "others")
	values["useraccountcontrol"] = []string{decimal(512 | 2 | 0x40000)}
	plan, err := d.Undo(t.Context(), []journal.Entry{last(t, j)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if warnings := strings.Join(warnings(plan.Steps[0]), "; "); !strings.Contains(warnings, "otherTelephone was changed meanwhile") {
		t.Errorf("warned %q", warnings)
	}
	if out := slices.Collect(d.Apply(t.Context(), plan))[0]; !out.Verified {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	if got := values["othertelephone"]; !slices.Equal(got, []string{"605-457-8292", "others"}) {
		t.Errorf("otherTelephone %q", got)
	}
	if got := values["useraccountcontrol"]; !slices.Equal(got, []string{decimal(512 | 0x40000)}) {
		t.Errorf("userAccountControl %q", got)
	}
}

// Must change is kept elsewhere in the directory, and comes back all the same.
func TestUndoOfMustChangeBit(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	w.values[doe.Key()]["pwdlastset"] = []string{models.NeverText}
	if out := apply(t, d, modify(doe, switching("userAccountControl", 65536, -2147418110)))[0]; !out.Verified {
		t.Fatalf("%s: %s", out.Verdict, out.Words)
	}
	if e := last(t, j); *e.Properties[0].Mask != -2147418110 || e.Properties[0].Before[0] != decimal(512|models.MustChangeFlag) {
		t.Errorf("the journal has %+v", e.Properties[0])
	}
	plan, err := d.Undo(t.Context(), []journal.Entry{last(t, j)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := plan.Steps[0].Change.Modification.Properties[0]; p.Values[0] != "-2147483648" || p.Mask != -2147418110 {
		t.Errorf("undo %+v", p)
	}
	if out := slices.Collect(d.Apply(t.Context(), plan))[0]; !out.Verified {
		t.Errorf("%s: %s", out.Verdict, out.Words)
	}
	if got := w.values[doe.Key()]; got["pwdlastset"][0] != models.NeverText || got["useraccountcontrol"][0] != "512" {
		t.Errorf("values %q", got)
	}
}

// A photo is not kept: where there was one before, it does not come back.
func TestUndoOfAPhoto(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	d := journaled(w, j)
	w.photos[doe.Key()] = []byte("the old one")
	photo := models.Modification{PhotoSet: true, Photo: aPhoto()}
	apply(t, d, models.Change{Action: models.Modify, DN: doe, Modification: &photo})
	e := last(t, j)
	if e.Photo.Before.Size != 11 || len(e.Photo.After.SHA256) != 64 || e.Photo.After.Size != len(aPhoto()) {
		t.Errorf("the journal has %+v", e.Photo)
	}
	var cannot *CannotUndo
	if _, err := d.Undo(t.Context(), []journal.Entry{e}, nil); !errors.As(err, &cannot) || !strings.Contains(cannot.Words, "the photo before was not kept") {
		t.Errorf("undo: %v", err)
	}
	// With something else, that comes back, and the rest is said.
	photo.Photo = nil
	photo.Properties = []models.PropertyChange{replace("telephoneNumber", "1")}
	apply(t, d, models.Change{Action: models.Modify, DN: doe, Modification: &photo})
	plan, err := d.Undo(t.Context(), []journal.Entry{last(t, j)}, nil)
	if err != nil || !slices.Contains(warnings(plan.Steps[0]), "the photo before was not kept, and does not come back") {
		t.Errorf("%v, warned %q", err, plan.Steps[0].Warnings)
	}
}

// What the journal keeps of a change, and what it says of it.
func TestJournalOfModify(t *testing.T) {
	w, j := newWorld(), newJournal(t)
	large := strings.Repeat("x", mostKept+1)
	apply(t, journaled(w, j), modify(doe,
		appending("otherTelephone", "1"), switching("userAccountControl", 2, 2), replace("info", large), replace("manager", string(roe))))
	e := last(t, j)
	p := e.Properties
	if len(p) != 4 || p[0].Operation != "Append" || p[0].Type != "CaseIgnoreString" || !slices.Equal(p[0].Values, []string{"1"}) ||
		!slices.Equal(p[0].Before, []string{"605-457-8292"}) || !slices.Equal(p[0].After, []string{"605-457-8292", "1"}) || p[0].Mask != nil {
		t.Errorf("properties %+v", p)
	}
	if p[1].Operation != "" || *p[1].Mask != 2 || p[1].After[0] != "514" {
		t.Errorf("masked %+v", p[1])
	}
	if !p[2].AfterLeftOut || p[2].BeforeLeftOut || strings.Contains(p[2].After[0], "xxx") || !p[2].Known {
		t.Errorf("a large value %+v", p[2])
	}
	want := []journal.Field{
		{Field: "otherTelephone", Before: "605-457-8292", Known: true, After: "605-457-8292; 1  (append 1)"},
		{Field: "userAccountControl", Before: "user account", Known: true, After: "disabled, user account  (value 2, mask 2)"},
	}
	if got := EntryValues(e); len(got) != 4 || !slices.Equal(got[:2], want) {
		t.Errorf("values %+v", got)
	}
	// A large new value is no hindrance: what was before is known.
	plan, err := open(w).Undo(t.Context(), []journal.Entry{e}, nil)
	if err != nil || len(plan.Steps[0].Change.Modification.Properties) != 4 {
		t.Errorf("undo: %v, %+v", err, plan.Steps)
	}
}
