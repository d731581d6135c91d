//go:build !unix || solaris || aix || illumos

package journal

import (
	"errors"
	"fmt"
	"os"
	"time"
)

const (
	lockPause = 20 * time.Millisecond
	lockTries = 500
)

// lockFile holds the journal by a file beside it that only one process can
// make: this system has no lock in Go's standard library. A process that was
// killed leaves the file behind; the error says so.
func lockFile(file *os.File) (unlock func() error, err error) {
	path := file.Name() + ".lock"
	for range lockTries {
		lock, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			return func() error { return errors.Join(lock.Close(), os.Remove(path)) }, nil
		}
		if !errors.Is(err, os.ErrExist) && !errors.Is(err, os.ErrPermission) {
			return nil, err
		}
		time.Sleep(lockPause)
	}
	return nil, fmt.Errorf("the journal is in use; if no dirdesk runs, delete %s", path)
}

// tooOpen is for systems with permission bits.
func tooOpen(os.FileMode) bool { return false }
