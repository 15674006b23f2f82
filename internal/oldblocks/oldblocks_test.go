// Package oldblocks asks about the oldest blocks of a chain that is longer than any
// other proof than helper tries reaches: real servers on go-ethereum in process, and
// a real light client. It stands apart because importing such a chain takes a while.
package oldblocks

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"encoding/binary"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/p2p/enode"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/chain/embedded"
	"github.com/candela-les/candela/chain/embedded/embeddedtest"
	"github.com/candela-les/candela/client"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/server"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// patience is how long a test waits for what should take seconds. It decides only how
// a failing test ends.
const patience = 2 * time.Minute

// open imports a long chain and waits for its helper tries.
func open(t *testing.T, prague bool) *embedded.Node {
	t.Helper()
	genesis := embeddedtest.LongGenesis(prague)
	path := filepath.Join(t.TempDir(), "chain.rlp")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	if err := embeddedtest.WriteLong(w, genesis); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	node, err := embedded.OpenGenesis(t.Context(), embedded.GenesisConfig{
		Config: embedded.Config{CacheMB: 64}, Genesis: genesis, Import: path,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := node.Close(); err != nil {
			t.Error(err)
		}
	})
	heads := make(chan chain.Head, 16)
	defer node.Heads(heads)()
	limit := time.After(patience)
	for head := node.Head(); head.Helper == (chain.HelperRoots{}); {
		select {
		case head = <-heads:
		case <-limit:
			t.Fatal("no helper section")
		}
	}
	return node
}

// peer is a server with its key and what it speaks.
type peer struct {
	*server.Server
	key     *ecdsa.PrivateKey
	version uint
}

func (p *peer) node() *enode.Node {
	return enode.NewV4(&p.key.PublicKey, net.IPv4(127, 0, 0, 1), 30303, 0)
}

// serve starts a server on a node.
func serve(t *testing.T, node chain.Source, number byte, version uint, onlyAnnounce bool) *peer {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte{number}))
	if err != nil {
		t.Fatal(err)
	}
	srv, err := server.New(t.Context(), server.Config{Source: node, Key: key, Now: time.Now, OnlyAnnounce: onlyAnnounce})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	return &peer{srv, key, version}
}

// connect joins a server and a client without sockets.
func (p *peer) connect(t *testing.T, c *client.Client) {
	t.Helper()
	ours, theirs := wiretest.Pipe()
	ended := make(chan struct{}, 2)
	id := [32]byte(p.node().ID())
	go func() {
		p.Serve(context.WithoutCancel(t.Context()), wire.Peer{ID: [32]byte{1}, Version: p.version}, ours)
		ended <- struct{}{}
	}()
	go func() {
		c.Serve(context.WithoutCancel(t.Context()), wire.Peer{ID: id, Key: &p.key.PublicKey, Version: p.version}, theirs)
		ended <- struct{}{}
	}()
	t.Cleanup(func() { ours.Close(); theirs.Close(); <-ended; <-ended })
}

// allConnected reports whether all servers that a client knows are there.
func allConnected(c *client.Client) bool {
	return !slices.ContainsFunc(c.Status().Servers, func(s client.ServerStatus) bool { return !s.Connected })
}

// light makes a client of servers, of whom the first so many are trusted.
func light(t *testing.T, node *embedded.Node, trusted int, peers ...*peer) (*client.Client, *types.Header) {
	t.Helper()
	genesis := node.Chain().Genesis()
	cfg := client.Config{
		FractionPercent: 60, NetworkID: node.Info().NetworkID, Genesis: genesis.Hash(), GenesisTime: genesis.Time(),
		Clock: time.Now,
	}
	for i, p := range peers {
		if p.version == wire.LES4 {
			cfg.Chain = embeddedtest.LongGenesis(false).Config // nobody has it to give
		}
		if i < trusted {
			cfg.Trusted = append(cfg.Trusted, p.node())
		} else {
			cfg.Servers = append(cfg.Servers, p.node())
		}
	}
	c, err := client.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range peers {
		p.connect(t, c)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := c.WaitHead(ctx); err != nil {
		t.Fatal(err)
	}
	for c.Config() == nil || !allConnected(c) { // elected, and on its way; two of three elect before the third is there
		if ctx.Err() != nil {
			t.Fatal("no chain configuration, or not all servers")
		}
		time.Sleep(time.Millisecond)
	}
	heads, err := c.Heads()
	if err != nil {
		t.Fatal(err)
	}
	return c, heads.Latest
}

// TestBeforeTheMerge: the roots are those that go-ethereum 1.10.26 computes for the
// same chain, and old blocks are proven with a les/4 server as the only one with data.
func TestBeforeTheMerge(t *testing.T) {
	node := open(t, false)
	want := chain.HelperRoots{
		Last:  common.HexToHash("0x7a91cef1e12a9d304998bbcb4a65f561385928439939c20313628cab1c787f57"),
		CHT:   common.HexToHash("0x4cca863d4fb1f1e0b4348a2ba7275b387d55a5fca114be800964d6cca62d52ae"),
		Bloom: common.HexToHash("0xb2a975af0230c13316b834a4de6e173e93a38d404acbb26700b9172adfad8fbc"),
	}
	if got := node.Head().Helper; got != want { // les.getCheckpoint(0) there
		t.Errorf("helper tries %x, geth has %x", got, want)
	}
	checkTD(t, node)
	announcers := []*peer{serve(t, node, 1, wire.LES5, true), serve(t, node, 2, wire.LES5, true), serve(t, node, 3, wire.LES5, false)}
	t.Run("les5", func(t *testing.T) { askOld(t, node, false, announcers...) })
	// One of three trusted servers speaks les/4 and has no say about helper tries, which two
	// of three make up for; it is the only one with data.
	four := serve(t, node, 4, wire.LES4, false)
	t.Run("les4", func(t *testing.T) { askOld(t, node, false, announcers[0], announcers[1], four) })
}

// TestAfterTheMerge: the history contract knows the newest blocks only.
func TestAfterTheMerge(t *testing.T) {
	node := open(t, true)
	askOld(t, node, true, serve(t, node, 1, wire.LES5, false), serve(t, node, 2, wire.LES5, false), serve(t, node, 3, wire.LES5, false))
}

// checkTD reads the total difficulty of a section's last block in the trie.
func checkTD(t *testing.T, node *embedded.Node) {
	t.Helper()
	td := new(big.Int)
	for number := range uint64(chain.HelperBlocks) {
		td.Add(td, node.Chain().GetHeaderByNumber(number).Difficulty)
	}
	nodes := new(proof.NodeSet)
	key := binary.BigEndian.AppendUint64(nil, chain.HelperBlocks-1)
	if err := node.ProveHelper(t.Context(), chain.HelperQuery{Key: key}, func(n []byte) { nodes.Add(n) }); err != nil {
		t.Fatal(err)
	}
	value, err := proof.Lookup(node.Head().Helper.CHT, key, nodes)
	if err != nil || !slices.Equal(value[len(value)-len(td.Bytes()):], td.Bytes()) {
		t.Errorf("entry %x, total difficulty %x (%v)", value, td, err)
	}
}

// askOld asks a light client of the servers about blocks of every age.
func askOld(t *testing.T, node *embedded.Node, prague bool, peers ...*peer) {
	t.Helper()
	c, head := light(t, node, len(peers), peers...)
	for _, number := range []uint64{0, 1, 2, 15, 4096, 20_001, 32_766, 32_767, 32_768, 33_099, head.Number.Uint64()} {
		header, err := c.HeaderByNumber(t.Context(), number)
		if err != nil {
			t.Fatalf("block %d: %v", number, err)
		}
		if header.Hash() != node.Chain().GetCanonicalHash(number) {
			t.Errorf("block %d is %x", number, header.Hash())
		}
		if trips := c.LastProof().RoundTrips; number < 32_000 && number > 0 && trips != 1 {
			t.Errorf("block %d took %d round trips", number, trips)
		}
		byHash, err := c.HeaderByHash(t.Context(), header.Hash())
		if err != nil || byHash.Number.Uint64() != number {
			t.Errorf("block %d by hash: %v", number, err)
		}
	}
	genesis := embeddedtest.LongGenesis(prague)
	for _, number := range embeddedtest.Busy() {
		hash := embeddedtest.BusyTx(genesis, number)
		tx, err := c.Transaction(t.Context(), hash)
		if err != nil || tx.Header == nil || tx.Header.Number.Uint64() != number {
			t.Fatalf("transaction of block %d: %+v, %v", number, tx, err)
		}
		receipts, err := c.Receipts(t.Context(), tx.Header)
		if err != nil || len(receipts) != 2 || receipts[0].TxHash != hash || len(receipts[0].Logs) != 1 {
			t.Fatalf("receipts of block %d: %+v, %v", number, receipts, err)
		}
	}
	askLogs(t, c, head)
}

// askLogs asks for logs of the whole chain, and of parts of it.
func askLogs(t *testing.T, c *client.Client, head *types.Header) {
	t.Helper()
	topic := func(number uint64) common.Hash { return common.BigToHash(new(big.Int).SetUint64(number)) }
	for _, q := range []struct {
		name        string
		first, last uint64
		topics      [][]common.Hash
		want        func(number uint64) bool
	}{
		{"all", 0, head.Number.Uint64(), nil, func(uint64) bool { return true }},
		{"the helper section", 0, chain.HelperBlocks - 1, nil, func(n uint64) bool { return n < chain.HelperBlocks }},
		{"a part", 78, 24_910, nil, func(n uint64) bool { return n >= 78 && n <= 24_910 }},
		{
			"two of them", 0, head.Number.Uint64(),
			[][]common.Hash{{topic(20_000), topic(33_000), topic(5)}},
			func(n uint64) bool { return n == 20_000 || n == 33_000 },
		},
		{"none", 0, head.Number.Uint64(), [][]common.Hash{{topic(4)}}, func(uint64) bool { return false }},
		{"by headers", 900, 1100, nil, func(n uint64) bool { return n == 1000 }},
	} {
		t.Run("logs of "+q.name, func(t *testing.T) {
			logs, err := c.Logs(t.Context(), client.LogFilter{
				From: q.first, To: q.last, Addresses: []common.Address{embeddedtest.Logger}, Topics: q.topics,
			})
			if err != nil {
				t.Fatal(err)
			}
			var got, want []uint64
			for _, l := range logs {
				if got = append(got, l.BlockNumber); l.Topics[0] != topic(l.BlockNumber) {
					t.Errorf("log of block %d has topic %x", l.BlockNumber, l.Topics[0])
				}
			}
			for _, number := range embeddedtest.Busy() {
				if q.want(number) {
					want = append(want, number)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("logs of blocks %v, want %v", got, want)
			}
			// Neither a header for each block nor many vectors.
			if p := c.LastProof(); p.RoundTrips > 20 {
				t.Errorf("%d round trips", p.RoundTrips)
			}
		})
	}
	// Any log at all: vectors do not tell, and so many headers are too many.
	_, err := c.Logs(t.Context(), client.LogFilter{From: 0, To: head.Number.Uint64()})
	if !errors.Is(err, client.ErrRangeTooWide) {
		t.Errorf("any log of all blocks: %v", err)
	}
}
