package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

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
