package embedded_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/candela-les/candela/chain/embedded/devtest"
)

// The contracts that most tests use.
var (
	writer = devtest.Writer
	nobody = devtest.Nobody
)

// noLeaks checks, after all other cleanups of a test, that no goroutine is left but
// those that go-ethereum never ends.
func noLeaks(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		goleak.VerifyNone(t,
			// One pool of signature checkers per process.
			goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
			// The Engine API complains of a silent consensus client for ever.
			goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
			// The node database of discovery; it ends up to a second after Close.
			goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
		)
	})
}
