// Package servertest holds what tests and benchmarks of servers need: a fake chain
// source in memory.
//
// FakeSource is a fake. Its headers are real enough to be walked (parent links,
// numbers, hashes), its bodies, receipts and trie nodes are bytes that nothing
// proves. It shows what a server makes of a source, not whether a source is right;
// that is chaintest's part.
package servertest

import (
	"context"
	"encoding/binary"
	"math/big"
	"sync"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/wire"
)

// FakeSource is a chain.Source made up in memory.
type FakeSource struct {
	// Work is called in every method that reads data, with the method's name, and
	// may block, move a test's clock, or fail the call. Set it before use.
	Work func(ctx context.Context, method string) error
	// Nodes is how many trie nodes a proof has, NodeSize how many bytes each holds, at
	// least 56.
	Nodes, NodeSize int
	// Caps is what Capabilities returns. Set it before use.
	Caps chain.Capabilities

	mu struct {
		sync.Mutex
		canonical []chain.Hash // by number
		headers   map[chain.Hash][]byte
		head      chain.Head
		ranges    chain.Ranges
		subs      map[int]chan<- chain.Head
		nextSub   int
		txs       [][]byte
		salt      uint64
	}
}

var _ chain.Source = (*FakeSource)(nil)

// NewFakeSource returns a chain of so many blocks on top of its genesis block, with
// everything served and all capabilities.
func NewFakeSource(blocks int) *FakeSource {
	s := &FakeSource{
		Nodes: 7, NodeSize: 532,
		Caps: chain.Capabilities{HashedKeys: true, Witness: true, LogCandidates: true, TxRelay: true, HelperTries: true},
	}
	s.mu.headers = make(map[chain.Hash][]byte)
	s.mu.subs = make(map[int]chan<- chain.Head)
	s.append()
	for range blocks {
		s.append()
	}
	return s
}

// append adds a block to the canonical chain. mu is held, or s not shared yet.
func (s *FakeSource) append() {
	n := uint64(len(s.mu.canonical))
	var parent chain.Hash
	if n > 0 {
		parent = s.mu.canonical[n-1]
	}
	header := fakeHeader(parent, n, s.mu.salt)
	info, err := wire.PeekHeader(header)
	if err != nil {
		panic(err) // fakeHeader is wrong
	}
	s.mu.headers[info.Hash] = header
	s.mu.canonical = append(s.mu.canonical, info.Hash)
	s.mu.head.Block = chain.Block{Number: n, Hash: info.Hash}
	s.mu.head.Header = header
	s.mu.head.TD = new(big.Int).SetUint64(1000 + 10*n)
	s.mu.head.ReorgDepth = 0
}

// Extend adds blocks and emits one head for them.
func (s *FakeSource) Extend(blocks int) chain.Head {
	return s.Reorg(0, blocks)
}

// Reorg replaces the last depth blocks by others and emits one head.
func (s *FakeSource) Reorg(depth, blocks int) chain.Head {
	return s.Change(func(h *chain.Head) {
		s.mu.canonical = s.mu.canonical[:len(s.mu.canonical)-depth]
		if depth > 0 {
			s.mu.salt++
		}
		for range blocks {
			s.append()
		}
		h.ReorgDepth = uint64(depth)
	})
}

// Change edits the head and emits it: its safe block, its total difficulty.
func (s *FakeSource) Change(edit func(h *chain.Head)) chain.Head {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.head.ReorgDepth = 0
	edit(&s.mu.head)
	for _, ch := range s.mu.subs {
		select {
		case ch <- s.mu.head:
		default: // a test that cares for every head reads them
		}
	}
	return s.mu.head
}

// SetHelper makes a section of helper tries the last complete one and emits the head
// again.
func (s *FakeSource) SetHelper(roots chain.HelperRoots) chain.Head {
	return s.Change(func(h *chain.Head) { h.Helper = roots })
}

// SetRanges changes what can be asked for.
func (s *FakeSource) SetRanges(r chain.Ranges) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.ranges = r
}

// Submitted returns the transactions that SubmitTx was given.
func (s *FakeSource) Submitted() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte(nil), s.mu.txs...)
}

// Canonical returns the hashes of the canonical chain by number.
func (s *FakeSource) Canonical() []chain.Hash {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]chain.Hash(nil), s.mu.canonical...)
}

// work runs the test's hook.
func (s *FakeSource) work(ctx context.Context, method string) error {
	if s.Work == nil {
		return ctx.Err()
	}
	return s.Work(ctx, method)
}

// FakeConfig is the canonical encoding of a chain configuration without forks:
// chain id 1337, nothing else.
func FakeConfig() []byte {
	fields := []byte{0x82, 0x05, 0x39, 0xc0, 0x94} // chain id, no TTD, deposit contract
	fields = append(fields, make([]byte, 20)...)
	fields = append(fields, 0xc0, 0xc0, 0x80) // forks, blobs, author
	return append([]byte{0xc0 + byte(len(fields))}, fields...)
}

// fakeHeader is the RLP of a header as far as PeekHeader reads it; salt makes two
// blocks of one number differ.
func fakeHeader(parent chain.Hash, number, salt uint64) []byte {
	var fields []byte
	str := func(content []byte) {
		fields = append(append(fields, 0x80+byte(len(content))), content...)
	}
	num := func(x uint64) {
		if x > 0 && x < 0x80 {
			fields = append(fields, byte(x))
			return
		}
		b := binary.BigEndian.AppendUint64(nil, x)
		for len(b) > 0 && b[0] == 0 {
			b = b[1:]
		}
		str(b)
	}
	word := make([]byte, 32)
	str(parent[:])
	str(word)             // uncles
	str(make([]byte, 20)) // coinbase
	str(word)             // root
	str(word)             // transactions
	str(word)             // receipts
	str(nil)              // bloom
	num(1)                // difficulty
	num(number)
	num(30_000_000)
	num(0)
	num(1_700_000_000 + number)
	num(salt)
	return append([]byte{0xf8, byte(len(fields))}, fields...)
}
