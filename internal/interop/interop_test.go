// Package interop runs candela beside go-ethereum 1.10.26, a LES server and light
// client that nobody here wrote: real processes, one clique chain, connections on
// the loopback interface. README.md says how the binary comes about.
package interop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// gethVersion is a release of 2022, whose light client and server still follow a chain.
const gethVersion = "1.10.26"

// programs are the binaries under test.
type programs struct{ candela, geth string }

// binaries builds both, once. It is called by the tests, not by TestMain, so that
// what is missing fails the tests that need it and says so.
var binaries = sync.OnceValues(func() (programs, error) { //nolint:gochecknoglobals // built once
	p := programs{candela: filepath.Join(scratch, "candela")}
	var err error
	if _, err = output("go", "build", "-o", p.candela, "../../cmd/candela"); err != nil {
		return p, fmt.Errorf("candela: %w", err)
	}
	if p.geth, err = output("../../tools/geth.sh", gethVersion); err != nil {
		return p, fmt.Errorf("go-ethereum %s, built from the Go proxy the first time (see README.md): %w", gethVersion, err)
	}
	return p, nil
})

// output runs a program and returns what it printed.
func output(name string, args ...string) (string, error) {
	var complaint strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", name, err, complaint.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// scratch is where candela is built.
var scratch string //nolint:gochecknoglobals // set by TestMain

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "candela-interop"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// world is what one test runs: a folder for data and logs, and how to start things.
type world struct {
	testing.TB
	programs
	dir  string // data of each process, below its name
	logs string // kept if the test fails
}

func newWorld(t testing.TB) *world {
	t.Helper()
	p, err := binaries()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{TB: t, programs: p, dir: t.TempDir()}
	//nolint:usetesting // it outlives a test that fails
	if w.logs, err = os.MkdirTemp("", "interop-"+t.Name()+"-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the logs of all processes are in %s", w.logs)
		} else {
			os.RemoveAll(w.logs)
		}
	})
	return w
}

// path is a file or folder below the world's own.
func (w *world) path(name string) string { return filepath.Join(w.dir, name) }

// start runs a program under a name of its own.
func (w *world) start(name, program string, args ...string) *proctest.Process {
	w.Helper()
	return proctest.Start(w, w.logs, name, program, args...)
}

// run runs a program to its end.
func (w *world) run(program string, args ...string) string {
	w.Helper()
	out, err := output(program, args...)
	if err != nil {
		w.Fatal(err)
	}
	return out
}
