// Package journal keeps the file in which every change is written down. Begin at
// [Open] to write, at [Read] to read, and at [Verify] to find lines that are
// missing or were altered. [Entry] is one change; its form is a contract, for
// journals written by older versions are read and undone too.
package journal

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"dirdesk/desk/verdict"
	"dirdesk/internal/privatefile"
	"dirdesk/models"
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
// lines missing at the end are found too. The next line after such a find is one
// that says so, and stays. The hashes find accidents and clumsy hands: who can
// write the file can make it anew, hashes and all.
//
// Several processes may write to one journal at a time.
type Journal struct {
	path    string
	now     func() time.Time
	copying Copying

	mu    sync.Mutex
	notes map[string]liveNote // of what this program has begun
}

// Open makes sure that the journal at path can be written, making it and
// its directory when they are missing, for the owner only. now is the clock for
// entries without a time; nil: time.Now.
func Open(path string, now func() time.Time) (*Journal, error) {
	if now == nil {
		now = time.Now
	}
	j := &Journal{path: path, now: now, notes: map[string]liveNote{}}
	file, err := privatefile.Open(path, os.O_RDWR|os.O_CREATE)
	if err == nil {
		err = errors.Join(forOwner(file), file.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return j, nil
}

// CopyTo has each line go somewhere else too, as it is written.
func (j *Journal) CopyTo(c Copying) error {
	j.copying = c
	return c.Check()
}

// Path is where the journal lies.
func (j *Journal) Path() string { return j.path }

// NewID is a name for an entry or a plan that no other has: 50 random bits are
// plenty for the changes of a lifetime.
func NewID() string { return strings.ToLower(rand.Text()[:10]) }

// Append writes one line, and sees it to the disk; of an entry with the outcome
// Begun it only keeps a note until the next with its ID comes, and makes sure
// that its line will find room. Prev and Hash are set here, and Time when it is
// zero. A line that is there and could not be copied is a *CopyError. The end of
// ctx ends the wait for another program that holds the journal.
func (j *Journal) Append(ctx context.Context, e Entry) error {
	if e.Time.IsZero() {
		e.Time = j.now().UTC()
	}
	if e.Outcome != verdict.Begun {
		defer j.letGo(e.ID)
	}
	return j.locked(ctx, func(file *os.File) error {
		at, err := j.tail(file)
		if err != nil {
			return err
		}
		if gap := at.missing(); gap != nil || at.bad {
			err := j.noteGap(file, &at, gap, e)
			if _, notCopied := errors.AsType[*CopyError](err); err != nil && !notCopied {
				return err
			}
		}
		if e.Outcome == verdict.Begun {
			if err := j.copying.send(e.ID, nil); err != nil && j.copying.Required {
				return err
			}
			head, err := j.openHead() // the line will need it
			if err != nil {
				return err
			}
			return errors.Join(head.Close(), j.begin(e))
		}
		err = j.write(file, &at, e)
		if _, notCopied := errors.AsType[*CopyError](err); err == nil || notCopied {
			j.ended(e.ID) // the line is there
		}
		return err
	})
}

// LinesMissing is the action of an entry that stands where lines were taken
// away.
const LinesMissing models.Action = "lines missing"

// noteGap writes down what was missing when e was to be written. Before that line
// is there the head, which is the evidence, is not touched.
func (j *Journal) noteGap(file *os.File, at *extent, gap *Gap, e Entry) error {
	if gap == nil {
		gap = &Gap{Torn: true, Counted: at.known.now.lines, Head: at.known.now.hash}
	}
	return j.write(file, at, Entry{
		ID: NewID(), Time: j.now().UTC(), Operator: e.Operator, Action: LinesMissing, Outcome: verdict.Done, Words: gap.words(), Gap: gap,
	})
}

// write adds one line after what is there, which at describes.
func (j *Journal) write(file *os.File, at *extent, e Entry) (err error) {
	e.Prev = at.hash
	line, hash, err := encodeLine(e.short(), maxLine)
	if err != nil {
		return err
	}
	headFile, err := j.openHead()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, headFile.Close()) }()
	next := head{at.lines + 1, hash}
	if e.Gap == nil {
		if err := announce(headFile, head{at.lines, at.hash}, next); err != nil {
			return err
		}
	}
	if at.torn { // a line that was cut short stays a line, and is reported
		line = append([]byte{'\n'}, line...)
	}
	if err := j.put(file, line, e.ID); err != nil {
		return err
	}
	*at = extent{lines: next.lines, hash: hash, known: heads{now: next, known: true}}
	// The line is there: that the head lags behind is told from what it announced,
	// and before the next change it has to be writable.
	_ = announce(headFile, next, next)
	return j.copying.send(e.ID, bytes.TrimPrefix(line, []byte{'\n'}))
}

// put adds the bytes of a line and sees them to the disk, or leaves the journal as it was.
// Where the disk is full, the line gets the room that its note kept.
func (j *Journal) put(file *os.File, line []byte, id string) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	for {
		_, err := file.Write(line)
		if err == nil {
			err = file.Sync()
		}
		if err == nil {
			return nil
		}
		// Half a line is worse than none; what was there stays.
		if undo := file.Truncate(info.Size()); undo != nil || !j.makeRoom(id) {
			return errors.Join(err, undo)
		}
	}
}

// locked opens the file for appending and holds its lock meanwhile.
func (j *Journal) locked(ctx context.Context, use func(file *os.File) error) (err error) {
	file, release, err := openLocked(ctx, j.path, os.O_RDWR|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	return use(file)
}

// forOwner closes the journal to those who could read it.
func forOwner(file *os.File) error {
	info, err := file.Stat()
	if err != nil || !tooOpen(info.Mode()) {
		return err
	}
	return file.Chmod(0o600)
}

// tail finds what the next line follows: from the head file where that agrees
// with the end of the journal, else by reading all of it.
func (j *Journal) tail(file *os.File) (at extent, err error) {
	if at.known, err = readHeads(j.path); err != nil {
		return at, err
	}
	last, err := lastHash(file)
	if err != nil {
		return at, err
	}
	for _, end := range []head{at.known.now, at.known.next} {
		if last != "" && last == end.hash {
			return extent{lines: end.lines, hash: end.hash, known: heads{now: end, known: true}}, nil
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return at, err
	}
	for line, err := range rawLines(file) {
		if err != nil {
			return at, err
		}
		if len(line.text) > 0 || line.long {
			at.add(line)
		}
	}
	return at, nil
}
