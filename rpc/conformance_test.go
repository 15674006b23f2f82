package rpc_test

import (
	"testing"

	"github.com/candela-les/candela/proof/prooftest"
	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// notServed are recordings of methods that a light client does not serve.
func notServed() []string {
	return []string{"txpool_", "testing_", "debug_trace", "eth_capabilities", "eth_simulateV1"}
}

// TestRecordings plays the recorded conversations of the execution-apis project.
func TestRecordings(t *testing.T) {
	recordings, err := rpctest.Recordings(prooftest.Path(t, "execution-apis", "tests"), notServed()...)
	if err != nil {
		t.Fatal(err)
	}
	addr := rpctest.Serve(t, rpc.Config{Backend: rpctest.Conformance(t)})
	right := 0
	for _, r := range recordings {
		t.Run(r.Name, func(t *testing.T) {
			if err := r.Play(func(request []byte) ([]byte, error) { return rpctest.Post(t.Context(), addr, request) }); err != nil {
				t.Fatal(err)
			}
			right++
		})
	}
	t.Logf("%d of %d recordings", right, len(recordings))
}
