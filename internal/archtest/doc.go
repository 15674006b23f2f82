// Package archtest holds Candela's import map as a test.
//
// The repository is built of rooms: top-level folders, and a few folders below
// them, each with one purpose. The rooms stand in lines, and a room imports only
// rooms of earlier lines; rooms on one line never import each other. The map
// itself is in rules.go, in the order in which ARCHITECTURE.md explains it, and a
// folder with Go files that the map does not name fails the test: whoever builds
// a room decides first where it stands.
//
// The check parses import clauses and package comments, nothing more. It reads
// every file whatever its build tags, so a rule cannot be broken on an operating
// system that nobody tests on. What needs types (wall clocks, init functions,
// goroutines) is the linters' business, see .golangci.yml.
//
// Shipped code is held to the whole map. Test code (files ending in _test.go and
// packages whose name ends in "test") may also look sideways, at rooms on its own
// line, and may use go-ethereum to build what it tests against; it never looks
// at a later line.
package archtest
