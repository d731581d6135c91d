package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A link leads to a file of the project, or out of it.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, d := range documents(t) {
		for _, target := range d.links {
			target, _, _ = strings.Cut(target, "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(d.name), target)); err != nil {
				t.Errorf("%s links to %s, which is not there", d.name, target)
			}
		}
	}
}

var (
	filePath = regexp.MustCompile(`(?:^|[\s(])(\.?[A-Za-z][\w.-]*(?:/[\w.-]+)*\.(?:go|md|sh|txt)|[a-z.][\w.-]*(?:/[\w.-]+)+/?)(?:$|[\s,.;:)])`)
	drawn    = regexp.MustCompile(`[a-z]+(?:/[a-z]+)*/`)
)

// A file or a directory that is named is there: by its path from the root, or by
// the end of it.
func TestFilesAreThere(t *testing.T) {
	files := tree(t)
	there := func(name string) bool {
		name = strings.TrimSuffix(name, "/")
		for _, file := range files {
			file = strings.TrimSuffix(file, "/")
			if file == name || strings.HasSuffix(file, "/"+name) {
				return true
			}
		}
		return false
	}
	ours := func(name string) bool { // the first step is a directory of ours, or it is a file of a kind we have
		first, _, found := strings.Cut(name, "/")
		return strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".md") || found && there(first+"/")
	}
	check := func(where, text string) {
		for _, found := range filePath.FindAllStringSubmatch(text, -1) {
			if name := strings.TrimPrefix(found[1], "./"); ours(name) && !there(name) {
				t.Errorf("%s names %s, which is not there", where, name)
			}
		}
	}
	for _, d := range documents(t) {
		for _, code := range d.code {
			if d.name == "docs/architecture.md" && len(drawn.FindAllString(code, -1)) > 0 && strings.HasPrefix(strings.TrimLeft(code, " "), drawn.FindString(code)) {
				for _, name := range drawn.FindAllString(code, -1) { // the picture of the layers
					if !there(name) {
						t.Errorf("%s draws %s, which is not there", d.name, name)
					}
				}
			}
			check(d.name, code)
		}
	}
	for file, comment := range packageComments(t) {
		check(file, comment)
	}
}

// exported are the module's exported names: "models", "models.DN", "DN.Parent"
// with or without the package before it.
func exported(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, file := range tree(t) {
		if !strings.HasSuffix(file, ".go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		in := parsed.Name.Name
		add := func(parts ...string) {
			names[in] = true
			names[strings.Join(parts, ".")] = true
			names[in+"."+strings.Join(parts, ".")] = true
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv == nil {
					add(n.Name.Name)
				} else {
					add(receiver(n.Recv.List[0].Type), n.Name.Name)
				}
			case *ast.TypeSpec:
				add(n.Name.Name)
				for _, member := range members(n.Type) {
					add(n.Name.Name, member)
				}
			case *ast.ValueSpec:
				for _, id := range n.Names {
					add(id.Name)
				}
			}
			return true
		})
	}
	return names
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// members are the fields of a struct, and the methods of an interface.
func members(e ast.Expr) []string {
	var fields *ast.FieldList
	switch e := e.(type) {
	case *ast.StructType:
		fields = e.Fields
	case *ast.InterfaceType:
		fields = e.Methods
	default:
		return nil
	}
	var names []string
	for _, field := range fields.List {
		for _, id := range field.Names {
			names = append(names, id.Name)
		}
	}
	return names
}

var (
	goName = regexp.MustCompile(`^([a-z]+\.)?[A-Z][a-z]\w*(\.[A-Z]\w*)?(\.[A-Z]\w*)?$`)
	// bracketed is a name in a package comment, as go doc makes a link of it.
	bracketed = regexp.MustCompile(`\[\*?([A-Za-z][\w./]*)\]`)
)

// A Go name with a dot in it is one that there is.
func TestGoNamesAreThere(t *testing.T) {
	names := exported(t)
	for _, d := range documents(t) {
		for _, code := range d.code {
			in, _, dotted := strings.Cut(code, ".")
			if goName.MatchString(code) && dotted && (names[in] || !token.IsIdentifier(in)) && !names[code] {
				t.Errorf("%s names %s, which is not there", d.name, code)
			}
		}
	}
	for file, comment := range packageComments(t) {
		for _, found := range bracketed.FindAllStringSubmatch(comment, -1) {
			name := path.Base(found[1])
			if in, _, _ := strings.Cut(name, "."); names[in] && !names[name] {
				t.Errorf("the package comment in %s names %s, which is not there", file, name)
			} else if !strings.ContainsAny(found[1], "./") && !names[name] {
				t.Errorf("the package comment in %s names %s, which is not there", file, name)
			}
		}
	}
}

var (
	target = regexp.MustCompile(`(?m)^([a-z][a-z-]*):`)
	making = regexp.MustCompile(`(?:^|\s)make ([a-z][a-z-]*)`)
)

func TestMakeTargetsAreThere(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]bool{}
	for _, found := range target.FindAllStringSubmatch(string(text), -1) {
		targets[found[1]] = true
	}
	named := 0
	for _, d := range documents(t) {
		for _, code := range d.code {
			for _, found := range making.FindAllStringSubmatch(code, -1) {
				named++
				if !targets[found[1]] {
					t.Errorf("%s names make %s, which is no target", d.name, found[1])
				}
			}
		}
	}
	if named == 0 {
		t.Error("no make target is named anywhere: the test looks in the wrong place")
	}
}
