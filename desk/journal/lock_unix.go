//go:build unix && !solaris && !aix && !illumos

package journal

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the file for this process alone and gives the way to let it go;
// nil when another has it. The system lets it go too when the process ends.
func tryLock(file *os.File) (unlock func() error, err error) {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return func() error { return syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }, nil
		case errors.Is(err, syscall.EWOULDBLOCK):
			return nil, nil
		case !errors.Is(err, syscall.EINTR):
			return nil, err
		}
	}
}

func heldWords(file *os.File) string { return "another program holds " + file.Name() }

// hold marks a note as one of a program that lives.
func hold(note *os.File) error {
	_, err := tryLock(note)
	return err
}

// held reports whether the program that wrote a note lives, and is at work on
// its write.
func held(note *os.File, _ os.FileInfo) bool {
	return errors.Is(syscall.Flock(int(note.Fd()), syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}

// tooOpen reports whether others than the owner can use a file.
func tooOpen(mode os.FileMode) bool { return mode.Perm()&0o077 != 0 }
