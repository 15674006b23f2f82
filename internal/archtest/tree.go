package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// goFile is one parsed source file.
type goFile struct {
	path    string // slash-separated, relative to the root
	dir     string // its folder, "." at the root
	name    string // package name
	doc     string // package comment, or empty
	test    bool   // test code: a _test.go file, or any file of a test helper
	imports []importSpec
}

type importSpec struct {
	path string
	line int
}

// parseTree reads the import clauses of all Go files below root. Nested modules,
// and folders that the go command ignores, are not part of the tree.
func parseTree(root string) ([]goFile, error) {
	var files []goFile
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != root && (ignoredDir(d.Name()) || isModule(p)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") || strings.HasPrefix(d.Name(), "_") || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		f, err := parseFile(p, filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the sources below %s: %w", root, err)
	}
	return files, nil
}

func parseFile(name, rel string) (goFile, error) {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, name, nil, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return goFile{}, err
	}
	f := goFile{path: rel, dir: path.Dir(rel), name: parsed.Name.Name, doc: docText(parsed)}
	f.test = strings.HasSuffix(rel, "_test.go") || isTestHelper(f.dir)
	for _, spec := range parsed.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return goFile{}, fmt.Errorf("%s: import %s: %w", rel, spec.Path.Value, err)
		}
		f.imports = append(f.imports, importSpec{path: p, line: fset.Position(spec.Pos()).Line})
	}
	return f, nil
}

func docText(f *ast.File) string {
	if f.Doc == nil {
		return ""
	}
	return strings.TrimSpace(f.Doc.Text())
}

func ignoredDir(name string) bool {
	switch name {
	case "testdata", "vendor", "node_modules":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// isTestHelper says whether a package exists for tests only, by its name: wiretest
// in wire/wiretest, and whatever lies below it. This package is no helper.
func isTestHelper(dir string) bool {
	if dir == "internal/archtest" {
		return false
	}
	return slices.ContainsFunc(strings.Split(dir, "/"), func(element string) bool {
		return strings.HasSuffix(element, "test")
	})
}
