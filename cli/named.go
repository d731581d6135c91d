package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"dirdesk/desk"
	"dirdesk/internal/terminaltext"
	"dirdesk/models"
)

// objectHelp says how an object is named, wherever one is; manyHelp where several are.
const (
	objectHelp = `An OBJECT is a DN, a logon name (also DOMAIN\name), a user principal name or mail
address, a GUID or SID, or a name that no other has.`
	manyHelp = objectHelp + `
Several may be named; - stands for those on standard input, one a line. When one
of them cannot be found, nothing is changed.`
	containerHelp = `A CONTAINER is named in the same ways, or by its path from the top
(Staff/Europe/Vienna) or the end of it (Vienna).`
)

// locate finds the object that a text names, and asks on a terminal where several are
// called so.
func (p *console) locate(ctx context.Context, d *desk.Desk, text string, kinds ...models.Category) (models.Object, error) {
	o, err := d.Locate(ctx, text, kinds...)
	several, ok := errors.AsType[*desk.Ambiguous](err)
	if _, terminal := p.terminal(); !ok || !terminal {
		return o, err
	}
	p.complainIn(terminaltext.Lines(append([]string{several.Error()}, candidateLines(several, true)...)...))
	answer, askErr := p.ask(ctx, fmt.Sprintf("Which one? 1 to %d, nothing for none", len(several.Candidates)))
	if askErr != nil {
		return o, askErr
	}
	n, noNumber := strconv.Atoi(answer)
	if noNumber != nil || n < 1 || n > len(several.Candidates) {
		return o, usagef("none was chosen: nothing was changed")
	}
	return several.Candidates[n-1], nil
}

// candidateLines list the objects that a name may mean.
func candidateLines(several *desk.Ambiguous, numbered bool) (lines []string) {
	for i, o := range several.Candidates {
		line := string(o.DN)
		if o.SAMAccountName != "" {
			line += " (" + o.SAMAccountName + ")"
		}
		if numbered {
			line = strconv.Itoa(i+1) + "  " + line
		}
		lines = append(lines, line)
	}
	return lines
}

// locate is that of the console, unless nobody is to be asked.
func (c *changeCommand) locate(ctx context.Context, d *desk.Desk, text string, kinds ...models.Category) (models.Object, error) {
	if c.yes {
		return d.Locate(ctx, text, kinds...)
	}
	return c.program.locate(ctx, d, text, kinds...)
}

// changesOf begins a change of each object that is named, or of none.
func (c *changeCommand) changesOf(ctx context.Context, d *desk.Desk, action models.Action, names []string, kinds ...models.Category) (changes []models.Change, err error) {
	objects, err := c.locateAll(ctx, d, names, kinds...)
	for _, o := range objects {
		changes = append(changes, changeOf(action, o))
	}
	return changes, err
}

// locateAll finds all objects that are named, each once, or none.
func (c *changeCommand) locateAll(ctx context.Context, d *desk.Desk, names []string, kinds ...models.Category) (objects []models.Object, err error) {
	return locateAll(names, func(name string) (models.Object, error) { return c.locate(ctx, d, name, kinds...) })
}

// locateAll is that of a change, however the objects are found.
func locateAll(names []string, locate func(name string) (models.Object, error)) (objects []models.Object, err error) {
	seen := map[string]bool{}
	for _, name := range names {
		o, err := locate(name)
		if err != nil {
			return nil, err
		}
		if !seen[o.DN.Key()] {
			objects = append(objects, o)
		}
		seen[o.DN.Key()] = true
	}
	return objects, nil
}

// mostInput bounds what is read of standard input for -, in bytes.
const mostInput = 16 << 20

// withInput puts the objects of standard input, one a line, in the place of -. It is
// read before anything is opened.
func (c *changeCommand) withInput(args []string) ([]string, error) {
	at := slices.Index(args, "-")
	switch {
	case at < 0:
		return args, nil
	case slices.Index(args[at+1:], "-") >= 0:
		return nil, usagef("- stands for standard input, which can be read once")
	case c.flags.passwordStdin:
		return nil, usagef("- and --password-stdin: standard input can be one of the two")
	case !c.yes && !c.dryRun:
		return nil, usagef("with - nobody can be asked: use --yes to do it without a question, or --dry-run to look")
	}
	text, err := io.ReadAll(io.LimitReader(c.In, mostInput+1))
	if err != nil || len(text) > mostInput {
		return nil, usagef("standard input cannot be read, or has more than %d MB: %v", mostInput>>20, err)
	}
	var names []string
	for line := range strings.Lines(string(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))) {
		if line = strings.TrimSpace(line); line != "" {
			names = append(names, line)
		}
	}
	if len(names) == 0 {
		return nil, usagef("standard input names no object")
	}
	return slices.Concat(args[:at], names, args[at+1:]), nil
}
