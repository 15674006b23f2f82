package attached

import (
	"context"
	"math/big"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"

	"github.com/candela-les/candela/chain"
)

const (
	// maxLag is how many blocks a node may be behind another before it is stale.
	maxLag = 5
	// behindPatience is how long a node that came back may be behind the head that
	// was told before that head is given up.
	behindPatience = time.Minute
	// maxLinks is how many blocks below the head are linked up by parent hashes.
	maxLinks = 4096
	// maxWalk is how many blocks are read to link a new head to the last one. Beyond
	// that the node's word is taken for which blocks lie between.
	maxWalk = 1024
)

// view is what a node last said of its fork choice. Headers are proven to be what
// they say; safe and final are nil if it has none.
type view struct {
	head, safe, final *types.Header
	enc               []byte // the head's RLP
}

// link is a block of the chain that ends in the head.
type link struct {
	number       uint64
	hash, parent common.Hash
	difficulty   *big.Int
	td           *big.Int // up to and including the block
}

// headTracker makes one sequence of heads of what the nodes say. One goroutine (run)
// changes it.
type headTracker struct {
	n    *Node
	wake chan struct{}
	feed feed
	mu   struct {
		sync.Mutex
		head chain.Head
		// links lead up to the head without a gap.
		links  []link
		chosen *upstream
	}
}

func newHeadTracker(n *Node) *headTracker {
	return &headTracker{n: n, wake: make(chan struct{}, 1)}
}

// nudge tells that a node's view or state has changed.
func (t *headTracker) nudge() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// run shows what the chosen node says until the node closes.
func (t *headTracker) run() {
	for {
		select {
		case <-t.wake:
		case <-t.n.life.Done():
			return
		}
		if err := t.step(t.n.life); err != nil && t.n.life.Err() == nil {
			t.n.log.Warn("the node's head cannot be followed", "err", err)
		}
	}
}

// step looks once.
func (t *headTracker) step(ctx context.Context) error {
	u := t.choose()
	if u == nil {
		return nil
	}
	u.mu.Lock()
	v, since, synced := u.mu.view, u.mu.since, u.mu.synced
	u.mu.Unlock()
	if v.head == nil {
		return nil
	}
	t.mu.Lock()
	prev, links := t.mu.head, t.mu.links
	t.mu.Unlock()
	behind := len(links) > 0 && isBehind(links, v.head)
	if behind && !synced && t.n.cfg.Now().Sub(since) < behindPatience {
		return nil
	}
	if !behind {
		u.mu.Lock()
		u.mu.synced = true
		u.mu.Unlock()
	}
	next := prev
	next.ReorgDepth = 0
	if len(links) == 0 || prev.Hash != v.head.Hash() {
		ctx, cancel := context.WithTimeout(ctx, 3*t.n.cfg.Timeout)
		defer cancel()
		var err error
		if links, next.ReorgDepth, err = t.connect(ctx, u, links, v.head); err != nil {
			return err
		}
		top := links[len(links)-1]
		next.Block, next.Header, next.TD = chain.Block{Number: top.number, Hash: top.hash}, v.enc, top.td
	}
	next.Finalized = mark(links, next, v.final, prev.Finalized)
	next.Safe = mark(links, next, v.safe, prev.Safe)
	if next.Safe.Number < next.Finalized.Number || next.Safe == (chain.Block{}) {
		next.Safe = next.Finalized
	}
	t.show(prev, next, links)
	return nil
}

// show makes next the head and tells the receivers if that changes anything.
func (t *headTracker) show(prev, next chain.Head, links []link) {
	if prev.Block == next.Block && prev.Safe == next.Safe && prev.Finalized == next.Finalized && prev.TD != nil {
		return
	}
	if next.ReorgDepth > 0 {
		t.n.numbers.forget()
	}
	t.n.cache.put(kindHeader, next.Hash, next.Header)
	t.mu.Lock()
	t.mu.head, t.mu.links = next, links
	t.mu.Unlock()
	t.feed.send(next)
}

// choose returns the node that says what the head is: the first one in the order of
// preference that answers and is not stale. One that was behind has to have caught
// up before it is chosen again.
func (t *headTracker) choose() *upstream {
	now := t.n.cfg.Now()
	var best uint64
	usable := make(map[*upstream]uint64)
	for _, u := range t.n.ups {
		if number := u.headNumber(); u.isReady(now) {
			usable[u] = number
			best = max(best, number)
		}
	}
	fresh := func(u *upstream) bool {
		number, ok := usable[u]
		return ok && number+maxLag >= best
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, u := range t.n.ups {
		if !fresh(u) {
			continue
		}
		if current := t.mu.chosen; current != nil && u != current && fresh(current) && usable[u] < t.mu.head.Number {
			continue
		}
		if t.mu.chosen != nil && u != t.mu.chosen {
			t.n.log.Info("another node is followed now", "node", u.name, "before", t.mu.chosen.name)
		}
		t.mu.chosen = u
		return u
	}
	return nil
}

// chosen returns the node that is followed now.
func (n *Node) chosen() *upstream {
	n.heads.mu.Lock()
	defer n.heads.mu.Unlock()
	return n.heads.mu.chosen
}

// isBehind reports whether a header is an ancestor of the head, or lies so far below
// it that this cannot be seen.
func isBehind(links []link, header *types.Header) bool {
	number, low, top := header.Number.Uint64(), links[0].number, links[len(links)-1].number
	if number >= top {
		return false
	}
	return number < low || links[number-low].hash == header.Hash()
}

// mark returns the safe or finalized block below a head: the one that the node names
// if it belongs there, else the one told before if that still does. It goes back
// only in a reorganization.
func mark(links []link, head chain.Head, named *types.Header, before chain.Block) chain.Block {
	fits := func(b chain.Block) bool {
		low := links[0].number
		return b.Number <= head.Number && (b.Number < low || links[b.Number-low].hash == b.Hash)
	}
	if named != nil {
		b := chain.Block{Number: named.Number.Uint64(), Hash: named.Hash()}
		if fits(b) && (b.Number >= before.Number || head.ReorgDepth > 0 || !fits(before)) {
			return b
		}
	}
	if before != (chain.Block{}) && fits(before) {
		return before
	}
	return chain.Block{}
}

// indexed returns the hash of a block that the head's parent hashes lead to.
func (t *headTracker) indexed(number uint64) (common.Hash, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.mu.links) == 0 {
		return common.Hash{}, false
	}
	low := t.mu.links[0].number
	if number < low || number-low >= uint64(len(t.mu.links)) {
		return common.Hash{}, false
	}
	return t.mu.links[number-low].hash, true
}

// Head returns the latest head.
func (n *Node) Head() chain.Head {
	n.heads.mu.Lock()
	defer n.heads.mu.Unlock()
	return n.heads.mu.head
}

// Heads delivers later heads to ch; see chain.Source. Nothing is delivered once the
// node is closed.
func (n *Node) Heads(ch chan<- chain.Head) (stop func()) { return n.heads.feed.add(ch) }

// firstTD is the total difficulty of the first head that is shown. LES needs it for
// les/4 only, which is not served on a source of this kind, so no chain is summed up
// for it: after the merge it is what the chain merged with, before it begins at the
// block's own.
func (n *Node) firstTD(header *types.Header) *big.Int {
	if header.Difficulty.Sign() > 0 {
		return new(big.Int).Set(header.Difficulty)
	}
	if td := mergeTD(n.info.Genesis); td != nil {
		return td
	}
	if ttd := n.config.TerminalTotalDifficulty; ttd != nil {
		return new(big.Int).Set(ttd)
	}
	return new(big.Int)
}

// mergeTD is the total difficulty that public networks merged with. Source: their
// merge blocks.
func mergeTD(genesis common.Hash) *big.Int {
	switch genesis {
	case params.MainnetGenesisHash:
		td, _ := new(big.Int).SetString("58750003716598352816469", 10)
		return td
	case params.SepoliaGenesisHash:
		return big.NewInt(17_000_018_015_853_232)
	default:
		return nil
	}
}

func linkOf(header *types.Header) link {
	return link{
		number: header.Number.Uint64(), hash: header.Hash(), parent: header.ParentHash,
		difficulty: header.Difficulty, td: new(big.Int),
	}
}
