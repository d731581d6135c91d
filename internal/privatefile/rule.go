package privatefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"dirdesk/internal/english"
)

// Kind says what a file is to dirdesk, and so what is refused of it. Of each
// kind the owner is this user, no other user may write to it, and nobody else
// may exchange files in its directory.
type Kind uint8

// The kinds of file.
const (
	// Named is a file that the person names or wrote: settings, a CA file. It may
	// be a link, a pipe, or the system administrator's.
	Named Kind = iota
	// NamedSecret is one with a password or a token: no other user may read it.
	NamedSecret
	// State is dirdesk's own, below its state directory: no link is followed.
	State
	// StateSecret is one with a token: no other user may read it.
	StateSecret
)

// The reasons why a file is not used.
var (
	// ErrOpenToOthers says that others may do with a file what they must not.
	ErrOpenToOthers = errors.New("open to other users")
	// ErrForeign says that a file is another user's.
	ErrForeign = errors.New("another user's")
	// ErrLink says that a link stands where a file of dirdesk's own belongs.
	ErrLink = errors.New("a link")
)

func (k Kind) state() bool { return k == State || k == StateSecret }

func (k Kind) secret() bool { return k == NamedSecret || k == StateSecret }

// check looks at a file that was opened, so that it cannot be swapped in between.
func (k Kind) check(path string, file *os.File) error {
	info, err := file.Stat()
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a directory", path)
	case !info.Mode().IsRegular():
		if k.state() {
			return fmt.Errorf("%s is not a file", path)
		}
		if info.Mode()&os.ModeDevice != 0 { // a terminal, /dev/null
			return nil
		}
	}
	refused, verb := os.FileMode(0o022), "write to"
	if k.secret() {
		refused, verb = 0o066, "read"
		if info.Mode().Perm()&0o044 == 0 {
			verb = "write to"
		}
	}
	if err := k.owned(path, info); err != nil {
		return err
	}
	// Windows has no permission bits: Go reports 0666 for every writable file. What
	// lies in a person's profile folder is closed to others by its access list.
	if info.Mode().Perm()&refused != 0 && runtime.GOOS != "windows" {
		return fmt.Errorf("%s: %w: they can %s it (mode %04o); run: chmod 600 %s",
			path, ErrOpenToOthers, verb, info.Mode().Perm(), english.Shell(path))
	}
	if !info.Mode().IsRegular() {
		return nil // a pipe
	}
	return k.around(path, info)
}

// owned refuses what belongs to another user. The administrator can do
// everything anyway, but of dirdesk's own files none is theirs.
func (k Kind) owned(path string, info fs.FileInfo) error {
	owner, known := ownerOf(info)
	if !known || owner == os.Geteuid() || owner == 0 && !k.state() {
		return nil
	}
	return fmt.Errorf("%s: %w: it belongs to the user with the number %d; run: sudo chown %d %s",
		path, ErrForeign, owner, os.Geteuid(), english.Shell(path))
}

// around looks at where a file lies: who can rename files there can put
// another in its place.
func (k Kind) around(path string, opened fs.FileInfo) error {
	link, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil //nolint:nilerr // it was deleted after it was opened: a shell's here-document
	case link.Mode()&os.ModeSymlink == 0 && !os.SameFile(link, opened):
		return fmt.Errorf("%s was exchanged while it was read; try again", path)
	case link.Mode()&os.ModeSymlink == 0:
		return k.directory(filepath.Dir(path))
	case k.state():
		return linkError(path)
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil //nolint:nilerr // /dev/stdin, from something that has no name any more
	}
	if err := k.owned(path, link); err != nil {
		return err
	}
	return errors.Join(k.directory(filepath.Dir(path)), k.directory(filepath.Dir(target)))
}

// directory refuses one in which others can exchange files. In one with the
// sticky bit (/tmp) they can only exchange their own.
func (k Kind) directory(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if err := k.owned(path, info); err != nil {
		return err
	}
	if info.Mode().Perm()&0o022 != 0 && info.Mode()&os.ModeSticky == 0 && runtime.GOOS != "windows" {
		return fmt.Errorf("%s: %w: they can exchange the files in it (mode %04o); run: chmod go-w %s",
			path, ErrOpenToOthers, info.Mode().Perm(), english.Shell(path))
	}
	return nil
}

func linkError(path string) error {
	return fmt.Errorf("%s is %w, and dirdesk follows none among its own files; run: rm %s", path, ErrLink, english.Shell(path))
}

// Directory makes a directory of dirdesk's own, closed to others, unless it is
// there, and refuses a link and one in which others can exchange files.
func Directory(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if info.Mode()&os.ModeSymlink != 0 {
		return linkError(path)
	}
	return State.directory(path)
}

// Open opens a file of dirdesk's own as os.OpenFile does, readable and writable
// by its owner only when it is made, with its directory when it is to be made.
func Open(path string, flag int) (*os.File, error) {
	if flag&os.O_CREATE != 0 {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
	}
	return State.open(path, flag)
}

func (k Kind) open(path string, flag int) (*os.File, error) {
	if k.state() {
		flag |= noFollow
	}
	file, err := os.OpenFile(path, flag, 0o600)
	if err != nil {
		if info, look := os.Lstat(path); look == nil && k.state() && info.Mode()&os.ModeSymlink != 0 {
			err = linkError(path)
		}
		return nil, err
	}
	if err := k.check(path, file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Append opens a file that the person named for adding to it, and makes it when it
// is missing, for its owner only.
func Append(path string) (*os.File, error) {
	file, err := Named.open(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fmt.Errorf("%s is not a file", path), file.Close())
	}
	return file, nil
}
