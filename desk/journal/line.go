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
	"strings"
)

// maxLine bounds one line of a journal: a change with some ten thousand members.
// What is known before the write may have spareLine less: its outcome is to fit.
const (
	maxLine    = 8 << 20
	spareLine  = 1 << 20
	mostWords  = 64 << 10
	hashLength = 2 * sha256.Size // in hex
)

// hashMember begins the last member of every line.
const hashMember = `,"hash":"`

// encodeLine makes the line of an entry, its end included, and its hash: SHA-256
// of the line as it would be without its last member, in hex. One of more than
// most bytes is an error.
func encodeLine(e Entry, most int) (line []byte, hash string, err error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return nil, "", err
	}
	hash = sum(text)
	line = append(text[:len(text)-1], hashMember+hash+"\"}\n"...)
	if len(line) > most {
		return nil, "", fmt.Errorf("the change makes a line of %d bytes, and at most %d are written; make it in several parts", len(line), most)
	}
	return line, hash, nil
}

// short is the entry with words that fit the line, whatever a server said.
func (e Entry) short() Entry {
	for _, text := range []*string{&e.Words, &e.Error} {
		if len(*text) > mostWords {
			*text = strings.ToValidUTF8((*text)[:mostWords], "") + fmt.Sprintf(" (cut: %d bytes)", len(*text))
		}
	}
	return e
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
	return hash, len(hash) == hashLength
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
	long   bool // it is longer than any that dirdesk writes, and its text left out
}

// rawLines gives the lines of a journal. A text belongs to the caller until
// the next one.
func rawLines(r io.Reader) iter.Seq2[rawLine, error] {
	return func(yield func(rawLine, error) bool) {
		reader := bufio.NewReaderSize(r, 64<<10)
		for number := 1; ; number++ {
			text, long, err := readLine(reader)
			torn := errors.Is(err, io.EOF)
			if err != nil && !torn {
				yield(rawLine{number: number}, err)
				return
			}
			if torn && len(text) == 0 && !long {
				return
			}
			if !yield(rawLine{number: number, text: bytes.TrimRight(text, "\r\n"), torn: torn, long: long}, nil) || torn {
				return
			}
		}
	}
}

// readLine reads one line; long is one of more than maxLine bytes, which are
// passed over.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		long = long || len(line)+len(part) > maxLine
		if long {
			line = nil
		} else {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

// lastHash is what the last line of the file carries, from a look at its end
// only; "" when that line has no end or carries none.
func lastHash(file *os.File) (string, error) {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return "", err
	}
	// The hash is the last member, and of fixed length.
	const enough = 256
	start := max(0, info.Size()-enough)
	text := make([]byte, info.Size()-start)
	if _, err := file.ReadAt(text, start); err != nil {
		return "", err
	}
	if text[len(text)-1] != '\n' {
		return "", nil
	}
	hash, _ := hashOf(bytes.TrimRight(text, "\r\n"))
	return hash, nil
}

func readAtMost(r io.Reader, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("it has more than %d bytes", most)
	}
	return text, err
}
