//go:build !record

package rpc

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain also finds goroutines that a closed endpoint leaves behind.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"), // one per process and CPU
	)
}
