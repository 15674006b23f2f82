package archtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportMap holds the repository to its own map.
func TestImportMap(t *testing.T) {
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatalf("the repository is not where this test looks for it: %v", err)
	}
	files, err := parseTree(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("found %d Go files: the walk does not reach the sources", len(files))
	}
	found, err := Check(root, Candela())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
}

// The rules must be consistent in themselves, or they silently hold nothing.
func TestRulesAreConsistent(t *testing.T) {
	rules := Candela()
	seen := map[string]bool{}
	for _, line := range rules.Lines {
		for _, room := range line {
			if seen[room] {
				t.Errorf("%s stands on two lines", room)
			}
			seen[room] = true
		}
	}
	for _, room := range rules.Pure {
		if !seen[room] {
			t.Errorf("the pure room %s is on no line", room)
		}
	}
	for prefix, rooms := range rules.Restricted {
		for _, room := range rooms {
			if !seen[room] {
				t.Errorf("%s is allowed to %s, which is on no line", prefix, room)
			}
		}
	}
}

// source returns a documented Go file that imports the given paths; a path that
// starts with "./" is one of this module's folders.
func source(pkg string, imports ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "// Package %s is synthetic.\npackage %s\n\n", pkg, pkg)
	for _, p := range imports {
		if rest, own := strings.CutPrefix(p, "./"); own {
			p = module + "/" + rest
		}
		fmt.Fprintf(&b, "import _ %q\n", p)
	}
	return b.String()
}

const gethTypes = "github.com/ethereum/go-ethereum/core/types"

// soundTree breaks no rule, and uses every freedom that the rules leave.
func soundTree() map[string]string {
	return map[string]string{
		"go.mod":                           "module " + module + "\n",
		"unit/unit.go":                     source("unit", "math/bits"),
		"unit/unit_test.go":                source("unit", "time", "testing", "math/rand"),
		"wire/wire.go":                     source("wire", "./unit", gethTypes),
		"wire/wiretest/pipe.go":            source("wiretest", "./wire", "testing"),
		"proof/proof.go":                   source("proof", gethTypes),
		"proof/evm/evm.go":                 source("evm", "./proof", gethTypes),
		"market/flow/flow.go":              source("flow", "./unit", "github.com/holiman/uint256"),
		"market/market.go":                 source("market", "./market/flow"),
		"chain/source.go":                  source("chain", "context"),
		"chain/chaintest/suite.go":         source("chaintest", "./chain", "./proof", "testing", gethTypes),
		"chain/chaintest/tool/main.go":     "// Tool makes test data.\npackage main\n\nimport _ \"" + module + "/chain/chaintest\"\n",
		"chain/embedded/embedded.go":       source("embedded", "./chain", "./wire", gethTypes),
		"chain/embedded/embedded_test.go":  source("embedded", "./chain/chaintest", "testing"),
		"server/server.go":                 source("server", "./chain", "./wire", "./market/flow", "time"),
		"server/server_test.go":            source("server", "./client", "./chain/embedded", gethTypes),
		"client/client.go":                 source("client", "./wire", "./proof/evm", "./internal/invariant", gethTypes),
		"rpc/rpc.go":                       source("rpc", "./client", gethTypes),
		"node/node.go":                     source("node", "./server", "./rpc", "./chain/embedded", gethTypes),
		"cmd/candela/main.go":              "// Candela is a command.\npackage main\n\nimport _ \"" + module + "/node\"\n",
		"internal/e2e/doc.go":              source("e2e", "./node", "./cmd/candela", gethTypes),
		"internal/invariant/invariant.go":  source("invariant", "fmt"),
		"tools/lint/go.mod":                "module " + module + "/tools/lint\n",
		"tools/lint/tool.go":               source("lint", "./node"),
		"wire/testdata/broken.go":          "not Go at all",
		"internal/e2e/node_modules/x/x.go": "not Go at all",
	}
}

func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestSoundTreePasses(t *testing.T) {
	found, err := Check(writeTree(t, soundTree()), Candela())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
}

// Each case adds one file to the sound tree and must give exactly one violation.
func TestEveryRuleIsEnforced(t *testing.T) {
	cases := []struct {
		name, file, text string
		want             string
	}{
		{
			"later line", "wire/bad.go", source("wire", "./client"),
			"wire/bad.go:4: wire imports client, a room of a later line",
		},
		{
			"later line, test", "wire/bad_test.go", source("wire", "./client"),
			"wire/bad_test.go:4: wire imports client, a room of a later line",
		},
		{
			"later line, test helper", "chain/chaintest/bad.go", source("chaintest", "./chain/embedded"),
			"chain/chaintest/bad.go:4: chain imports chain/embedded, a room of a later line",
		},
		{
			"same line", "server/bad.go", source("server", "./client"),
			"server/bad.go:4: server imports client, a room on its own line",
		},
		{
			"same line, by a subpackage", "proof/evm/bad.go", source("evm", "./wire"),
			"proof/evm/bad.go:4: proof imports wire, a room on its own line",
		},
		{
			"same line, by wildcard", "chain/attached/bad.go", source("attached", "./chain/embedded"),
			"chain/attached/bad.go:4: chain/attached imports chain/embedded, a room on its own line",
		},
		{
			"line number", "wire/bad.go", source("wire", "fmt", "./client"),
			"wire/bad.go:5: wire imports client, a room of a later line",
		},
		{
			"build tags hide nothing", "wire/bad_plan9.go", "//go:build plan9\n\n" + source("wire", "./client"),
			"wire/bad_plan9.go:6: wire imports client, a room of a later line",
		},
		{
			"unknown room", "common/bad.go", source("common"),
			"common: unknown room: give it a line in internal/archtest/rules.go and a place in ARCHITECTURE.md",
		},
		{
			"unknown internal room", "internal/util/bad.go", source("util"),
			"internal/util: unknown room: give it a line in internal/archtest/rules.go and a place in ARCHITECTURE.md",
		},
		{
			"root package", "bad.go", source("candela"),
			".: unknown room: give it a line in internal/archtest/rules.go and a place in ARCHITECTURE.md",
		},
		{
			"tool in this module", "tools/gen/bad.go", source("gen"),
			"tools/gen: a tool is a module of its own: it needs a go.mod beside it",
		},
		{
			"go-ethereum", "server/bad.go", source("server", gethTypes),
			"server/bad.go:4: server must not import github.com/ethereum/go-ethereum; only chain/*, proof, wire, client, rpc, pay/watch, pay/eip712, pay/*, contracts/bind, node may",
		},
		{
			"go-ethereum in chain itself", "chain/bad.go", source("chain", gethTypes),
			"chain/bad.go:4: chain must not import github.com/ethereum/go-ethereum; only chain/*, proof, wire, client, rpc, pay/watch, pay/eip712, pay/*, contracts/bind, node may",
		},
		{
			"clock in a pure room", "market/flow/bad.go", source("flow", "time"),
			"market/flow/bad.go:4: market/flow is pure: it must not import time",
		},
		{
			"package below an impure one", "unit/bad.go", source("unit", "net/http"),
			"unit/bad.go:4: unit is pure: it must not import net/http",
		},
		{
			"third party in a pure room", "market/bad.go", source("market", gethTypes),
			"market/bad.go:4: market is pure: it must not import the third party " + gethTypes,
		},
		{
			"test helper in shipped code", "client/bad.go", source("client", "./wire/wiretest"),
			"client/bad.go:4: wire/wiretest is a test helper: shipped code must not import it",
		},
		{
			"test helper in its own room", "wire/bad.go", source("wire", "./wire/wiretest"),
			"wire/bad.go:4: wire/wiretest is a test helper: shipped code must not import it",
		},
		{
			"testing in shipped code", "wire/bad.go", source("wire", "testing"),
			"wire/bad.go:4: testing is for tests: shipped code must not import it",
		},
		{
			"test library in shipped code", "wire/bad.go", source("wire", "go.uber.org/goleak"),
			"wire/bad.go:4: go.uber.org/goleak is for tests: shipped code must not import it",
		},
		{
			"helper for processes in shipped code", "node/bad.go", source("node", "./internal/proctest"),
			"node/bad.go:4: internal/proctest is a test helper: shipped code must not import it",
		},
		{
			"whole-program tests imported", "node/bad.go", source("node", "./internal/e2e"),
			"node/bad.go:4: nobody imports internal/e2e",
		},
		{
			"leaf that imports", "internal/invariant/bad.go", source("invariant", "./unit"),
			"internal/invariant/bad.go:4: internal/invariant imports no room, but imports unit",
		},
		{
			"no package comment", "ledger/bad.go", "package ledger\n",
			"ledger: package ledger has no package comment",
		},
		{
			"misleading package comment", "ledger/bad.go", "// Copyright somebody.\npackage ledger\n",
			`ledger: the package comment should start with "Package ledger"`,
		},
		{
			"command without a comment", "cmd/other/main.go", "package main\n",
			"cmd/other: package main has no package comment",
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			files := soundTree()
			files[tc.file] = tc.text
			found, err := Check(writeTree(t, files), Candela())
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != 1 || found[0].String() != tc.want {
				t.Errorf("got %q\nwant %q", found, tc.want)
			}
		})
	}
}

func TestUnparsableFileIsAnError(t *testing.T) {
	files := soundTree()
	files["wire/bad.go"] = "package"
	if _, err := Check(writeTree(t, files), Candela()); err == nil {
		t.Error("a file that does not parse went unnoticed")
	}
}
