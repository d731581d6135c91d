package journal

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"dirdesk/internal/privatefile"
)

// Copying says where each line goes beside the journal.
type Copying struct {
	To       string // "syslog:", "file:PATH" or "", which is nowhere
	Required bool   // a change whose line cannot be copied is not made
}

// CopyError says that a line is in the journal, and not in its copy.
type CopyError struct{ err error }

// Error names the copy and what is wrong with it.
func (e *CopyError) Error() string {
	return "the journal's copy could not be written: " + e.err.Error()
}

// Unwrap gives what was wrong.
func (e *CopyError) Unwrap() error { return e.err }

// Check says what is wrong with the settings; nil when nothing is.
func (c Copying) Check() error {
	path, isFile := strings.CutPrefix(c.To, "file:")
	switch {
	case c.To == "" && c.Required:
		return errors.New("copy_required needs a copy")
	case c.To == "" || c.To == "syslog:" || isFile && filepath.IsAbs(path):
		return nil
	default:
		return fmt.Errorf(`copy must be "syslog:" or "file:" with a whole path, not %q`, c.To)
	}
}

// CopyRequired reports whether a change whose line cannot be copied is to be kept
// from being made.
func (j *Journal) CopyRequired() bool { return j.copying.Required }

// send copies a line; of no line it only tries whether one could be.
func (c Copying) send(id string, line []byte) error {
	if c.To == "" {
		return nil
	}
	path, isFile := strings.CutPrefix(c.To, "file:")
	var err error
	if isFile {
		err = addTo(path, line)
	} else {
		err = toSyslog(id, line)
	}
	if err != nil {
		return &CopyError{err}
	}
	return nil
}

func addTo(path string, line []byte) error {
	file, err := privatefile.Append(path)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	return errors.Join(err, file.Sync(), file.Close())
}
