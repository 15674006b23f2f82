package interop

import (
	"strings"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// TestDiscovery has clients find servers of the other kind on a discovery network: a
// geth that serves is its first node, and each client is told one node only.
func TestDiscovery(t *testing.T) {
	w := newWorld(t)
	miner := w.newMiner(append(serving(), "--v5disc", "--bootnodes", "")...)
	server := w.serve("server", miner, "--discovery", "--bootnodes", miner.enode)
	announcer := w.serve("announcer", miner, "--onlyannounce")
	server.await(w, 4)

	// Whom it was not told of is what each has to find.
	client := w.newLight("client", "--v5disc", "--bootnodes", miner.enode)
	proctest.Eventually(t, "geth's client does not find Candela's server", func() bool {
		for _, peer := range proctest.Ask[[]struct{ Name string }](t, client.url, "admin_peers") {
			if strings.HasPrefix(peer.Name, "candela/") {
				return true
			}
		}
		return false
	})
	light := w.start("light", w.candela, "light", "--trusted", announcer.enode, "--genesis", genesisFile, "--http.port", "0",
		"--discovery", "--bootnodes", server.enode, "--udp.addr", "127.0.0.1").Await("rpc ")
	proctest.Eventually(t, "Candela's client does not find geth's server", func() bool {
		for _, one := range proctest.Ask[struct {
			Servers []struct {
				Name      string
				Connected bool
			}
		}](t, light, "candela_status").Servers {
			if one.Connected && strings.HasPrefix(one.Name, "Geth/") {
				return true
			}
		}
		return false
	})
}
