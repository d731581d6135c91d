//go:build !windows

package main

import (
	"os"
	"path/filepath"
)

const (
	team   = "OU=Engineering,OU=Vienna,OU=Europe,OU=Staff,DC=corp,DC=example,DC=com"
	office = "OU=Vienna,OU=Europe,OU=Staff,DC=corp,DC=example,DC=com"
	big    = "OU=Large,DC=corp,DC=example,DC=com"
	odd    = "OU=Odd Names,DC=corp,DC=example,DC=com"
)

// gallery are the pictures of the README and the documentation.
func gallery() []picture {
	return []picture{
		{name: "locked", cols: 120, rows: 32, steps: append(goTo(team, "Engineering"),
			step{keys: []string{"/"}}, step{text: "pichler"},
			step{keys: []string{"enter", "j", "i"}, show: []string{"locked", "Sebastian Pichler", "spichler@"}})},
		{name: "browse", cols: 120, rows: 32, steps: append(goTo(office, "Vienna"), step{keys: []string{"j", "j"}})},
		{name: "browse-light", cols: 120, rows: 32, light: true, steps: append(goTo(office, "Vienna"), step{keys: []string{"j", "j"}})},
		{name: "narrow", cols: 80, rows: 24, steps: append(goTo(office, "Vienna"), step{keys: []string{"/"}}, step{text: "ma"})},
		{name: "big-container", cols: 100, rows: 24, steps: append(goTo(big, "5,000"), step{keys: []string{"G"}})},
		{name: "odd-names", cols: 100, rows: 30, steps: append(goTo(odd, "Odd Names"), step{keys: []string{"pgdown"}})},
		{name: "new-user", cols: 80, rows: 24, steps: append(goTo(office, "Vienna"),
			step{keys: []string{"n"}, show: []string{"group"}}, step{keys: []string{"u"}, show: []string{"First name"}},
			step{text: "Marta"}, step{keys: []string{"tab"}}, step{text: "Novák", show: []string{"free"}})},
		{name: "delete", cols: 100, rows: 24, steps: append(goTo(office, "Vienna"),
			step{keys: []string{"pgdown", "space", "space", "space"}, show: []string{"3 marked"}},
			step{keys: []string{"D"}, show: []string{"Type 3"}})},
		{name: "password", cols: 80, rows: 24, steps: append(goTo(office, "Vienna"),
			step{keys: []string{"pgdown", "p"}, show: []string{"made for me"}},
			step{keys: []string{"enter"}, show: []string{"v shows it"}}, step{keys: []string{"v"}, show: []string{"capital"}})},
		{name: "properties", cols: 100, rows: 28, over: "adaxes", steps: append(goTo(office, "Vienna"),
			step{keys: []string{"pgdown", "A"}, show: []string{"All properties", "accountExpires"}},
			step{keys: []string{"j", "j", "j", "j", "j"}})},
		{name: "flags", cols: 100, rows: 28, over: "adaxes", steps: append(goTo(office, "Vienna"),
			step{keys: []string{"pgdown", "A"}, show: []string{"All properties", "accountExpires"}},
			step{text: "/userAccountC"}, step{text: "\r", show: []string{"userAccountControl"}},
			step{text: "\r", show: []string{"ACCOUNTDISABLE"}},
			step{keys: []string{"down", "space"}, show: []string{"mask 2"}})},
		{name: "help", cols: 80, rows: 30, steps: []step{{keys: []string{"?"}}}},
		{name: "palette", cols: 80, rows: 24, steps: []step{{keys: []string{":"}}, {text: "re"}}},
	}
}

// goTo opens a container by its DN.
func goTo(dn, shown string) []step {
	return []step{
		{keys: []string{"o"}},
		{keys: []string{"ctrl+u"}},
		{text: dn + "\r", show: []string{shown, "Logon name"}},
	}
}

// writeTheme makes settings that name the background, so that the picture does
// not depend on what the emulator answers.
func writeTheme(config, theme string) error {
	dir := filepath.Join(config, "dirdesk")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "config.toml"), []byte("[ui]\ntheme = \""+theme+"\"\n"), 0o600)
}
