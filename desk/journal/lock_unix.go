//go:build unix && !solaris && !aix && !illumos

package journal

import (
	"errors"
	"os"
	"syscall"
)

// lockFile waits until this process alone has the file, and gives the way to
// let it go. The system lets it go too when the process ends.
func lockFile(file *os.File) (unlock func() error, err error) {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.EINTR) {
			return nil, &os.PathError{Op: "lock", Path: file.Name(), Err: err}
		}
	}
	return func() error { return syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }, nil
}

// tooOpen reports whether others than the owner can use a file.
func tooOpen(mode os.FileMode) bool { return mode.Perm()&0o077 != 0 }
