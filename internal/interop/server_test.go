package interop

import (
	"strings"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// status is what candela_status says of the light client's servers.
type status struct {
	Servers []struct {
		Connected bool   `json:"connected"`
		Protocol  string `json:"protocol"`
		Lies      uint64 `json:"lies"`
	} `json:"servers"`
}

// TestCandelaClient is candela light on three LES servers of go-ethereum that share a
// chain; two of them make a majority.
func TestCandelaClient(t *testing.T) {
	w := newWorld(t)
	miner := w.newMiner(serving()...)
	second, third := w.newFollower("second", miner), w.newFollower("third", miner)
	servers := []*geth{miner, second, third}
	transactions := miner.traffic(2)
	awaitHead(t, second.url, miner.url)
	awaitHead(t, third.url, miner.url)

	var trusted []string
	for _, g := range servers {
		trusted = append(trusted, g.enode)
	}
	light := w.start("light", w.candela, "light", "--trusted", strings.Join(trusted, ","), "--fraction", "60",
		"--genesis", genesisFile, "--datadir", w.path("light"), "--http.port", "0").Await("rpc ")
	both := func() {
		t.Helper()
		sameAnswers(t, light, miner.url, awaitHead(t, light, miner.url), transactions)
		transactions = append(transactions, sendThrough(t, light, miner))
	}
	follow(t, light, miner.url)
	both()

	second.Kill()
	both()

	// The miner's chain has to be the longer one before the others see it.
	proctest.MustCall(t, miner.url, "admin_removePeer", third.enode)
	proctest.MustCall(t, third.url, "admin_removePeer", miner.enode)
	changed, hash := miner.rewind(3)
	third.connect(miner.enode)
	awaitBlock(t, third.url, changed, hash)
	awaitBlock(t, light, changed, hash)
	both()

	second.start()
	second.connect(miner.enode)
	awaitHead(t, second.url, miner.url)
	proctest.Eventually(t, "the server that came back is not connected", func() bool {
		s := proctest.Ask[status](t, light, "candela_status")
		connected := 0
		for _, one := range s.Servers {
			if one.Lies != 0 {
				t.Errorf("an honest server is said to lie: %+v", one)
			}
			if one.Connected {
				connected++
			}
		}
		return connected == len(servers)
	})
	third.Kill() // now it takes the one that came back
	both()
}
