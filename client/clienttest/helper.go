package clienttest

import (
	"encoding/binary"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/bitutil"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/trie/trienode"
	"github.com/ethereum/go-ethereum/triedb"

	"github.com/candela-les/candela/wire"
)

// Helper are the helper tries of a chain, with sections of any length.
type Helper struct {
	Blocks uint64 // of a section
	roots  []wire.HelperRoots
	db     *triedb.Database
}

// NewHelper makes the helper tries of so many sections of the chain that ends in
// head. Edit, if not nil, may change what the canonical hash trie says of a block.
func NewHelper(chain *Chain, head *types.Block, blocks uint64, sections int, edit func(number uint64, hash *common.Hash)) *Helper {
	h := &Helper{Blocks: blocks, db: triedb.NewDatabase(rawdb.NewMemoryDatabase(), triedb.HashDefaults)}
	cht, bloom := trie.NewEmpty(h.db), trie.NewEmpty(h.db)
	td := new(big.Int)
	for section := range uint64(sections) {
		var last common.Hash
		columns := make(map[uint16][]byte)
		for i := range blocks {
			block := chain.Ancestor(head, section*blocks+i)
			last = block.Hash()
			hash := last
			if edit != nil {
				edit(block.NumberU64(), &hash)
			}
			td.Add(td, block.Difficulty())
			if hash != (common.Hash{}) {
				cht.MustUpdate(binary.BigEndian.AppendUint64(nil, block.NumberU64()), must(rlp.EncodeToBytes([]any{hash, td})))
			}
			bits := new(big.Int).SetBytes(block.Bloom().Bytes())
			for bit := range uint16(types.BloomBitLength) {
				if bits.Bit(int(bit)) == 0 {
					continue
				}
				if columns[bit] == nil {
					columns[bit] = make([]byte, blocks/8)
				}
				columns[bit][i/8] |= 0x80 >> (i % 8)
			}
		}
		for bit, column := range columns {
			key := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint16(nil, bit), section)
			bloom.MustUpdate(key, bitutil.CompressBytes(column))
		}
		roots := wire.HelperRoots{Section: section, Last: last}
		roots.CHT, cht = h.commit(cht)
		roots.Bloom, bloom = h.commit(bloom)
		h.roots = append(h.roots, roots)
	}
	return h
}

func (h *Helper) commit(t *trie.Trie) ([32]byte, *trie.Trie) {
	root, nodes := t.Commit(false)
	if nodes != nil {
		if err := h.db.Update(root, types.EmptyRootHash, 0, trienode.NewWithNodeSet(nodes), nil); err != nil {
			panic(err)
		}
		if err := h.db.Commit(root, false); err != nil {
			panic(err)
		}
	}
	return root, must(trie.New(trie.TrieID(root), h.db))
}

// Roots are those of a section.
func (h *Helper) Roots(section int) *wire.HelperRoots {
	roots := h.roots[section]
	return &roots
}

// prove answers one query, nil if it cannot.
func (h *Helper) prove(q *wire.HelperQuery, to *nodeSet) bool {
	if h == nil || q.Section >= uint64(len(h.roots)) {
		return false
	}
	root := h.roots[q.Section].CHT
	if q.Type == wire.HelperBloom {
		root = h.roots[q.Section].Bloom
	}
	t := must(trie.New(trie.TrieID(root), h.db))
	return t.Prove(q.Key, to) == nil
}

// UseHelper makes the server have the helper tries, and name a section of them as the
// last complete one; none if h is nil. The head is announced again.
func (s *Server) UseHelper(h *Helper, section int) {
	s.mu.Lock()
	s.mu.helper, s.mu.named = h, nil
	if h != nil {
		s.mu.named = h.Roots(section)
	}
	connected := len(s.mu.conns) > 0
	s.mu.Unlock()
	if connected {
		s.Send(wire.CodeAnnounce, s.Announcement())
	}
}

// HelperProofs are the honest reply to a request, for a liar that answers another one.
func (s *Server) HelperProofs(req *wire.GetHelperProofs) wire.Reply {
	return s.helperProofs(req, wire.ReplyHead{ReqID: req.ReqID, BV: BufferLimit})
}

// helperProofs answers GetHelperProofs.
func (s *Server) helperProofs(req *wire.GetHelperProofs, head wire.ReplyHead) wire.Reply {
	s.mu.Lock()
	h := s.mu.helper
	s.mu.Unlock()
	set := new(nodeSet)
	reply := &wire.HelperProofs{ReplyHead: head}
	for i := range req.Queries {
		q := &req.Queries[i]
		if !h.prove(q, set) {
			return &wire.Refused{ReplyHead: head, Reason: wire.Unavailable}
		}
		if q.Aux == wire.AuxHeader {
			block := s.Chain.Ancestor(s.Head(), binary.BigEndian.Uint64(q.Key))
			reply.Aux = append(reply.Aux, must(rlp.EncodeToBytes(block.Header())))
		}
	}
	reply.Nodes = set.nodes
	return reply
}
