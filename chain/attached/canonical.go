package attached

import (
	"context"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/lru"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/chain"
)

// numbers knows hashes of canonical blocks by number that lie below what the head
// tracker has linked up. Those of finalized blocks stay; a reorganization makes the
// others forgotten.
type numbers struct {
	mu    sync.Mutex
	epoch uint64
	known *lru.BasicLRU[numberKey, common.Hash]
}

// numberKey has epoch 0 for a finalized block, else the count of reorganizations
// plus one.
type numberKey struct{ number, epoch uint64 }

// keptNumbers is more than the longest range of logs has blocks.
const keptNumbers = 1 << 14

func newNumbers() *numbers {
	known := lru.NewBasicLRU[numberKey, common.Hash](keptNumbers)
	return &numbers{epoch: 1, known: &known}
}

func (s *numbers) get(number uint64) (common.Hash, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if hash, ok := s.known.Get(numberKey{number, 0}); ok {
		return hash, true
	}
	return s.known.Get(numberKey{number, s.epoch})
}

// now is the epoch to hand to put after a question that took a while.
func (s *numbers) now() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.epoch
}

// put remembers a block, unless the chain was reorganized since the epoch began.
func (s *numbers) put(epoch, number, finalized uint64, hash common.Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case number <= finalized:
		s.known.Add(numberKey{number, 0}, hash)
	case epoch == s.epoch:
		s.known.Add(numberKey{number, epoch}, hash)
	}
}

// forget drops what is not finalized.
func (s *numbers) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.epoch++
}

// CanonicalHash returns the hash of the canonical block at number.
func (n *Node) CanonicalHash(ctx context.Context, number uint64) (chain.Hash, error) {
	if err := n.gate.enter(ctx); err != nil {
		return chain.Hash{}, err
	}
	defer n.gate.leave()
	return n.canonical(ctx, number)
}

// canonical is CanonicalHash inside the gate. Near the head the answer is what the
// head's parent hashes lead to; further down it is what the node says, for which
// a header must exist that has this number and fits the one above it, if known.
func (n *Node) canonical(ctx context.Context, number uint64) (common.Hash, error) {
	if number > n.Head().Number {
		return common.Hash{}, fmt.Errorf("block %d: %w", number, chain.ErrUnknown)
	}
	if hash, ok := n.knownNumber(number); ok {
		n.cache.counted(true)
		return hash, nil
	}
	n.cache.counted(false)
	hash, err := share(ctx, n.flights, key("number", fmt.Append(nil, number)), func(ctx context.Context) (common.Hash, error) {
		if hash, ok := n.knownNumber(number); ok {
			return hash, nil // it came since
		}
		if err := n.readNumbers(ctx, n.run(number)); err != nil {
			return common.Hash{}, err
		}
		hash, ok := n.knownNumber(number)
		if !ok {
			return common.Hash{}, fmt.Errorf("the chain is being reorganized: %w", chain.ErrUnavailable)
		}
		return hash, nil
	})
	if err != nil {
		return common.Hash{}, fmt.Errorf("block %d: %w", number, err)
	}
	return hash, nil
}

func (n *Node) knownNumber(number uint64) (common.Hash, bool) {
	if hash, ok := n.heads.indexed(number); ok {
		return hash, true
	}
	return n.numbers.get(number)
}

// maxRun is how many headers are read ahead at most.
const maxRun = 64

// run returns the numbers to ask for when one is not known. Who reads several in a
// row gets ever more of them at once, twice as many as were read already; who asks
// for a single one costs the node a single request.
func (n *Node) run(number uint64) []uint64 {
	streak := func(next func(uint64) uint64) (length uint64) {
		for at := next(number); length < maxRun/2; at = next(at) {
			if _, ok := n.numbers.get(at); !ok {
				break
			}
			length++
		}
		return length
	}
	up := streak(func(at uint64) uint64 { return at - 1 })
	down := streak(func(at uint64) uint64 { return at + 1 })
	first, last := number, number
	if up >= down {
		last = min(number+2*up, n.Head().Number)
	} else {
		first = number - min(2*down, number)
	}
	list := make([]uint64, 0, last-first+1)
	for at := first; at <= last; at++ {
		if _, ok := n.knownNumber(at); !ok {
			list = append(list, at)
		}
	}
	return list
}

// readNumbers reads headers by number and remembers them.
func (n *Node) readNumbers(ctx context.Context, list []uint64) error {
	epoch := n.numbers.now()
	type found struct {
		headers []*types.Header
		encs    [][]byte
	}
	got, err := tell(ctx, n, anyNode(), func(ctx context.Context, u *upstream) (found, error) {
		headers, encs, err := u.headersAt(ctx, list)
		if err != nil {
			return found{}, err
		}
		for i, header := range headers {
			if header == nil {
				return found{}, u.failed(fmt.Errorf("block %d: %w", list[i], errNull))
			}
			if err := n.fitsAbove(u, header); err != nil {
				return found{}, err
			}
		}
		return found{headers, encs}, linked(u, headers)
	})
	if err != nil {
		return err
	}
	finalized := n.Head().Finalized.Number
	for i, header := range got.headers {
		hash := header.Hash()
		n.cache.put(kindHeader, hash, got.encs[i])
		n.numbers.put(epoch, list[i], finalized, hash)
	}
	return nil
}

// fitsAbove checks a header against the one above it. Among finalized blocks one
// that does not fit is a wrong answer; else the chain may just have moved.
func (n *Node) fitsAbove(u *upstream, header *types.Header) error {
	number := header.Number.Uint64()
	hash, ok := n.knownNumber(number + 1)
	if !ok {
		return nil
	}
	above := n.cache.header(hash)
	if above == nil || above.ParentHash == header.Hash() {
		return nil
	}
	if number < n.Head().Finalized.Number {
		return u.lie("eth_getBlockByNumber", "block %d is not the parent of the finalized block above it", number)
	}
	n.numbers.forget()
	u.look()
	return u.failed(fmt.Errorf("block %d does not fit the one above it: %w", number, chain.ErrUnavailable))
}

// linked checks that headers with consecutive numbers are parent and child.
func linked(u *upstream, headers []*types.Header) error {
	for i := 1; i < len(headers); i++ {
		below, above := headers[i-1], headers[i]
		if below.Number.Uint64()+1 == above.Number.Uint64() && above.ParentHash != below.Hash() {
			return u.failed(fmt.Errorf("block %d does not fit the one above it: %w", below.Number, chain.ErrUnavailable))
		}
	}
	return nil
}

// hint is what is known of a block because its child was read.
type hint struct {
	number uint64
	run    uint64 // how many descendants in a row were read before
}

// noteParent remembers the number of a header's parent: whoever reads headers down by
// their parent hashes asks for it next.
func (n *Node) noteParent(header *types.Header, hash common.Hash) {
	if header.Number.Sign() == 0 {
		return
	}
	before, _ := n.cache.child.Get(hash)
	n.cache.child.Add(header.ParentHash, hint{number: header.Number.Uint64() - 1, run: before.run + 1})
}

// readDown reads a run of headers down from one whose number is known, and returns
// that one. It returns nil if that did not work out.
func (n *Node) readDown(ctx context.Context, hash common.Hash, at hint) []byte {
	length := min(2*at.run, maxRun, at.number+1)
	if length < 2 {
		return nil
	}
	list := make([]uint64, length)
	for i := range list {
		list[i] = at.number + 1 - length + uint64(i)
	}
	enc, err := tell(ctx, n, anyNode(), func(ctx context.Context, u *upstream) (enc []byte, err error) {
		headers, encs, err := u.headersAt(ctx, list)
		if err != nil {
			return nil, err
		}
		want := hash
		for i := len(headers) - 1; i >= 0 && headers[i] != nil && headers[i].Hash() == want; i-- {
			n.cache.put(kindHeader, want, encs[i])
			if want == hash {
				enc = encs[i]
			}
			want = headers[i].ParentHash
		}
		return enc, nil
	})
	if err != nil {
		return nil
	}
	return enc
}
