package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"dirdesk/models"
)

// mostProblems bounds what a check tells of a journal that is all wrong.
const mostProblems = 100

// Verify reads the journal at path from its start to its end and reports
// missing, altered and broken lines, and those that are not what a seal says. The
// error is for a file that cannot be
// read; one that does not exist is models.ErrNotFound.
func Verify(ctx context.Context, path string, seals ...Seal) (check Check, err error) {
	file, release, err := openLocked(ctx, path, os.O_RDONLY) // nobody is in the middle of a line
	if errors.Is(err, fs.ErrNotExist) {
		return check, noEntry(path, "")
	}
	if err != nil {
		return check, err
	}
	defer func() { err = errors.Join(err, release()) }()
	v := verifier{ids: map[string]bool{}, seals: seals}
	if v.known, err = readHeads(path); err != nil {
		return check, err
	}
	for line, err := range rawLines(file) {
		if err != nil {
			return v.check, fmt.Errorf("line %d: %w", line.number, err)
		}
		v.line(line)
	}
	v.end()
	left, faults := leftBegun(path, func(id string) bool { return v.ids[id] })
	v.check.Begun = len(left)
	for _, fault := range faults {
		v.check.Problems = append(v.check.Problems, fault.Error())
	}
	return v.check, nil
}

// Whole reports whether nothing is wrong.
func (c Check) Whole() bool { return len(c.Problems) == 0 }

type verifier struct {
	extent
	check Check
	ids   map[string]bool
	seals []Seal
	cut   string // what is wrong with the last line, unless the program ended while it wrote it
	lost  bool   // the last line carries no hash that the next could name
}

func (v *verifier) problem(number int, format string, args ...any) {
	v.found(fmt.Sprintf("line %d: ", number) + fmt.Sprintf(format, args...))
}

func (v *verifier) found(problem string) {
	if problem != "" && len(v.check.Problems) < mostProblems {
		v.check.Problems = append(v.check.Problems, problem)
	}
}

// line checks one line and that it follows the one before.
func (v *verifier) line(line rawLine) {
	if len(line.text) == 0 && !line.long {
		return
	}
	before := v.hash
	v.add(line)
	v.check.Lines, v.check.Head = v.lines, v.hash
	for _, s := range v.seals {
		if s.Lines == v.lines && s.Head != v.hash {
			v.problem(line.number, "not the line that was sealed at %s: %s", s.Time.Format(time.RFC3339), s.Head)
		}
	}
	var e Entry
	err := json.Unmarshal(line.text, &e)
	_, carries := hashOf(line.text)
	whole := err == nil && carries && !line.long
	cut := v.cut
	v.cut = ""
	if whole && genuine(line.text) && e.Gap != nil && e.Gap.Torn {
		cut = ""
	}
	v.found(cut)
	switch {
	case line.long:
		v.problem(line.number, "%v", errTooLong)
	case !whole && line.torn:
		v.cut = fmt.Sprintf("line %d: cut short", line.number)
	case !whole:
		v.cut = fmt.Sprintf("line %d: not an entry", line.number)
	case !genuine(line.text):
		v.problem(line.number, "altered")
	case e.Gap != nil && !e.Gap.Torn:
		v.problem(line.number, "%s", e.Gap.words())
	}
	if !whole {
		v.lost = true
		return
	}
	if e.Prev != before && !v.lost {
		if v.lines == 1 {
			v.problem(line.number, "lines before it are missing")
		} else {
			v.problem(line.number, "does not follow the line before it: lines are missing, or were added or moved")
		}
	}
	v.lost = false
	v.ids[e.ID] = true
}

// end compares with what the head file says.
func (v *verifier) end() {
	gap := v.missing()
	if gap != nil || !v.bad {
		v.found(v.cut)
	}
	for _, s := range v.seals {
		if s.Lines > v.lines {
			v.problem(v.lines, "there are fewer lines than were sealed at %s: %d, the head was %s", s.Time.Format(time.RFC3339), s.Lines, s.Head)
		}
	}
	if gap != nil {
		v.problem(v.lines, "%s", gap.words())
	}
}

// noEntry is a journal, or an entry of it, that does not exist.
func noEntry(path, id string) error {
	advice := "Nothing was written down yet."
	if id != "" {
		advice = "There is no entry " + id + "; run dirdesk journal."
	}
	return &models.Error{Kind: models.ErrNotFound, Action: "read the journal", Object: path, Advice: advice}
}
