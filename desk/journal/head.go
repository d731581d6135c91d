package journal

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// headPath is the file that holds how many lines a journal has and the hash of
// the last.
func headPath(path string) string { return path + ".head" }

// headFormat has a fixed length, so that it is overwritten in one go.
const headFormat = "%012d %s\n"

// writeHead notes the new end of the journal. Whoever calls it holds the lock.
func (j *Journal) writeHead(lines int, hash string) (err error) {
	file, err := os.OpenFile(headPath(j.path), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = file.WriteAt([]byte(fmt.Sprintf(headFormat, lines, hash)), 0)
	return err
}

// readHead gives what the head file says, and whether it says anything.
func readHead(path string) (lines int, hash string, ok bool) {
	text, err := os.ReadFile(headPath(path))
	if err != nil {
		return 0, "", false
	}
	if _, err := fmt.Fscanf(strings.NewReader(string(text)), headFormat, &lines, &hash); err != nil {
		return 0, "", false
	}
	return lines, hash, true
}
