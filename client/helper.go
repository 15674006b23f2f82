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

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// Blocks that are too old for the history contract are reached by the canonical hash
// trie: one proof leads from a root, which the elected fraction of the trusted
// servers has signed, to the hash of any block of its sections.

// helperBook is which helper tries the trusted servers have signed.
type helperBook struct {
	blocks uint64 // of a section
	mu     struct {
		sync.Mutex
		votes *election.Helpers
		// broken are those that have been found to contradict themselves.
		broken map[election.Helper]bool
	}
}

func newHelperBook(cfg election.Config) *helperBook {
	b := &helperBook{blocks: proof.HelperBlocks}
	b.mu.votes = election.NewHelpers(cfg)
	b.mu.broken = make(map[election.Helper]bool)
	return b
}

// end is the number of a section's last block.
func (b *helperBook) end(h election.Helper) uint64 { return (h.Section+1)*b.blocks - 1 }

// signed takes in what a trusted server has signed: a head, and with it, if it is
// said, the last section of its helper tries; roots are nil if it has none. Whoever
// sees the head elected also sees the tries: they are looked up under the same lock.
func (c *Client) signed(s *session, st election.Statement, header *types.Header, roots *wire.HelperRoots, said bool) {
	var last election.Helper
	if roots != nil {
		last = election.Helper{Section: roots.Section, Last: roots.Last, CHT: roots.CHT, Bloom: roots.Bloom}
	}
	b := c.helpers
	b.mu.Lock()
	defer b.mu.Unlock()
	if counts := c.vote(s, st, header); counts && said && b.mu.votes.Sign(s.srv.id, last) && !last.IsZero() {
		c.log.Debug("helper section signed", "server", s.srv.short(), "section", last.Section)
	}
}

// electedHelper returns the newest helper tries that enough trusted servers signed
// and that fit the chain of head; zero if there are none.
func (c *Client) electedHelper(head *types.Header) election.Helper {
	elected, _ := c.electHelper(head)
	return elected
}

// electHelper is electedHelper that also returns how many have signed them.
func (c *Client) electHelper(head *types.Header) (elected election.Helper, signers int) {
	b := c.helpers
	top := head.Number.Uint64()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.mu.votes.Elect(func(h election.Helper) bool {
		return !b.mu.broken[h] && h.Section < top/b.blocks && c.mayEnd(b.end(h), h.Last)
	})
}

// mayEnd says whether a block is canonical as far as the window of headers reaches.
func (c *Client) mayEnd(number uint64, hash common.Hash) bool {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	_, have, ok := f.mu.chain.Canonical(number)
	return !ok || have == hash
}

// canHelper says whether the server can prove entries of a section's tries.
func (s *session) canHelper(h election.Helper) bool {
	if s.version() == wire.LES4 {
		// These do not say; go-ethereum's have it after so many confirmations.
		return s.can(need{wire.ServesChain, anyBlock}) && s.head().Number >= s.c.helpers.end(h)+helperConfirms
	}
	if !s.can(need{wire.ServesHelper, anyBlock}) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.mu.status.Helper
	return own != nil && own.Section >= h.Section
}

// helperConfirms is how many blocks follow a section before go-ethereum's servers
// make its tries. Source: go-ethereum 1.10.26, params.HelperTrieProcessConfirmations.
const helperConfirms = 256

// chtHeader returns the header of a block by its entry in the canonical hash trie: in
// one round trip, or none if it is known.
func (c *Client) chtHeader(ctx context.Context, h election.Helper, number uint64) (*types.Header, error) {
	header, ok, err := c.knownCHT(ctx, h, number)
	if ok || err != nil {
		return header, err
	}
	key := fmt.Sprintf("cht%d%x", number, h.CHT)
	return share(ctx, c, key, func(ctx context.Context) (*types.Header, error) {
		headers, err := c.fetchCHT(ctx, h, []uint64{number})
		if err != nil {
			return nil, err
		}
		return headers[0], nil
	})
}

// chtHeaders does so for several blocks, at most helperBatch, in one request.
func (c *Client) chtHeaders(ctx context.Context, h election.Helper, numbers []uint64) ([]*types.Header, error) {
	out := make([]*types.Header, len(numbers))
	var missing []uint64
	for i, number := range numbers {
		header, ok, err := c.knownCHT(ctx, h, number)
		if err != nil {
			return nil, err
		}
		if out[i] = header; !ok {
			missing = append(missing, number)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	headers, err := c.fetchCHT(ctx, h, missing)
	if err != nil {
		return nil, err
	}
	for i := range out {
		if out[i] == nil {
			out[i], headers = headers[0], headers[1:]
		}
	}
	return out, nil
}

// knownCHT finds a header without asking anybody, if the path to its hash and the
// header itself are known.
func (c *Client) knownCHT(ctx context.Context, h election.Helper, number uint64) (header *types.Header, ok bool, err error) {
	var hash common.Hash
	ok, err = c.walkKnown(ctx, func(nodes *proof.NodeSet) (err error) {
		hash, _, err = proof.CanonicalHash(h.CHT, number, nodes)
		return err
	})
	if err == nil && ok && hash == (common.Hash{}) {
		err = fmt.Errorf("block %d: %w", number, errNoEntry)
	}
	if err != nil {
		return nil, false, c.brokenHelper(h, fmt.Sprintf("header %d", number), err)
	}
	if !ok {
		return nil, false, nil
	}
	if header, ok = c.knownHeader(hash); !ok || header.Number.Uint64() != number {
		return nil, false, nil
	}
	traceOf(ctx).hit(1)
	return header, true, nil
}

// walkKnown repeats a walk through a trie, each time with the node that it missed, as
// long as the cache has that. Ok is false if it has not.
func (c *Client) walkKnown(ctx context.Context, walk func(*proof.NodeSet) error) (ok bool, err error) {
	nodes := new(proof.NodeSet)
	for {
		err := walk(nodes)
		var miss *proof.MissingNodeError
		if !errors.As(err, &miss) {
			if err == nil {
				traceOf(ctx).hit(nodes.Len())
			}
			return err == nil, err
		}
		node, ok := c.caches.nodes.Get(miss.Hash)
		if !ok {
			return false, nil
		}
		nodes.Add(node)
	}
}

// fetchCHT gets headers by their entries in the canonical hash trie, in one request.
func (c *Client) fetchCHT(ctx context.Context, h election.Helper, numbers []uint64) (headers []*types.Header, err error) {
	what := fmt.Sprintf("header %d by the canonical hash trie", numbers[0])
	if len(numbers) > 1 {
		what = fmt.Sprintf("%d headers from %d on by the canonical hash trie", len(numbers), numbers[0])
	}
	err = c.fetchHelper(ctx, h, what, func() *wire.GetHelperProofs {
		req := &wire.GetHelperProofs{}
		for _, number := range numbers {
			req.Queries = append(req.Queries, wire.HelperQuery{
				Type: wire.HelperCanonical, Section: h.Section, Key: proof.CanonicalKey(number), Aux: wire.AuxHeader,
			})
		}
		return req
	}, func(set *helperSet, p *wire.HelperProofs) (err error) {
		headers, err = set.headers(h, numbers, p.Aux)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, header := range headers {
		c.caches.headers.Put(header.Hash(), header, headerSize(header))
	}
	return headers, nil
}

// errNoEntry: the trie provably does not have what every such trie has.
var errNoEntry = errors.New("the trie has no such entry")

// headers decides about headers that came with the proofs of their hashes.
func (s *helperSet) headers(h election.Helper, numbers []uint64, encs [][]byte) (headers []*types.Header, err error) {
	hashes := make([]common.Hash, len(numbers))
	for i, number := range numbers {
		hash, path, err := proof.CanonicalHash(h.CHT, number, s.nodes)
		s.walked(path, err)
		if err == nil && hash == (common.Hash{}) {
			s.broken = fmt.Errorf("block %d: %w", number, errNoEntry)
		}
		hashes[i] = hash
	}
	if s.broken != nil || s.missing != nil {
		return nil, nil
	}
	if len(encs) != len(numbers) {
		return nil, &lieError{fmt.Errorf("%d headers instead of %d", len(encs), len(numbers))}
	}
	for i, enc := range encs {
		header, err := proof.VerifyHeader(enc, hashes[i])
		if err != nil {
			return nil, &lieError{err}
		}
		if got := header.Number.Uint64(); got != numbers[i] {
			s.broken = fmt.Errorf("block %d: its entry is that of block %d", numbers[i], got)
		}
		headers = append(headers, header)
	}
	return headers, nil
}

// fetchHelper asks for helper proofs and hands the nodes of a reply, with the reply, to
// check, which looks for all entries in it and says what else is wrong with it.
func (c *Client) fetchHelper(
	ctx context.Context, h election.Helper, what string,
	request func() *wire.GetHelperProofs, check func(*helperSet, *wire.HelperProofs) error,
) error {
	var set *helperSet
	_, err := c.retrieve(ctx, query{
		what: what,
		can:  func(s *session) bool { return s.canHelper(h) },
		request: func(s *session) wire.Request {
			req := request()
			limits := s.limits()
			if limits.Check(req) != nil || req.Amount() > s.fits(req.Code()) {
				return nil
			}
			return req
		},
		check: func(s *session, reply wire.Reply) error {
			p := reply.(*wire.HelperProofs) //nolint:forcetypeassert // the session has checked the code
			if len(p.Nodes) == 0 {
				return errLacks
			}
			set = newHelperSet(p.Nodes)
			if err := check(set, p); err != nil {
				return err
			}
			if err := set.verdict(); err != nil {
				return err
			}
			if junk := set.junk(); junk > maxJunk {
				c.fault(s, 2, fmt.Errorf("%w: %d bytes", errJunk, junk))
			}
			return nil
		},
	})
	if err != nil {
		return err
	}
	if set.broken != nil {
		return c.brokenHelper(h, what, set.broken)
	}
	for hash, node := range set.used {
		c.caches.nodes.Put(hash, node, len(node))
		traceOf(ctx).evidence(node)
	}
	return nil
}

// brokenHelper puts helper tries aside that contradict themselves, and returns that as
// an error. As many trusted servers as it takes to elect them have signed nonsense.
func (c *Client) brokenHelper(h election.Helper, what string, err error) error {
	c.log.Error("helper tries that the trusted servers signed contradict themselves", "section", h.Section, "err", err)
	b := c.helpers
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mu.broken[h] = true
	return &UnprovenError{What: what, Server: "all that signed", Reason: err}
}

// helperSet are the nodes of a reply, and what has come of looking for entries in them.
type helperSet struct {
	nodes *proof.NodeSet
	used  map[common.Hash][]byte
	// missing is a node that a path lacks. broken is what is wrong with the trie itself,
	// which the server is not to blame for: its root commits to every node.
	missing, broken error
}

func newHelperSet(nodes [][]byte) *helperSet {
	s := &helperSet{nodes: new(proof.NodeSet), used: make(map[common.Hash][]byte)}
	for _, node := range nodes {
		s.nodes.Add(slices.Clone(node)) // not to keep the whole message in memory
	}
	return s
}

// walked takes in what came of looking for one entry.
func (s *helperSet) walked(path [][]byte, err error) {
	for _, node := range path {
		s.used[crypto.Keccak256Hash(node)] = node
	}
	switch {
	case errors.Is(err, proof.ErrMissingNode):
		s.missing = err
	case err != nil:
		s.broken = err
	}
}

// junk is how many bytes of the nodes are on no path.
func (s *helperSet) junk() int {
	size := s.nodes.Size()
	for _, node := range s.used {
		size -= len(node)
	}
	return size
}

// verdict tells a reply that is only too short from one with something wrong in it.
func (s *helperSet) verdict() error {
	extra := s.nodes.Len() - len(s.used)
	switch {
	case s.missing == nil || s.broken != nil:
		return nil
	case extra > 0:
		return &lieError{fmt.Errorf("%w, and %d other nodes belong to nothing", s.missing, extra)}
	}
	return &cutError{s.missing}
}
