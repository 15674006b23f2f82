package proctest_test

import (
	"strings"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// service says that it is ready, logs its name, and ends on an interrupt.
const service = `trap 'exit 0' INT; echo "ready $0"; echo "log of $0" >&2; while :; do sleep 0.05; done`

func TestProcesses(t *testing.T) {
	logs := t.TempDir()
	first := proctest.Start(t, logs, "service", "sh", "-c", service, "first")
	if name := first.Await("ready "); name != "first" {
		t.Errorf("%q is ready", name)
	}
	if name := first.AwaitLog(`log of (\w+)`); name != "first" {
		t.Errorf("%q logs", name)
	}
	first.Stop()
	// The next one of the name is told apart from it.
	second := proctest.Start(t, logs, "service", "sh", "-c", service, "second")
	if name := second.AwaitLog(`log of (\w+)`); name != "second" || strings.Contains(second.Log(), "first") {
		t.Errorf("%q logs: %s", name, second.Log())
	}
	second.Kill()
	second.Kill() // nothing is left to do
	proctest.Start(t, logs, "left behind", "sh", "-c", service, "third").Await("ready ")
}

// recorder takes the place of a test that is to fail.
type recorder struct {
	testing.TB
	failed   bool
	cleanups []func()
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Failed() bool          { return false }
func (r *recorder) Cleanup(f func())      { r.cleanups = append(r.cleanups, f) }

// A process that dies unasked fails the test, also if nobody looks at it.
func TestEndedByItself(t *testing.T) {
	for script, unasked := range map[string]bool{"exit 0": true, "exit 3": true, service: false} {
		r := &recorder{TB: t}
		p := proctest.Start(r, t.TempDir(), "process", "sh", "-c", script)
		if unasked {
			proctest.Eventually(t, "it does not end", p.Ended)
		}
		for _, f := range r.cleanups {
			f()
		}
		if r.failed != unasked {
			t.Errorf("%q: failed %v", script, r.failed)
		}
	}
}
