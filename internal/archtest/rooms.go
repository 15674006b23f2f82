package archtest

import "strings"

// roomKind says which of the rules' lists names a room.
type roomKind int

const (
	unknownRoom roomKind = iota
	mapRoom              // has a line
	freeRoom             // whole-program tests
	leafRoom             // helpers without imports
	toolRoom             // other modules
)

// room is where a folder belongs.
type room struct {
	kind    roomKind
	name    string // the folder that is the room: "chain/embedded"
	pattern string // how the rules name it: "chain/*"
	line    int    // for mapRoom only
}

// rooms finds the room of a folder.
type rooms map[string]room // by pattern

func newRooms(rules Rules) rooms {
	all := rooms{}
	for i, line := range rules.Lines {
		for _, p := range line {
			all[p] = room{kind: mapRoom, pattern: p, line: i}
		}
	}
	add := func(kind roomKind, patterns []string) {
		for _, p := range patterns {
			all[p] = room{kind: kind, pattern: p}
		}
	}
	add(freeRoom, rules.Free)
	add(leafRoom, rules.Leaf)
	add(toolRoom, rules.Tools)
	return all
}

// of returns the room of a folder, given relative to the root: the longest
// listed folder that is it or lies above it.
func (r rooms) of(dir string) room {
	for at := dir; at != "" && at != "."; {
		up, base := split(at)
		if found, ok := r[at]; ok {
			found.name = at
			return found
		}
		// A helper such as chain/chaintest is part of chain, not one of chain/*.
		if found, ok := r[up+"/*"]; ok && !(isTestHelper(at) && base == lastElement(up)+"test") {
			found.name = at
			return found
		}
		at = up
	}
	return room{name: dir}
}

func split(dir string) (up, base string) {
	if i := strings.LastIndexByte(dir, '/'); i >= 0 {
		return dir[:i], dir[i+1:]
	}
	return "", dir
}

func lastElement(dir string) string {
	_, base := split(dir)
	return base
}
