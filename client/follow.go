package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client/election"
	"github.com/candela-les/candela/client/headchain"
	"github.com/candela-les/candela/wire"
)

const (
	// restartGap is the longest gap that is filled between stored headers and the
	// first head after a start: one request. Nobody has seen an older head yet, so a
	// longer gap is not worth the wait.
	restartGap = wire.MaxHeaders
	// backfillLimit is how far the window is extended down to reach the safe and the
	// finalized block without being asked.
	backfillLimit = 512
	// retryFetch is how long after a failure the same header is asked for again.
	// It doubles with each failure, up to retryLongest.
	retryFetch   = 500 * time.Millisecond
	retryLongest = 30 * time.Second
	// saveEvery is how often measurements of servers are written, at most.
	saveEvery = 30 * time.Second
	// maxAnnounced is how many headers that came with a trusted server's announcements
	// are kept of each server until they are elected: a server may be some blocks
	// ahead of the others, but one that makes headers up must not fill the memory.
	maxAnnounced = 8
	// maxWants and maxAllWants bound the fetches under way of headers that are not
	// elected, for the votes of one server and of all.
	maxWants    = 2
	maxAllWants = 32
	// wantDepth is how many headers such a fetch asks for at most.
	wantDepth = 64
)

// follower turns announcements into an elected head and a chain of headers below
// it. Votes come in from sessions; one goroutine, loop, draws the conclusions.
type follower struct {
	c           *Client
	subscribers feed[HeadEvent]
	wake        chan struct{}
	ready       chan struct{} // closed at the first head

	mu struct {
		sync.RWMutex
		election *election.State
		chain    *headchain.Chain
		result   election.Result
		heads    Heads
		elected  bool // heads come from an election of this run, not from the database
		starting uint64
		fetching map[common.Hash]bool
		failed   map[common.Hash]failedFetch
		events   []HeadEvent

		announced map[election.ID][]common.Hash // headers kept of each server's announcements
		wants     map[election.ID]*wants
		wanting   int // fetches under way for all of them

		signers []election.ID // of the head, when it was elected last
		seated  time.Time     // when that was
		held    bool          // the head is kept, though an ancestor is elected
		release *time.Timer   // when it no longer is
	}
}

// wants are the fetches of headers for one server's votes.
type wants struct {
	flying int
	failed failedFetch
}

func newFollower(c *Client, state *election.State) *follower {
	f := &follower{c: c, wake: make(chan struct{}, 1), ready: make(chan struct{})}
	f.mu.election, f.mu.chain = state, headchain.New()
	f.mu.fetching = make(map[common.Hash]bool)
	f.mu.failed = make(map[common.Hash]failedFetch)
	f.mu.announced = make(map[election.ID][]common.Hash)
	f.mu.wants = make(map[election.ID]*wants)
	return f
}

// failedFetch says when a header may be asked for again.
type failedFetch struct {
	until time.Time
	delay time.Duration
}

func (f failedFetch) again(now time.Time) failedFetch {
	delay := min(max(2*f.delay, retryFetch), retryLongest)
	return failedFetch{now.Add(delay), delay}
}

// restore puts stored headers into the window. They are no head: nothing is
// answered from them until one that is linked to them has been elected.
func (f *follower) restore(ascending []*types.Header) {
	if len(ascending) == 0 {
		return
	}
	top := ascending[len(ascending)-1]
	f.mu.chain.Reset(top.Hash(), top)
	down := make([]*types.Header, 0, len(ascending)-1)
	for i := len(ascending) - 2; i >= 0; i-- {
		down = append(down, ascending[i])
	}
	if err := f.mu.chain.Extend(down); err != nil {
		f.c.log.Warn("stored headers are not linked", "err", err)
	}
}

// vote takes a trusted server's statement in, with the header of its head if the
// announcement brought it along. It returns whether the statement counts.
func (c *Client) vote(s *session, st election.Statement, header *types.Header) bool {
	f := c.follow
	f.mu.Lock()
	err := f.mu.election.Announce(s.srv.id, st, uint64(max(c.now().Unix(), 0)))
	if err == nil && header != nil {
		f.keep(s.srv.id, header)
	}
	f.mu.Unlock()
	if err != nil {
		c.log.Warn("announcement does not count", "server", s.srv.short(), "number", st.Head.Number, "err", err)
		c.roster.failed(s.srv, 0.25, err)
		return false
	}
	f.poke()
	return true
}

// keep holds on to an announced header, and to only a few of each server.
func (f *follower) keep(id election.ID, header *types.Header) {
	hash := header.Hash()
	if _, known := f.mu.chain.Get(hash); known {
		return
	}
	f.mu.chain.Add(hash, header)
	list := append(f.mu.announced[id], hash)
	if len(list) > maxAnnounced {
		f.mu.chain.Forget(list[0])
		list = list[1:]
	}
	f.mu.announced[id] = list
}

// disconnected takes a session off the roster, and its server's vote with it.
func (c *Client) disconnected(s *session) {
	s.end(ErrClosed)
	if c.roster.detach(s) && s.srv.trusted {
		c.follow.mu.Lock()
		c.follow.mu.election.Disconnect(s.srv.id)
		for _, hash := range c.follow.mu.announced[s.srv.id] {
			c.follow.mu.chain.Forget(hash)
		}
		delete(c.follow.mu.announced, s.srv.id)
		c.follow.mu.Unlock()
		c.follow.poke()
	}
	c.line.look()
}

// poke makes the loop look again.
func (f *follower) poke() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *follower) loop() {
	defer f.c.work.Done()
	save := time.NewTicker(saveEvery)
	defer save.Stop()
	for {
		select {
		case <-f.wake:
			f.step()
		case <-save.C:
			f.c.flushServers()
		case <-f.c.ctx.Done():
			return
		}
	}
}

// step counts the votes and does what follows: learn the chain's identity, fetch
// headers, move the head.
func (f *follower) step() {
	f.mu.Lock()
	f.seat()
	r := f.mu.election.Elect(f.mu.chain)
	f.mu.result = r
	for _, w := range r.Wanted {
		f.want(w)
	}
	f.mu.held = f.holds(r)
	if !r.Head.IsZero() && !f.mu.held {
		f.moveHead(r)
	}
	f.setHeads()
	events := f.mu.events
	f.mu.events = nil
	latest := f.mu.heads.Latest
	f.mu.Unlock()

	f.c.learn(r)
	f.c.weigh(r, latest)
	for _, e := range events {
		// Also when the client is just being closed: Close waits for this.
		if err := f.c.db.PutHeaders(context.WithoutCancel(f.c.ctx), e.Added); err != nil {
			f.c.log.Error("cannot store headers", "err", err)
		}
		f.subscribers.publish(e)
	}
}

// seat notes who elected the head, if the election before this one did.
func (f *follower) seat() {
	head := f.mu.chain.Head()
	if last := &f.mu.result; head != nil && head.Hash() == common.Hash(last.Head.Hash) {
		f.mu.seated, f.mu.signers = f.c.now(), last.Signers
	}
}

// holds reports whether the head is kept, though only an ancestor of it is elected
// now, or nothing while a header is on its way: see package election.
func (f *follower) holds(r election.Result) bool {
	header := f.mu.chain.Head()
	if !f.mu.elected || r.Head.Number >= header.Number.Uint64() {
		return false
	}
	head := election.Block{Number: header.Number.Uint64(), Hash: header.Hash()}
	left := -f.c.now().Sub(f.mu.seated)
	var backed int
	if r.Head.IsZero() {
		if len(r.Wanted) == 0 {
			return false
		}
		left += election.Link * time.Second
		backed = f.mu.election.Following(f.mu.chain, f.mu.signers, head)
	} else {
		if linked, _ := election.Descends(f.mu.chain, head, r.Head); !linked {
			return false
		}
		left += election.Hold * time.Second
		backed = f.mu.election.Standing(f.mu.chain, f.mu.signers, head)
	}
	if left <= 0 || backed < f.mu.election.Config().Needed() {
		return false
	}
	if f.mu.release == nil {
		f.mu.release = time.AfterFunc(left, f.poke)
	} else {
		f.mu.release.Reset(left)
	}
	return true
}

// moveHead links the elected block to the window, or fetches what is missing.
func (f *follower) moveHead(r election.Result) {
	hash := common.Hash(r.Head.Hash)
	removed, added, err := f.mu.chain.SetHead(hash, r.Head.Number)
	var gap *headchain.GapError
	switch {
	case errors.As(err, &gap):
		if gap.Length > f.maxGap() {
			// Away for too long to fetch it all: begin anew at the head.
			if header, ok := f.mu.chain.Get(hash); ok {
				f.c.log.Info("gap in the header chain is not filled", "missing", gap.Length)
				f.mu.chain.Reset(hash, header)
				f.joined(nil, []*types.Header{header})
				return
			}
			gap.Hash, gap.Length = hash, 1
		}
		f.fetch(gap.Hash, int(min(gap.Length, wire.MaxHeaders)), r.Signers)
	case err != nil:
		f.c.log.Error("elected head does not fit", "number", r.Head.Number, "err", err)
	case len(added) > 0 || len(removed) > 0:
		f.joined(removed, added)
	default:
		f.joined(nil, nil)
	}
}

func (f *follower) maxGap() uint64 {
	if !f.mu.elected {
		return restartGap
	}
	return headchain.MaxGap
}

// joined notes a moved head.
func (f *follower) joined(removed, added []*types.Header) {
	if !f.mu.elected {
		f.mu.elected = true
		f.mu.starting = f.mu.chain.Head().Number.Uint64()
		close(f.ready)
	}
	if len(removed)+len(added) > 0 {
		f.mu.events = append(f.mu.events, HeadEvent{Removed: removed, Added: added})
	}
}

// setHeads works out what Heads answers.
func (f *follower) setHeads() {
	r := &f.mu.result
	if r.Head.IsZero() && f.mu.held {
		return
	}
	if r.Head.IsZero() || !f.mu.elected {
		f.mu.heads = Heads{}
		return
	}
	f.mu.heads = Heads{
		Latest:    f.mu.chain.Head(),
		Safe:      f.checkpoint(r.Safe),
		Finalized: f.checkpoint(r.Finalized),
	}
}

// checkpoint returns the header of an elected safe or finalized block, fetching it
// and the headers between it and the window. One that is not an ancestor of the
// head is withheld: the statements are not of one mind then.
func (f *follower) checkpoint(b election.Block) *types.Header {
	head := f.mu.chain.Head()
	if b.IsZero() || head == nil || b.Number > head.Number.Uint64() {
		return nil
	}
	f.extend()
	base := f.mu.chain.Base()
	if b.Number >= base.Number.Uint64() {
		header, hash, ok := f.mu.chain.Canonical(b.Number)
		if !ok || hash != common.Hash(b.Hash) {
			return nil
		}
		return header
	}
	if distance := base.Number.Uint64() - b.Number; distance <= backfillLimit {
		f.fetch(base.ParentHash, int(min(distance, wire.MaxHeaders)), nil) //nolint:gosec // bounded
	}
	// Not linked yet, or too far below to be: enough servers have signed it.
	f.fetch(b.Hash, 1, nil)
	if header, ok := f.mu.chain.Get(b.Hash); ok && header.Number.Uint64() == b.Number {
		return header
	}
	return nil
}

// extend puts headers that were fetched from below the window into it.
func (f *follower) extend() {
	var down []*types.Header
	for at := f.mu.chain.Base().ParentHash; ; {
		h, ok := f.mu.chain.Get(at)
		if !ok {
			break
		}
		down = append(down, h)
		at = h.ParentHash
	}
	if len(down) > 0 {
		if err := f.mu.chain.Extend(down); err != nil {
			f.c.log.Error("headers below the window do not fit", "err", err)
		}
	}
}

// want fetches a header that could decide the election. Votes of a single server
// may want anything, so that only a few are fetched for each, and ever more slowly
// as long as nobody has them.
func (f *follower) want(w election.Want) {
	depth := min(w.Depth, wantDepth)
	if head := f.mu.chain.Head(); head != nil && w.Number > head.Number.Uint64() {
		depth = int(min(w.Number-head.Number.Uint64(), uint64(depth))) //nolint:gosec // bounded
	}
	now := f.c.now()
	free := slices.ContainsFunc(w.Signers, func(id election.ID) bool {
		own := f.mu.wants[id]
		return own == nil || own.flying < maxWants && !now.Before(own.failed.until)
	})
	if !free || f.mu.wanting >= maxAllWants || !f.start(w.Hash, depth, w.Signers, true) {
		return
	}
	f.mu.wanting++
	for _, id := range w.Signers {
		if f.mu.wants[id] == nil {
			f.mu.wants[id] = new(wants)
		}
		f.mu.wants[id].flying++
	}
}

// wanted notes what came of such a fetch, and returns how long it takes until there
// may be another one.
func (f *follower) wanted(signers []election.ID, err error) (delay time.Duration) {
	f.mu.wanting--
	for _, id := range signers {
		own := f.mu.wants[id]
		own.flying--
		if own.failed = own.failed.again(f.c.now()); err == nil {
			own.failed = failedFetch{}
		}
		delay = max(delay, own.failed.delay)
	}
	return delay
}

// fetch gets a header and up to depth−1 of its ancestors, in the background, unless
// that is known, under way, or failed just now.
func (f *follower) fetch(hash common.Hash, depth int, signers []election.ID) {
	f.start(hash, depth, signers, false)
}

// start is fetch, and says whether there is anything to do.
func (f *follower) start(hash common.Hash, depth int, signers []election.ID, want bool) bool {
	if _, known := f.mu.chain.Get(hash); known || f.mu.fetching[hash] {
		return false
	}
	now := f.c.now()
	if now.Before(f.mu.failed[hash].until) || !f.c.enter() {
		return false
	}
	f.mu.fetching[hash] = true
	// Looking for where two votes meet, a few headers do more often than not.
	depth = min(max(depth, 1), wire.MaxHeaders)
	go func() {
		defer f.c.work.Done()
		headers, err := f.c.fetchHeaders(f.c.ctx, hash, depth, signers)
		f.mu.Lock()
		delay := f.fetched(hash, headers, err)
		if want {
			delay = max(delay, f.wanted(signers, err))
		}
		f.mu.Unlock()
		if err != nil {
			f.c.log.Debug("header not fetched", "hash", hash, "err", err)
			time.AfterFunc(delay, f.poke)
			return
		}
		f.poke()
	}()
	return true
}

// fetched takes fetched headers in, or returns how long it takes until they may be
// asked for again.
func (f *follower) fetched(hash common.Hash, headers []*types.Header, err error) (delay time.Duration) {
	delete(f.mu.fetching, hash)
	failed := f.mu.failed[hash]
	delete(f.mu.failed, hash)
	at := hash
	for _, h := range headers {
		f.mu.chain.Add(at, h)
		at = h.ParentHash
	}
	if err == nil {
		return 0
	}
	now := f.c.now()
	for h, failed := range f.mu.failed {
		if now.After(failed.until.Add(retryLongest)) {
			delete(f.mu.failed, h)
		}
	}
	f.mu.failed[hash] = failed.again(now)
	return f.mu.failed[hash].delay
}

// learn takes over the genesis once enough servers have signed it.
func (c *Client) learn(r election.Result) {
	if c.Genesis() == (common.Hash{}) && r.Genesis != ([32]byte{}) {
		c.mu.Lock()
		c.mu.genesis = r.Genesis
		c.mu.Unlock()
		c.log.Info("genesis learned from the trusted servers", "hash", common.Hash(r.Genesis))
	}
}

// Heads returns the elected blocks, or a *NoHeadError that says who signed what.
func (c *Client) Heads() (Heads, error) {
	f := c.follow
	f.mu.RLock()
	heads := f.mu.heads
	f.mu.RUnlock()
	if heads.Latest == nil {
		return Heads{}, c.noHead()
	}
	return heads, nil
}

func (c *Client) noHead() error {
	e := c.electionStatus()
	return &NoHeadError{Configured: e.Configured, Percent: e.Percent, Votes: e.Votes}
}

// Sync says how far the client has come; it never waits.
func (c *Client) Sync() SyncStatus {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	s := SyncStatus{Starting: f.mu.starting, Highest: f.mu.result.Head.Number}
	if head := f.mu.heads.Latest; head != nil {
		s.Current = head.Number.Uint64()
		// A header that is on its way is not worth the word: with les/4 each new one is.
		elected := f.mu.result.Head
		s.Done = head.Hash() == common.Hash(elected.Hash) || elected.Number == s.Current+1 || f.mu.held
	}
	s.Highest = max(s.Highest, s.Current)
	return s
}

// SubscribeHeads delivers every later change of the head to ch until unsubscribe
// is called. Slow receivers get everything late; none is left out.
func (c *Client) SubscribeHeads(ch chan<- HeadEvent) (unsubscribe func()) {
	return c.follow.subscribers.subscribe(ch)
}

// headNumberTime is what a fork id is compared with: the newest header known.
func (c *Client) headNumberTime() (number, timestamp uint64) {
	f := c.follow
	f.mu.RLock()
	defer f.mu.RUnlock()
	if head := f.mu.chain.Head(); head != nil {
		return head.Number.Uint64(), head.Time
	}
	return 0, c.cfg.GenesisTime
}

// WaitHead returns when a head is known, or with the context's reason.
func (c *Client) WaitHead(ctx context.Context) error {
	select {
	case <-c.follow.ready:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", c.noHead(), context.Cause(ctx))
	case <-c.ctx.Done():
		return ErrClosed
	}
}
