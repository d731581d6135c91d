package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"dirdesk/models"
)

// mostProblems bounds what a check tells of a journal that is all wrong.
const mostProblems = 100

// Verify reads the journal at path from its start to its end and reports
// missing, altered and broken lines. The error is for a file that cannot be
// read; one that does not exist is models.ErrNotFound.
func Verify(path string) (check Check, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return check, noEntry(path, "")
	}
	if err != nil {
		return check, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	unlock, err := lockFile(file) // nobody is in the middle of a line
	if err != nil {
		return check, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	v := verifier{ids: map[string]bool{}}
	for line, err := range rawLines(file) {
		if err != nil {
			return v.check, fmt.Errorf("line %d: %w", line.number, err)
		}
		v.line(line)
	}
	v.end(path)
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
	check Check
	ids   map[string]bool
	prev  string // hash that the last line carries
	older string // and the one before it
	lost  bool   // the last line carries no hash that the next could name
}

func (v *verifier) problem(number int, format string, args ...any) {
	if len(v.check.Problems) < mostProblems {
		v.check.Problems = append(v.check.Problems, fmt.Sprintf("line %d: ", number)+fmt.Sprintf(format, args...))
	}
}

// line checks one line and that it follows the one before.
func (v *verifier) line(line rawLine) {
	if len(line.text) == 0 {
		return
	}
	v.check.Lines++
	var e Entry
	err := json.Unmarshal(line.text, &e)
	hash, carries := hashOf(line.text)
	switch {
	case line.torn && (err != nil || !carries):
		v.problem(line.number, "cut short")
	case err != nil || !carries:
		v.problem(line.number, "not an entry")
	case !genuine(line.text):
		v.problem(line.number, "altered")
	}
	if err != nil || !carries {
		v.lost = true
		return
	}
	if e.Prev != v.prev && !v.lost {
		if v.check.Lines == 1 {
			v.problem(line.number, "lines before it are missing")
		} else {
			v.problem(line.number, "does not follow the line before it: lines are missing, or were added or moved")
		}
	}
	v.lost = false
	v.older, v.prev = v.prev, hash
	v.ids[e.ID] = true
}

// end compares with what the head file says. That it lags by one line is what a
// program leaves that died between the two.
func (v *verifier) end(path string) {
	lines, hash, ok := readHead(path)
	switch {
	case !ok && v.check.Lines > 0:
		v.check.Problems = append(v.check.Problems,
			fmt.Sprintf("the end cannot be checked: %s is missing or damaged", headPath(path)))
	case !ok || hash == v.prev && lines == v.check.Lines:
	case hash == v.older && lines == v.check.Lines-1:
	case lines > v.check.Lines:
		v.problem(v.check.Lines, "%d lines are missing at the end", lines-v.check.Lines)
	default:
		v.problem(v.check.Lines, "it is not the line that was written last: lines are missing, or were added or altered")
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
