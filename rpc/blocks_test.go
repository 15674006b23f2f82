package rpc_test

import (
	"fmt"
	"testing"

	"github.com/candela-les/candela/rpc"
	"github.com/candela-les/candela/rpc/rpctest"
)

// TestBlockParameter: EIP-1898, on a chain with a block that was reorganised away.
func TestBlockParameter(t *testing.T) {
	f := rpctest.NewFork(t)
	addr := rpctest.Serve(t, rpc.Config{Backend: f})
	root := f.Chain().CurrentBlock()
	stale := f.Grow(t, root, 1, 1)[0].Hash().Hex()
	first := f.Grow(t, root, 2, 2)[0].Hash().Hex()
	sender := `"` + f.Sender(t).Hex() + `"`
	for _, c := range []struct{ block, want string }{
		{``, `"0x2"`},
		{`,null`, `"0x2"`},
		{`,"latest"`, `"0x2"`},
		{`,"safe"`, `"0x2"`},
		{`,"finalized"`, `"0x2"`},
		{`,"pending"`, `"0x2"`},
		{`,"earliest"`, `"0x0"`},
		{`,"0x1"`, `"0x1"`},
		{`,{"blockNumber":"0x1"}`, `"0x1"`},
		{`,"` + first + `"`, `"0x1"`},
		{`,{"blockHash":"` + first + `","requireCanonical":true}`, `"0x1"`},
		{`,{"blockHash":"` + stale + `"}`, `"0x1"`},
		{`,{"blockHash":"` + stale + `","requireCanonical":true}`, `-32000 hash is not currently canonical`},
		{`,"0x3"`, `-32000 header not found`},
		{`,{"blockHash":"0x` + fmt.Sprintf("%064x", 5) + `","requireCanonical":true}`, `-32000 header for hash not found`},
		{`,{}`, `-32602 invalid argument 1: must specify either BlockHash or BlockNumber`},
		{`,{"blockHash":"` + first + `","blockNumber":"0x1"}`, `-32602 invalid argument 1: cannot specify both BlockHash and BlockNumber, choose one or the other`},
	} {
		a := rpctest.Ask(t, addr, "eth_getTransactionCount", sender+c.block)
		got := string(a.Result)
		if a.Error != nil {
			got = a.Error.String()
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.block, got, c.want)
		}
	}
}
