package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dirdesk/desk/verdict"
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
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []error{err}
	}
	defer func() { _ = file.Close() }() // it was only read
	place := map[string]int{}
	for line, err := range rawLines(file) {
		if err == nil && len(line.text) > 0 {
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

// begunDir is the directory that holds a file for each write whose outcome is
// not in the journal yet.
func begunDir(path string) string { return path + ".begun" }

func begunFile(path, id string) string { return filepath.Join(begunDir(path), id+".json") }

// begin writes down that a write is about to be sent, and sees it to the disk.
func (j *Journal) begin(e Entry) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(begunDir(j.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(begunFile(j.path, e.ID), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	return errors.Join(err, file.Sync(), file.Close())
}

// ended forgets that a write was begun: its line is in the journal.
func (j *Journal) ended(id string) error {
	err := os.Remove(begunFile(j.path, id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// leftBegun gives the writes that were begun and have no line, the oldest first.
func leftBegun(path string, known func(id string) bool) (left []Entry, faults []error) {
	files, err := os.ReadDir(begunDir(path))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, []error{err}
	}
	for _, file := range files {
		id, isEntry := strings.CutSuffix(file.Name(), ".json")
		if !isEntry || known(id) {
			continue
		}
		text, err := os.ReadFile(begunFile(path, id))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has ended meanwhile
		}
		var e Entry
		if err == nil {
			err = json.Unmarshal(text, &e)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: not an entry: %w", begunFile(path, id), err))
			continue
		}
		left = append(left, e)
	}
	slices.SortFunc(left, func(a, b Entry) int { return a.Time.Compare(b.Time) })
	return left, faults
}
