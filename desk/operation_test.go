package desk

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dirdesk/models"
)

// Every action has an operation, and no operation is of an action that menus do
// not know.
func TestEveryActionHasAnOperation(t *testing.T) {
	all := maps.Clone(operations())
	for _, action := range models.Actions() {
		if _, ok := all[action]; !ok {
			t.Errorf("%s has no operation", action)
		}
		delete(all, action)
	}
	for action := range all {
		t.Errorf("%s is not among models.Actions", action)
	}
}

// What a connection lacks is said for each operation, and what the operation
// does to many objects.
func TestEveryOperationHasItsWords(t *testing.T) {
	bare := &directory{connection: connection{struct{ Backend }{newWorld()}}}
	for action, op := range operations() {
		if words := op.about().cannot(bare, models.Person); words == "" {
			t.Errorf("%s: a connection that can nothing can do it", action)
		}
		if op.about().several == "" {
			t.Errorf("%s: no words for many objects", action)
		}
		if op.about().unfit == nil {
			t.Errorf("%s: nothing says which objects are fit", action)
		}
		if flag, ok := op.(flagOperation); ok && (flag.flag == nil || flag.titled == nil || flag.write == nil || flag.undo == nil) {
			t.Errorf("%s: a part of it is missing", action)
		}
	}
}

// Outside the operations' own files nothing in the product asks which action a
// change has: what differs by it is a method of the operation.
func TestNobodyAsksForTheAction(t *testing.T) {
	for _, dir := range []string{".", "../ui", "../cli"} {
		err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			name := entry.Name()
			if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "op_") || path == "operation.go" ||
				strings.HasPrefix(path, "desktest") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if asksForAction(n) {
					t.Errorf("%s asks for the action", set.Position(n.Pos()))
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// asksForAction finds a switch on an action, a comparison with one of models',
// and a list of actions by hand.
func asksForAction(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SwitchStmt:
		s, ok := n.Tag.(*ast.SelectorExpr)
		return ok && s.Sel.Name == "Action" || isIdent(n.Tag, "action")
	case *ast.CaseClause:
		return slices.ContainsFunc(n.List, isAction)
	case *ast.CompositeLit: // a list of actions, or a map by them
		list, isList := n.Type.(*ast.ArrayType)
		table, isMap := n.Type.(*ast.MapType)
		return isList && isActionType(list.Elt) || isMap && isActionType(table.Key)
	case *ast.BinaryExpr:
		return (n.Op == token.EQL || n.Op == token.NEQ) && (isAction(n.X) || isAction(n.Y))
	default:
		return false
	}
}

// isAction reports whether an expression names one of models' actions, such as
// models.SetExpiry for "set expiry".
func isAction(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && isIdent(s.X, "models") && (s.Sel.Name == "SendResetMail" || s.Sel.Name == "SyncDomain" ||
		slices.ContainsFunc(models.Actions(), func(a models.Action) bool {
			return strings.EqualFold(strings.ReplaceAll(string(a), " ", ""), s.Sel.Name)
		}))
}

func isActionType(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && isIdent(s.X, "models") && s.Sel.Name == "Action"
}

func isIdent(e ast.Expr, name string) bool {
	x, ok := e.(*ast.Ident)
	return ok && x.Name == name
}
