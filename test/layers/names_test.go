package layers

import (
	"go/ast"
	"regexp"
	"testing"
)

// Names that say nothing about what is inside.
var (
	emptyPackage = regexp.MustCompile(`^(utils?|common|helpers?|misc|shared|base|stuff|lib)$`)
	emptyName    = regexp.MustCompile(`^(Util|Helper|Common|Misc)|(Util|Utils|Helper|Helpers)$`)
)

func TestNamesSaySomething(t *testing.T) {
	for _, s := range sources(t) {
		if emptyPackage.MatchString(s.pkg) {
			t.Errorf("%s: a package called %s could hold anything", s.file, s.pkg)
		}
		if s.test {
			continue
		}
		for _, name := range topLevel(s.tree) {
			if emptyName.MatchString(name) {
				t.Errorf("%s: the name %s says nothing", s.file, name)
			}
		}
	}
}

// go doc says of every package what it is for.
func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test {
			said[s.dir] = said[s.dir] || s.tree.Doc != nil
		}
	}
	for dir, is := range said {
		if !is {
			t.Errorf("no file of %s has a package comment", dir)
		}
	}
}

// topLevel gives the exported functions, methods, types, variables and
// constants of a file.
func topLevel(file *ast.File) []string {
	var names []string
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			if id.IsExported() {
				names = append(names, id.Name)
			}
		}
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			add(d.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add(spec.Name)
				case *ast.ValueSpec:
					add(spec.Names...)
				}
			}
		}
	}
	return names
}

const mostLines = 500

func TestFilesCanBeReadInOneGo(t *testing.T) {
	for _, s := range sources(t) {
		if s.lines > mostLines {
			t.Errorf("%s has %d lines; above %d it holds more than one thing", s.file, s.lines, mostLines)
		}
	}
}
