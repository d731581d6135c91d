//go:build unix

package terminaltest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/term"
)

// Terminal is a program's terminal. Its methods are safe for use by several
// goroutines.
type Terminal struct {
	command *exec.Cmd
	master  *os.File // our side of the pty
	slave   *os.File // the program's side, held to look at its modes
	input   *queue
	before  *term.State // modes before the program ran

	running sync.WaitGroup // the goroutines
	exited  chan struct{}  // closed when the program is gone and its output read

	mu        sync.Mutex // guards the emulator and what follows
	emulator  *vt.Emulator
	changed   chan struct{} // closed, and made anew, with each output
	output    []byte
	lastWrite time.Time
	title     string
	titles    []string // kept
	clipboard string
	altScreen bool
	cursor    bool // shown
	bracketed bool // pastes are marked
	code      int  // exit code, once exited
	restored  bool // the modes are what they were, once exited
}

// Open starts the program in a terminal of cols x rows cells. A command without
// an environment gets this process's one and an xterm with 24-bit colour; one
// with an environment names TERM itself. Close ends it.
func Open(command *exec.Cmd, cols, rows int) (*Terminal, error) {
	if command.Env == nil {
		command.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8", "NO_COLOR=")
	}
	master, slave, err := pty.Open()
	if err != nil {
		return nil, fmt.Errorf("open a pty: %w", err)
	}
	t := &Terminal{
		command: command, master: master, slave: slave, input: newQueue(),
		exited: make(chan struct{}), changed: make(chan struct{}),
		emulator: vt.NewEmulator(cols, rows), cursor: true,
	}
	t.listen()
	if err := t.start(cols, rows); err != nil {
		return nil, errors.Join(err, master.Close(), slave.Close())
	}
	return t, nil
}

func (t *Terminal) start(cols, rows int) (err error) {
	if err := pty.Setsize(t.master, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		return fmt.Errorf("set the terminal's size: %w", err)
	}
	if t.before, err = term.GetState(int(t.slave.Fd())); err != nil {
		return fmt.Errorf("read the terminal's modes: %w", err)
	}
	t.command.Stdin, t.command.Stdout, t.command.Stderr = t.slave, t.slave, t.slave
	t.command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := t.command.Start(); err != nil {
		return err
	}
	t.running.Go(func() { t.input.copyTo(t.master) })
	t.running.Go(t.collectReplies)
	reading := make(chan struct{})
	t.running.Go(func() {
		defer close(reading)
		t.readOutput()
	})
	t.running.Go(func() { t.awaitExit(reading) })
	return nil
}

// listen has the emulator tell what it does not keep.
func (t *Terminal) listen() {
	t.emulator.SetCallbacks(vt.Callbacks{
		Title:            func(title string) { t.title = title },
		AltScreen:        func(on bool) { t.altScreen = on },
		CursorVisibility: func(visible bool) { t.cursor = visible },
		EnableMode:       func(mode ansi.Mode) { t.noteMode(mode, true) },
		DisableMode:      func(mode ansi.Mode) { t.noteMode(mode, false) },
	})
	// Primary device attributes: a VT220 with colours that takes copies.
	t.emulator.RegisterCsiHandler('c', func(ansi.Params) bool {
		t.input.put([]byte("\x1b[?62;22;52c"), 0)
		return true
	})
	// The title is kept and given back.
	t.emulator.RegisterCsiHandler('t', func(params ansi.Params) bool {
		switch n, _, _ := params.Param(0, 0); {
		case n == 22:
			t.titles = append(t.titles, t.title)
		case n == 23 && len(t.titles) > 0:
			t.title, t.titles = t.titles[len(t.titles)-1], t.titles[:len(t.titles)-1]
		}
		return true
	})
	// OSC 52 ; clipboard ; base64
	t.emulator.RegisterOscHandler(52, func(data []byte) bool {
		parts := strings.SplitN(string(data), ";", 3)
		if len(parts) == 3 && parts[2] != "?" {
			if text, err := base64.StdEncoding.DecodeString(parts[2]); err == nil {
				t.clipboard = string(text)
			}
		}
		return true
	})
}

func (t *Terminal) noteMode(mode ansi.Mode, on bool) {
	if mode == ansi.ModeBracketedPaste {
		t.bracketed = on
	}
}

// readOutput feeds the emulator until the program's side is closed.
func (t *Terminal) readOutput() {
	buf := make([]byte, 64<<10)
	for {
		n, err := t.master.Read(buf)
		if n > 0 {
			t.mu.Lock()
			t.output = append(t.output, buf[:n]...)
			t.lastWrite = time.Now()
			_, _ = t.emulator.Write(buf[:n]) // fails when it is closed only, which it never is
			t.tell()
			t.mu.Unlock()
		}
		if err != nil { // EIO: closed on the other side
			return
		}
	}
}

// tell wakes those who wait. The caller holds mu.
func (t *Terminal) tell() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// collectReplies hands on what the emulator answers to the program's questions.
// Were it not read at once, the emulator would block.
func (t *Terminal) collectReplies() {
	buf := make([]byte, 4<<10)
	for {
		n, err := t.emulator.Read(buf)
		if n > 0 {
			t.input.put(buf[:n], 0)
		}
		if err != nil {
			return
		}
	}
}

// awaitExit waits for the program, then for the last of its output.
func (t *Terminal) awaitExit(reading <-chan struct{}) {
	_ = t.command.Wait() // the exit code is in ProcessState
	state, err := term.GetState(int(t.slave.Fd()))
	t.mu.Lock()
	t.code = t.command.ProcessState.ExitCode()
	t.restored = err == nil && reflect.DeepEqual(state, t.before)
	t.mu.Unlock()
	_ = t.slave.Close() // so that reading ends
	<-reading
	t.mu.Lock()
	close(t.exited)
	t.tell()
	t.mu.Unlock()
}

// Close kills the program if it still runs, and frees everything.
func (t *Terminal) Close() error {
	select {
	case <-t.exited:
	default:
		_ = t.command.Process.Kill() // fails when it has just ended
		<-t.exited
	}
	t.input.close()
	// Not the emulator itself: its Close races with Read.
	if pipe, ok := t.emulator.InputPipe().(io.Closer); ok {
		_ = pipe.Close()
	}
	err := t.master.Close()
	t.running.Wait()
	return err
}

// Resize changes the terminal's size; the program is told by SIGWINCH.
func (t *Terminal) Resize(cols, rows int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.emulator.Resize(cols, rows)
	return pty.Setsize(t.master, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
}

// Signal sends a signal to the program.
func (t *Terminal) Signal(signal os.Signal) error { return t.command.Process.Signal(signal) }
