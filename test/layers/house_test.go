package layers

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// shipped are the sources of the program itself: no tests, no kits for them, and
// not the simulator, which is a server.
func shipped(t *testing.T) []source {
	t.Helper()
	return slices.DeleteFunc(sources(t), func(s source) bool {
		return s.test || inWorkshop(s.dir) || within(s.dir, "simulator")
	})
}

// hold compares what was counted, by name, with a limit.
func hold(t *testing.T, counted map[string]int, limit int, why string) {
	t.Helper()
	for name, n := range counted {
		if n > limit {
			t.Errorf("%s: %d, at most %d: %s", name, n, limit, why)
		}
	}
}

const mostMethods = 45

// A struct with very many methods is several things. A function that takes the
// struct is a method by another spelling.
func TestNoStructDoesEverything(t *testing.T) {
	structs, counted := map[string]bool{}, map[string]int{}
	for _, s := range shipped(t) {
		for _, d := range s.tree.Decls {
			for _, spec := range specs(d) {
				if typed, ok := spec.(*ast.TypeSpec); ok {
					if _, ok := typed.Type.(*ast.StructType); ok {
						structs[s.dir+"."+typed.Name.Name] = true
					}
				}
			}
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			for name := range takes(f) {
				counted[s.dir+"."+name]++
			}
		}
	}
	for name := range counted {
		if !structs[name] {
			delete(counted, name)
		}
	}
	hold(t, counted, mostMethods, "divide it by what its methods need of it")
}

func specs(d ast.Decl) []ast.Spec {
	if g, ok := d.(*ast.GenDecl); ok {
		return g.Specs
	}
	return nil
}

// takes are the types of its own package that a method has for its receiver, or
// a function among its parameters.
func takes(f *ast.FuncDecl) map[string]bool {
	names, list := map[string]bool{}, f.Recv
	if list == nil {
		list = f.Type.Params
	}
	for _, field := range list.List {
		e := field.Type
		if star, ok := e.(*ast.StarExpr); ok {
			e = star.X
		}
		if index, ok := e.(*ast.IndexExpr); ok {
			e = index.X
		}
		if id, ok := e.(*ast.Ident); ok {
			names[id.Name] = true
		}
	}
	return names
}

// What an action does stands in the file of its operation, behind one interface.
// A switch on the action elsewhere is a place that a new operation is forgotten
// in.
func TestNobodySwitchesOnTheAction(t *testing.T) {
	all := shipped(t)
	actions := actionNames(all)
	if len(actions) < 10 {
		t.Fatalf("only %d actions found in models: the test looks in the wrong place", len(actions))
	}
	counted := map[string]int{}
	for _, s := range all {
		if s.dir == "desk" && strings.HasPrefix(path.Base(s.file), "op_") {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			clause, ok := n.(*ast.SwitchStmt)
			if ok && slices.ContainsFunc(clause.Body.List, func(c ast.Stmt) bool { return names(c.(*ast.CaseClause).List, actions) }) {
				counted[s.file]++
			}
			return true
		})
	}
	hold(t, counted, 0, "switches on the action: make it a method of the operation")
}

// actionNames are the constants of models.Action.
func actionNames(all []source) map[string]bool {
	found := map[string]bool{}
	for _, s := range all {
		if s.dir != "models" {
			continue
		}
		for _, d := range s.tree.Decls {
			typed := false
			for _, spec := range specs(d) {
				v, ok := spec.(*ast.ValueSpec)
				if !ok {
					break
				}
				if id, ok := v.Type.(*ast.Ident); ok {
					typed = id.Name == "Action"
				} else if len(v.Values) > 0 {
					typed = false
				}
				for _, name := range v.Names {
					if typed {
						found[name.Name] = true
					}
				}
			}
		}
	}
	return found
}

// names reports whether an expression names one of some things of package models.
func names(in []ast.Expr, wanted map[string]bool) (found bool) {
	for _, e := range in {
		ast.Inspect(e, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := s.X.(*ast.Ident); ok && id.Name == "models" && wanted[s.Sel.Name] {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// compared are the texts that a source compares something with, by case, == or
// a function of package strings.
func compared(s source) (texts []string) {
	text := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if value, err := strconv.Unquote(lit.Value); err == nil {
				texts = append(texts, value)
			}
		}
	}
	ast.Inspect(s.tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CaseClause:
			for _, e := range n.List {
				text(e)
			}
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				text(n.X)
				text(n.Y)
			}
		case *ast.CallExpr:
			of, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				break
			}
			if id, ok := of.X.(*ast.Ident); ok && (id.Name == "strings" || id.Name == "slices" || of.Sel.Name == "WithKeys") {
				for _, e := range n.Args {
					text(e)
				}
			}
		}
		return true
	})
	return texts
}

var (
	// aKey is a key as Bubble Tea spells it, that is no other word.
	aKey = regexp.MustCompile(`^((ctrl|alt|shift|meta|super|hyper)\+.+|esc|enter|tab|space|pgup|pgdown|backspace|up|down|left|right|home|end|f[0-9]+)$`)
	// aBackend is the name of a protocol or a product, or of a scheme.
	aBackend = regexp.MustCompile(`(?i)synology|adaxes|\bdsm\b|\bldaps?\b`)
)

// Which key does what stands in the table of package keymap alone.
func TestKeysAreNamedInTheKeymapOnly(t *testing.T) {
	counted := map[string]int{}
	for _, s := range shipped(t) {
		if !within(s.dir, "ui") && !within(s.dir, "cli") {
			continue
		}
		for _, text := range compared(s) {
			if aKey.MatchString(text) {
				counted[s.file]++
			}
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if typed, ok := n.(*ast.SwitchStmt); ok && isKeyText(typed.Tag) {
				counted[s.file]++
			}
			return true
		})
	}
	hold(t, counted, 0, "compares a key with a literal: ask the keymap for the action")
}

// isKeyText tells msg.String(), which spells the key of a message, as the tag of
// a switch.
func isKeyText(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	of, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (of.Sel.Name == "String" || of.Sel.Name == "Keystroke")
}

// Who a connection is, is for its backend and for cli to know; everybody else
// asks what it can do.
func TestNobodyLooksForABackendByItsName(t *testing.T) {
	counted := map[string]int{}
	for _, s := range shipped(t) {
		if slices.ContainsFunc([]string{"cli", "synology", "adaxes", "activedirectory"}, func(dir string) bool { return within(s.dir, dir) }) {
			continue
		}
		for _, text := range compared(s) {
			if aBackend.MatchString(text) {
				counted[s.file]++
			}
		}
	}
	hold(t, counted, 0, "compares something with the name of a backend: ask for a capability")
}

// The counts themselves must be able to fail.
func TestExcessIsTold(t *testing.T) {
	if got := fmt.Sprint(aKey.MatchString("ctrl+s"), aKey.MatchString("delete the user"), aBackend.MatchString("Synology"), aBackend.MatchString("dsmith")); got != "true false true false" {
		t.Error(got)
	}
}

// starters are what tests import that starts goroutines for them.
var starters = []string{
	"net/http/httptest", "dirdesk/simulator", "dirdesk/test/webtest", "dirdesk/test/terminaltest", "dirdesk/test/sambatest",
	"dirdesk/ui/uitest", "dirdesk/desk/desktest",
}

// starts reports whether a file starts goroutines, or has them started.
func starts(s source) (found bool) {
	if slices.ContainsFunc(s.imports, func(i string) bool { return slices.Contains(starters, i) }) {
		return true
	}
	ast.Inspect(s.tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.SelectorExpr); ok {
				of, _ := called.X.(*ast.Ident)
				given, _ := slices.Concat(n.Args, []ast.Expr{nil})[0].(*ast.FuncLit)
				found = found || called.Sel.Name == "Go" && given != nil || of != nil && (of.Name == "guard" && called.Sel.Name == "Call" || of.Name == "iter" && called.Sel.Name == "Pull")
			}
		}
		return !found
	})
	return found
}

// Where goroutines are started, the tests end with a look for those that are left.
func TestLeaksAreLookedFor(t *testing.T) {
	started, tested, looked := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		tested[s.dir] = tested[s.dir] || s.test
		if starts(s) {
			started[s.dir] = s.file
		}
		if s.test && slices.Contains(s.imports, "dirdesk/test/leaks") {
			looked[s.dir] = true
		}
	}
	for dir, file := range started {
		if tested[dir] && !looked[dir] {
			t.Errorf("%s starts goroutines, and no TestMain of %s runs the tests through test/leaks", file, dir)
		}
	}
}
