package server

import (
	"context"
	"errors"
	"hash/maphash"
	"time"

	"github.com/candela-les/candela/chain"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// Requests whose work cannot be told from their size are cut off: not at once when
// they have used up their price, which the client pays for beyond it, but before
// they hold a worker for much longer than was paid.
const (
	overtime = 2                      // times the maximum cost
	grace    = 100 * time.Millisecond // on top: the hiccups of the machine and its disk
	// relayGrace is the same where the node may have to ask another one, which loads the
	// trusted setup when it sees its first blob: seconds on a slow machine.
	relayGrace = 5 * time.Second
)

// patience is how long a request with this maximum cost may take.
func patience(req wire.Request, maxCost unit.Cost) time.Duration {
	more := grace
	if _, ok := req.(*wire.SendTx); ok {
		more = relayGrace
	}
	return time.Duration(min(maxCost.Mul(overtime), unit.Cost(time.Hour))) + more
}

// answer puts a request's data into b. In les/4 what is not available is left out
// and nothing fails, as geth did it; in les/5 an error becomes a typed refusal.
func (s *session) answer(b *wire.ReplyBuilder, req wire.Request, maxCost unit.Cost) error {
	switch q := req.(type) {
	case *wire.GetHeaders:
		return s.headers(b, q)
	case *wire.GetBodies:
		return s.perBlock(b, q.Hashes, s.srv.cfg.Source.Body)
	case *wire.GetReceipts:
		return s.perBlock(b, q.Hashes, s.srv.cfg.Source.Receipts)
	case *wire.GetProofs:
		return s.proofs(b, q)
	case *wire.GetCode:
		return s.codes(b, q)
	case *wire.GetHelperProofs:
		return s.helperProofs(b, q)
	case *wire.GetState:
		return s.state(b, q)
	case *wire.GetConfig:
		return nil // reply knows it
	}
	ctx, cancel := context.WithTimeout(s.ctx, patience(req, maxCost))
	defer cancel()
	switch q := req.(type) {
	case *wire.GetWitness:
		return s.witness(ctx, b, q)
	case *wire.GetLogRange:
		return s.logRange(ctx, b, q)
	case *wire.SendTx:
		return s.sendTx(ctx, b, q)
	case *wire.GetTxStatus:
		return s.txStatus(ctx, b, q)
	}
	return chain.ErrUnsupported
}

// perBlock adds one item for each block that has it, until the reply is full. It
// fails only if the first block has none and nothing else could be added.
func (s *session) perBlock(
	b *wire.ReplyBuilder, hashes []wire.Hash, get func(context.Context, chain.Hash) ([]byte, error),
) error {
	var first error
	for _, hash := range hashes {
		if b.Size() >= wire.SoftReply {
			break
		}
		if err := s.yield(); err != nil {
			return err
		}
		item, err := get(s.ctx, hash)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		b.Raw(item)
	}
	if b.Items() > 0 {
		return nil
	}
	return first
}

// proofs adds the trie nodes of les/4 proofs, each once.
func (s *session) proofs(b *wire.ReplyBuilder, q *wire.GetProofs) error {
	var seen seenNodes
	for i := range q.Queries {
		if err := s.yield(); err != nil {
			return err
		}
		p := &q.Queries[i]
		s.nodes = s.nodes[:0]
		query := chain.HashedQuery{
			Block: p.Block, Account: p.Account, Key: p.Key,
			FromLevel: uint(min(p.FromLevel, maxLevel)),
		}
		// A proof that breaks off half-way is worth nothing: all of it or none.
		if s.srv.cfg.Source.ProveHashed(s.ctx, query, s.collect) != nil {
			continue
		}
		for _, node := range s.nodes {
			if len(q.Queries) == 1 || seen.first(node) {
				b.Raw(node) // les/4 has nodes bare, without a string around them
			}
		}
		if b.Size() >= wire.SoftReply {
			break
		}
	}
	clear(s.nodes) // they may be large, and belong to the source
	return nil
}

// maxLevel is more than the depth of any trie: keys have 64 nibbles.
const maxLevel = 128

// seenNodes remembers nodes by a hash with a random seed, which a client cannot
// aim at. That two of a reply's nodes collide by chance is less likely than that
// the machine breaks while it serves them.
type seenNodes struct {
	seed maphash.Seed
	set  map[uint64]struct{}
}

func (n *seenNodes) first(node []byte) bool {
	if n.set == nil {
		n.seed, n.set = maphash.MakeSeed(), make(map[uint64]struct{})
	}
	h := maphash.Bytes(n.seed, node)
	_, seen := n.set[h]
	n.set[h] = struct{}{}
	return !seen
}

// codes adds the codes of les/4 that are available.
func (s *session) codes(b *wire.ReplyBuilder, q *wire.GetCode) error {
	for i := range q.Queries {
		if err := s.yield(); err != nil {
			return err
		}
		code, err := s.srv.cfg.Source.CodeHashed(s.ctx, q.Queries[i].Block, q.Queries[i].Account)
		if err != nil {
			continue
		}
		b.Bytes(code)
		if b.Size() >= wire.SoftReply {
			break
		}
	}
	return nil
}

// state adds the nodes and codes of les/5 state queries: all or a refusal.
func (s *session) state(b *wire.ReplyBuilder, q *wire.GetState) error {
	queries := make([]chain.StateQuery, len(q.Queries))
	for i := range queries {
		queries[i] = chain.StateQuery(q.Queries[i])
	}
	w, err := s.srv.cfg.Source.Prove(s.ctx, queries)
	if err != nil {
		return err
	}
	if err := fits(w.Nodes, w.Codes); err != nil {
		return err
	}
	addWitness(b, w.Nodes, w.Codes)
	return nil
}

func (s *session) witness(ctx context.Context, b *wire.ReplyBuilder, q *wire.GetWitness) error {
	if !s.srv.caps.Witness {
		return chain.ErrUnsupported
	}
	w, err := s.srv.cfg.Source.Witness(ctx, q.Block, sourceCall(&q.Call))
	if err != nil {
		return err
	}
	if err := fits(w.Nodes, w.Codes, w.Headers); err != nil {
		return err
	}
	addWitness(b, w.Nodes, w.Codes)
	b.Open()
	for _, header := range w.Headers {
		b.Raw(header)
	}
	b.Close()
	return nil
}

func addWitness(b *wire.ReplyBuilder, lists ...[][]byte) {
	for _, list := range lists {
		b.Open()
		for _, item := range list {
			b.Bytes(item)
		}
		b.Close()
	}
}

// fits refuses what the transport could not carry, before it is copied.
func fits(lists ...[][]byte) error {
	const (
		head     = 64 // id, buffer value and list headers
		itemHead = 4  // the longest before an item of a size that may pass
	)
	size := head
	for _, list := range lists {
		for _, item := range list {
			size += itemHead + len(item)
		}
	}
	if size > wire.MaxMessage {
		return &refusal{wire.OverLimit, 0, "the reply would be too large"}
	}
	return nil
}

func sourceCall(c *wire.Call) chain.Call {
	out := chain.Call{
		From: c.From, To: c.To, Gas: c.Gas, GasPrice: c.GasPrice, Value: c.Value, Data: c.Data,
		BlobHashes: c.BlobHashes, Authorizations: c.Authorizations,
	}
	for _, t := range c.AccessList {
		out.AccessList = append(out.AccessList, chain.AccessTuple(t))
	}
	return out
}

func (s *session) logRange(ctx context.Context, b *wire.ReplyBuilder, q *wire.GetLogRange) error {
	if !s.srv.caps.LogCandidates {
		return chain.ErrUnsupported
	}
	blocks, err := s.srv.cfg.Source.LogCandidates(ctx, chain.LogQuery{
		First: q.First, Last: q.Last, Addresses: q.Addresses, Topics: q.Topics,
	})
	if err != nil {
		return err
	}
	for _, block := range blocks {
		b.Block(block.Number, block.Hash)
	}
	return nil
}

// sendTx hands transactions to the node; one that comes twice, once. A node's
// refusal of one is its status, not the request's failure.
func (s *session) sendTx(ctx context.Context, b *wire.ReplyBuilder, q *wire.SendTx) error {
	if !s.srv.caps.TxRelay {
		if s.version == wire.LES5 {
			return chain.ErrUnsupported
		}
		for range q.Txs {
			b.Tx(wire.TxStatus{Err: "transactions are not relayed here"})
		}
		return nil
	}
	done := make(map[string]wire.TxStatus, len(q.Txs))
	for _, tx := range q.Txs {
		status, ok := done[string(tx)]
		if !ok {
			status = wireStatus(s.submit(ctx, tx))
			done[string(tx)] = status
		}
		b.Tx(status)
	}
	return nil
}

// blobTx is the type of transactions whose blobs the node checks, for far longer
// than les/4 can charge for. No client of that version's time knows them.
const blobTx = 3

func (s *session) submit(ctx context.Context, tx []byte) chain.TxStatus {
	if wire.Legacy(s.version) && tx[0] == blobTx {
		return chain.TxStatus{Err: "blob transactions are not relayed over les/4"}
	}
	status, err := s.srv.cfg.Source.SubmitTx(ctx, tx)
	if err != nil {
		status.Err = submitError(err)
	}
	return status
}

func submitError(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "the node took too long"
	}
	return refusalOf(err).text
}

func (s *session) txStatus(ctx context.Context, b *wire.ReplyBuilder, q *wire.GetTxStatus) error {
	got, err := s.srv.cfg.Source.TxStatus(ctx, q.Hashes)
	switch {
	case err == nil:
	case s.version == wire.LES5:
		return err
	default:
		got = nil
	}
	for i := range q.Hashes {
		var status wire.TxStatus // unknown
		if i < len(got) {
			status = wireStatus(got[i])
		}
		b.Tx(status)
	}
	return nil
}

func wireStatus(t chain.TxStatus) wire.TxStatus {
	out := wire.TxStatus{State: uint64(t.State), Err: t.Err[:min(len(t.Err), wire.MaxErrorText)]}
	if t.State == chain.TxIncluded {
		out.Lookup = &wire.TxLookup{Block: t.Block.Hash, Number: t.Block.Number, Index: t.Index}
	}
	return out
}
