package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"dirdesk/internal/privatefile"
	"dirdesk/models"
)

const (
	lockPause = 10 * time.Millisecond
	lockQuiet = time.Second // how long is waited without a word
)

// openLocked opens the journal and waits until this process alone has it. Who
// listens to ctx hears of a wait that takes long, and the end of ctx ends it.
func openLocked(ctx context.Context, path string, flag int) (*os.File, func() error, error) {
	for {
		file, err := privatefile.Open(path, flag)
		if err != nil {
			return nil, nil, err
		}
		unlock, err := lock(ctx, file)
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		release := func() error { return errors.Join(unlock(), file.Close()) }
		// Who waited may have got a file that was deleted meanwhile.
		opened, err := file.Stat()
		if err != nil {
			return nil, nil, errors.Join(err, release())
		}
		if there, err := os.Stat(path); err == nil && os.SameFile(opened, there) {
			return file, release, nil
		}
		if err := release(); err != nil {
			return nil, nil, err
		}
	}
}

func lock(ctx context.Context, file *os.File) (unlock func() error, err error) {
	began, told := time.Now(), false
	for {
		unlock, err := tryLock(file)
		if err != nil {
			return nil, fmt.Errorf("lock %s: %w", file.Name(), err)
		}
		if unlock != nil {
			return unlock, nil
		}
		if !told && time.Since(began) > lockQuiet {
			told = true
			models.ListenerOf(ctx).Progress("waiting for the journal: " + heldWords(file))
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: %w", heldWords(file), context.Cause(ctx))
		case <-time.After(lockPause):
		}
	}
}
