package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"github.com/candela-les/candela/node/usage"
)

// A configuration file is TOML. A flag's name is its key, and a dot in the name
// opens a table. Keys at the top hold for every command; keys in a table named
// like a command hold for that one, and for those below it, and win:
//
//	log.level = "debug"
//
//	[light]
//	trusted = ["enode://…"]
//	http.port = 8547

// loadTOML reads a configuration file for kong.
func loadTOML(r io.Reader) (kong.Resolver, error) {
	var values map[string]any
	if _, err := toml.NewDecoder(r).Decode(&values); err != nil {
		return nil, fmt.Errorf("configuration file: %w", err)
	}
	return &configFile{values}, nil
}

type configFile struct{ values map[string]any }

// Validate rejects a file with a key that no flag has: a misspelt limit that is
// silently left at its default is worse than an error.
func (c *configFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, flag := range app.Flags {
		known[flag.Name] = true
	}
	for _, leaf := range app.Leaves(false) {
		path := strings.Fields(leaf.Path())
		for _, group := range leaf.AllFlags(false) {
			for _, flag := range group {
				known[flag.Name] = true
				for n := range path {
					known[strings.Join(append(slices.Clone(path[:n+1]), flag.Name), ".")] = true
				}
			}
		}
	}
	for _, key := range leaves("", c.values) {
		if !known[key] {
			return usage.Errorf("configuration file: unknown key %q", key)
		}
	}
	return nil
}

// Resolve looks a flag up, first in its command's table.
func (c *configFile) Resolve(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	name := strings.Split(flag.Name, ".")
	if node := ctx.Selected(); node != nil {
		for command := strings.Fields(node.Path()); len(command) > 0; command = command[:len(command)-1] {
			if value, ok := lookup(c.values, append(slices.Clone(command), name...)); ok {
				return value, nil
			}
		}
	}
	value, _ := lookup(c.values, name)
	return value, nil
}

// lookup follows the path into nested tables; a table itself is no value. Where a
// shorter name is a value of its own, as with node and node.rate, the longer one has
// to be a quoted key.
func lookup(values map[string]any, path []string) (any, bool) {
	if value, ok := values[strings.Join(path, ".")]; ok && len(path) > 1 {
		return value, true
	}
	value, ok := values[path[0]]
	if !ok {
		return nil, false
	}
	table, isTable := value.(map[string]any)
	switch {
	case len(path) == 1:
		return value, !isTable
	case isTable:
		return lookup(table, path[1:])
	default:
		return nil, false
	}
}

// leaves returns the dotted names of all values, sorted.
func leaves(prefix string, values map[string]any) []string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if table, ok := values[key].(map[string]any); ok {
			names = append(names, leaves(prefix+key+".", table)...)
			continue
		}
		names = append(names, prefix+key)
	}
	return names
}
