package terminal

import (
	"os"
	"slices"
	"testing"
)

// parts gives what is read of a text that comes in these parts.
func parts(t *testing.T, texts ...string) []string {
	t.Helper()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	defer to.Close()
	a := &answers{File: from}
	var read []string
	for _, text := range texts {
		if _, err := to.WriteString(text); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 4096)
		n, err := a.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, string(buf[:n]))
	}
	return read
}

// The terminal's answer may be cut anywhere: on a slow line the rest comes too
// late for Bubble Tea, which takes it for keys.
func TestAnAnswerInTwoPartsIsNoKey(t *testing.T) {
	for _, whole := range []string{"\x1b]11;rgb:1c1c/1c1c/1c1c\x07", "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\", "\x1b[?62;22;52c", "\x1b[?2026;2$y", "\x1b[5~", "\x1bP>|xterm(390)\x1b\\"} {
		for cut := 2; cut < len(whole); cut++ {
			if got := parts(t, whole[:cut], whole[cut:]); got[0] != "" || got[1] != whole {
				t.Errorf("%q cut at %d is read as %q", whole, cut, got)
			}
		}
	}
	// Cut behind Esc, that is given as the key it may be; the rest is nothing.
	if got := parts(t, "\x1b", "]11;rgb:1c1c/1c1c/1c1c\x07"); got[0] != "\x1b" || got[1] != "" {
		t.Errorf("cut behind Esc: %q", got)
	}
	if got := parts(t, "\x1b", "[?62;", "22c", "j"); !slices.Equal(got, []string{"\x1b", "", "", "j"}) {
		t.Errorf("cut behind Esc, in three parts: %q", got)
	}
}

func TestKeysComeAtOnce(t *testing.T) {
	for _, keys := range [][]string{
		{"\x1b", "j"},
		{"\x1bj", "k"},
		{"ž", "\x1b[A", "]", "1", "["},
		{"\x1b]11;rgb:0/0/0\x07jj"},
		{"\x1b[200~a paste\x1b[201~"},
	} {
		if got := parts(t, keys...); !slices.Equal(got, keys) {
			t.Errorf("%q is read as %q", keys, got)
		}
	}
	// Alt and a bracket are keys, although an answer begins so: they come with the
	// next one.
	if got := parts(t, "\x1b]", "j"); got[0]+got[1] != "\x1b]j" {
		t.Errorf("Alt-] and j are read as %q", got)
	}
	if got := parts(t, "j\x1b]1", "\x03"); got[0]+got[1] != "j\x1b]1\x03" {
		t.Errorf("Ctrl-C in the middle is read as %q", got)
	}
}
