//go:build linux

package soak

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dirdesk/models"
	"dirdesk/simulator"
	"dirdesk/simulator/fault"
	"dirdesk/test/terminaltest"
)

// player is the person at the screen. It looks at what is there and answers that, so
// that it gets along with whatever a fault leads to.
type player struct {
	*terminaltest.Test
	t             *testing.T
	r             *rand.Rand
	backend       backend
	server        *simulator.Server
	home          string
	password      models.Secret
	pid           int
	width, height int
	made          int  // users, so that each has a name of its own
	leaving       bool // the program may end
	done          []string
}

// warm is after which part of the steps the program has what it needs: from then on it
// may not grow.
const warm = 3

func (p *player) play(steps int) {
	var before size
	for i := range steps {
		if i == (steps+warm-1)/warm {
			before = p.size()
		}
		p.step()
		p.rest()
		p.fits()
	}
	p.server.ClearFaults()
	if after := p.size(); after.memory > before.memory+mostGrowth || after.files > before.files+mostFiles {
		p.t.Errorf("it grew from %+v to %+v", before, after)
	}
}

// How much the program may grow while it is played with.
const (
	mostGrowth = 96 << 20
	mostFiles  = 12
)

type size struct{ memory, files int }

// size is what the program has now.
func (p *player) size() (s size) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid))
	must(p.t, err)
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kilobytes, err := strconv.Atoi(fields[1])
			must(p.t, err)
			s.memory = kilobytes << 10
		}
	}
	files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.pid))
	must(p.t, err)
	s.files = len(files)
	return s
}

// step does something that can be done.
func (p *player) step() {
	all := []struct {
		name string
		do   func()
	}{
		{"describe", p.describe},
		{"describe", p.describe},
		{"enable or disable", func() { p.choose(); p.Send("X") }},
		{"set a password", func() { p.choose(); p.Send("p"); p.expect("Set password: "); p.Send("enter") }},
		{"rescue", func() { p.choose(); p.Send("R") }},
		{"unlock", func() { p.choose(); p.Send("U") }},
		{"new user", p.newUser},
		{"delete", func() { p.choose(); p.Send("D") }},
		{"rename", p.rename},
		{"undo", func() { p.Send("u") }},
		{"disable several", func() { p.choose(); p.Send("space", "down", "space", "X") }},
		{"walk", p.walk},
		{"look", func() { p.Send([]string{"?", ":", "J", "I", "f", "A", "v"}[p.r.IntN(7)]) }},
		{"resize", p.resize},
	}
	what := all[p.r.IntN(len(all))]
	p.done = append(p.done, what.name)
	p.server.ClearFaults()
	if p.r.IntN(3) == 0 {
		p.inject()
	}
	what.do()
}

// inject has one of the next calls go wrong.
func (p *player) inject() {
	text := p.backend.faults[p.r.IntN(len(p.backend.faults))] + "@" + p.backend.calls[p.r.IntN(len(p.backend.calls))] + "#1"
	spec, err := fault.Parse(text)
	must(p.t, err)
	p.done = append(p.done, "  with "+text)
	p.server.Inject(spec)
}

// choose puts the cursor on a row of people.
func (p *player) choose() {
	p.Send("g")
	for range p.r.IntN(mostPeople) {
		p.Send("down")
	}
}

// expect waits for a text that should come. Where it does not, the screen says why, and
// rest answers that.
func (p *player) expect(texts ...string) bool {
	err := p.Await(strings.Join(texts, ", "), 3*time.Second, func() bool {
		screen := p.Screen()
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
	return err == nil
}

func (p *player) describe() {
	p.choose()
	p.Send("e")
	if !p.expect("Edit: ", "Description") {
		return
	}
	for range 12 {
		if p.expectNow("> Description") {
			break
		}
		p.Send("tab")
		p.Settle()
	}
	p.Send("ctrl+u")
	p.Type(fmt.Sprintf("soaked %d", p.r.IntN(1000)))
	p.Send("ctrl+s")
}

func (p *player) expectNow(text string) bool { return strings.Contains(p.Screen(), text) }

func (p *player) newUser() {
	p.made++
	p.Send("n")
	if !p.expect("New, in") {
		return
	}
	p.Send("u")
	if !p.expect("First name") {
		return
	}
	p.Type("New")
	p.Send("tab")
	p.Type(fmt.Sprintf("Soaked%d", p.made))
	p.expect("free")
	p.Send("ctrl+s")
}

func (p *player) rename() {
	p.choose()
	p.Send("N")
	if !p.expect("New name") {
		return
	}
	p.made++
	p.Send("ctrl+u")
	p.Type(fmt.Sprintf("called%d", p.made))
	p.Send("ctrl+s")
}

func (p *player) walk() {
	keys := []string{"j", "k", "G", "g", "pgdown", "pgup", "tab", "i", "r", "s", "S", "a", "[", "]", "~", "right", "left", "backspace", "enter"}
	for range 6 {
		p.Send(keys[p.r.IntN(len(keys))])
	}
}

func (p *player) resize() {
	sizes := [][2]int{{80, 24}, {100, 30}, {120, 40}, {70, 20}, {132, 43}}
	to := sizes[p.r.IntN(len(sizes))]
	p.width, p.height = to[0], to[1]
	p.Resize(p.width, p.height)
}

// quiet is how long nothing is drawn where nothing is under way: a spinner turns faster.
const quiet = 400 * time.Millisecond

// rest answers what is asked until the page is there, and goes back to the people.
func (p *player) rest() {
	for range 40 {
		must(p.t, p.Terminal.Settle(quiet, 3*terminaltest.Limit))
		screen := p.Screen()
		if code, ended := p.Exited(); ended {
			if !p.leaving {
				p.t.Fatalf("it ended with %d:\n%s", code, screen)
			}
			return
		}
		switch {
		case strings.Contains(screen, "goroutine ") || strings.Contains(screen, "fault of its own"):
			p.t.Fatalf("it panicked:\n%s", screen)
		case strings.Contains(screen, "Allow changes on"), strings.Contains(screen, "y yes   N no"), strings.Contains(screen, "Y yes   n no"):
			p.Send([]string{"y", "y", "y", "n"}[p.r.IntN(4)])
		case strings.Contains(screen, " to go on:"): // how many are concerned is typed
			_, rest, _ := strings.Cut(screen, "Type ")
			count, _, _ := strings.Cut(rest, " ")
			p.Send("ctrl+u")
			p.Type(count)
			p.Send("enter")
		case strings.Contains(screen, "Signed out") && strings.Contains(screen, "Password"):
			p.Type(p.password.Reveal())
			p.Send("enter")
		case p.onPage(screen):
			if strings.Contains(screen, "─ Soak ─") {
				return
			}
			p.people()
		default:
			p.Send("esc")
		}
	}
	p.t.Fatalf("there is no way back to the page:\n%s", p.Screen())
}

// onPage reports whether nothing lies over the page.
func (p *player) onPage(screen string) bool {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	above, last := strings.Join(lines[:len(lines)-1], "\n"), lines[len(lines)-1]
	return !strings.Contains(above, "Esc") && strings.Contains(last, "? help") && strings.Contains(last, "q quit")
}

// people goes to the people.
func (p *player) people() {
	p.Send("ctrl+g")
	if !p.expect("Go to") {
		return
	}
	p.Send("ctrl+u")
	p.Paste(string(p.server.BaseDN().Child("OU", "Soak")))
	p.Send("enter")
	p.expect("─ Soak ─")
}

// fits waits until each line of a pane ends where the screen does.
func (p *player) fits() {
	p.t.Helper()
	p.WaitUntil("panes as wide as the screen", func(screen string) bool {
		lines := strings.Split(strings.TrimSuffix(screen, "\n"), "\n")
		if len(lines) != p.height {
			return false
		}
		for _, line := range lines {
			if strings.HasPrefix(line, "│") || strings.HasPrefix(line, "╭") || strings.HasPrefix(line, "╰") {
				if ansi.StringWidth(line) != p.width || !strings.ContainsRune("│┃╮╯", []rune(line)[len([]rune(line))-1]) {
					return false
				}
			}
		}
		return true
	})
}
