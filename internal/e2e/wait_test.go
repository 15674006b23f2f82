package e2e

import (
	"testing"
	"time"
)

// eventually waits until the condition holds; msg says what is wrong if it never
// does.
func eventually(t testing.TB, condition func() bool, msg string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if condition() {
			return
		}
	}
	t.Fatal(msg)
}
