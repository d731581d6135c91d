package ui

import (
	"fmt"
	"strings"

	"dirdesk/ui/action"
)

//go:generate go test . -run TestKeysDocument -update

// KeysDocument is docs/keys.md: the table of actions as a page.
func KeysDocument(actions []action.Action) string {
	var b strings.Builder
	b.WriteString("# Keys\n\nMade from the table of actions by `go generate ./ui`; do not edit.\n" +
		"On the screen `?` lists the same, and `:` runs any of it by name.\n")
	group := ""
	for _, a := range actions {
		if a.Group != group {
			group = a.Group
			fmt.Fprintf(&b, "\n## %s\n\n| keys | what it does |\n| --- | --- |\n", group)
		}
		keys := make([]string, len(a.Keys))
		for i, key := range a.Keys {
			keys[i] = "`" + action.Spell(key, true) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(keys, " "), a.Name)
	}
	b.WriteString(`
## While typing

| where | keys |
| --- | --- |
| narrowing (` + "`/`" + `) | text narrows at once, Up and Down walk the rows, Enter keeps, Esc shows all |
| going to a DN (` + "`o`" + `) | Enter goes there, Ctrl-W takes a step off, Ctrl-U clears, Esc closes |
| copying (` + "`y`" + `) | ` + "`y` or `d`" + ` the DN, ` + "`l`" + ` the logon name, ` + "`m`" + ` the mail, Esc closes |
| help and palette | text narrows the list, Up and Down choose, Enter runs, Esc closes |
| forms | Tab and the arrows (where nothing is typed, j and k too) walk the fields, Enter or Ctrl-S goes on, Esc leaves, changing nothing |
| all properties (` + "`A`" + `) | Enter edits, ` + "`x`" + ` clears, ` + "`u`" + ` takes a change back, ` + "`v`" + ` shows all of it, ` + "`/`" + ` narrows, Ctrl-S goes on, Esc leaves |
| the photo (` + "`f`" + `) | ` + "`s`" + ` sets it from a file, ` + "`x`" + ` clears it, ` + "`u`" + ` takes that back, Ctrl-S goes on, Esc leaves |
| licences (` + "`M`" + `) | Space assigns or revokes, Ctrl-S goes on, Esc leaves |
| members (` + "`v`" + `) | Tab: with those through other groups, Enter goes to one, ` + "`r`" + ` reads anew, Esc closes |
| what would change | Enter or ` + "`y`" + ` does it, Esc goes back; what deletes takes ` + "`y`" + `, or the number of objects |
| a made password | ` + "`v`" + ` shows it, ` + "`y`" + ` copies it, any other key forgets it |

Most changes work on what is marked or, when nothing is, on what is under the cursor.
`)
	return b.String()
}
