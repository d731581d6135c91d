package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"

	"dirdesk/desk/verdict"
	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// Read gives the changes in the journal at path, the oldest first, each
// once: with its outcome, or as begun when there is none. UndoneBy is filled
// in. A journal that does not exist is an empty one. A line that cannot be read
// is an error, and the reading goes on after it.
func Read(path string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		entries, faults := readEntries(path)
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
		for _, fault := range faults {
			if !yield(Entry{}, fault) {
				return
			}
		}
	}
}

// readEntries reads all that was written down, and what was begun and not
// ended after it.
func readEntries(path string) (entries []Entry, faults []error) {
	file, err := privatefile.Open(path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []error{err}
	}
	defer func() { _ = file.Close() }() // it was only read
	place := map[string]int{}
	for line, err := range rawLines(file) {
		if err == nil && line.long {
			err = errTooLong
		} else if err == nil && len(line.text) > 0 {
			entries, err = addLine(entries, place, line)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: line %d: %w", path, line.number, err))
		}
	}
	left, more := leftBegun(path, func(id string) bool {
		_, known := place[id]
		return known
	})
	return append(entries, left...), append(faults, more...)
}

var errTooLong = fmt.Errorf("longer than any that dirdesk writes (%d bytes)", maxLine)

// addLine adds the entry of a line.
func addLine(entries []Entry, place map[string]int, line rawLine) ([]Entry, error) {
	var e Entry
	if err := json.Unmarshal(line.text, &e); err != nil {
		return entries, fmt.Errorf("not an entry: %w", err)
	}
	place[e.ID] = len(entries)
	entries = append(entries, e)
	if target, known := place[e.Undoes]; known && e.Undoes != "" && e.Outcome == verdict.Done {
		entries[target].UndoneBy = e.ID
	}
	return entries, nil
}

// Concerns reports whether an entry is about the object that is called so: by its
// name, DN or GUID, as the object of the change or as a member.
func (e Entry) Concerns(object string) bool {
	names := []string{e.Name, string(e.DN), string(e.NewDN), e.GUID, e.DN.RDN().Value, e.NewDN.RDN().Value}
	for _, m := range e.Members {
		names = append(names, string(m), m.RDN().Value)
	}
	names = append(names, e.MemberGUIDs...)
	dn := models.DN(object)
	return object != "" && slices.ContainsFunc(names, func(name string) bool {
		return strings.EqualFold(name, object) || strings.Contains(object, "=") && name != "" && models.DN(name).Equal(dn)
	})
}

// ConcernsIn is that for an object of one domain, which is named by its DNS name or
// the first part of it.
func (e Entry) ConcernsIn(domain, object string) bool {
	first, _, _ := strings.Cut(e.Realm, ".")
	return domain != "" && (strings.EqualFold(domain, e.Realm) || strings.EqualFold(domain, first)) && e.Concerns(object)
}

// FindPlan gives the entry of a journal with an id, or those of the plan with it
// that changed something and were not taken back, the oldest first; all of them
// where there is no such. models.ErrNotFound when there is none.
func FindPlan(path, id string) (found []Entry, err error) {
	var faults error
	for e, err := range Read(path) {
		switch {
		case err != nil:
			faults = errors.Join(faults, err)
		case e.ID == id || e.Plan == id && id != "":
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return nil, errors.Join(noEntry(path, id), faults)
	}
	open := slices.DeleteFunc(slices.Clone(found), func(e Entry) bool { return !e.Outcome.Changed() || e.UndoneBy != "" })
	if len(open) > 0 {
		return open, nil
	}
	return found, nil
}

// Find gives the entry of a journal with an id, or the last one for "".
// models.ErrNotFound when there is none.
func Find(path, id string) (Entry, error) {
	var last Entry
	found := false
	var faults error
	for e, err := range Read(path) {
		if err != nil {
			faults = errors.Join(faults, err)
			continue
		}
		if id == "" || e.ID == id {
			last, found = e, true
		}
	}
	if found {
		return last, nil
	}
	return Entry{}, errors.Join(noEntry(path, id), faults)
}
