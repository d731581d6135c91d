//go:build !unix || solaris || aix || illumos

package journal

import (
	"errors"
	"os"
	"time"
)

// tryLock holds the journal by a file beside it that only one process can make:
// this system has no lock in Go's standard library. A process that was killed
// leaves the file behind; the words say so.
func tryLock(file *os.File) (unlock func() error, err error) {
	path := lockPath(file)
	lock, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case err == nil:
		return func() error { return errors.Join(lock.Close(), os.Remove(path)) }, nil
	case errors.Is(err, os.ErrExist) || errors.Is(err, os.ErrPermission):
		return nil, nil
	default:
		return nil, err
	}
}

func lockPath(file *os.File) string { return file.Name() + ".lock" }

func heldWords(file *os.File) string {
	return "another program holds it; if no dirdesk runs, delete " + lockPath(file)
}

// hold is for systems that tell whether a program lives.
func hold(*os.File) error { return nil }

// held takes a note for that of a living program for as long as a write may take.
func held(_ *os.File, note os.FileInfo) bool { return time.Since(note.ModTime()) < 15*time.Minute }

// tooOpen is for systems with permission bits.
func tooOpen(os.FileMode) bool { return false }
