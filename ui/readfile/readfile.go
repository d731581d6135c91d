// Package readfile reads a file that a person named in a form, and says in words
// why it cannot.
package readfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dirdesk/internal/english"
)

// Read gives what is in an ordinary file of at most some bytes; or, in a
// sentence that is not safe to print, why not. "~/" stands for the home folder.
// It waits for the disk: call it in a command.
func Read(name string, most int64) (data []byte, wrong string) {
	name = strings.TrimSpace(name)
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, "The home folder is not known: write the whole path."
		}
		name = filepath.Join(home, rest)
	}
	info, err := os.Stat(name)
	switch {
	case name == "":
		return nil, "Type the path of a file."
	case errors.Is(err, fs.ErrNotExist):
		return nil, "There is no such file."
	case err != nil:
		return nil, cannot(err)
	case info.IsDir():
		return nil, "This is a folder."
	case !info.Mode().IsRegular():
		return nil, "This is no ordinary file."
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, cannot(err)
	}
	defer file.Close() //nolint:errcheck // it was only read
	data, err = io.ReadAll(io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return nil, cannot(err)
	case int64(len(data)) > most:
		return nil, fmt.Sprintf("The file has %s bytes; at most %s fit.", english.Number(int(info.Size())), english.Number(int(most)))
	case len(data) == 0:
		return nil, "The file is empty."
	}
	return data, ""
}

// cannot says why without the path, which the person typed.
func cannot(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return "The file cannot be read: " + err.Error() + "."
}
