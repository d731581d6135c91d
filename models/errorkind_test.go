package models_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dirdesk/models"
)

// A kind is a line of one table, and a line that leaves something out is found
// here: the source is read, as a variable cannot be found by its name.
func TestEveryKindSaysAllOfIt(t *testing.T) {
	kinds := 0
	for name, value := range errorVariables(t) {
		if name == "ErrInvalidDN" { // a fault of a text, not a kind
			continue
		}
		kinds++
		call, _ := value.(*ast.CallExpr)
		if call == nil || len(call.Args) != 4 || !isName(call.Fun, "kind") {
			t.Errorf("%s is no line of the table: kind(label, advice, after, exit)", name)
			continue
		}
		for i, what := range []string{"label", "advice"} {
			if text := literal(call.Args[i]); strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", name, what)
			}
		}
		if advice := literal(call.Args[1]); !strings.HasSuffix(advice, ".") {
			t.Errorf("the advice of %s is no sentence: %q", name, advice)
		}
		if !isName(call.Args[2], "nothingDone", "mayBeDone") {
			t.Errorf("%s does not say what is certain after a write", name)
		}
		if !isName(call.Args[3], "ExitRefused", "ExitConnect", "ExitUnknown", "ExitPending") {
			t.Errorf("%s has no exit code", name)
		}
	}
	if kinds < 20 {
		t.Errorf("only %d kinds were found", kinds)
	}
}

// errorVariables are the package's variables whose names begin with Err.
func errorVariables(t *testing.T) map[string]ast.Expr {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]ast.Expr{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			general, _ := d.(*ast.GenDecl)
			if general == nil || general.Tok != token.VAR {
				continue
			}
			for _, s := range general.Specs {
				spec := s.(*ast.ValueSpec)
				for i, name := range spec.Names {
					if strings.HasPrefix(name.Name, "Err") && i < len(spec.Values) {
						all[name.Name] = spec.Values[i]
					}
				}
			}
		}
	}
	return all
}

func isName(e ast.Expr, names ...string) bool {
	id, is := e.(*ast.Ident)
	return is && slices.Contains(names, id.Name)
}

func literal(e ast.Expr) string {
	lit, is := e.(*ast.BasicLit)
	if !is {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value)
	return text
}

func TestWhatIsCertainAfterAWrite(t *testing.T) {
	for _, c := range []struct {
		err  error
		open bool
	}{
		{nil, false},
		{models.ErrDenied, false},
		{&models.Error{Kind: models.InWords("no", models.ErrServer)}, false},
		{fmt.Errorf("page 3: %w", models.ErrBusy), false},
		{models.ErrPending, false},
		{models.ErrProtocol, true},
		{models.ErrUnknownOutcome, true},
		{&models.Error{Kind: models.ErrUnknownOutcome, Err: models.ErrUnreachable}, true},
		{errors.Join(models.ErrDenied, models.ErrUnknownOutcome), true},
		{errors.Join(models.ErrProtocol, models.ErrDenied), false},
		{&models.CertificateError{}, false},
		{context.Canceled, true},
		{errors.New("?"), true},
	} {
		if got := models.MayBeDone(c.err); got != c.open {
			t.Errorf("%v: may be done %v, want %v", c.err, got, c.open)
		}
	}
}

func TestAdviceAndExitCodeOfAnError(t *testing.T) {
	wrapped := fmt.Errorf("beside it: %w", &models.Error{Kind: models.InWords("gone", models.ErrSession), Err: models.ErrDenied})
	for _, c := range []struct {
		err    error
		advice string
		exit   int
	}{
		{wrapped, models.KindOf(models.ErrSession).Advice(), models.ExitConnect},
		{&models.Error{Kind: models.ErrPending, Advice: "Ask Anna."}, "Ask Anna.", models.ExitPending},
		{&models.CertificateError{Known: "sha256:aa"}, models.KindOf(models.ErrCertChanged).Advice(), models.ExitConnect},
		{models.ErrUnknownOutcome, "Look whether it was done before you try again.", models.ExitUnknown},
		{errors.New("?"), "", models.ExitRefused},
	} {
		if advice, exit := models.AdviceFor(c.err), models.ExitCode(c.err); advice != c.advice || exit != c.exit {
			t.Errorf("%v: %q and %d, want %q and %d", c.err, advice, exit, c.advice, c.exit)
		}
	}
}

func TestAKindInOtherWordsIsTheKind(t *testing.T) {
	err := models.InWords("the group is full", models.ErrPolicy)
	if err.Error() != "the group is full" || !errors.Is(err, models.ErrPolicy) || models.KindOf(err) != models.ErrPolicy {
		t.Errorf("%v of the kind %v", err, models.KindOf(err))
	}
}
