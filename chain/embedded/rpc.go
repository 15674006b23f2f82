package embedded

import (
	"fmt"

	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/rpc"
)

// RPC returns the node's JSON-RPC server, with every method that go-ethereum's own
// parts have, so that a test can put it behind any transport. It asks for no
// authorization: whoever reaches it may do everything. It ends with the node.
func (n *Node) RPC() (*rpc.Server, error) {
	server, err := n.stack.RPCHandler()
	if err != nil {
		return nil, fmt.Errorf("json-rpc: %w", err)
	}
	return server, nil
}

// Backend returns what go-ethereum's APIs stand on, for tests and tools that add
// one which a node does not have by itself, such as tracing. It must not be used
// after Close.
func (n *Node) Backend() *eth.EthAPIBackend { return n.eth.APIBackend }
