package archtest

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Violation is one broken rule at one place.
type Violation struct {
	File string // relative to the root; a folder where no single file is at fault
	Line int    // 0 where no single line is at fault
	Text string // which rule, and what to do about it
}

func (v Violation) String() string {
	if v.Line == 0 {
		return fmt.Sprintf("%s: %s", v.File, v.Text)
	}
	return fmt.Sprintf("%s:%d: %s", v.File, v.Line, v.Text)
}

// Check parses the sources below root and returns every violation of the rules,
// sorted by place.
func Check(root string, rules Rules) ([]Violation, error) {
	files, err := parseTree(root)
	if err != nil {
		return nil, err
	}
	c := checker{rules: rules, rooms: newRooms(rules)}
	c.checkFolders(files)
	for _, f := range files {
		c.checkImports(f)
	}
	slices.SortFunc(c.found, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text))
	})
	return c.found, nil
}

type checker struct {
	rules Rules
	rooms rooms
	found []Violation
}

func (c *checker) report(file string, line int, format string, args ...any) {
	c.found = append(c.found, Violation{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// checkFolders holds every folder with Go files to what does not depend on its
// imports: the map knows it, and it says what it is for.
func (c *checker) checkFolders(files []goFile) {
	type folder struct {
		name, doc string
		shipped   bool // holds more than _test.go files
	}
	folders := map[string]*folder{}
	for _, f := range files {
		d := folders[f.dir]
		if d == nil {
			d = &folder{}
			folders[f.dir] = d
		}
		if strings.HasSuffix(f.path, "_test.go") {
			continue
		}
		d.shipped, d.name = true, f.name
		if f.doc != "" {
			d.doc = f.doc
		}
	}
	for dir, d := range folders {
		switch room := c.rooms.of(dir); room.kind {
		case unknownRoom:
			c.report(dir, 0, "unknown room: give it a line in internal/archtest/rules.go and a place in ARCHITECTURE.md")
		case toolRoom:
			c.report(dir, 0, "a tool is a module of its own: it needs a go.mod beside it")
		}
		if d.shipped {
			c.checkDoc(dir, d.name, d.doc)
		}
	}
}

// checkDoc wants a package comment in the form that go doc shows well.
func (c *checker) checkDoc(dir, name, doc string) {
	want := "Package " + name + " "
	if name == "main" {
		want = "Command " + path.Base(dir) + " "
		// The go command's own convention for commands is their capitalised name.
		if title := capitalised(path.Base(dir)) + " "; strings.HasPrefix(doc, title) {
			return
		}
	}
	switch {
	case doc == "":
		c.report(dir, 0, "package %s has no package comment", name)
	case !strings.HasPrefix(doc, want):
		c.report(dir, 0, "the package comment should start with %q", strings.TrimSpace(want))
	}
}

func capitalised(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// checkImports holds one file's imports to the map.
func (c *checker) checkImports(f goFile) {
	from := c.rooms.of(f.dir)
	for _, imp := range f.imports {
		switch {
		case imp.path == module || strings.HasPrefix(imp.path, module+"/"):
			c.checkRoomImport(f, from, imp)
		default:
			c.checkForeignImport(f, from, imp)
		}
		if !f.test && from.kind != freeRoom && matchesAny(c.rules.TestOnly, imp.path) {
			c.report(f.path, imp.line, "%s is for tests: shipped code must not import it", imp.path)
		}
	}
}

// checkRoomImport checks an import of one room by another.
func (c *checker) checkRoomImport(f goFile, from room, imp importSpec) {
	dir := strings.TrimPrefix(strings.TrimPrefix(imp.path, module), "/")
	to := c.rooms.of(dir)
	if !f.test && from.kind != freeRoom && isTestHelper(dir) {
		c.report(f.path, imp.line, "%s is a test helper: shipped code must not import it", dir)
		return
	}
	switch {
	case from.name == to.name && from.kind == to.kind: // inside one room
	case from.kind == unknownRoom, to.kind == unknownRoom: // reported once, at the folder
	case to.kind == freeRoom:
		c.report(f.path, imp.line, "nobody imports %s", dir)
	case from.kind == freeRoom, to.kind == leafRoom:
	case from.kind == leafRoom:
		c.report(f.path, imp.line, "%s imports no room, but imports %s", from.name, dir)
	case to.line > from.line:
		c.report(f.path, imp.line, "%s imports %s, a room of a later line", from.name, dir)
	case to.line == from.line && !f.test:
		c.report(f.path, imp.line, "%s imports %s, a room on its own line", from.name, dir)
	}
}

// checkForeignImport checks an import of the standard library or a third party.
// Tests are free here: a pure room's test may read a file or measure time.
func (c *checker) checkForeignImport(f goFile, from room, imp importSpec) {
	if f.test || from.kind != mapRoom {
		return
	}
	third := strings.Contains(strings.SplitN(imp.path, "/", 2)[0], ".")
	if slices.Contains(c.rules.Pure, from.name) {
		switch {
		case !third && matchesAny(c.rules.Impure, imp.path):
			c.report(f.path, imp.line, "%s is pure: it must not import %s", from.name, imp.path)
		case third && !matchesAny(c.rules.PureModules, imp.path):
			c.report(f.path, imp.line, "%s is pure: it must not import the third party %s", from.name, imp.path)
		}
		return // a pure room needs no second reason
	}
	for prefix, rooms := range c.rules.Restricted {
		if matches(prefix, imp.path) && !slices.Contains(rooms, from.pattern) {
			c.report(f.path, imp.line, "%s must not import %s; only %s may", from.name, prefix, strings.Join(rooms, ", "))
		}
	}
}

// matches says whether an import path is prefix or a package below it.
func matches(prefix, importPath string) bool {
	return importPath == prefix || strings.HasPrefix(importPath, prefix+"/")
}

func matchesAny(prefixes []string, importPath string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return matches(p, importPath) })
}
