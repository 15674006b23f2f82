package client

import (
	"context"
	"fmt"
	"math/bits"
	"sync"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// Of blocks that helper tries cover, no header has to be looked at to know that it
// cannot match: for each bit of the blooms that a filter looks at, the bloom trie has
// a vector with that bit of all of a section's blocks, proven like everything else.
// The vectors together say which blocks may match, and only of those the headers are
// fetched, by the canonical hash trie.

const (
	// helperBatch is how many helper proofs are asked for in one request.
	helperBatch = wire.MaxHelperProofs
	// helperWorkers is how many such requests of a question run at the same time.
	helperWorkers = 4
	// maxVectors is how many vectors one log query may take. They have up to 4 KiB.
	maxVectors = 64 * helperBatch
	// vectorBlocks is how many headers take about as many bytes as one vector does.
	vectorBlocks = 8
)

// vectorSearch looks for blocks that may match in a range that helper tries cover.
type vectorSearch struct {
	c      *Client
	helper election.Helper
	bloom  *proof.BloomMatcher
	bits   []uint16
	span
}

// planVectors returns how to search the part of a range that helper tries cover, nil
// if there is none or headers serve better. The rest begins after its last block.
func (c *Client) planVectors(head *types.Header, bloom *proof.BloomMatcher, first, last uint64) *vectorSearch {
	helper := c.electedHelper(head)
	if helper.IsZero() || first > c.helpers.end(helper) {
		return nil
	}
	v := &vectorSearch{
		c: c, helper: helper, bloom: bloom, bits: bloom.Bits(),
		span: span{first, min(last, c.helpers.end(helper))},
	}
	// Without bits any block with a log may match, which vectors do not tell.
	vectors := v.sections() * uint64(len(v.bits))
	wide := last-first >= LogRangeLimit // too wide for headers alone
	if vectors == 0 || !wide && (v.blocks() <= 2*pieceBlocks || vectors*vectorBlocks > v.blocks()) {
		return nil
	}
	return v
}

// sections is how many sections the range touches.
func (v *vectorSearch) sections() uint64 {
	return v.last/v.c.helpers.blocks - v.first/v.c.helpers.blocks + 1
}

// check refuses a search that takes too many vectors.
func (v *vectorSearch) check() error {
	most := max(maxVectors/uint64(len(v.bits)), 1)
	if v.sections() > most {
		return &RangeError{Blocks: v.blocks(), Limit: max(most*v.c.helpers.blocks, LogRangeLimit)}
	}
	return nil
}

// run hands the headers of all blocks that may match to found, some at a time.
func (v *vectorSearch) run(ctx context.Context, found func([]*types.Header) error) error {
	numbers, err := v.candidates(ctx)
	if err != nil {
		return err
	}
	if n := uint64(len(numbers)); n > LogRangeLimit {
		return &RangeError{Blocks: n, Limit: LogRangeLimit, Matching: true}
	}
	batches := chunks(numbers, helperBatch)
	return inOrder(ctx, len(batches), func(ctx context.Context, i int) ([]*types.Header, error) {
		return v.c.chtHeaders(ctx, v.helper, batches[i])
	}, found)
}

// candidates returns the numbers of the blocks that may match, ascending.
func (v *vectorSearch) candidates(ctx context.Context) (numbers []uint64, err error) {
	blocks := v.c.helpers.blocks
	first := v.first / blocks
	per := max(helperBatch/len(v.bits), 1) // sections at a time
	groups := (int(v.sections()) + per - 1) / per
	err = inOrder(ctx, groups, func(ctx context.Context, i int) ([]uint64, error) {
		from := first + uint64(i*per) //nolint:gosec // bounded by maxVectors
		return v.group(ctx, from, min(from+uint64(per)-1, v.last/blocks))
	}, func(some []uint64) error {
		numbers = append(numbers, some...)
		return nil
	})
	return numbers, err
}

// group does so for some consecutive sections, whose vectors it gets together.
func (v *vectorSearch) group(ctx context.Context, from, to uint64) (numbers []uint64, err error) {
	var wanted []vectorKey
	for section := from; section <= to; section++ {
		for _, bit := range v.bits {
			wanted = append(wanted, vectorKey{section, bit})
		}
	}
	vectors, err := v.c.bloomVectors(ctx, v.helper, wanted)
	if err != nil {
		return nil, err
	}
	blocks := v.c.helpers.blocks
	for section := from; section <= to; section++ {
		of := make(map[uint16][]byte, len(v.bits))
		for _, bit := range v.bits {
			of[bit] = vectors[vectorKey{section, bit}]
		}
		for at, b := range v.bloom.MayMatchIn(of) {
			for ; b != 0; b &= 0xff >> (bits.LeadingZeros8(b) + 1) {
				number := section*blocks + uint64(8*at+bits.LeadingZeros8(b)) //nolint:gosec // within a section
				if number >= v.first && number <= v.last {
					numbers = append(numbers, number)
				}
			}
		}
	}
	return numbers, nil
}

// vectorKey names one vector: a bit of the blooms of a section.
type vectorKey struct {
	section uint64
	bit     uint16
}

// bloomVectors returns proven vectors, those that are known without asking for them.
func (c *Client) bloomVectors(ctx context.Context, h election.Helper, wanted []vectorKey) (map[vectorKey][]byte, error) {
	out := make(map[vectorKey][]byte, len(wanted))
	var missing []vectorKey
	for _, key := range wanted {
		vector, ok, err := c.knownVector(ctx, h, key)
		if err != nil {
			return nil, err
		}
		if ok {
			out[key] = vector
		} else {
			missing = append(missing, key)
		}
	}
	batches := chunks(missing, helperBatch)
	err := inOrder(ctx, len(batches), func(ctx context.Context, i int) ([][]byte, error) {
		return c.fetchVectors(ctx, h, batches[i])
	}, func(vectors [][]byte) error {
		for i, vector := range vectors {
			out[missing[i]] = vector
		}
		missing = missing[len(vectors):]
		return nil
	})
	return out, err
}

// knownVector proves a vector by nodes that are known.
func (c *Client) knownVector(ctx context.Context, h election.Helper, key vectorKey) (vector []byte, ok bool, err error) {
	ok, err = c.walkKnown(ctx, func(nodes *proof.NodeSet) (err error) {
		vector, _, err = proof.BloomVector(h.Bloom, key.bit, key.section, c.helpers.blocks, nodes)
		return err
	})
	if err != nil {
		return nil, false, c.brokenHelper(h, "bloom vector", err)
	}
	return vector, ok, nil
}

// fetchVectors gets vectors in one request.
func (c *Client) fetchVectors(ctx context.Context, h election.Helper, keys []vectorKey) ([][]byte, error) {
	what := fmt.Sprintf("%d bloom vectors of sections %d to %d", len(keys), keys[0].section, keys[len(keys)-1].section)
	out := make([][]byte, len(keys))
	err := c.fetchHelper(ctx, h, what, func() *wire.GetHelperProofs {
		req := &wire.GetHelperProofs{}
		for _, key := range keys {
			req.Queries = append(req.Queries, wire.HelperQuery{
				Type: wire.HelperBloom, Section: h.Section, Key: proof.BloomKey(key.bit, key.section),
			})
		}
		return req
	}, func(set *helperSet, p *wire.HelperProofs) error {
		for i, key := range keys {
			vector, path, err := proof.BloomVector(h.Bloom, key.bit, key.section, c.helpers.blocks, set.nodes)
			set.walked(path, err)
			out[i] = vector
		}
		if len(p.Aux) != 0 {
			return &lieError{fmt.Errorf("%d headers that nobody asked for", len(p.Aux))}
		}
		return nil
	})
	return out, err
}

// chunks cuts a list into pieces of at most n.
func chunks[T any](list []T, n int) (out [][]T) {
	for len(list) > 0 {
		n = min(n, len(list))
		out, list = append(out, list[:n:n]), list[n:]
	}
	return out
}

// inOrder does n things, a few at a time, and hands what came of them to take in their
// order. It ends with the first error, and waits for all that it has begun.
func inOrder[T any](ctx context.Context, n int, do func(context.Context, int) (T, error), take func(T) error) error {
	type result struct {
		value T
		err   error
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]chan result, n)
	started := 0
	for i := range n {
		for ; started < min(i+helperWorkers, n); started++ {
			at, to := started, make(chan result, 1)
			results[at] = to
			wg.Go(func() {
				value, err := do(ctx, at)
				to <- result{value, err}
			})
		}
		r := <-results[i]
		results[i] = nil
		if r.err != nil {
			return r.err
		}
		if err := take(r.value); err != nil {
			return err
		}
	}
	return nil
}
