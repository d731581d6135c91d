//go:build !windows

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"dirdesk/test/terminaltest"
)

const (
	cols, lines = 120, 40
	quiet       = 150 * time.Millisecond // nothing written for so long: the key is done
	samples     = 10
)

// program builds dirdesk into a folder of its own and gives a way to run it
// that touches nobody's settings.
func program(ctx context.Context) (func(args ...string) *exec.Cmd, func(), error) {
	dir, err := os.MkdirTemp("", "dirdesk-bench-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) }
	binary := filepath.Join(dir, "dirdesk")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "dirdesk")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		remove()
		return nil, nil, err
	}
	return func(args ...string) *exec.Cmd {
		command := exec.CommandContext(ctx, binary, args...)
		command.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "NO_COLOR=",
			"XDG_CONFIG_HOME="+filepath.Join(dir, "config"), "XDG_STATE_HOME="+filepath.Join(dir, "state"))
		return command
	}, remove, nil
}

func showing(term *terminaltest.Terminal, texts ...string) func() bool {
	return func() bool {
		screen := term.Screen()
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(screen, text) })
	}
}

func measureBytes(ctx context.Context, r *report) error {
	run, remove, err := program(ctx)
	if err != nil {
		return err
	}
	defer remove()
	term, err := terminaltest.Open(run("--demo", "--objects", strconv.Itoa(large)), cols, lines)
	if err != nil {
		return err
	}
	defer term.Close()
	if err := openLarge(term); err != nil {
		return err
	}
	for _, step := range []struct {
		name  string
		first []string // keys before, not counted
		key   string
	}{
		{"cursor-down, the list stands still", []string{"g"}, "j"},
		{"cursor-down, the list scrolls", []string{"pgdown", "pgdown"}, "j"},
		{"page-down", nil, "pgdown"},
		{"to the last of 99,999", []string{"g"}, "G"},
	} {
		if err := measureKey(term, r, step.name, step.first, step.key); err != nil {
			return err
		}
	}
	before := term.BytesWritten()
	idle := time.NewTimer(2 * time.Second)
	<-idle.C
	r.figure("two idle seconds", float64(term.BytesWritten()-before), "bytes")
	return nil
}

func measureKey(term *terminaltest.Terminal, r *report, name string, first []string, key string) error {
	var costs []int
	for range samples {
		if key == "G" || len(costs) == 0 {
			for _, k := range first {
				if err := press(term, k); err != nil {
					return err
				}
			}
		}
		before := term.BytesWritten()
		if err := press(term, key); err != nil {
			return err
		}
		costs = append(costs, term.BytesWritten()-before)
	}
	slices.Sort(costs)
	r.figure(name+", median", float64(costs[len(costs)/2]), "bytes")
	r.figure(name+", most", float64(costs[len(costs)-1]), "bytes")
	return nil
}

func press(term *terminaltest.Terminal, key string) error {
	if err := term.Send(key); err != nil {
		return err
	}
	return term.Settle(quiet, terminaltest.Limit)
}

// openLarge waits for the demo and goes to the big container.
func openLarge(term *terminaltest.Terminal) error {
	if err := term.Await("the first page", terminaltest.Limit, showing(term, "Large")); err != nil {
		return err
	}
	if err := press(term, "o"); err != nil {
		return err
	}
	if err := press(term, "ctrl+u"); err != nil {
		return err
	}
	term.Type("OU=Large,DC=corp,DC=example,DC=com\r")
	if err := term.Await("the big container", terminaltest.Limit, showing(term, "99,999", "Logon name")); err != nil {
		return err
	}
	return term.Settle(quiet, terminaltest.Limit)
}

func measureStart(ctx context.Context, r *report) error {
	run, remove, err := program(ctx)
	if err != nil {
		return err
	}
	defer remove()
	bare, err := median(func() error { return run("version").Run() })
	if err != nil {
		return err
	}
	r.figure("a process that prints its version and ends", bare, "ms")
	for _, objects := range []int{0, 5000, large} {
		took, err := median(func() error { return firstPage(run("--demo", "--objects", strconv.Itoa(objects))) })
		if err != nil {
			return err
		}
		name := fmt.Sprintf("demo with %d objects, simulator included", objects)
		r.figure(name, took, "ms")
	}
	return nil
}

func firstPage(command *exec.Cmd) error {
	term, err := terminaltest.Open(command, cols, lines)
	if err != nil {
		return err
	}
	defer term.Close()
	return term.Await("the first page", terminaltest.Limit, showing(term, "Staff", "Large"))
}

// median is the middle of five times, in milliseconds.
func median(do func() error) (float64, error) {
	var times []float64
	for range 5 {
		started := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		times = append(times, float64(time.Since(started).Microseconds())/1000)
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}
