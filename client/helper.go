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

// signedHelper takes in the last section of helper tries that a trusted server has
// signed. Roots are nil if it has none, or did not say what it signed.
func (c *Client) signedHelper(s *session, roots *wire.HelperRoots) {
	var last election.Helper
	if roots != nil {
		last = election.Helper{Section: roots.Section, Last: roots.Last, CHT: roots.CHT, Bloom: roots.Bloom}
	}
	b := c.helpers
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.mu.votes.Sign(s.srv.id, last) && !last.IsZero() {
		c.log.Debug("helper section signed", "server", s.srv.short(), "section", last.Section)
	}
}

// electedHelper returns the newest helper tries that enough trusted servers signed
// and that fit the chain of head; zero if there are none.
func (c *Client) electedHelper(head *types.Header) election.Helper {
	b := c.helpers
	top := head.Number.Uint64()
	b.mu.Lock()
	defer b.mu.Unlock()
	elected, _ := b.mu.votes.Elect(func(h election.Helper) bool {
		return !b.mu.broken[h] && h.Section < top/b.blocks && c.mayEnd(b.end(h), h.Last)
	})
	return elected
}

// mayEnd says whether a block is canonical as far as the window of headers reaches.
func (c *Client) mayEnd(number uint64, hash common.Hash) bool {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	_, have, ok := f.mu.chain.Canonical(number)
	return !ok || have == hash
}

// breakHelper puts helper tries aside that contradict themselves. As many trusted
// servers as it takes to elect them have signed nonsense.
func (c *Client) breakHelper(h election.Helper, err error) {
	c.log.Error("helper tries that the trusted servers signed contradict themselves", "section", h.Section, "err", err)
	b := c.helpers
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mu.broken[h] = true
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
	if header, ok := c.knownCHT(ctx, h, number); ok {
		return header, nil
	}
	key := fmt.Sprintf("cht%d%s", number, h.CHT)
	return share(ctx, c, key, func(ctx context.Context) (*types.Header, error) {
		headers, err := c.fetchCHT(ctx, h, []uint64{number})
		if err != nil {
			return nil, err
		}
		return headers[0], nil
	})
}

// knownCHT does so without asking anybody, if the path and the header are known.
func (c *Client) knownCHT(ctx context.Context, h election.Helper, number uint64) (*types.Header, bool) {
	nodes := new(proof.NodeSet)
	t, used := traceOf(ctx), 0
	for {
		hash, _, err := proof.CanonicalHash(h.CHT, number, nodes)
		var miss *proof.MissingNodeError
		if errors.As(err, &miss) {
			node, ok := c.caches.nodes.Get(miss.Hash)
			if !ok {
				return nil, false
			}
			nodes.Add(node)
			used++
			continue
		}
		if err != nil {
			return nil, false
		}
		header, ok := c.knownHeader(hash)
		if !ok || header.Number.Uint64() != number {
			return nil, false
		}
		t.hit(used + 1)
		return header, true
	}
}

// fetchCHT gets headers by their entries in the canonical hash trie, in one request.
func (c *Client) fetchCHT(ctx context.Context, h election.Helper, numbers []uint64) ([]*types.Header, error) {
	what := fmt.Sprintf("header %d by the canonical hash trie", numbers[0])
	if len(numbers) > 1 {
		what = fmt.Sprintf("%d headers from %d on by the canonical hash trie", len(numbers), numbers[0])
	}
	var (
		headers []*types.Header
		broken  error
	)
	_, err := c.retrieve(ctx, query{
		what: what,
		can:  func(s *session) bool { return s.canHelper(h) },
		request: func(s *session) wire.Request {
			req := &wire.GetHelperProofs{}
			for _, number := range numbers {
				req.Queries = append(req.Queries, wire.HelperQuery{
					Type: wire.HelperCanonical, Section: h.Section, Key: proof.CanonicalKey(number), Aux: wire.AuxHeader,
				})
			}
			return s.affordable(req)
		},
		check: func(s *session, reply wire.Reply) (err error) {
			p := reply.(*wire.HelperProofs) //nolint:forcetypeassert // the session has checked the code
			headers, broken, err = c.checkCHT(ctx, h, numbers, p)
			return err
		},
	})
	if err == nil && broken != nil {
		c.breakHelper(h, broken)
		err = &UnprovenError{What: what, Server: "trusted", Reason: broken}
	}
	return headers, err
}

// affordable returns a request that the server permits, else nil.
func (s *session) affordable(req *wire.GetHelperProofs) wire.Request {
	limits := s.limits()
	if limits.Check(req) != nil || req.Amount() > s.fits(req.Code()) {
		return nil
	}
	return req
}

// errNoEntry: the trie provably does not have what every such trie has.
var errNoEntry = errors.New("the trie has no such entry")

// checkCHT decides about a reply with headers and the proofs of their hashes. Broken
// is what is wrong with the trie itself, for which the server is not to blame.
func (c *Client) checkCHT(ctx context.Context, h election.Helper, numbers []uint64, p *wire.HelperProofs) (headers []*types.Header, broken, err error) {
	if len(p.Nodes) == 0 {
		return nil, nil, errLacks
	}
	set := newHelperSet(p.Nodes)
	hashes := make([]common.Hash, len(numbers))
	for i, number := range numbers {
		var path [][]byte
		hashes[i], path, err = proof.CanonicalHash(h.CHT, number, set.nodes)
		if err := set.walked(path, err); err != nil {
			return nil, nil, err
		}
	}
	if err := set.verdict(); err != nil {
		return nil, nil, err
	}
	if i := slices.Index(hashes, common.Hash{}); i >= 0 {
		return nil, fmt.Errorf("block %d: %w", numbers[i], errNoEntry), nil
	}
	if len(p.Aux) != len(numbers) {
		return nil, nil, &lieError{fmt.Errorf("%d headers instead of %d", len(p.Aux), len(numbers))}
	}
	for i, enc := range p.Aux {
		header, err := proof.VerifyHeader(enc, hashes[i])
		if err != nil {
			return nil, nil, &lieError{err}
		}
		if got := header.Number.Uint64(); got != numbers[i] {
			return nil, fmt.Errorf("block %d: its entry is that of block %d", numbers[i], got), nil
		}
		headers = append(headers, header)
	}
	set.keep(ctx, c)
	traceOf(ctx).evidence(p.Aux...)
	for i, header := range headers {
		c.caches.headers.Put(hashes[i], header, headerSize(header))
	}
	return headers, nil, nil
}

// helperSet are the nodes of a reply, and which of them have been of use.
type helperSet struct {
	nodes   *proof.NodeSet
	used    map[common.Hash][]byte
	missing error
}

func newHelperSet(nodes [][]byte) *helperSet {
	s := &helperSet{nodes: new(proof.NodeSet), used: make(map[common.Hash][]byte)}
	for _, node := range nodes {
		s.nodes.Add(slices.Clone(node)) // not to keep the whole message in memory
	}
	return s
}

// walked takes in what came of looking for one entry.
func (s *helperSet) walked(path [][]byte, err error) error {
	for _, node := range path {
		s.used[crypto.Keccak256Hash(node)] = node
	}
	switch {
	case errors.Is(err, proof.ErrMissingNode):
		s.missing = err
	case err != nil:
		return &lieError{err}
	}
	return nil
}

// verdict tells a reply that is only too short from one with something wrong in it.
func (s *helperSet) verdict() error {
	extra := s.nodes.Len() - len(s.used)
	switch {
	case s.missing == nil:
		return nil
	case extra > 0:
		return &lieError{fmt.Errorf("%w, and %d other nodes belong to nothing", s.missing, extra)}
	}
	return &cutError{s.missing}
}

// keep caches and records the nodes that were of use.
func (s *helperSet) keep(ctx context.Context, c *Client) {
	for hash, node := range s.used {
		c.caches.nodes.Put(hash, node, len(node))
		traceOf(ctx).evidence(node)
	}
}
