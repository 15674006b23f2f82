package node

import (
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/node/devp2p"
	"github.com/candela-les/candela/node/usage"
)

// parseNodes reads the enode URLs of a flag. A server named twice counts once:
// with the same key it is the same one.
func parseNodes(flag string, urls []string) ([]*enode.Node, error) {
	nodes := make([]*enode.Node, 0, len(urls))
	seen := make(map[enode.ID]bool)
	for _, url := range urls {
		n, err := devp2p.ParseURL(url)
		if err != nil {
			return nil, usage.Errorf("%s: %w", flag, err)
		}
		if !seen[n.ID()] {
			seen[n.ID()] = true
			nodes = append(nodes, n)
		}
	}
	return nodes, nil
}
