package docs

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"dirdesk/cli"
	"dirdesk/keymap"
)

// command is one of the program's, as its help tells of it.
type command struct {
	flags map[string]bool // whether a value follows
	below map[string]*command
}

var (
	helpFlag    = regexp.MustCompile(`(?m)^ +(?:(-\w), )?(--[a-z-]+)( [^ ]+)?`)
	helpCommand = regexp.MustCompile(`(?m)^  ([a-z-]+) +\S`)
)

// commands asks the program itself for all its commands and flags.
func commands(t *testing.T, path ...string) *command {
	t.Helper()
	var out bytes.Buffer
	streams := cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" }}
	if code := cli.Main(append(path, "--help"), streams); code != 0 {
		t.Fatalf("%v --help: exit code %d\n%s", path, code, out.String())
	}
	c := &command{flags: map[string]bool{"--help": false}, below: map[string]*command{}}
	help := out.String()
	_, rest, _ := strings.Cut(help, "\nFlags:")
	for _, found := range helpFlag.FindAllStringSubmatch(rest, -1) {
		c.flags[found[1]], c.flags[found[2]] = found[3] != "", found[3] != ""
	}
	_, rest, _ = strings.Cut(help, "\nAvailable Commands:\n")
	rest, _, _ = strings.Cut(rest, "\n\n")
	for _, found := range helpCommand.FindAllStringSubmatch(rest, -1) {
		if name := found[1]; name != "help" && name != "completion" {
			c.below[name] = commands(t, append(path[:len(path):len(path)], name)...)
		}
	}
	return c
}

// all gives every command below c, and c.
func (c *command) all() []*command {
	found := []*command{c}
	for _, below := range c.below {
		found = append(found, below.all()...)
	}
	return found
}

var (
	called = regexp.MustCompile(`(?:^|\s|\./)dirdesk((?: +\S+)*)`)
	flag   = regexp.MustCompile(`^(-[a-z]|--[a-z][a-z-]*)(=.*)?$`)
)

// A command line in a document is one that the program takes: its commands and
// its flags are there. A flag by itself is one of some command.
func TestCommandsAndFlagsAreThere(t *testing.T) {
	program := commands(t)
	if len(program.below) < 10 {
		t.Fatalf("the help lists %d commands: the test reads it wrongly", len(program.below))
	}
	known := map[string]bool{}
	for _, c := range program.all() {
		for name := range c.flags {
			known[name] = true
		}
	}
	for _, d := range documents(t) {
		for _, code := range d.code {
			if found := flag.FindStringSubmatch(code); found != nil && !known[found[1]] {
				t.Errorf("%s names the flag %s, which no command has", d.name, found[1])
			}
			if found := called.FindStringSubmatch(code); found != nil {
				program.check(t, d.name, code, strings.Fields(found[1]))
			}
			words := strings.Fields(code)
			if len(words) > 1 && program.below[words[0]] != nil {
				program.check(t, d.name, code, words)
			}
		}
	}
}

// check holds the words after the program's name against its commands.
func (c *command) check(t *testing.T, where, line string, words []string) {
	t.Helper()
	at, arguments, value := c, 0, false
	for _, word := range words {
		if value {
			value = false
			continue
		}
		if strings.ContainsAny(word, "#|>&") {
			return // a comment, or another program
		}
		switch found := flag.FindStringSubmatch(word); {
		case found != nil:
			takes, has := at.flags[found[1]]
			if !has {
				t.Errorf("%s: %q: the command has no %s", where, line, found[1])
			}
			value = takes && found[2] == ""
		case arguments == 0 && at.below[word] != nil:
			at = at.below[word]
		case arguments == 0 && at != c && len(at.below) > 0:
			t.Errorf("%s: %q: there is no command %s", where, line, word)
			return
		default:
			arguments++
		}
	}
}

// A key between backquotes is one that the keymap has.
func TestKeysAreThere(t *testing.T) {
	keys := map[string]bool{}
	for _, scope := range keymap.Scopes() {
		for _, action := range scope.Actions {
			for _, key := range action.Keys {
				keys[key], keys[keymap.Spell(key, false)] = true, true
				keys[keymap.Spell(key, true)] = true
			}
		}
	}
	ctrl := regexp.MustCompile(`^(?:ctrl\+|Ctrl-|Shift-|Alt-).+$`)
	for _, d := range documents(t) {
		for _, code := range d.code {
			isKey := len(code) == 1 || ctrl.MatchString(code)
			if isKey && !keys[code] && code != "\\" && code != "C" {
				t.Errorf("%s names the key %s, which does nothing", d.name, code)
			}
		}
	}
}
