package keymap_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dirdesk/keymap"
)

// Every action that the screen names is in the table: a name that was mistyped
// would be a key that does nothing.
func TestTheScreenNamesOnlyActionsOfTheTable(t *testing.T) {
	known, groups := keymap.Default(), map[string]bool{}
	for id := range known {
		group, _, _ := strings.Cut(id, ".")
		groups[group] = true
	}
	shape := regexp.MustCompile(`^[a-z]+\.[a-z]+$`)
	for path, file := range screen(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, _ := strconv.Unquote(literal.Value)
			for id := range strings.SplitSeq(text, "|") {
				id = strings.TrimPrefix(id, "^")
				group, _, _ := strings.Cut(id, ".")
				if _, there := known[id]; !there && shape.MatchString(id) && groups[group] {
					t.Errorf("%s names %s, which is not in the table", path, id)
				}
			}
			return true
		})
	}
}

// screen are the files of ui that are no tests.
func screen(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(filepath.Join("..", "ui"), func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == "uitest":
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files[path], err = parser.ParseFile(token.NewFileSet(), path, nil, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
