package embedded

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/event"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/chain"
)

const (
	// pollMarks is how often safe and finalized are looked at: go-ethereum moves
	// them without an event. A look costs two atomic loads.
	pollMarks = 50 * time.Millisecond
	// settle is how long a new head waits for its safe and finalized blocks. A
	// fork-choice update sets them just after it sends the head event, and one
	// announcement is better than three.
	settle = 10 * time.Millisecond
	// headBacklog is how many heads wait for a slow receiver before old ones go.
	headBacklog = 64
	// keptStates is how many states below the head stay provable without an
	// archive. go-ethereum keeps 128 layers above its disk layer; the oldest may
	// be merged away while a request is on its way.
	keptStates = 127
)

// headTracker follows the fork choice and hands it to receivers.
type headTracker struct {
	n      *Node
	events chan core.ChainHeadEvent
	// held, while true, keeps back new heads and marks: who holds them is in the
	// middle of a fork choice and nudges when it is complete.
	held   atomic.Bool
	sub    event.Subscription
	nudges chan chan struct{}

	mu struct {
		sync.Mutex
		head      chain.Head
		header    *types.Header
		stateFrom uint64
		receivers map[*receiver]struct{}
	}
}

// follow starts to track heads. It is the last step of opening a node.
func (n *Node) follow() error {
	t := &headTracker{
		n:      n,
		events: make(chan core.ChainHeadEvent, 256),
		nudges: make(chan chan struct{}),
	}
	t.mu.receivers = make(map[*receiver]struct{})
	t.sub = n.bc.SubscribeChainHeadEvent(t.events)
	n.heads = t
	if err := t.show(n.bc.CurrentBlock()); err != nil {
		t.sub.Unsubscribe()
		return err
	}
	n.owned.Go(t.run)
	n.owned.Go(n.helpers.run)
	return nil
}

// run is the only goroutine that shows heads after the first.
func (t *headTracker) run() {
	defer t.sub.Unsubscribe()
	poll := time.NewTicker(pollMarks)
	defer poll.Stop()
	for {
		select {
		case ev := <-t.events:
			t.arrive(ev.Header)
		case <-poll.C:
			if !t.held.Load() {
				t.refresh()
			}
		case done := <-t.nudges:
			t.drain()
			close(done)
		case <-t.n.life.Done():
			return
		}
	}
}

// arrive shows a new head once its marks had time to follow, or at once when the
// next head is there already.
func (t *headTracker) arrive(header *types.Header) {
	timer := time.NewTimer(settle)
	defer timer.Stop()
	for {
		select {
		case ev := <-t.events:
			t.report(header)
			header = ev.Header
		case done := <-t.nudges:
			t.report(header)
			t.drain()
			close(done)
			return
		case <-timer.C:
			if t.held.Load() {
				timer.Reset(settle)
				continue
			}
			t.report(header)
			return
		case <-t.n.life.Done():
			return
		}
	}
}

// drain shows everything that has happened up to now.
func (t *headTracker) drain() {
	for {
		select {
		case ev := <-t.events:
			t.report(ev.Header)
		default:
			t.refresh()
			return
		}
	}
}

// refresh shows the present head again if any field has changed.
func (t *headTracker) refresh() {
	t.mu.Lock()
	header := t.mu.header
	t.mu.Unlock()
	t.report(header)
}

func (t *headTracker) report(header *types.Header) {
	if err := t.show(header); err != nil {
		t.n.log.Error("new head cannot be shown", "number", header.Number, "err", err)
	}
}

// nudge returns when all that the chain has done before the call is shown.
func (t *headTracker) nudge() {
	done := make(chan struct{})
	select {
	case t.nudges <- done:
		<-done
	case <-t.n.life.Done():
	}
}

// show makes header the head and tells the receivers if that changes anything.
func (t *headTracker) show(header *types.Header) error {
	t.mu.Lock()
	prev, prevHeader, stateFrom := t.mu.head, t.mu.header, t.mu.stateFrom
	t.mu.Unlock()

	next := prev
	if prevHeader == nil || prevHeader.Hash() != header.Hash() {
		blob, err := rlp.EncodeToBytes(header)
		if err != nil {
			return fmt.Errorf("encode header: %w", err)
		}
		td, err := t.n.td.of(header)
		if err != nil {
			return err
		}
		next = chain.Head{Block: blockOf(header), Header: blob, TD: td}
		next.ReorgDepth = t.reorgDepth(prevHeader, header)
		stateFrom = t.n.stateFloor(stateFrom, prevHeader == nil || next.ReorgDepth > 0, header)
	} else {
		next.ReorgDepth = 0
	}
	next.Helper = t.n.helpers.current()
	next.Finalized = t.n.mark(header, t.n.bc.CurrentFinalBlock(), prev.Finalized)
	next.Safe = t.n.mark(header, t.n.bc.CurrentSafeBlock(), prev.Safe)
	if next.Safe.Number < next.Finalized.Number || next.Safe == (chain.Block{}) {
		next.Safe = next.Finalized
	}
	if prevHeader != nil && next.Hash == prev.Hash && next.Safe == prev.Safe && next.Finalized == prev.Finalized &&
		next.Helper == prev.Helper {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mu.head, t.mu.header, t.mu.stateFrom = next, header, stateFrom
	for r := range t.mu.receivers {
		r.put(next)
	}
	t.n.helpers.poke()
	return nil
}

// mark returns the safe or finalized block below a head: the present one if it
// belongs there, else the one told before if that still does. The present one does
// not while go-ethereum is between two steps: it may be another branch's still, or
// already that of a later head whose event is on its way.
func (n *Node) mark(head, present *types.Header, before chain.Block) chain.Block {
	fits := func(b chain.Block) bool {
		return b.Number <= head.Number.Uint64() && n.bc.GetCanonicalHash(b.Number) == common.Hash(b.Hash)
	}
	if present != nil && fits(blockOf(present)) {
		return blockOf(present)
	}
	if before != (chain.Block{}) && fits(before) {
		return before
	}
	return chain.Block{}
}

func blockOf(header *types.Header) chain.Block {
	return chain.Block{Number: header.Number.Uint64(), Hash: header.Hash()}
}

// reorgDepth counts the blocks of the old head's chain that are not the new one's.
func (t *headTracker) reorgDepth(old, next *types.Header) uint64 {
	if old == nil || next.ParentHash == old.Hash() {
		return 0
	}
	top := old.Number.Uint64()
	// The new head's chain is the canonical one up to the new head itself, unless
	// it has moved on meanwhile; then the next event tells the rest.
	for old != nil {
		if old.Number.Cmp(next.Number) <= 0 && t.isAncestor(old, next) {
			return top - old.Number.Uint64()
		}
		if old.Number.Sign() == 0 {
			break
		}
		old = t.n.bc.GetHeader(old.ParentHash, old.Number.Uint64()-1)
	}
	return top
}

func (t *headTracker) isAncestor(old, next *types.Header) bool {
	distance := next.Number.Uint64() - old.Number.Uint64()
	limit := uint64(1 << 20) // steps off the canonical chain: no bound that matters
	hash, _ := t.n.bc.GetAncestor(next.Hash(), next.Number.Uint64(), distance, &limit)
	return hash == old.Hash()
}

// stateFloor returns the lowest block from which every state up to head is there.
// It costs one look when the head has grown, and a walk down after a start or a
// reorganization.
func (n *Node) stateFloor(floor uint64, search bool, head *types.Header) uint64 {
	number := head.Number.Uint64()
	if n.archiveFrom != chain.None {
		return min(n.archiveFrom, number)
	}
	if search || floor > number {
		floor = number
		if !n.bc.HasState(head.Root) {
			return chain.None
		}
		for floor > 0 && number-floor < keptStates && n.hasCanonicalState(floor-1) {
			floor--
		}
		return floor
	}
	if number > keptStates {
		floor = max(floor, number-keptStates)
	}
	for floor < number && !n.hasCanonicalState(floor) {
		floor++
	}
	return floor
}

func (n *Node) hasCanonicalState(number uint64) bool {
	header := n.bc.GetHeaderByNumber(number)
	return header != nil && n.bc.HasState(header.Root)
}

// Head returns the latest head.
func (n *Node) Head() chain.Head {
	n.heads.mu.Lock()
	defer n.heads.mu.Unlock()
	return n.heads.mu.head
}

// Heads delivers later heads to ch; see chain.Source. Nothing is delivered once
// the node is closed.
func (n *Node) Heads(ch chan<- chain.Head) (stop func()) {
	t := n.heads
	r := &receiver{wake: make(chan struct{}, 1), quit: make(chan struct{})}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.mu.receivers == nil {
		return func() {}
	}
	t.mu.receivers[r] = struct{}{}
	r.done.Go(func() { r.run(ch) })
	return func() {
		t.mu.Lock()
		delete(t.mu.receivers, r)
		t.mu.Unlock()
		r.stop()
	}
}

// close ends every receiver's goroutine.
func (t *headTracker) close() {
	t.mu.Lock()
	receivers := t.mu.receivers
	t.mu.receivers = nil
	t.mu.Unlock()
	for r := range receivers {
		r.stop()
	}
}

// receiver is the queue of one subscriber and the goroutine that empties it.
type receiver struct {
	wake, quit chan struct{}
	once       sync.Once
	done       sync.WaitGroup
	mu         struct {
		sync.Mutex
		queue []chain.Head
	}
}

func (r *receiver) stop() {
	r.once.Do(func() { close(r.quit) })
	r.done.Wait()
}

// put never waits: a receiver that is too far behind loses its oldest head.
func (r *receiver) put(head chain.Head) {
	r.mu.Lock()
	if len(r.mu.queue) == headBacklog {
		r.mu.queue = r.mu.queue[1:]
	}
	r.mu.queue = append(r.mu.queue, head)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// take removes the oldest head.
func (r *receiver) take() (chain.Head, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.mu.queue) == 0 {
		return chain.Head{}, false
	}
	head := r.mu.queue[0]
	r.mu.queue = r.mu.queue[1:]
	return head, true
}

func (r *receiver) run(ch chan<- chain.Head) {
	for {
		head, ok := r.take()
		if !ok {
			select {
			case <-r.wake:
				continue
			case <-r.quit:
				return
			}
		}
		select {
		case ch <- head:
		case <-r.quit:
			return
		}
	}
}
