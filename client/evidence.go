package client

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/proof"
	"github.com/candela-les/candela/wire"
)

// stateQuery asks for evidence about one account: itself, some of its slots, and
// perhaps its code.
type stateQuery struct {
	addr  common.Address
	slots []common.Hash
	code  bool
}

// amount is what the query counts as, by the rules of GetState.
func (q *stateQuery) amount() int {
	n := 1 + len(q.slots)
	if q.code {
		n++
	}
	return n
}

// evidence is proven state: complete paths for everything that was asked, and the
// codes that accounts refer to.
type evidence struct {
	nodes *proof.NodeSet
	codes map[common.Hash][]byte
	// blobs are the nodes that it was made from.
	blobs [][]byte
	// junk is how many bytes of the reply that it was made from are of no use.
	junk int
}

// maxJunk is how many useless bytes may stand beside a proof unnoticed.
const maxJunk = 4 << 10

var errJunk = errors.New("server sent what proves nothing beside a proof")

func newEvidence() *evidence {
	return &evidence{nodes: new(proof.NodeSet), codes: make(map[common.Hash][]byte)}
}

func (e *evidence) add(node []byte) {
	e.nodes.Add(node)
	e.blobs = append(e.blobs, node)
}

// missing says what of the query is not proven by the evidence, as a query for just
// that. Used are the nodes on the paths it walked. The error is for evidence that
// contradicts itself: a node that is no trie node.
func (e *evidence) missing(root common.Hash, q stateQuery) (rest *stateQuery, used [][]byte, err error) {
	account, path, err := proof.AccountPath(root, q.addr, e.nodes)
	used = append(used, path...)
	if errors.Is(err, proof.ErrMissingNode) {
		return &q, used, nil
	}
	if err != nil || account == nil {
		return nil, used, err
	}
	left := stateQuery{addr: q.addr}
	for _, slot := range q.slots {
		_, path, err := proof.StoragePath(account.Root, slot, e.nodes)
		used = append(used, path...)
		if errors.Is(err, proof.ErrMissingNode) {
			left.slots = append(left.slots, slot)
			continue
		}
		if err != nil {
			return nil, used, err
		}
	}
	hash := common.BytesToHash(account.CodeHash)
	if _, ok := e.codes[hash]; q.code && !ok && hash != types.EmptyCodeHash {
		left.code = true
	}
	if len(left.slots) == 0 && !left.code {
		return nil, used, nil
	}
	return &left, used, nil
}

// prove returns evidence for the queries under the state of header's block: from
// the caches as far as they reach, the rest from servers, all in one request if it
// is within a server's limits.
func (c *Client) prove(ctx context.Context, header *types.Header, queries []stateQuery) (*evidence, error) {
	e := newEvidence()
	var open []stateQuery
	for _, q := range queries {
		rest, err := c.fillFromCache(ctx, header.Root, e, q)
		if err != nil {
			return nil, fmt.Errorf("cached state: %w", err)
		}
		if rest != nil {
			open = append(open, *rest)
		}
	}
	batches := split(open)
	if len(batches) == 0 {
		return e, nil
	}
	// Batches are independent of each other and usually one.
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	for _, batch := range batches {
		wg.Go(func() {
			got, err := share(ctx, c, stateKey(header, batch), func(ctx context.Context) (*evidence, error) {
				return c.fetchState(ctx, header, batch)
			})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
				return
			}
			e.absorb(got)
		})
	}
	wg.Wait()
	if len(errs) > 0 {
		return nil, errs[0]
	}
	return e, nil
}

// absorb adds another evidence's content, which stays shared and unchanged.
func (e *evidence) absorb(o *evidence) {
	for _, n := range o.blobs {
		e.add(n)
	}
	maps.Copy(e.codes, o.codes)
}

// maxBatch is how much one request asks for: what les/4 permits as proofs.
const maxBatch = wire.MaxProofs

// split makes batches that any server takes. An account with many slots is asked
// for in several, its own path with each.
func split(queries []stateQuery) (batches [][]stateQuery) {
	var batch []stateQuery
	room := maxBatch
	flush := func() {
		if len(batch) > 0 {
			batches = append(batches, batch)
		}
		batch, room = nil, maxBatch
	}
	for _, q := range queries {
		for q.amount() > maxBatch {
			flush()
			n := maxBatch - 2 // the account, perhaps its code
			batches = append(batches, []stateQuery{{addr: q.addr, slots: q.slots[:n]}})
			q.slots = q.slots[n:]
		}
		if q.amount() > room {
			flush()
		}
		batch = append(batch, q)
		room -= q.amount()
	}
	flush()
	return batches
}

func stateKey(header *types.Header, batch []stateQuery) string {
	var b strings.Builder
	b.WriteString("state")
	b.Write(header.Root[:])
	for _, q := range batch {
		fmt.Fprintf(&b, "%x%v", q.addr, q.code)
		for _, s := range q.slots {
			b.Write(s[:])
		}
	}
	return b.String()
}

// fillFromCache adds to e what the node and code caches hold for the query, and
// returns what is still missing then.
func (c *Client) fillFromCache(ctx context.Context, root common.Hash, e *evidence, q stateQuery) (*stateQuery, error) {
	t := traceOf(ctx)
	account, err := c.walkCached(t, e, func() (*types.StateAccount, error) {
		return proof.Account(root, q.addr, e.nodes)
	})
	if err != nil {
		if errors.Is(err, proof.ErrMissingNode) {
			return &q, nil
		}
		return nil, err
	}
	if account == nil {
		return nil, nil
	}
	left := stateQuery{addr: q.addr}
	for _, slot := range q.slots {
		_, err := c.walkCached(t, e, func() (*types.StateAccount, error) {
			_, err := proof.Storage(account.Root, slot, e.nodes)
			return nil, err
		})
		if errors.Is(err, proof.ErrMissingNode) {
			left.slots = append(left.slots, slot)
		} else if err != nil {
			return nil, err
		}
	}
	if hash := common.BytesToHash(account.CodeHash); q.code && hash != types.EmptyCodeHash && e.codes[hash] == nil {
		if code, ok := c.caches.codes.Get(hash); ok {
			e.codes[hash] = code
			t.hit(1)
		} else {
			left.code = true
		}
	}
	if len(left.slots) == 0 && !left.code {
		return nil, nil
	}
	return &left, nil
}

// walkCached repeats a walk, each time with the node that it missed, as long as the
// cache has that.
func (c *Client) walkCached(t *trace, e *evidence, walk func() (*types.StateAccount, error)) (*types.StateAccount, error) {
	for {
		account, err := walk()
		var miss *proof.MissingNodeError
		if !errors.As(err, &miss) {
			return account, err
		}
		node, ok := c.caches.nodes.Get(miss.Hash)
		if !ok {
			return nil, err
		}
		e.add(node)
		t.hit(1)
	}
}

// fetchState asks servers for the queries, which are one batch.
func (c *Client) fetchState(ctx context.Context, header *types.Header, queries []stateQuery) (*evidence, error) {
	e := newEvidence()
	var open []stateQuery // les/4 sends codes by a request of their own
	_, err := c.retrieve(ctx, query{
		what:    describe(header, queries),
		can:     func(s *session) bool { return s.can(need{wire.ServesState, header.Number.Uint64()}) },
		block:   header.Number.Uint64(),
		request: func(s *session) wire.Request { return stateRequest(s, header.Hash(), queries) },
		check: func(s *session, reply wire.Reply) error {
			got, codes := newEvidence(), true
			switch reply := reply.(type) {
			case *wire.State:
				got.take(reply.Nodes, reply.Codes)
			case *wire.Proofs:
				got.take(reply.Nodes, nil)
				codes = false
			}
			rest, err := got.verify(header.Root, queries, codes)
			if err != nil {
				return err
			}
			e, open = got, rest
			if got.junk > maxJunk {
				c.fault(s, 2, fmt.Errorf("%w: %d bytes", errJunk, got.junk))
			}
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	traceOf(ctx).evidence(e.blobs...)
	if len(open) > 0 {
		if err := c.fetchCodes(ctx, header, open, e); err != nil {
			return nil, err
		}
	}
	for _, n := range e.blobs {
		c.caches.nodes.Put(crypto.Keccak256Hash(n), n, len(n))
	}
	for h, code := range e.codes {
		c.caches.codes.Put(h, code, len(code))
	}
	return e, nil
}

// take adds a server's nodes and codes. Payloads are cloned, so that a cached node
// does not keep its whole message in memory.
func (e *evidence) take(nodes, codes [][]byte) {
	for _, n := range nodes {
		e.junk += len(n)
		e.add(slices.Clone(n))
	}
	for _, code := range codes {
		e.junk += len(code)
		e.codes[crypto.Keccak256Hash(code)] = slices.Clone(code)
	}
}

// verify decides about a reply that answers the queries. Nodes and codes that none
// of them leads to are proof that something was changed on the way, if anything is
// missing beside them; a reply that is only too short is incomplete. With codes
// false, those that are missing are returned instead.
func (e *evidence) verify(root common.Hash, queries []stateQuery, codes bool) (open []stateQuery, err error) {
	if e.nodes.Len() == 0 && len(e.codes) == 0 && root != types.EmptyRootHash {
		return nil, errLacks
	}
	used := make(map[common.Hash][]byte)
	missing := false
	for _, q := range queries {
		rest, path, err := e.missing(root, q)
		if err != nil {
			return nil, &lieError{err}
		}
		for _, n := range path {
			used[crypto.Keccak256Hash(n)] = n
		}
		if rest == nil {
			continue
		}
		if !codes && rest.code && len(rest.slots) == 0 && e.proves(root, q.addr) {
			open = append(open, *rest)
			continue
		}
		missing = true
	}
	if missing {
		err := errors.New("part of the proof is missing")
		sent := e.nodes.Len() + len(e.codes)
		e.keepCodes(root, queries)
		if extra := sent - len(used) - len(e.codes); extra > 0 {
			return nil, &lieError{fmt.Errorf("%w, and %d other pieces belong to nothing", err, extra)}
		}
		return nil, &cutError{err}
	}
	// Only what the proof consists of is kept.
	e.blobs = e.blobs[:0]
	for _, n := range used {
		e.blobs = append(e.blobs, n)
		e.junk -= len(n)
	}
	e.keepCodes(root, queries)
	for _, code := range e.codes {
		e.junk -= len(code)
	}
	return open, nil
}

func (e *evidence) proves(root common.Hash, addr common.Address) bool {
	_, err := proof.Account(root, addr, e.nodes)
	return err == nil
}

// keepCodes drops codes that nobody asked for.
func (e *evidence) keepCodes(root common.Hash, queries []stateQuery) {
	asked := make(map[common.Hash][]byte)
	for _, q := range queries {
		if account, err := proof.Account(root, q.addr, e.nodes); err == nil && account != nil {
			hash := common.BytesToHash(account.CodeHash)
			if code, ok := e.codes[hash]; ok {
				asked[hash] = code
			}
		}
	}
	e.codes = asked
}

// stateRequest makes the request in the server's own version: by plain keys, or by
// their hashes in les/4.
func stateRequest(s *session, block common.Hash, queries []stateQuery) wire.Request {
	if s.version() == wire.LES4 {
		return proofsRequest(s, block, queries)
	}
	req := &wire.GetState{}
	limits := s.limits()
	for _, q := range queries {
		sq := wire.StateQuery{Block: block, Address: q.addr, Code: q.code}
		for _, slot := range q.slots {
			sq.Slots = append(sq.Slots, slot)
		}
		req.Queries = append(req.Queries, sq)
	}
	if limits.Check(req) != nil || req.Amount() > s.fits(req.Code()) {
		return nil
	}
	return req
}

func proofsRequest(s *session, block common.Hash, queries []stateQuery) wire.Request {
	req := &wire.GetProofs{}
	for _, q := range queries {
		key := crypto.Keccak256(q.addr[:])
		req.Queries = append(req.Queries, wire.ProofQuery{Block: block, Key: key})
		for _, slot := range q.slots {
			req.Queries = append(req.Queries, wire.ProofQuery{Block: block, Account: key, Key: crypto.Keccak256(slot[:])})
		}
	}
	if req.Amount() > s.most(req.Code(), req.Amount(), wire.MaxProofs) {
		return nil
	}
	return req
}

// fetchCodes gets the codes of accounts that are proven in e.
func (c *Client) fetchCodes(ctx context.Context, header *types.Header, queries []stateQuery, e *evidence) error {
	want := make(map[common.Hash]bool)
	for i, q := range queries {
		account, err := proof.Account(header.Root, q.addr, e.nodes)
		if err != nil || account == nil {
			return fmt.Errorf("code of %s without a proven account: %w", q.addr, err)
		}
		want[common.BytesToHash(account.CodeHash)] = true
		queries[i].slots = nil
	}
	_, err := c.retrieve(ctx, query{
		what:  "code, " + describe(header, queries),
		can:   func(s *session) bool { return s.can(need{wire.ServesState, header.Number.Uint64()}) },
		block: header.Number.Uint64(),
		request: func(s *session) wire.Request {
			if s.version() != wire.LES4 {
				return stateRequest(s, header.Hash(), queries)
			}
			req := &wire.GetCode{}
			for _, q := range queries {
				req.Queries = append(req.Queries, wire.CodeQuery{Block: header.Hash(), Account: crypto.Keccak256(q.addr[:])})
			}
			if req.Amount() > s.most(req.Code(), req.Amount(), wire.MaxCodes) {
				return nil
			}
			return req
		},
		check: func(_ *session, reply wire.Reply) error {
			var codes [][]byte
			switch reply := reply.(type) {
			case *wire.Codes:
				codes = reply.Codes
			case *wire.State:
				codes = reply.Codes
			}
			got := make(map[common.Hash][]byte)
			for _, code := range codes {
				hash := crypto.Keccak256Hash(code)
				if !want[hash] {
					return &lieError{fmt.Errorf("code %x was not asked for", hash[:6])}
				}
				got[hash] = slices.Clone(code)
			}
			if len(got) < len(want) {
				return errLacks
			}
			maps.Copy(e.codes, got)
			return nil
		},
	})
	return err
}

func describe(header *types.Header, queries []stateQuery) string {
	what := fmt.Sprintf("state of block %d", header.Number)
	if len(queries) == 1 {
		return fmt.Sprintf("%s, account %s", what, queries[0].addr)
	}
	return fmt.Sprintf("%s, %d accounts", what, len(queries))
}
