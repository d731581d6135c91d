package keymap_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dirdesk/keymap"
)

//go:generate go test . -run TestDocument -update

var update = flag.Bool("update", false, "write docs/keys.md anew")

// docs/keys.md is made of the table; this test keeps it fresh.
func TestDocument(t *testing.T) {
	path := filepath.Join("..", "docs", "keys.md")
	if *update {
		if err := os.WriteFile(path, []byte(document()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil || document() != string(want) {
		t.Errorf("docs/keys.md is not what the table says (%v): go generate ./keymap", err)
	}
}

// document is docs/keys.md: the table as a page.
func document() string {
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
	titles := map[keymap.ScopeName]string{}
	for _, s := range keymap.Scopes() {
		titles[s.Name] = s.Title
	}
	for _, s := range keymap.Scopes() {
		if len(s.Actions)+len(s.OpenedBy)+len(s.Uses) == 0 || s.Name == keymap.Page {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n", s.Title)
		if len(s.Actions) > 0 {
			b.WriteString("\n| keys | what it does | action |\n| --- | --- | --- |\n")
		}
		for _, a := range s.Actions {
			keys := make([]string, len(a.Keys))
			for i, key := range a.Keys {
				keys[i] = "`" + keymap.Spell(key, true) + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | `%s` |\n", strings.Join(keys, " "), a.Words, a.ID)
		}
		if more := otherKeys(s, titles); more != "" {
			b.WriteString("\n" + more + "\n")
		}
	}
	return b.String()
}

// otherKeys says which other keys hold in a scope.
func otherKeys(s keymap.Scope, titles map[keymap.ScopeName]string) string {
	var said []string
	if len(s.Uses) > 0 {
		used := make([]string, len(s.Uses))
		for i, name := range s.Uses {
			used[i] = titles[name]
		}
		said = append(said, "The keys of "+strings.Join(used, " and ")+" hold too.")
	}
	if len(s.OpenedBy) > 0 {
		said = append(said, "The key that led here (`"+strings.Join(s.OpenedBy, "`, `")+"`) leads out again.")
	}
	return strings.Join(said, " ")
}
