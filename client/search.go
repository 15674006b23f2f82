package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/client/headchain"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// A search looks at every header of a range. Which header is the right one is known
// from above only: the trusted end names its parent, that one its own, and so on.
// Asked for in that order, ten thousand headers take fifty requests, each of which
// waits for the one before. So they are asked for by number, several pieces at a
// time and of several servers, by whoever can say what it takes for the canonical
// chain; and as they come they are linked from the trusted end down. A piece that
// does not link is asked for again by the hash that it should have had.

const (
	// searchWindow is how many pieces may be under way, or wait to be linked.
	searchWindow = 8
	// pieceBlocks is how many headers a piece has; pieces begin at its multiples, so
	// that another search meets the same ones.
	pieceBlocks = wire.MaxHeaders
)

// errUnlinked: headers that a server gave for canonical ones are not.
var errUnlinked = errors.New("headers do not link to the trusted head")

// run is what a search keeps of consecutive headers: enough for other searches, and
// a third of what the headers take.
type run struct {
	top    common.Hash   // of the newest header
	below  common.Hash   // parent hash of the oldest one
	hashes []common.Hash // ascending
	blooms []types.Bloom
}

// piece is a run of headers that link to each other; whether to anything else is
// for the search to find out.
type piece struct {
	span
	*run
	hits []*types.Header // those that may match, newest first
	encs [][]byte        // as they came, for the proof record; nil from the cache
	from *session        // who said that these are canonical; nil if their hash was known
}

// span is a range of block numbers, both ends included.
type span struct{ first, last uint64 }

func (s span) blocks() uint64 { return s.last - s.first + 1 }

// plan cuts a range into pieces, the newest first.
func plan(first, last uint64) (pieces []span) {
	for {
		low := max(first, last-last%pieceBlocks)
		pieces = append(pieces, span{low, last})
		if low == first {
			return pieces
		}
		last = low - 1
	}
}

// search hands every header that may match to found, from last, which is proven,
// down to number first. The headers are ancestors of last without a gap.
func (c *Client) search(ctx context.Context, bloom *proof.BloomMatcher, last *types.Header, first uint64, found func([]*types.Header) error) error {
	var hits []*types.Header
	if bloom.MayMatch(&last.Bloom) {
		hits = append(hits, last)
	}
	at, known := last, 0
	for at.Number.Uint64() > first {
		h, ok := c.knownHeader(at.ParentHash)
		if !ok {
			break
		}
		if h.Number.Uint64()+1 != at.Number.Uint64() {
			return fmt.Errorf("block %d: %w", at.Number, headchain.ErrNumber)
		}
		if bloom.MayMatch(&h.Bloom) {
			hits = append(hits, h)
		}
		at, known = h, known+1
	}
	traceOf(ctx).hit(known)
	if err := found(hits); err != nil {
		return err
	}
	if at.Number.Uint64() == first {
		return nil
	}
	s := &search{c: c, bloom: bloom, end: last, found: found}
	return s.run(ctx, plan(first, at.Number.Uint64()-1), at.ParentHash)
}

// search is the part of a search that needs servers.
type search struct {
	c     *Client
	bloom *proof.BloomMatcher
	end   *types.Header // proven; what is searched are its ancestors
	found func([]*types.Header) error
}

// run fetches the pieces, of which the first one's newest header has the hash top.
func (s *search) run(ctx context.Context, pieces []span, top common.Hash) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	arriving := make([]chan *piece, len(pieces))
	started := 0
	for i, at := range pieces {
		for ; started < min(i+searchWindow, len(pieces)); started++ {
			n, to := started, make(chan *piece, 1)
			arriving[n] = to
			wg.Go(func() {
				if n == 0 {
					to <- s.byHash(ctx, pieces[n], top)
					return
				}
				to <- s.byNumber(ctx, pieces[n])
			})
		}
		p := <-arriving[i]
		arriving[i] = nil
		if p == nil || p.top != top {
			s.reject(p)
			var err error
			if p, err = s.fetchByHash(ctx, at, top); err != nil {
				return err
			}
		}
		top = p.below
		s.keep(ctx, p)
		if err := s.found(p.hits); err != nil {
			return err
		}
	}
	return nil
}

// reject scores whoever sent a piece that is not of our chain. It is a lie only if
// the server's head, and thus its canonical chain, is ours.
func (s *search) reject(p *piece) {
	if p == nil || p.from == nil {
		return
	}
	err := fmt.Errorf("headers %d to %d: %w", p.first, p.last, errUnlinked)
	if s.c.onOurChain(p.from, p.last) && s.c.stillCanonical(s.end) {
		s.c.lie(p.from, err)
		return
	}
	s.c.fault(p.from, 1, err)
}

// stillCanonical says whether a header that was canonical is so now, as far as the
// window reaches.
func (c *Client) stillCanonical(h *types.Header) bool {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	base := f.mu.chain.Base()
	return base != nil && (h.Number.Cmp(base.Number) < 0 || f.mu.chain.IsCanonical(h.Number.Uint64(), h.Hash()))
}

// keep takes a linked piece over: now it is known to be of our chain.
func (s *search) keep(ctx context.Context, p *piece) {
	traceOf(ctx).evidence(p.encs...)
	for _, h := range p.hits {
		s.c.caches.headers.Put(p.hashes[h.Number.Uint64()-p.first], h, headerSize(h))
	}
	if p.blocks() != pieceBlocks || p.encs == nil {
		return
	}
	if old, ok := s.c.caches.runs.Get(p.first); ok && old.top != p.top {
		s.c.caches.runs.Delete(p.first)
	}
	s.c.caches.runs.Put(p.first, p.run, len(p.hashes)*(common.HashLength+types.BloomByteLength))
}

// cached makes a piece of a kept run, if all headers of it that matter are known. It
// may be of a chain that is not ours any more, like any other piece.
func (s *search) cached(at span) *piece {
	r, ok := s.c.caches.runs.Get(at.first)
	if !ok || at.blocks() != pieceBlocks {
		return nil
	}
	p := &piece{span: at, run: r}
	for i := len(r.blooms) - 1; i >= 0; i-- {
		if !s.bloom.MayMatch(&r.blooms[i]) {
			continue
		}
		h, ok := s.c.knownHeader(r.hashes[i])
		if !ok {
			return nil
		}
		p.hits = append(p.hits, h)
	}
	return p
}

// make makes a piece of headers that link to each other, newest first.
func (s *search) make(at span, top common.Hash, down []*types.Header, encs [][]byte) *piece {
	n := len(down)
	p := &piece{span: at, encs: encs, run: &run{
		top: top, below: down[n-1].ParentHash,
		hashes: make([]common.Hash, n), blooms: make([]types.Bloom, n),
	}}
	hash := top
	for i, h := range down {
		p.hashes[n-1-i], p.blooms[n-1-i] = hash, h.Bloom
		if s.bloom.MayMatch(&h.Bloom) {
			p.hits = append(p.hits, h)
		}
		hash = h.ParentHash
	}
	return p
}

// byNumber gets a piece of what a server says is canonical, nil if nobody has one.
func (s *search) byNumber(ctx context.Context, at span) *piece {
	if p := s.cached(at); p != nil {
		return p
	}
	var p *piece
	from, err := s.c.retrieve(ctx, query{
		what:     fmt.Sprintf("headers %d to %d", at.first, at.last),
		optional: true,
		can: func(ss *session) bool {
			return ss.can(need{wire.ServesChain, at.first}) && ss.head().Number >= at.last
		},
		request: func(ss *session) wire.Request {
			if ss.most(wire.CodeGetHeaders, at.blocks(), ss.limits().Headers) < at.blocks() {
				return nil
			}
			return &wire.GetHeaders{Origin: wire.Origin{Number: at.first}, Max: at.blocks()}
		},
		check: func(_ *session, reply wire.Reply) (err error) {
			got := reply.(*wire.Headers).Headers //nolint:forcetypeassert // the session has checked the code
			p, err = s.verify(at, got)
			return err
		},
	})
	if err != nil {
		return nil // then by hash, when its turn comes
	}
	p.from = from
	return p
}

// verify checks everything about a piece but whether it is of our chain.
func (s *search) verify(at span, ascending [][]byte) (*piece, error) {
	switch n := uint64(len(ascending)); {
	case n < at.blocks():
		return nil, errLacks
	case n > at.blocks():
		return nil, &lieError{fmt.Errorf("%d headers instead of %d", n, at.blocks())}
	}
	top := crypto.Keccak256Hash(ascending[len(ascending)-1])
	descending := slices.Clone(ascending)
	slices.Reverse(descending)
	down, err := proof.VerifyHeaders(top, descending)
	if err != nil {
		return nil, &lieError{err}
	}
	if got := down[len(down)-1].Number.Uint64(); got != at.first {
		return nil, &lieError{fmt.Errorf("header %d instead of %d", got, at.first)}
	}
	return s.make(at, top, down, ascending), nil
}

// byHash is fetchByHash beside other pieces; its error comes up when it is tried
// again.
func (s *search) byHash(ctx context.Context, at span, top common.Hash) *piece {
	p, err := s.fetchByHash(ctx, at, top)
	if err != nil {
		return nil
	}
	return p
}

// fetchByHash gets the piece whose newest header has the hash top, which proves all
// of it. A server may answer with less at a time.
func (s *search) fetchByHash(ctx context.Context, at span, top common.Hash) (*piece, error) {
	down := make([]*types.Header, 0, at.blocks())
	encs := [][]byte{}
	for next := top; uint64(len(down)) < at.blocks(); next = down[len(down)-1].ParentHash {
		missing := int(at.blocks() - uint64(len(down))) //nolint:gosec // at most a piece
		headers, raw, err := s.c.askHeaders(ctx, next, missing, nil)
		if err != nil {
			return nil, err
		}
		if got, want := headers[0].Number.Uint64(), at.last-uint64(len(down)); got != want {
			return nil, fmt.Errorf("block %d: %w", want+1, headchain.ErrNumber)
		}
		down, encs = append(down, headers...), append(encs, raw...)
	}
	return s.make(at, top, down, encs), nil
}
