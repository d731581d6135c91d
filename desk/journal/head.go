package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"dirdesk/internal/privatefile"
)

// headPath is the file that holds how many lines a journal has and the hash of
// the last.
func headPath(path string) string { return path + ".head" }

// head is the end of a journal: how many lines it has, and the hash of the last.
type head struct {
	lines int
	hash  string // "" of no line
}

// heads are what the head file says: the end as it is known to be, and the one
// that a line makes which is about to be written. A program that dies between
// the two leaves one of them true.
type heads struct {
	now, next head
	empty     bool // it says nothing, as before the first line
	known     bool // now can be read
	lags      bool // a program of before wrote it, which noted the line afterwards only
}

// headFormat has a fixed length, so that it is overwritten in one go. The first
// line is the end as it is, the second the next.
const headFormat = "%012d %s\n"

var noHash = strings.Repeat("0", hashLength)

func (h head) String() string {
	hash := h.hash
	if hash == "" {
		hash = noHash
	}
	return fmt.Sprintf(headFormat, h.lines, hash)
}

// openHead makes sure that the head can be written.
func (j *Journal) openHead() (*os.File, error) {
	return privatefile.Open(headPath(j.path), os.O_WRONLY|os.O_CREATE)
}

// announce notes the line that is about to be written after now.
func announce(file *os.File, now, next head) error {
	_, err := file.WriteAt([]byte(now.String()+next.String()), 0)
	return errors.Join(err, file.Sync())
}

// readHeads gives what the head file says.
func readHeads(path string) (heads, error) {
	text, err := privatefile.Read(headPath(path), privatefile.State, 4096)
	if errors.Is(err, fs.ErrNotExist) {
		return heads{empty: true}, nil
	}
	if err != nil {
		return heads{}, err
	}
	first, rest, _ := strings.Cut(string(text), "\n")
	h := heads{empty: len(text) == 0, lags: rest == ""}
	h.now, h.known = parseHead(first)
	next, known := parseHead(strings.TrimSuffix(rest, "\n"))
	switch {
	case known && !h.known: // the first line was being overwritten when the system died
		h.now, h.known = next, true
	case known && next.lines == h.now.lines+1:
		h.next = next
	}
	return h, nil
}

func parseHead(line string) (h head, ok bool) {
	if _, err := fmt.Sscanf(line+"\n", headFormat, &h.lines, &h.hash); err != nil || len(h.hash) != hashLength {
		return head{}, false
	}
	if h.hash == noHash {
		h.hash = ""
	}
	return h, true
}

// extent is how far a journal goes, as reading its lines from the start tells.
type extent struct {
	lines int
	hash  string // of the last line that carries one
	older string // and of the one before it
	torn  bool   // the last line has no end
	bad   bool   // and is no whole line either
	known heads
	met   bool // the line that the head names as the last was read
}

// add counts a line.
func (x *extent) add(line rawLine) {
	x.lines++
	hash, carries := hashOf(line.text)
	x.torn, x.bad = line.torn, line.torn && !carries
	if carries {
		x.older, x.hash = x.hash, hash
		x.met = x.met || hash == x.known.now.hash
	}
}

// missing compares how far a journal goes with what its head says: nil when
// nothing was taken away, or only what a program left that died.
func (x *extent) missing() *Gap {
	h := x.known
	switch {
	case !h.known && h.empty && x.lines == 0, // the first start
		h.known && x.hash == h.now.hash,
		h.next.hash != "" && x.hash == h.next.hash && x.older == h.now.hash,
		h.lags && h.known && x.lines > 0 && x.older == h.now.hash:
		return nil
	case !h.known:
		return &Gap{}
	}
	whole := x.lines
	if x.bad {
		whole--
	}
	return &Gap{Lines: max(0, h.now.lines-whole), Counted: h.now.lines, Head: h.now.hash, Older: x.met}
}

// words say what was missing.
func (g Gap) words() string {
	switch {
	case g.Torn:
		return "the program ended while it wrote the line before this one"
	case g.Head == "" && g.Counted == 0:
		return "the file that counts the lines was missing or damaged here: lines may be missing"
	case g.Older:
		return fmt.Sprintf("the head was older than the journal here: it was line %d, %s", g.Counted, g.Head)
	case g.Lines > 0:
		return fmt.Sprintf("%d lines were missing here, the head was %d %s", g.Lines, g.Counted, g.Head)
	default:
		return fmt.Sprintf("the lines here were not those that were written, the head was %d %s", g.Counted, g.Head)
	}
}
