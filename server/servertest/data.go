package servertest

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/big"
	"slices"

	"github.com/candela-les/candela/chain"
)

// Info implements chain.Source.
func (s *FakeSource) Info() chain.Info {
	s.mu.Lock()
	defer s.mu.Unlock()
	return chain.Info{
		ChainID: big.NewInt(1337), NetworkID: 1337,
		Genesis: s.mu.canonical[0], Config: FakeConfig(),
	}
}

// Capabilities implements chain.Source.
func (s *FakeSource) Capabilities() chain.Capabilities { return s.Caps }

// Ranges implements chain.Source.
func (s *FakeSource) Ranges() chain.Ranges {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.ranges
}

// Head implements chain.Source.
func (s *FakeSource) Head() chain.Head {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.head
}

// Heads implements chain.Source.
func (s *FakeSource) Heads(ch chan<- chain.Head) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.mu.nextSub
	s.mu.nextSub++
	s.mu.subs[id] = ch
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.mu.subs, id)
	}
}

// Header implements chain.Source.
func (s *FakeSource) Header(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if err := s.work(ctx, "Header"); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if h, ok := s.mu.headers[hash]; ok {
		return h, nil
	}
	return nil, fmt.Errorf("header %x: %w", hash[:4], chain.ErrUnknown)
}

// has returns an error unless the block exists.
func (s *FakeSource) has(hash chain.Hash) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.mu.headers[hash]; !ok {
		return fmt.Errorf("block %x: %w", hash[:4], chain.ErrUnknown)
	}
	return nil
}

// Body implements chain.Source: a body without transactions.
func (s *FakeSource) Body(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if err := s.work(ctx, "Body"); err != nil {
		return nil, err
	}
	return []byte{0xc2, 0xc0, 0xc0}, s.has(hash)
}

// Receipts implements chain.Source: no receipts.
func (s *FakeSource) Receipts(ctx context.Context, hash chain.Hash) ([]byte, error) {
	if err := s.work(ctx, "Receipts"); err != nil {
		return nil, err
	}
	return []byte{0xc0}, s.has(hash)
}

// CanonicalHash implements chain.Source.
func (s *FakeSource) CanonicalHash(_ context.Context, number uint64) (chain.Hash, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number >= uint64(len(s.mu.canonical)) {
		return chain.Hash{}, fmt.Errorf("block %d: %w", number, chain.ErrUnknown)
	}
	return s.mu.canonical[number], nil
}

// node returns the level-th node on the way to a key, as the RLP of a string. All
// keys share the root.
func (s *FakeSource) node(key []byte, level int) []byte {
	content := bytes.Repeat([]byte{byte(level)}, s.NodeSize)
	if level > 0 {
		h := fnv.New64a()
		h.Write(key) //nolint:errcheck // never fails
		binary.BigEndian.PutUint64(content, h.Sum64())
	}
	size := binary.BigEndian.AppendUint64(nil, uint64(len(content)))
	size = bytes.TrimLeft(size, "\x00")
	return slices.Concat([]byte{0xb7 + byte(len(size))}, size, content)
}

// Prove implements chain.Source.
func (s *FakeSource) Prove(ctx context.Context, queries []chain.StateQuery) (chain.Witness, error) {
	var w chain.Witness
	for _, q := range queries {
		if err := s.work(ctx, "Prove"); err != nil {
			return w, err
		}
		if err := s.has(q.Block); err != nil {
			return w, err
		}
		w.Nodes = append(w.Nodes, s.node(q.Address[:], 1))
		for _, slot := range q.Slots {
			w.Nodes = append(w.Nodes, s.node(slot[:], 2))
		}
		if q.Code {
			w.Codes = append(w.Codes, q.Address[:])
		}
	}
	return w, nil
}

// ProveHashed implements chain.Source.
func (s *FakeSource) ProveHashed(ctx context.Context, q chain.HashedQuery, add func(node []byte)) error {
	if err := s.work(ctx, "ProveHashed"); err != nil {
		return err
	}
	if err := s.has(q.Block); err != nil {
		return err
	}
	for level := int(q.FromLevel); level < s.Nodes; level++ {
		add(s.node(q.Key, level))
	}
	return nil
}

// CodeHashed implements chain.Source: the code is the account's key.
func (s *FakeSource) CodeHashed(ctx context.Context, block chain.Hash, account []byte) ([]byte, error) {
	if err := s.work(ctx, "CodeHashed"); err != nil {
		return nil, err
	}
	return account, s.has(block)
}

// Witness implements chain.Source: one node, the call's data as a code, and the
// block's header.
func (s *FakeSource) Witness(ctx context.Context, block chain.Hash, call chain.Call) (chain.Witness, error) {
	if err := s.work(ctx, "Witness"); err != nil {
		return chain.Witness{}, err
	}
	if err := s.has(block); err != nil {
		return chain.Witness{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return chain.Witness{
		Nodes: [][]byte{s.node(call.From[:], 3)}, Codes: [][]byte{call.Data},
		Headers: [][]byte{s.mu.headers[block]},
	}, nil
}

// LogCandidates implements chain.Source: every even block.
func (s *FakeSource) LogCandidates(ctx context.Context, q chain.LogQuery) ([]chain.Block, error) {
	if err := s.work(ctx, "LogCandidates"); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []chain.Block
	for n := q.First; n <= q.Last && n < uint64(len(s.mu.canonical)); n++ {
		if n%2 == 0 {
			out = append(out, chain.Block{Number: n, Hash: s.mu.canonical[n]})
		}
	}
	return out, nil
}

// ProveHelper implements chain.Source: sections up to that of SetHelper have proofs,
// of Nodes nodes.
func (s *FakeSource) ProveHelper(ctx context.Context, q chain.HelperQuery, add func(node []byte)) error {
	if err := s.work(ctx, "ProveHelper"); err != nil {
		return err
	}
	last := s.Head().Helper
	if last == (chain.HelperRoots{}) || q.Section > last.Section || q.Kind > chain.HelperBloom {
		return fmt.Errorf("helper section %d: %w", q.Section, chain.ErrUnknown)
	}
	for level := int(q.FromLevel); level < s.Nodes; level++ {
		add(s.node(q.Key, level))
	}
	return nil
}

// TxStatus implements chain.Source: a hash that begins with 1 is in block 1, one
// that begins with 2 is pending.
func (s *FakeSource) TxStatus(ctx context.Context, hashes []chain.Hash) ([]chain.TxStatus, error) {
	if err := s.work(ctx, "TxStatus"); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]chain.TxStatus, len(hashes))
	for i, h := range hashes {
		switch {
		case h[0] == 1 && len(s.mu.canonical) > 1:
			out[i] = chain.TxStatus{State: chain.TxIncluded, Block: chain.Block{Number: 1, Hash: s.mu.canonical[1]}, Index: 3}
		case h[0] == 2:
			out[i].State = chain.TxPending
		}
	}
	return out, nil
}

// SubmitTx implements chain.Source: a transaction that ends in a zero byte is
// refused with a text, others are pending.
func (s *FakeSource) SubmitTx(ctx context.Context, tx []byte) (chain.TxStatus, error) {
	if err := s.work(ctx, "SubmitTx"); err != nil {
		return chain.TxStatus{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mu.txs = append(s.mu.txs, bytes.Clone(tx))
	if tx[len(tx)-1] == 0 {
		return chain.TxStatus{Err: "nonce too low"}, nil
	}
	return chain.TxStatus{State: chain.TxPending}, nil
}

// Close implements chain.Source.
func (s *FakeSource) Close() error { return nil }
