package journal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

// maxLine bounds one line of a journal: a change with some ten thousand members.
const maxLine = 8 << 20

// hashMember begins the last member of every line.
const hashMember = `,"hash":"`

// encodeLine makes the line of an entry, its end included, and its hash: SHA-256
// of the line as it would be without its last member, in hex.
func encodeLine(e Entry) (line []byte, hash string, err error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return nil, "", err
	}
	hash = sum(text)
	line = append(text[:len(text)-1], hashMember+hash+"\"}\n"...)
	if len(line) > maxLine {
		return nil, "", fmt.Errorf("the entry has %d bytes; at most %d are written", len(line), maxLine)
	}
	return line, hash, nil
}

func sum(text []byte) string {
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:])
}

// hashOf gives the hash that a line carries.
func hashOf(text []byte) (string, bool) {
	i := bytes.LastIndex(text, []byte(hashMember))
	if i < 0 {
		return "", false
	}
	hash := string(bytes.TrimSuffix(text[i+len(hashMember):], []byte(`"}`)))
	return hash, len(hash) == hex.EncodedLen(sha256.Size)
}

// genuine reports whether a line is as it was written.
func genuine(text []byte) bool {
	hash, ok := hashOf(text)
	i := max(0, bytes.LastIndex(text, []byte(hashMember)))
	return ok && sum(append(bytes.Clone(text[:i]), '}')) == hash
}

// rawLine is a line without its end.
type rawLine struct {
	number int // from 1
	text   []byte
	torn   bool // it has no end
}

// rawLines gives the lines of a journal. A text belongs to the caller until
// the next one.
func rawLines(r io.Reader) iter.Seq2[rawLine, error] {
	return func(yield func(rawLine, error) bool) {
		reader := bufio.NewReaderSize(r, 64<<10)
		for number := 1; ; number++ {
			text, err := readLine(reader)
			torn := errors.Is(err, io.EOF)
			if err != nil && !torn {
				yield(rawLine{number: number}, err)
				return
			}
			if torn && len(text) == 0 {
				return
			}
			if !yield(rawLine{number: number, text: bytes.TrimRight(text, "\r\n"), torn: torn}, nil) || torn {
				return
			}
		}
	}
}

// readLine reads one line of up to maxLine bytes.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		if len(line) > maxLine {
			return line, fmt.Errorf("a line has more than %d bytes", maxLine)
		}
	}
}

// end is what the last line of a journal tells.
type end struct {
	hash string
	torn bool
}

// lastLine looks at the end of the file only.
func lastLine(file *os.File, size int64) (end, error) {
	// The hash is the last member, and of fixed length.
	const enough = 256
	start := max(0, size-enough)
	text := make([]byte, size-start)
	if _, err := file.ReadAt(text, start); err != nil {
		return end{}, err
	}
	if text[len(text)-1] != '\n' {
		return end{torn: true}, nil
	}
	hash, _ := hashOf(bytes.TrimRight(text, "\r\n"))
	return end{hash: hash}, nil
}
