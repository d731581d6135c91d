// Package privatefile reads and writes files that are nobody else's business:
// settings, known certificates, device tokens, passwords.
package privatefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// ErrOpenToOthers says that others may do with a file what they must not.
var ErrOpenToOthers = errors.New("open to other users")

// Write replaces the file at path with data, readable and writable by its owner
// only (0600). The file is replaced in one step: whoever reads it sees the old
// text or the new, and a crash leaves one of them. Directories that are missing
// are made, closed to others (0700).
func Write(path string, data []byte) (err error) {
	// A link (a settings file kept in a dot-files repository) stays a link: its
	// target is what gets replaced.
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*") // made with 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// Read gives the file at path, unless others than its owner can read it: then
// the error is ErrOpenToOthers and says what to do. At most limit bytes are
// accepted.
func Read(path string, limit int64) ([]byte, error) {
	return read(path, limit, 0o044, "read")
}

// ReadUnaltered gives the file at path, unless others than its owner can write
// to it: then the error is ErrOpenToOthers and says what to do. At most limit
// bytes are accepted.
func ReadUnaltered(path string, limit int64) ([]byte, error) {
	return read(path, limit, 0o022, "write to")
}

func read(path string, limit int64, refused os.FileMode, verb string) (data []byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat() // of what was opened, so that it cannot be swapped in between
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a directory", path)
	}
	// Windows has no permission bits: Go reports 0666 for every writable file. What
	// lies in a person's profile folder is closed to others by its access list.
	if info.Mode().Perm()&refused != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%s: %w: they can %s it (mode %04o); run: chmod 600 %s",
			path, ErrOpenToOthers, verb, info.Mode().Perm(), path)
	}
	data, err = io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s: larger than %d bytes", path, limit)
	}
	return data, nil
}

// WriteLines replaces the file at path with a line of JSON for each value, as
// Write does.
func WriteLines[T any](path string, values []T) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	for _, value := range values {
		if err := encoder.Encode(value); err != nil {
			return err
		}
	}
	return Write(path, text.Bytes())
}

// ReadLines parses the lines of a text but for the blank ones; number counts all
// of them from 1. The first error ends it.
func ReadLines[T any](text []byte, parse func(number int, line []byte) (T, error)) ([]T, error) {
	var values []T
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		value, err := parse(number, line)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}
