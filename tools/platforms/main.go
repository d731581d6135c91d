// Command platforms checks that every package of the module compiles on the
// platforms it is given, such as linux/amd64: it reads what go build would
// compile there, with everything below it, and checks the types. It makes no
// code, so that it takes seconds where a build for each platform takes minutes.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

func main() {
	failed := false
	for _, platform := range os.Args[1:] {
		if err := check(platform); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", platform, err)
			failed = true
			continue
		}
		fmt.Println("compiles on", platform)
	}
	if failed || len(os.Args) == 1 {
		os.Exit(1)
	}
}

// listed is a package as go list tells of it, after all that it imports.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	ImportMap  map[string]string
	Module     *struct {
		Main      bool
		GoVersion string
	}
	Error *struct{ Err string }
}

// check checks the types of all packages on one platform.
func check(platform string) error {
	system, architecture, found := strings.Cut(platform, "/")
	if !found {
		return errors.New("want a platform such as linux/amd64")
	}
	packages, err := list(system, architecture)
	if err != nil {
		return err
	}
	c := checker{files: token.NewFileSet(), done: map[string]*types.Package{"unsafe": types.Unsafe}}
	for _, p := range packages {
		if p.Error != nil {
			return errors.New(p.Error.Err)
		}
		if err := c.add(p, architecture); err != nil {
			return err
		}
	}
	return nil
}

func list(system, architecture string) ([]listed, error) {
	command := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,GoFiles,ImportMap,Module,Error", "./...")
	command.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+architecture, "CGO_ENABLED=0")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, err
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

// checker holds the packages that were checked so far.
type checker struct {
	files *token.FileSet
	done  map[string]*types.Package
}

// add checks a package. Of those that are not ours only the declarations count.
func (c checker) add(p listed, architecture string) error {
	if p.ImportPath == "unsafe" {
		return nil
	}
	own := p.Module != nil && p.Module.Main
	files, err := c.parse(p, own)
	if err != nil {
		return err
	}
	var wrong error
	config := types.Config{
		Importer: importer{c, p.ImportMap}, Sizes: types.SizesFor("gc", architecture), IgnoreFuncBodies: !own,
		Error: func(err error) {
			if own {
				wrong = errors.Join(wrong, err)
			}
		},
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	c.done[p.ImportPath], _ = config.Check(p.ImportPath, c.files, files, nil) // told by Error
	return wrong
}

// parse reads the files of a package, side by side.
func (c checker) parse(p listed, own bool) ([]*ast.File, error) {
	mode := parser.SkipObjectResolution
	if own {
		mode |= parser.AllErrors
	}
	files, errs := make([]*ast.File, len(p.GoFiles)), make([]error, len(p.GoFiles))
	var reading sync.WaitGroup
	for i, name := range p.GoFiles {
		reading.Go(func() { files[i], errs[i] = parser.ParseFile(c.files, filepath.Join(p.Dir, name), nil, mode) })
	}
	reading.Wait()
	return files, errors.Join(errs...)
}

// importer finds packages among those that were checked before.
type importer struct {
	checker
	vendored map[string]string
}

// Import implements types.Importer.
func (i importer) Import(path string) (*types.Package, error) {
	if actual, found := i.vendored[path]; found {
		path = actual
	}
	if p := i.done[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s is not there on this platform", path)
}
