package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"dirdesk/ui/terminal"
)

// screen panics where it is told to.
type screen struct {
	where  string
	hidden int
	drawn  chan struct{} // closed at the first picture
}

func (s *screen) Init() tea.Cmd {
	fail := func() tea.Msg { panic("in " + s.where) }
	switch s.where {
	case "a command":
		return fail
	case "one of several commands":
		return tea.Batch(func() tea.Msg { return nil }, tea.Batch(fail, nil))
	}
	return nil
}

func (s *screen) Update(tea.Msg) (tea.Model, tea.Cmd) {
	if s.where == "Update" {
		panic("in Update")
	}
	return s, nil
}

func (s *screen) View() tea.View {
	if s.where == "View" {
		panic("in View")
	}
	select {
	case <-s.drawn:
	default:
		close(s.drawn)
	}
	return tea.View{Content: "secret", AltScreen: true, WindowTitle: "dirdesk"}
}

func (s *screen) Hide() { s.hidden++ }

// silent is a keyboard that nobody touches.
func silent(t *testing.T) io.Reader {
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	return r
}

// A fault of ours anywhere ends the program, gives the terminal back and says
// where it was.
func TestAPanicGivesTheTerminalBack(t *testing.T) {
	for _, where := range []string{"Update", "View", "a command", "one of several commands"} {
		var out bytes.Buffer
		s := &screen{where: where, drawn: make(chan struct{})}
		err := terminal.Run(t.Context(), s, terminal.Options{Input: silent(t), Output: &out})
		var fault terminal.FaultError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), "in "+where) || !strings.Contains(err.Error(), "terminal_test.go") {
			t.Errorf("in %s: %v", where, err)
		}
		if !strings.HasSuffix(out.String(), "\x1b[23;2t") || strings.Contains(out.String(), "\x1b[?1049h") && !strings.Contains(out.String(), "\x1b[?1049l") {
			t.Errorf("in %s the terminal is not given back: %q", where, out.String())
		}
		if s.hidden == 0 {
			t.Errorf("in %s: nothing was hidden first", where)
		}
	}
}

// What a signal ends is hidden before the terminal is given back: not every
// terminal has a second screen.
func TestEndedFromOutside(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &screen{drawn: make(chan struct{})}
	go func() { <-s.drawn; cancel() }()
	var out bytes.Buffer
	if err := terminal.Run(ctx, s, terminal.Options{Input: silent(t), Output: &out}); err != nil || s.hidden != 1 {
		t.Errorf("%v, hidden %d times", err, s.hidden)
	}
}
