package keymap

import (
	"fmt"
	"strings"
)

//go:generate go test . -run TestDocument -update

// Document is docs/keys.md: the table as a page.
func Document() string {
	var b strings.Builder
	b.WriteString(`# Keys

Made from the table in package keymap by ` + "`go generate ./keymap`" + `; do not edit.
On the screen ` + "`?`" + ` lists those of the page, and ` + "`:`" + ` runs any action of it by its name.
` + "`dirdesk keys`" + ` prints them all, with your own.

In ` + "`config.toml`" + ` a list of keys replaces the default of an action, in every place where it holds:

` + "```toml" + `
[keys]
"move.down" = ["n", "down"]
"form.submit" = ["ctrl+s", "f10"]
` + "```" + `

Keys are written as in ` + "`dirdesk keys`" + `. Where text is typed, letters, digits and signs are part of it.
Most changes work on what is marked or, when nothing is, on what is under the cursor.
`)
	_, all := tabled()
	for _, s := range Scopes() {
		if len(s.Actions)+len(s.OpenedBy)+len(s.Uses) == 0 || s.Name == Page {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n", s.Title)
		if len(s.Actions) > 0 {
			b.WriteString("\n| keys | what it does | action |\n| --- | --- | --- |\n")
		}
		for _, a := range s.Actions {
			keys := make([]string, len(a.Keys))
			for i, key := range a.Keys {
				keys[i] = "`" + Spell(key, true) + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | `%s` |\n", strings.Join(keys, " "), a.Words, a.ID)
		}
		if more := s.more(all); more != "" {
			b.WriteString("\n" + more + "\n")
		}
	}
	return b.String()
}

// more says which other keys hold in a scope.
func (s Scope) more(all scopes) string {
	var said []string
	if len(s.Uses) > 0 {
		titles := make([]string, len(s.Uses))
		for i, name := range s.Uses {
			titles[i] = all[name].Title
		}
		said = append(said, "The keys of "+strings.Join(titles, " and ")+" hold too.")
	}
	if len(s.OpenedBy) > 0 {
		said = append(said, "The key that led here (`"+strings.Join(s.OpenedBy, "`, `")+"`) leads out again.")
	}
	return strings.Join(said, " ")
}
