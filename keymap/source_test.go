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

// The table is the only place that spells keys: what the screen compares with a
// key would be a key that nobody can change. A letter alone may be something
// else, and is looked at where a message is compared.
func TestTheScreenComparesWithNoKey(t *testing.T) {
	for path, file := range screen(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			var compared []ast.Expr
			pressed := false
			switch n := n.(type) {
			case *ast.SwitchStmt:
				pressed = asksKey(n.Tag)
				for _, arm := range n.Body.List {
					compared = append(compared, arm.(*ast.CaseClause).List...)
				}
			case *ast.BinaryExpr:
				if n.Op == token.EQL || n.Op == token.NEQ {
					pressed = asksKey(n.X)
					compared = []ast.Expr{n.Y}
				}
			}
			for _, e := range compared {
				literal, ok := e.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING {
					continue
				}
				text, _ := strconv.Unquote(literal.Value)
				if pressed || spelled(text) {
					t.Errorf("%s compares with the key %q", path, text)
				}
			}
			return true
		})
	}
}

// asksKey reports whether an expression is the spelling of a key: msg.String().
func asksKey(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "String" {
		return false
	}
	name, ok := method.X.(*ast.Ident)
	return ok && (name.Name == "msg" || name.Name == "key" || name.Name == "k")
}

// spelled reports whether a text is how a key other than a letter is written.
func spelled(text string) bool {
	for _, keys := range keymap.Default() {
		for _, key := range keys {
			if text == key && len(text) > 1 {
				return true
			}
		}
	}
	return false
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
