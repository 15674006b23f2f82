// Package e2e runs the candela binary as its users do: real processes, real
// connections, real wallet libraries.
package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// candela is the binary under test, built once.
var candela string //nolint:gochecknoglobals // set by TestMain

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "candela-e2e")
	if err != nil {
		panic(err)
	}
	candela = filepath.Join(dir, "candela")
	build := exec.Command("go", "build", "-o", candela, "../../cmd/candela")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "building candela:", err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// process is a running candela, or another program.
type process = proctest.Process

// patience is how long a test waits for what should take a second or less.
const patience = proctest.Patience

// start runs candela with these arguments until the test ends.
func start(t testing.TB, args ...string) *process {
	t.Helper()
	return startProgram(t, candela, args...)
}

// startProgram runs any program until the test ends.
func startProgram(t testing.TB, program string, args ...string) *process {
	t.Helper()
	return proctest.Start(t, t.TempDir(), filepath.Base(program), program, args...)
}

func freePort(t testing.TB) string { t.Helper(); return proctest.FreePort(t) }

// call asks a JSON-RPC endpoint.
func call(url, method string, params ...any) (json.RawMessage, error) {
	return proctest.Call(url, method, params...)
}

// mustCall is call for answers that have to come.
func mustCall(t *testing.T, url, method string, params ...any) json.RawMessage {
	t.Helper()
	return proctest.MustCall(t, url, method, params...)
}

type rpcError = proctest.RPCError

// testdata returns the folder of third-party chain data, or skips the test.
func testdata(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("CANDELA_TESTDATA")
	if dir == "" {
		t.Skip("CANDELA_TESTDATA is not set: no chain data to test on")
	}
	return dir
}

// tail returns the last n lines.
func tail(s string, n int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
