package layers

import (
	"slices"
	"strings"
	"testing"
)

// layer is a directory with everything below it, and what it may import.
type layer struct {
	dir string
	// own is what it may import from this module, besides what lies in dir.
	own []string
	// never are packages of others that it must not import, with all below.
	never []string
}

// Libraries that give a layer away.
const (
	screen  = "charm.land"
	ldap    = "github.com/go-ldap/ldap"
	web     = "net/http"
	flags   = "github.com/spf13/cobra"
	testLib = "testing"
)

// layers are in the order of looking: the first dir that holds a package
// decides.
var layers = []layer{
	{dir: ".", own: []string{"cli"}, never: []string{screen, ldap, web}},
	{dir: "cli", own: []string{
		"ui", "desk", "models", "keymap", "theme", "synology", "activedirectory", "adaxes", "simulator",
		"internal/config", "internal/certificates", "internal/erase", "internal/keyring", "internal/terminaltext", "internal/upstream", "internal/english", "internal/guard", "internal/jobcontrol", "internal/undumpable",
	}, never: []string{ldap, web, testLib}},
	{dir: "ui", own: []string{"desk", "models", "keymap", "theme", "internal/terminaltext", "internal/english", "internal/guard", "internal/jobcontrol"}, never: []string{ldap, web, flags, testLib}},
	{dir: "keymap", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "theme", own: []string{"internal/terminaltext"}, never: []string{ldap, web, flags, testLib}},
	{dir: "desk", own: []string{"models", "internal/allowance", "internal/terminaltext", "internal/english", "internal/guard", "internal/privatefile"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "synology", own: []string{"models", "internal/allowance", "internal/rawjson", "internal/webclient", "internal/english"}, never: []string{screen, ldap, flags, testLib}},
	{dir: "activedirectory", own: []string{"models", "internal/allowance", "internal/certificates", "internal/english", "internal/guard", "internal/guard"}, never: []string{screen, web, flags, testLib}},
	{dir: "adaxes", own: []string{"models", "internal/allowance", "internal/rawjson", "internal/webclient", "internal/english"}, never: []string{screen, ldap, flags, testLib}},
	{dir: "simulator", own: []string{"models"}, never: []string{screen, ldap, flags, testLib}},
	{dir: "internal/upstream", own: []string{"desk", "models"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "models", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/config", own: []string{"keymap", "models", "internal/privatefile"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/certificates", own: []string{"models", "internal/privatefile", "internal/english", "internal/guard"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/keyring", own: []string{"models", "internal/guard"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/webclient", own: []string{"models", "internal/certificates", "internal/rawjson", "internal/english"}, never: []string{screen, ldap, flags, testLib}},
	{dir: "internal/allowance", own: []string{"models", "internal/english"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/guard", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/undumpable", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/erase", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/jobcontrol", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/english", never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/rawjson", own: []string{"models"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/privatefile", own: []string{"internal/english"}, never: []string{screen, ldap, web, flags, testLib}},
	{dir: "internal/terminaltext", never: []string{screen, ldap, web, flags, testLib}},
}

// workshop are packages that only tests and our own tools use, each with all
// below it. They may import anything, and nothing that is shipped may import
// them. A test kit that lies beside what it tests is named here.
var workshop = []string{"test", "tools", "desk/desktest", "ui/uitest"}

func inWorkshop(dir string) bool {
	return slices.ContainsFunc(workshop, func(w string) bool { return within(dir, w) })
}

func find(dir string) (layer, bool) {
	for _, l := range layers {
		if l.dir == dir || l.dir != "." && within(dir, l.dir) {
			return l, true
		}
	}
	return layer{}, false
}

func TestImportsGoDownwardsOnly(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || inWorkshop(s.dir) {
			continue
		}
		l, found := find(s.dir)
		if !found {
			t.Errorf("%s: package %s belongs to no layer; say in test/layers what it may import", s.file, s.dir)
			continue
		}
		for _, imported := range s.imports {
			if fault := l.judge(imported); fault != "" {
				t.Errorf("%s imports %s: %s", s.file, imported, fault)
			}
		}
	}
}

// What lies in internal/ is part of the program.
func TestInternalIsShipped(t *testing.T) {
	used, internal := map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		if within(s.dir, "internal") {
			internal[s.dir] = true
		}
		if s.test || inWorkshop(s.dir) {
			continue
		}
		for _, imported := range s.imports {
			if own, isOwn := strings.CutPrefix(imported, module+"/"); isOwn && own != s.dir {
				used[own] = true
			}
		}
	}
	for dir := range internal {
		if !used[dir] {
			t.Errorf("only tests and tools use %s; move it to test/ or tools/", dir)
		}
	}
}

// judge says what is wrong with an import, "" when nothing is.
func (l layer) judge(imported string) string {
	own, isOwn := strings.CutPrefix(imported, module+"/")
	switch {
	case isOwn && inWorkshop(own):
		return "only tests and tools may"
	case isOwn && l.dir != "." && within(own, l.dir):
		return ""
	case isOwn && !slices.ContainsFunc(l.own, func(allowed string) bool { return within(own, allowed) }):
		return "layer " + l.dir + " may import " + strings.Join(l.own, ", ") + " only"
	}
	for _, never := range l.never {
		if within(imported, never) || never == ldap && strings.HasPrefix(imported, never) {
			return "layer " + l.dir + " must not know it"
		}
	}
	return ""
}

// The vocabulary can be read, and copied, without any library.
func TestModelsImportTheStandardLibraryOnly(t *testing.T) {
	for _, s := range sources(t) {
		if !within(s.dir, "models") || s.test {
			continue
		}
		for _, imported := range s.imports {
			first, _, _ := strings.Cut(imported, "/")
			own, _ := strings.CutPrefix(imported, module+"/")
			if strings.Contains(first, ".") || first == module && !within(own, "models") {
				t.Errorf("%s imports %s", s.file, imported)
			}
		}
	}
}

// The rules themselves must be able to fail.
func TestRulesRefuse(t *testing.T) {
	for _, c := range []struct{ from, imported string }{
		{".", "dirdesk/ui"},
		{"ui/browse", "dirdesk/synology"},
		{"ui", "net/http"},
		{"ui/connect", "dirdesk/internal/certificates"},
		{"desk", "dirdesk/ui/action"},
		{"desk", "charm.land/bubbletea/v2"},
		{"synology", "dirdesk/desk"},
		{"synology", "dirdesk/activedirectory"},
		{"synology", "charm.land/lipgloss/v2"},
		{"activedirectory", "dirdesk/simulator/directory"},
		{"adaxes", "dirdesk/synology"},
		{"adaxes", "dirdesk/desk"},
		{"simulator/dsm", "testing"},
		{"simulator", "dirdesk/ui"},
		{"simulator", "github.com/go-ldap/ldap/v3"},
		{"models", "dirdesk/desk"},
		{"cli", "dirdesk/desk/desktest"},
		{"cli", "github.com/go-ldap/ldap/v3"},
	} {
		l, found := find(c.from)
		if !found || l.judge(c.imported) == "" {
			t.Errorf("%s may import %s", c.from, c.imported)
		}
	}
}
