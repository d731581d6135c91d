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
)

// Write replaces the file at path with data, readable and writable by its owner
// only (0600). The file is replaced in one step: whoever reads it sees the old
// text or the new, and a crash leaves one of them. Directories that are missing
// are made, closed to others (0700).
//
// Of the kind Named a link (settings kept in a dot-files repository) stays a
// link: its target is what gets replaced.
func Write(path string, kind Kind, data []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if info, err := os.Lstat(path); err == nil {
		if err := kind.around(path, info); err != nil {
			return err
		}
	} else if err := kind.directory(dir); err != nil {
		return err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path, dir = target, filepath.Dir(target)
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

// Read gives the file at path, unless it is not what its kind has to be: then
// the error says what to do. At most limit bytes are accepted.
func Read(path string, kind Kind, limit int64) (data []byte, err error) {
	file, err := kind.open(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
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
func WriteLines[T any](path string, kind Kind, values []T) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	for _, value := range values {
		if err := encoder.Encode(value); err != nil {
			return err
		}
	}
	return Write(path, kind, text.Bytes())
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
