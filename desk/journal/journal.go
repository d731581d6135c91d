// Package journal keeps the file in which every change is written down. Begin at
// [Open] to write, at [Read] to read, and at [Verify] to find lines that are
// missing or were altered. [Entry] is one change; its form is a contract, for
// journals written by older versions are read and undone too.
package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dirdesk/desk/verdict"
)

// Journal is the file in which every change is written down: JSON Lines, only
// ever added to, readable by its owner only (0600).
//
// A change is one line, written when it is known what became of it. Before the
// write is sent, the same is put into a file of its own in a directory beside
// the journal (".begun"), which goes when the line is there. So a program that
// dies in between leaves a trace, and a journal that cannot be written stops the
// write before it is sent. [Read] gives both.
//
// Each line carries the hash of the line before it and its own; how many lines
// there are, and the last hash, stand in a file beside it (".head"), so that
// lines missing at the end are found too. The hashes find accidents and clumsy
// hands: who can write the file can make it anew, hashes and all.
//
// Several processes may write to one journal at a time.
type Journal struct {
	path string
	now  func() time.Time
}

// Open makes sure that the journal at path can be written, making it and
// its directory when they are missing, for the owner only. now is the clock for
// entries without a time; nil: time.Now.
func Open(path string, now func() time.Time) (*Journal, error) {
	if now == nil {
		now = time.Now
	}
	j := &Journal{path: path, now: now}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the journal's directory: %w", err)
	}
	err := j.locked(func(*os.File) error { return nil })
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return j, nil
}

// Path is where the journal lies.
func (j *Journal) Path() string { return j.path }

// newID is a name for an entry that no other has: 52 random bits are plenty
// for the changes of a lifetime.
func NewID() string { return strings.ToLower(rand.Text()[:10]) }

// Append writes one line, and sees it to the disk; of an entry with the outcome
// Begun it only keeps a note until the next with its ID comes. Prev and Hash are
// set here, and Time when it is zero.
func (j *Journal) Append(e Entry) error {
	if e.Time.IsZero() {
		e.Time = j.now().UTC()
	}
	if e.Outcome == verdict.Begun {
		// The lock shows that the journal itself can be written.
		return j.locked(func(*os.File) error { return j.begin(e) })
	}
	return j.locked(func(file *os.File) error {
		state, err := j.tail(file)
		if err != nil {
			return err
		}
		e.Prev = state.hash
		line, hash, err := encodeLine(e)
		if err != nil {
			return err
		}
		if state.torn { // a line that was cut short stays a line, and is reported
			line = append([]byte{'\n'}, line...)
		}
		if _, err := file.Write(line); err != nil {
			// Half a line is worse than none; what was there stays.
			return errors.Join(err, file.Truncate(state.size))
		}
		if err := file.Sync(); err != nil {
			return err
		}
		return errors.Join(j.writeHead(state.lines+1, hash), j.ended(e.ID))
	})
}

// locked opens the file for appending and holds its lock meanwhile.
func (j *Journal) locked(use func(file *os.File) error) (err error) {
	file, err := os.OpenFile(j.path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	unlock, err := lockFile(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", j.path)
	}
	if tooOpen(info.Mode()) {
		if err := file.Chmod(0o600); err != nil {
			return fmt.Errorf("other users can use the journal: %w", err)
		}
	}
	return use(file)
}

// tailState is what the next line follows.
type tailState struct {
	size  int64
	lines int
	hash  string
	torn  bool // the last line has no end
}

// tail finds what the next line follows: from the head file where that agrees
// with the end of the journal, else by reading all of it.
func (j *Journal) tail(file *os.File) (tailState, error) {
	info, err := file.Stat()
	if err != nil {
		return tailState{}, err
	}
	state := tailState{size: info.Size()}
	if state.size == 0 {
		return state, nil
	}
	last, err := lastLine(file, state.size)
	if err != nil {
		return state, err
	}
	if lines, hash, ok := readHead(j.path); ok && last.hash == hash && !last.torn {
		state.lines, state.hash = lines, hash
		return state, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return state, err
	}
	for line, err := range rawLines(file) {
		if err != nil {
			return state, err
		}
		if len(line.text) == 0 {
			continue
		}
		state.lines++
		state.torn = line.torn
		if hash, ok := hashOf(line.text); ok {
			state.hash = hash
		}
	}
	return state, nil
}

// headPath is the file that holds how many lines a journal has and the hash of
// the last.
func headPath(path string) string { return path + ".head" }

// headFormat has a fixed length, so that it is overwritten in one go.
const headFormat = "%012d %s\n"

// writeHead notes the new end of the journal. Whoever calls it holds the lock.
func (j *Journal) writeHead(lines int, hash string) (err error) {
	file, err := os.OpenFile(headPath(j.path), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = file.WriteAt([]byte(fmt.Sprintf(headFormat, lines, hash)), 0)
	return err
}

// readHead gives what the head file says, and whether it says anything.
func readHead(path string) (lines int, hash string, ok bool) {
	text, err := os.ReadFile(headPath(path))
	if err != nil {
		return 0, "", false
	}
	if _, err := fmt.Fscanf(strings.NewReader(string(text)), headFormat, &lines, &hash); err != nil {
		return 0, "", false
	}
	return lines, hash, true
}
