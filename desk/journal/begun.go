package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dirdesk/desk/verdict"
	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

// begunDir is the directory that holds a file for each write whose outcome is
// not in the journal yet.
func begunDir(path string) string { return path + ".begun" }

const noteSuffix = ".json"

func begunFile(path, id string) string { return filepath.Join(begunDir(path), id+noteSuffix) }

// maxNote bounds a note: an entry with the room that is kept beside it.
const maxNote = 2*maxLine + spareLine

// begin writes down that a write is about to be sent, and sees it to the disk,
// with as much room as its line will need. The note stays open until its line is
// there, so that others can see that its program lives.
func (j *Journal) begin(e Entry) (err error) {
	if _, _, err := encodeLine(e, maxLine-spareLine); err != nil {
		return err
	}
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := privatefile.Directory(begunDir(j.path)); err != nil {
		return err
	}
	final := begunFile(j.path, e.ID)
	note, err := privatefile.Open(final+".new", os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, note.Close(), os.Remove(note.Name()))
		}
	}()
	text = append(text, '\n')
	room := bytes.Repeat([]byte(" "), len(text)+roomBeside)
	if _, err = note.Write(append(text, room...)); err == nil {
		err = errors.Join(note.Sync(), hold(note))
	}
	if err == nil {
		err = os.Rename(note.Name(), final)
	}
	if err != nil {
		return err
	}
	if directory, err := os.Open(begunDir(j.path)); err == nil {
		_ = errors.Join(directory.Sync(), directory.Close()) // not every system can
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.notes[e.ID] = liveNote{note, int64(len(text))}
	return nil
}

// roomBeside is what a line may have beyond its note and its own length.
const roomBeside = 8 << 10

// liveNote is a note of a write that this program has under way.
type liveNote struct {
	file *os.File
	size int64 // without the room
}

// makeRoom gives back the room that a note keeps; false when there is none.
func (j *Journal) makeRoom(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	note, ok := j.notes[id]
	return ok && note.file.Truncate(note.size) == nil
}

// ended forgets that a write was begun: its line is in the journal. A note that
// cannot be deleted does no harm, for its line is looked for.
func (j *Journal) ended(id string) {
	_ = os.Remove(begunFile(j.path, id))
	j.letGo(id)
}

// letGo has others see that a write is not under way any more, whether its line
// could be written or not.
func (j *Journal) letGo(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if note, ok := j.notes[id]; ok {
		_ = note.file.Close()
		delete(j.notes, id)
	}
}

// leftBegun gives the writes that were begun and have no line, the oldest first.
func leftBegun(path string, known func(id string) bool) (left []Entry, faults []error) {
	files, err := os.ReadDir(begunDir(path))
	if ignoring(err, fs.ErrNotExist) != nil {
		return nil, []error{err}
	}
	for _, file := range files {
		id, isEntry := strings.CutSuffix(file.Name(), noteSuffix)
		if !isEntry || known(id) {
			continue
		}
		e, err := readNote(begunFile(path, id))
		switch {
		case errors.Is(err, fs.ErrNotExist): // it has ended meanwhile
			continue
		case errors.Is(err, errUnreadable):
			e = Entry{ID: id, Action: UnreadableNote, Outcome: verdict.Begun, Words: e.Words}
			if e.Words == "" { // a program of before had no room for it
				err = nil
			}
		}
		if err != nil {
			faults = append(faults, err)
		}
		if e.ID != "" {
			left = append(left, e)
		}
	}
	slices.SortFunc(left, func(a, b Entry) int { return a.Time.Compare(b.Time) })
	return left, faults
}

// UnreadableNote is the action of an entry of which there is a note that cannot
// be read; its words are the note's text.
const UnreadableNote models.Action = "unreadable note"

var errUnreadable = errors.New("not an entry")

// Begun gives the writes that were begun and have no line in the journal at
// path, the oldest first, but for those that are under way in a program that
// lives.
func Begun(path string) (left []Entry, err error) {
	if files, err := os.ReadDir(begunDir(path)); err != nil || len(files) == 0 {
		return nil, ignoring(err, fs.ErrNotExist)
	}
	for e, fault := range Read(path) {
		if fault == nil && e.Outcome == verdict.Begun && !e.UnderWay {
			left = append(left, e)
		}
	}
	return left, nil
}

func ignoring(err, what error) error {
	if errors.Is(err, what) {
		return nil
	}
	return err
}

// readNote reads one note, and sees whether its program lives.
func readNote(path string) (e Entry, err error) {
	file, err := privatefile.Open(path, os.O_RDONLY)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return e, err
	}
	e.UnderWay = held(file, info)
	text, err := readAtMost(file, maxNote)
	if err == nil && json.Unmarshal(text, &e) != nil {
		e, err = Entry{Words: strings.TrimSpace(string(text))}, fmt.Errorf("%s: %w", path, errUnreadable)
	}
	return e, err
}
