// Package terminal runs the screen in the person's terminal and gives that back
// whatever happens: at the end, on a signal, after a panic, and while the shell
// has the program stopped.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"

	"dirdesk/internal/guard"
	"dirdesk/internal/jobcontrol"
)

// Screen is what is run.
type Screen interface {
	tea.Model
	// Hide takes from the screen what nobody else may see: the terminal is about
	// to be given back.
	Hide()
}

// Options are for tests; what is nil is the process's own terminal.
type Options struct {
	Input  io.Reader
	Output io.Writer
}

// FaultError says that the program panicked.
type FaultError struct{ *guard.Panic }

func (e FaultError) Error() string {
	return fmt.Sprintf("dirdesk stopped because of a fault of its own: %s.\n"+
		"What it was writing stands in the journal: dirdesk journal shows it. Please report the fault with these lines:\n%s", e.Panic.Error(), e.Stack)
}

// Unwrap gives the panic.
func (e FaultError) Unwrap() error { return e.Panic }

// The window's title is kept by the terminal meanwhile.
const (
	keepTitle = "\x1b[22;2t"
	giveTitle = "\x1b[23;2t"
)

// endWithin is how long the screen may take to end by itself once it is asked to.
const endWithin = 2 * time.Second

// Run shows the screen until it quits or ctx ends.
func Run(ctx context.Context, screen Screen, o Options) error {
	program, g := prepare(screen, o)
	running, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	undo := context.AfterFunc(running, func() { end(program, ended) })
	g.control = jobcontrol.Listen(func(_ *jobcontrol.Control, asked jobcontrol.Asked) { program.Send(asked) })
	g.write(keepTitle)
	_, err := program.Run()
	close(ended)
	undo()
	g.control.Close()
	g.write(giveTitle)
	switch {
	case g.fault != nil:
		return FaultError{g.fault}
	case errors.Is(err, tea.ErrInterrupted), errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil:
		return nil // asked to end from outside: that is no failure
	}
	return err
}

func prepare(screen Screen, o Options) (*tea.Program, *guarded) {
	// Signals end ctx. Bubble Tea's own handler would leave what is shown on a
	// terminal without a second screen.
	options := []tea.ProgramOption{tea.WithoutSignalHandler()}
	g := &guarded{Screen: screen, output: o.Output}
	switch {
	case o.Input != nil:
		options = append(options, tea.WithInput(o.Input))
	case runtime.GOOS != "windows" && term.IsTerminal(int(os.Stdin.Fd())): // there the console gives keys, not bytes
		options = append(options, tea.WithInput(&answers{File: os.Stdin}))
	}
	if o.Output != nil {
		options = append(options, tea.WithOutput(o.Output))
	} else {
		g.output = os.Stdout
	}
	program := tea.NewProgram(g, options...)
	g.send = program.Send
	return program, g
}

// end asks the screen to end, and ends it where it does not.
func end(program *tea.Program, ended <-chan struct{}) {
	go program.Send(endMsg{})
	select {
	case <-ended:
	case <-time.After(endWithin):
		program.Kill()
	}
}

type (
	endMsg     struct{}
	suspendMsg struct{}
	resumedMsg struct{}
	faultMsg   struct{ caught *guard.Panic }
)

// Suspend gives the terminal back and stops the program until the shell has it
// go on.
func Suspend() tea.Msg { return suspendMsg{} }

// guarded is the screen with all that can happen to it.
type guarded struct {
	Screen
	output  io.Writer
	control *jobcontrol.Control
	send    func(tea.Msg)
	fault   *guard.Panic
	blank   bool // nothing is shown: the terminal is given back
	ended   bool // for good
}

// Init starts the screen.
func (g *guarded) Init() tea.Cmd { return guardedCmd(g.Screen.Init()) }

// Update takes a message.
func (g *guarded) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	if g.ended {
		return g, nil
	}
	switch msg := msg.(type) {
	case endMsg:
		return g, g.end(nil)
	case faultMsg:
		return g, g.end(msg.caught)
	case suspendMsg:
		return g, g.release(g.control.Stop)
	case jobcontrol.Asked:
		if msg == jobcontrol.ToStop {
			return g, g.release(g.control.Stop)
		}
		return g, g.release(func() {}) // whoever stopped us left the terminal as they liked
	case resumedMsg:
		g.blank = false
		return g, tea.ClearScreen
	}
	if caught := guard.Catch(func() { _, cmd = g.Screen.Update(msg) }); caught != nil {
		return g, g.end(caught)
	}
	return g, guardedCmd(cmd)
}

// View draws the screen; nothing while the terminal is given back.
func (g *guarded) View() (view tea.View) {
	if !g.blank {
		caught := guard.Catch(func() { view = g.Screen.View() })
		if caught == nil {
			return view
		}
		g.blank = true
		go g.send(faultMsg{caught})
	}
	view = tea.NewView("")
	view.AltScreen = true
	return view
}

// hide takes all from the screen.
func (g *guarded) hide() {
	g.blank = true
	if caught := guard.Catch(g.Screen.Hide); caught != nil && g.fault == nil {
		g.fault = caught
	}
}

// end leaves an empty screen, and then the terminal.
func (g *guarded) end(caught *guard.Panic) tea.Cmd {
	g.ended, g.fault = true, caught
	g.hide()
	return tea.Quit
}

// settling lets Bubble Tea's own goroutine stop its clock before a new one is
// started: it says that it has ended before it has, and would stop the new one.
const settling = 100 * time.Millisecond

// release gives the terminal back while do runs.
func (g *guarded) release(do func()) tea.Cmd {
	g.hide()
	if g.fault != nil {
		return g.end(g.fault)
	}
	return tea.Exec(pause(func() {
		g.write(giveTitle)
		do()
		g.write(keepTitle)
		time.Sleep(settling)
	}), func(error) tea.Msg { return resumedMsg{} })
}

func (g *guarded) write(sequence string) { _, _ = io.WriteString(g.output, sequence) }

// pause is what Bubble Tea runs while the terminal is not its own.
type pause func()

// Run runs it.
func (p pause) Run() error { p(); return nil }

// SetStdin is not needed.
func (pause) SetStdin(io.Reader) {}

// SetStdout is not needed.
func (pause) SetStdout(io.Writer) {}

// SetStderr is not needed.
func (pause) SetStderr(io.Writer) {}

// guardedCmd makes a panic of a command a message.
func guardedCmd(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		if caught := guard.Catch(func() { msg = cmd() }); caught != nil {
			return faultMsg{caught}
		}
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = guardedCmd(batch[i])
			}
		}
		return msg
	}
}
