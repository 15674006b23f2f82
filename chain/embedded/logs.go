package embedded

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
)

// bloomField is the index of the logs bloom among a header's fields.
const bloomField = 6

// LogCandidates looks at the bloom of every header in the range. A bloom has no
// false negatives, so nothing is missed. A range that ends above the head is
// ErrUnknown: the blocks there may yet hold anything.
func (n *Node) LogCandidates(ctx context.Context, q chain.LogQuery) ([]chain.Block, error) {
	if err := n.gate.enter(ctx); err != nil {
		return nil, err
	}
	defer n.gate.leave()
	match := newBloomMatcher(q)
	var found []chain.Block
	for number := q.First; number <= q.Last; number++ {
		if err := n.alive(ctx); err != nil {
			return nil, err
		}
		hash, err := n.canonical(number)
		if err != nil {
			return nil, err
		}
		bloom, err := headerBloom(rawdb.ReadHeaderRLP(n.db, hash, number))
		if err != nil {
			return nil, fmt.Errorf("header of block %d: %w: %w", number, chain.ErrUnavailable, err)
		}
		if match.matches(bloom) {
			found = append(found, chain.Block{Number: number, Hash: hash})
		}
		if number == chain.None {
			break
		}
	}
	return found, nil
}

// alive tells a long request to stop, because its caller left or the node closes.
func (n *Node) alive(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if n.life.Err() != nil {
		return fmt.Errorf("node is closing: %w", chain.ErrUnavailable)
	}
	return nil
}

// headerBloom finds the bloom in a header's RLP without decoding the rest.
func headerBloom(header []byte) (*types.Bloom, error) {
	content, _, err := rlp.SplitList(header)
	if err != nil {
		return nil, err
	}
	for range bloomField {
		if _, _, content, err = rlp.Split(content); err != nil {
			return nil, err
		}
	}
	blob, _, err := rlp.SplitString(content)
	if err != nil {
		return nil, err
	}
	if len(blob) != types.BloomByteLength {
		return nil, fmt.Errorf("bloom of %d bytes", len(blob))
	}
	return (*types.Bloom)(blob), nil
}

// bloomBits are the three bits that one address or topic sets.
type bloomBits struct {
	at   [3]int
	mask [3]byte
}

// bitsOf computes them once per query instead of once per header.
func bitsOf(value []byte) bloomBits {
	var b bloomBits
	hash := crypto.Keccak256(value)
	for i := range b.at {
		bit := (uint(hash[2*i])<<8 | uint(hash[2*i+1])) & 2047
		b.at[i] = types.BloomByteLength - 1 - int(bit/8)
		b.mask[i] = 1 << (bit % 8)
	}
	return b
}

func (b bloomBits) in(bloom *types.Bloom) bool {
	return bloom[b.at[0]]&b.mask[0] != 0 && bloom[b.at[1]]&b.mask[1] != 0 && bloom[b.at[2]]&b.mask[2] != 0
}

// bloomMatcher is a query: of each set, at least one value has to be there.
type bloomMatcher [][]bloomBits

func newBloomMatcher(q chain.LogQuery) bloomMatcher {
	var m bloomMatcher
	if len(q.Addresses) > 0 {
		set := make([]bloomBits, len(q.Addresses))
		for i, address := range q.Addresses {
			set[i] = bitsOf(address[:])
		}
		m = append(m, set)
	}
	for _, topics := range q.Topics {
		if len(topics) == 0 {
			continue
		}
		set := make([]bloomBits, len(topics))
		for i, topic := range topics {
			set[i] = bitsOf(topic[:])
		}
		m = append(m, set)
	}
	return m
}

// matches reports whether a block with this bloom may hold a matching log. A block
// without any log has an empty bloom and never does.
func (m bloomMatcher) matches(bloom *types.Bloom) bool {
	if *bloom == (types.Bloom{}) {
		return false
	}
	for _, set := range m {
		hit := false
		for _, bits := range set {
			hit = hit || bits.in(bloom)
		}
		if !hit {
			return false
		}
	}
	return true
}
