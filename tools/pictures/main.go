//go:build !windows

// Command pictures draws the pictures of docs/pictures anew: it runs the demo
// in a terminal, presses keys, and writes down what is on the screen as SVG.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dirdesk/test/terminaltest"
)

const folder = "docs/pictures"

// picture is one screen: how to get there and what must be on it.
type picture struct {
	name       string
	cols, rows int
	light      bool
	over       string // the protocol of the demo; "" is DSM's
	steps      []step
}

// step presses keys or types a text, then waits for texts on the screen.
type step struct {
	keys []string
	text string
	show []string
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run() error {
	scratch, err := os.MkdirTemp("", "dirdesk-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	binary := filepath.Join(scratch, "dirdesk")
	build := exec.Command("go", "build", "-o", binary, "dirdesk")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, p := range gallery() {
		svg, err := p.draw(binary, scratch)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		path := filepath.Join(folder, p.name+".svg")
		if err := os.WriteFile(path, []byte(svg), 0o644); err != nil {
			return err
		}
		fmt.Println(path)
	}
	return nil
}

func (p picture) draw(binary, scratch string) (string, error) {
	theme := "dark"
	palette := terminaltest.Dark()
	if p.light {
		theme, palette = "light", terminaltest.Light()
	}
	config := filepath.Join(scratch, theme)
	if err := writeTheme(config, theme); err != nil {
		return "", err
	}
	demo := "--demo"
	if p.over != "" {
		demo += "=" + p.over
	}
	command := exec.Command(binary, demo)
	command.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "NO_COLOR=", "TZ=UTC",
		"XDG_CONFIG_HOME="+config, "XDG_STATE_HOME="+filepath.Join(scratch, "state"))
	term, err := terminaltest.Open(command, p.cols, p.rows)
	if err != nil {
		return "", err
	}
	defer term.Close()
	for _, s := range append([]step{{show: []string{"Staff"}}}, p.steps...) {
		if err := term.Send(s.keys...); err != nil {
			return "", err
		}
		term.Type(s.text)
		shown := func() bool {
			screen := term.Screen()
			return !slices.ContainsFunc(s.show, func(t string) bool { return !strings.Contains(screen, t) })
		}
		if err := term.Await(strings.Join(s.show, ", "), terminaltest.Limit, shown); err != nil {
			return "", err
		}
		if err := term.Settle(200*time.Millisecond, terminaltest.Limit); err != nil {
			return "", err
		}
	}
	return term.SVG(palette), nil
}
