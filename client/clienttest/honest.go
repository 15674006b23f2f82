package clienttest

import (
	"math"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// honest answers a request truthfully.
func (s *Server) honest(req wire.Request, bv unit.Cost) wire.Reply {
	head := wire.ReplyHead{ReqID: req.ID(), BV: bv}
	switch req := req.(type) {
	case *wire.GetHeaders:
		return &wire.Headers{ReplyHead: head, Headers: s.headers(req)}
	case *wire.GetBodies:
		return &wire.Bodies{ReplyHead: head, Bodies: s.each(req.Hashes, func(b *types.Block) []byte {
			return must(rlp.EncodeToBytes(b.Body()))
		})}
	case *wire.GetReceipts:
		return &wire.Receipts{ReplyHead: head, Receipts: s.each(req.Hashes, func(b *types.Block) []byte {
			return must(rlp.EncodeToBytes(s.Chain.Receipts(b.Hash())))
		})}
	case *wire.GetState:
		nodes, codes := s.Chain.state(req.Queries)
		return &wire.State{ReplyHead: head, Nodes: nodes, Codes: codes}
	case *wire.GetProofs:
		return &wire.Proofs{ReplyHead: head, Nodes: s.Chain.proofs(req.Queries)}
	case *wire.GetCode:
		return &wire.Codes{ReplyHead: head, Codes: s.Chain.codes(req.Queries)}
	case *wire.GetWitness:
		block := s.Chain.Block(req.Block)
		if block == nil {
			return &wire.Refused{ReplyHead: head, Reason: wire.Unavailable}
		}
		nodes, codes, headers := s.Chain.witness(block, &req.Call)
		return &wire.Witness{ReplyHead: head, Nodes: nodes, Codes: codes, Headers: headers}
	case *wire.GetConfig:
		return &wire.Config{ReplyHead: head, Config: s.config()}
	case *wire.GetLogRange:
		return &wire.LogRange{ReplyHead: head, Blocks: s.logRange(req)}
	case *wire.GetHelperProofs:
		return s.helperProofs(req, head)
	case *wire.GetTxStatus:
		reply := &wire.TxStatuses{ReplyHead: head}
		for _, hash := range req.Hashes {
			reply.Statuses = append(reply.Statuses, s.txStatus(hash))
		}
		return reply
	case *wire.SendTx:
		reply := &wire.TxStatuses{ReplyHead: head}
		for _, enc := range req.Txs {
			reply.Statuses = append(reply.Statuses, s.sendTx(enc))
		}
		return reply
	}
	return &wire.Refused{ReplyHead: head, Reason: wire.Unsupported}
}

func (s *Server) headers(req *wire.GetHeaders) (out [][]byte) {
	at := s.Chain.Block(req.Origin.Hash)
	if req.Origin.Hash == ([32]byte{}) {
		if !req.Reverse {
			return s.ascending(req.Origin.Number, req.Max)
		}
		at = s.Chain.Ancestor(s.Head(), req.Origin.Number)
	}
	for ; at != nil && uint64(len(out)) < req.Max; at = s.Chain.Block(at.ParentHash()) {
		out = append(out, must(rlp.EncodeToBytes(at.Header())))
	}
	return out
}

// ascending returns canonical headers from a number on.
func (s *Server) ascending(first, most uint64) (out [][]byte) {
	head := s.Head()
	if first > head.NumberU64() {
		return nil
	}
	last := min(first+most-1, head.NumberU64())
	for at := s.Chain.Ancestor(head, last); at != nil && at.NumberU64() >= first; at = s.Chain.Block(at.ParentHash()) {
		out = append(out, must(rlp.EncodeToBytes(at.Header())))
	}
	slices.Reverse(out)
	return out
}

func (s *Server) each(hashes []wire.Hash, enc func(*types.Block) []byte) (out [][]byte) {
	for _, hash := range hashes {
		if b := s.Chain.Block(hash); b != nil {
			out = append(out, enc(b))
		}
	}
	return out
}

func (s *Server) logRange(req *wire.GetLogRange) (out []wire.BlockID) {
	filter := &proof.LogFilter{}
	for _, a := range req.Addresses {
		filter.Addresses = append(filter.Addresses, a)
	}
	for _, position := range req.Topics {
		var topics []common.Hash
		for _, h := range position {
			topics = append(topics, h)
		}
		filter.Topics = append(filter.Topics, topics)
	}
	head := s.Head()
	last := min(req.Last, head.NumberU64())
	for b := s.Chain.Ancestor(head, last); b != nil && b.NumberU64() >= req.First; b = s.Chain.Block(b.ParentHash()) {
		for _, r := range s.Chain.Receipts(b.Hash()) {
			if len(filter.Select(types.Receipts{r})) > 0 {
				out = append(out, wire.BlockID{Number: b.NumberU64(), Hash: b.Hash()})
				break
			}
		}
	}
	slices.Reverse(out)
	return out
}

func (s *Server) txStatus(hash common.Hash) wire.TxStatus {
	if block, i := s.Chain.find(s.Head(), hash); block != nil {
		return wire.TxStatus{State: wire.TxIncluded, Lookup: &wire.TxLookup{
			Block: block.Hash(), Number: block.NumberU64(), Index: uint64(min(i, math.MaxInt32)),
		}}
	}
	if s.Pool(hash) {
		return wire.TxStatus{State: wire.TxPending}
	}
	return wire.TxStatus{State: wire.TxUnknown}
}

func (s *Server) sendTx(enc []byte) wire.TxStatus {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(enc); err != nil {
		return wire.TxStatus{Err: err.Error()}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.poolErr != "" {
		return wire.TxStatus{Err: s.mu.poolErr}
	}
	s.mu.pool[tx.Hash()] = tx
	return wire.TxStatus{State: wire.TxPending}
}
