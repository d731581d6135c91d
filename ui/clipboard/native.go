package clipboard

import (
	"errors"
	"runtime"
	"time"

	"github.com/atotto/clipboard"
)

// Native is the clipboard of a desktop.
type Native interface {
	Read() (string, error)
	Write(text string) error
}

// Desktop is the clipboard of the person's own desktop, where the program runs
// on it; else nil. Over SSH the desktop is another computer's.
func Desktop(getenv func(string) string) Native {
	for _, remote := range []string{"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"} {
		if getenv(remote) != "" {
			return nil
		}
	}
	own := runtime.GOOS == "windows" || runtime.GOOS == "darwin" || getenv("WAYLAND_DISPLAY") != "" || getenv("DISPLAY") != ""
	if !own || clipboard.Unsupported {
		return nil
	}
	return desktop{}
}

// desktop is reached by the system's calls or its programs.
type desktop struct{}

// slowest bounds a program that the system is asked through.
const slowest = 2 * time.Second

var errSlow = errors.New("the clipboard does not answer")

func (desktop) Read() (string, error) { return within(clipboard.ReadAll) }

func (desktop) Write(text string) error {
	_, err := within(func() (string, error) { return "", clipboard.WriteAll(text) })
	return err
}

// within gives up waiting for a program that hangs; it goes on by itself.
func within(ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := ask()
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		return a.text, a.err
	case <-time.After(slowest):
		return "", errSlow
	}
}
