package e2e

import (
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// eventually waits until the condition holds; msg says what is wrong if it never
// does.
func eventually(t testing.TB, condition func() bool, msg string) {
	t.Helper()
	proctest.Eventually(t, msg, condition)
}
