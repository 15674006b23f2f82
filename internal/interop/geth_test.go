package interop

import (
	"fmt"
	"os"
	"testing"

	"github.com/candela-les/candela/internal/proctest"
)

// The chain: clique, a block a second, one signer who also holds all the money. Two
// contracts are in the genesis block: counter adds one to its slot 0, logs a topic
// and returns the sum; parent returns the hash of the block before.
const (
	genesisFile = "testdata/genesis.json"
	networkID   = "1337"
	signerKey   = "1111111111111111111111111111111111111111111111111111111111111111"
	signer      = "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
	counter     = "0x00000000000000000000000000000000000000c1"
	parent      = "0x00000000000000000000000000000000000000c2"
	stranger    = "0x00000000000000000000000000000000000000ee"
	topic       = "0x0000000000000000000000000000000000000000000000000000000000000042"
)

// geth is a running go-ethereum.
type geth struct {
	*proctest.Process
	w     *world
	name  string
	port  string
	args  []string
	url   string // of its JSON-RPC
	enode string
}

// geth starts one with an empty chain of the test's genesis block.
func (w *world) newGeth(name string, args ...string) *geth {
	w.Helper()
	w.run(w.geth, "--datadir", w.path(name), "init", genesisFile)
	g := &geth{w: w, name: name, port: proctest.FreePort(w), args: args}
	g.start()
	return g
}

// start runs it, the first time or again, on its own data and port.
func (g *geth) start() {
	g.w.Helper()
	args := append([]string{
		"--datadir", g.w.path(g.name), "--networkid", networkID, "--cache", "64", "--ipcdisable",
		"--nodiscover", "--nat", "none", "--port", g.port, "--authrpc.port", "0",
		"--http", "--http.port", "0", "--http.api", "eth,net,web3,debug,admin,les,miner,txpool",
	}, g.args...)
	g.Process = g.w.start(g.name, g.w.programs.geth, args...)
	g.url = "http://" + g.AwaitLog(`HTTP server started +endpoint=(\S+) +auth=false`)
	g.enode = proctest.Ask[struct{ Enode string }](g.w, g.url, "admin_nodeInfo").Enode
}

// serving are the flags of a LES server, without limit to what it spends.
func serving() []string {
	return []string{"--syncmode", "full", "--light.serve", "100", "--light.nosyncserve", "--txlookuplimit", "0"}
}

// newMiner starts the node that makes the chain, and waits for the first blocks.
func (w *world) newMiner(args ...string) *geth {
	w.Helper()
	const name = "miner"
	key, password := w.path("key"), w.path("password")
	for file, text := range map[string]string{key: signerKey, password: "secret"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			w.Fatal(err)
		}
	}
	w.run(w.geth, "--datadir", w.path(name), "account", "import", "--lightkdf", "--password", password, key)
	m := w.newGeth(name, append([]string{
		"--gcmode", "archive", "--mine", "--miner.etherbase", signer,
		"--unlock", signer, "--password", password, "--allow-insecure-unlock",
	}, args...)...)
	proctest.Eventually(w, "no block is mined", func() bool { return height(w, m.url) > 0 })
	return m
}

// newFollower starts a LES server that has its chain from the miner.
func (w *world) newFollower(name string, miner *geth, args ...string) *geth {
	w.Helper()
	// With room for one chain peer it does not wait for more before it syncs.
	g := w.newGeth(name, append(append(serving(), "--light.maxpeers", "50", "--maxpeers", "51"), args...)...)
	g.connect(miner.enode)
	return g
}

// newLight starts a light client.
func (w *world) newLight(name string, args ...string) *geth {
	w.Helper()
	return w.newGeth(name, append([]string{"--syncmode", "light"}, args...)...)
}

// connect makes g dial another node and keep to it.
func (g *geth) connect(enode string) {
	g.w.Helper()
	proctest.MustCall(g.w, g.url, "admin_addPeer", enode)
}

// spoken returns the version of les that g speaks with its first peer, 0 if none.
func (g *geth) spoken() uint {
	g.w.Helper()
	for _, peer := range proctest.Ask[[]struct {
		Protocols struct{ LES any }
	}](g.w, g.url, "admin_peers") {
		if info, ok := peer.Protocols.LES.(map[string]any); ok {
			version, _ := info["version"].(float64)
			return uint(version)
		}
	}
	return 0
}

// rewind waits for so many further blocks, takes them off the miner's chain again and
// lets it make other ones in their place, until there are more than before. It returns
// the number of the first block that is another one now, and its new hash.
func (g *geth) rewind(blocks uint64) (number uint64, hash string) {
	g.w.Helper()
	last := height(g.w, g.url)
	proctest.Eventually(g.w, "nothing is mined", func() bool { return height(g.w, g.url) >= last+blocks })
	proctest.MustCall(g.w, g.url, "miner_stop")
	from := height(g.w, g.url)
	number = from - blocks + 1
	before := blockHash(g.w, g.url, number)
	proctest.MustCall(g.w, g.url, "debug_setHead", fmt.Sprintf("%#x", number-1))
	proctest.MustCall(g.w, g.url, "miner_start", 1)
	proctest.Eventually(g.w, "nothing is mined after going back", func() bool { return height(g.w, g.url) > from+1 })
	hash = blockHash(g.w, g.url, number)
	if hash == before {
		g.w.Fatal("the same block was mined again")
	}
	return number, hash
}

// height is the number of a node's newest block.
func height(t testing.TB, url string) uint64 {
	t.Helper()
	return number(t, proctest.Ask[string](t, url, "eth_blockNumber"))
}

func number(t testing.TB, text string) (n uint64) {
	t.Helper()
	if _, err := fmt.Sscanf(text, "0x%x", &n); err != nil {
		t.Fatalf("%q is no number", text)
	}
	return n
}

// blockHash is what a node takes for the block's hash, empty if it has none or does
// not answer.
func blockHash(t testing.TB, url string, number uint64) string {
	t.Helper()
	block, err := proctest.Call(url, "eth_getBlockByNumber", fmt.Sprintf("%#x", number), false)
	if err != nil {
		return ""
	}
	return field(t, block, "hash")
}
