package docs

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is where the module lies.
var root = filepath.Join("..", "..")

// document is a text that people read.
type document struct {
	name  string
	code  []string // what stands between backquotes, and whole lines of code
	links []string // what a link leads to
}

var (
	span = regexp.MustCompile("`([^`\n]+)`")
	link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

// documents are the texts in Markdown.
func documents(t *testing.T) []document {
	t.Helper()
	names := []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}
	below, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(below) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, path := range below {
		names = append(names, "docs/"+filepath.Base(path))
	}
	var all []document
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read(name, string(text)))
	}
	return all
}

// read finds the code of a document: between backquotes, and in blocks that are
// fenced or indented.
func read(name, text string) document {
	d := document{name: name}
	fenced := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced, strings.HasPrefix(line, "    "):
			d.code = append(d.code, line)
		default:
			for _, found := range span.FindAllStringSubmatch(line, -1) {
				d.code = append(d.code, found[1])
			}
		}
	}
	for _, found := range link.FindAllStringSubmatch(text, -1) {
		d.links = append(d.links, found[1])
	}
	return d
}

// packageComments are the comments of the module's packages, in files of any
// name.
func packageComments(t *testing.T) map[string]string {
	t.Helper()
	comments := map[string]string{}
	for _, file := range tree(t) {
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if parsed.Doc != nil {
			comments[file] = parsed.Doc.Text()
		}
	}
	return comments
}

// tree is every file of the module, and every directory with a slash behind it.
func tree(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		switch {
		case entry.IsDir() && strings.HasPrefix(name, ".") && name != "." && name != ".ci":
			return filepath.SkipDir
		case entry.IsDir():
			all = append(all, name+"/")
		default:
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
