package rpc

import (
	"net/http"
	"testing"

	"go.uber.org/goleak"
)

// TestMain also finds goroutines that a closed endpoint leaves behind.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.Cleanup(func(int) { http.DefaultClient.CloseIdleConnections() }),
	)
}
