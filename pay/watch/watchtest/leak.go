package watchtest

import (
	"testing"

	"go.uber.org/goleak"
)

// NoLeaks fails the test if, after all its cleanups, goroutines are left that it has started. Call it before New:
// what go-ethereum leaves behind when a chain has ended is not counted.
func NoLeaks(t testing.TB) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		goleak.VerifyNone(t, before,
			goleak.IgnoreTopFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"), // ends half a minute later
			// Whoever unsubscribes from a chain that has just ended waits for ever in there; what it is on top of depends on what was inlined.
			goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/filters.(*Subscription).Unsubscribe"),
			goleak.IgnoreTopFunction("github.com/ethereum/go-ethereum/eth/filters.(*Subscription).Unsubscribe.func1"),
			goleak.IgnoreTopFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"))
	})
}
