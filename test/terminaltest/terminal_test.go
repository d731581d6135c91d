//go:build unix

package terminaltest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/term"

	"dirdesk/test/leaks"
)

// TestMain is the program that the tests run, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "fixture" {
		os.Exit(fixture(os.Args[2]))
	}
	leaks.Main(m)
}

// fixture is a small full-screen program. It shows its size and the last key;
// "c" copies, "?" asks the terminal where the cursor is, "q" leaves.
func fixture(how string) int {
	fd := int(os.Stdin.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		fmt.Println(err)
		return 9
	}
	fmt.Print("\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[22;2t\x1b]2;fixture\x07")
	size := func() {
		w, h, _ := term.GetSize(fd)
		fmt.Printf("\x1b[2J\x1b[1;1H\x1b[1;31msize %dx%d\x1b[0m", w, h)
	}
	resized := make(chan os.Signal, 1)
	signal.Notify(resized, syscall.SIGWINCH)
	size()
	go func() {
		for range resized {
			size()
		}
	}()
	buf := make([]byte, 256)
	for {
		n, err := os.Stdin.Read(buf)
		if err != nil {
			return 8
		}
		switch key := string(buf[:n]); key {
		case "q":
			if how == "untidy" {
				return 7
			}
			fmt.Print("\x1b[?2004l\x1b[?25h\x1b[?1049l\x1b[23;2t")
			_ = term.Restore(fd, state)
			fmt.Println("goodbye")
			return 3
		case "c":
			fmt.Print("\x1b]52;c;aMOpbGxv\x07") // "héllo"
		case "?":
			fmt.Print("\x1b[5;3H\x1b[6n")
		default:
			fmt.Printf("\x1b[3;1H\x1b[Kkey %q 世界", key)
		}
	}
}

func start(t *testing.T, how string) *Test {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Start(t, exec.Command(self, "fixture", how), 60, 12)
}

func TestKeysAndScreen(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size 60x12")
	for _, key := range []struct{ name, bytes string }{
		{"j", "j"},
		{"G", "G"},
		{"é", "é"},
		{"enter", `\r`},
		{"esc", `\x1b`},
		{"up", `\x1b[A`},
		{"ctrl+c", `\x03`},
		{"alt+x", `\x1bx`},
		{"pgdown", `\x1b[6~`},
	} {
		term.Send(key.name)
		term.WaitFor(`key "` + key.bytes + `" 世界`)
	}
	term.Paste("two words")
	term.WaitFor(`key "\x1b[200~two words\x1b[201~"`)
	if err := term.Terminal.Send("hyper+x"); err == nil {
		t.Error("a key that does not exist was sent")
	}
	if term.Title() != "fixture" || !term.AltScreen() || term.CursorShown() {
		t.Errorf("title %q, alternate screen %v, cursor %v", term.Title(), term.AltScreen(), term.CursorShown())
	}
}

// The program asks a question and gets the terminal's answer as a key.
func TestQuestionsAreAnswered(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size")
	term.Send("?")
	term.WaitFor(`key "\x1b[5;3R"`)
}

func TestEscapeIsNotAlt(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size")
	term.Send("esc", "x")
	term.WaitFor(`key "x"`)
	if strings.Contains(string(term.Output()), `key "\x1bx"`) {
		t.Error("Esc and x came as alt+x")
	}
}

func TestResize(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size 60x12")
	term.Resize(100, 40)
	term.WaitFor("size 100x40")
	if rows := strings.Count(term.Screen(), "\n"); rows != 40 {
		t.Errorf("the screen has %d rows", rows)
	}
}

func TestClipboard(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size")
	term.Send("c")
	if err := term.Await("the clipboard", Limit, func() bool { return term.Clipboard() == "héllo" }); err != nil {
		t.Fatal(err)
	}
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	tidy := start(t, "tidy")
	tidy.WaitFor("size")
	if err := tidy.Restored(); err == nil {
		t.Error("a running program has restored the terminal")
	}
	before := tidy.BytesWritten()
	tidy.Send("q")
	if code := tidy.Wait(); code != 3 {
		t.Errorf("exit code %d", code)
	}
	if err := tidy.Restored(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(tidy.Screen(), "goodbye") || tidy.BytesWritten() <= before {
		t.Errorf("the last words are lost:\n%s", tidy.Screen())
	}
	untidy := start(t, "untidy")
	untidy.WaitFor("size")
	untidy.Send("q")
	if code := untidy.Wait(); code != 7 {
		t.Errorf("exit code %d", code)
	}
	if err := untidy.Restored(); err == nil {
		t.Error("a program that left the terminal raw passes")
	}
}

func TestAwaitFailsWithTheScreen(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size 60x12")
	err := term.Await("nonsense", time.Millisecond, func() bool { return false })
	if err == nil || !strings.Contains(err.Error(), "size 60x12") || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("error %v", err)
	}
	term.Send("q")
	err = term.Await("nonsense", Limit, func() bool { return false })
	if err == nil || !strings.Contains(err.Error(), "ended") {
		t.Errorf("error %v", err)
	}
}

func TestSettleCountsWhatAKeyCosts(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size")
	term.Settle()
	before := term.BytesWritten()
	term.Send("j")
	term.WaitFor(`key "j"`)
	term.Settle()
	if cost := term.BytesWritten() - before; cost != len("\x1b[3;1H\x1b[Kkey \"j\" 世界") {
		t.Errorf("the key cost %d bytes", cost)
	}
}

func TestPicture(t *testing.T) {
	t.Parallel()
	term := start(t, "tidy")
	term.WaitFor("size")
	term.Send("<")
	term.WaitFor(`key "<"`)
	term.Settle()
	if c := term.Cells()[0][0]; c.Text != "s" || !c.Bold || c.Fg == nil {
		t.Errorf("the first cell is %+v", c)
	}
	picture := term.SVG(Dark())
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v", err)
		}
	}
	for _, part := range []string{"size 60x12", `fill="#e06c75"`, `font-weight="bold"`, "&lt;"} {
		if !strings.Contains(picture, part) {
			t.Errorf("the picture lacks %s", part)
		}
	}
}

// A program that does not read its input, killed at the end of the test.
func TestProgramThatDoesNotRead(t *testing.T) {
	t.Parallel()
	term := Start(t, exec.Command("sleep", "60"), 80, 24)
	for range 1000 {
		term.Type(strings.Repeat("x", 1000))
	}
}
