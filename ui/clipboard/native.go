package clipboard

import (
	"context"
	"runtime"
	"time"

	"github.com/atotto/clipboard"

	"dirdesk/internal/guard"
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

func (desktop) Read() (string, error) { return within(clipboard.ReadAll) }

func (desktop) Write(text string) error {
	_, err := within(func() (string, error) { return "", clipboard.WriteAll(text) })
	return err
}

// within gives up waiting for a program that hangs; it goes on by itself.
func within(ask func() (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), slowest)
	defer cancel()
	return guard.Call(ctx, ask)
}
