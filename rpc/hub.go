package rpc

import (
	"sync"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/client"
)

// mailboxLimit is how many headers and transactions may wait for one filter or subscriber. At a block a second it is
// more than an hour.
const mailboxLimit = 4096

// hub spreads the backend's events over filters and subscriptions. It never waits for any of them.
type hub struct {
	heads chan client.HeadEvent
	txs   chan *types.Transaction
	stop  []func()
	done  chan struct{}
	wg    sync.WaitGroup

	mu struct {
		sync.Mutex
		boxes map[*mailbox]struct{}
	}
}

func newHub(b Backend) *hub {
	h := &hub{
		heads: make(chan client.HeadEvent, 64),
		txs:   make(chan *types.Transaction, 64),
		done:  make(chan struct{}),
	}
	h.mu.boxes = make(map[*mailbox]struct{})
	h.wg.Go(h.run)
	h.stop = []func(){b.SubscribeHeads(h.heads), b.SubscribePendingTransactions(h.txs)}
	return h
}

// close ends the hub. The backend is told first, while events are still taken, so that it cannot be left waiting.
func (h *hub) close() {
	for _, stop := range h.stop {
		stop()
	}
	close(h.done)
	h.wg.Wait()
}

func (h *hub) run() {
	for {
		select {
		case event := <-h.heads:
			h.each(func(m *mailbox) { m.putHead(event) })
		case tx := <-h.txs:
			h.each(func(m *mailbox) { m.putTx(tx) })
		case <-h.done:
			return
		}
	}
}

func (h *hub) each(put func(*mailbox)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.mu.boxes {
		put(m)
	}
}

// open returns a mailbox that gets every event from now on of the kind that it wants.
func (h *hub) open(heads, txs bool) *mailbox {
	m := &mailbox{wantHeads: heads, wantTxs: txs, wake: make(chan struct{}, 1), full: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mu.boxes[m] = struct{}{}
	return m
}

func (h *hub) drop(m *mailbox) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.mu.boxes, m)
}

// mailbox keeps events until they are fetched. One that is not emptied in time overflows, once and for all: its owner
// has missed something and must be told so rather than carry on with a gap.
type mailbox struct {
	wantHeads, wantTxs bool
	wake               chan struct{} // has a token while there is something to fetch
	full               chan struct{} // closed when it overflows

	mu struct {
		sync.Mutex
		heads []client.HeadEvent
		txs   []*types.Transaction
		size  int
	}
}

func (m *mailbox) putHead(e client.HeadEvent) {
	if m.wantHeads {
		m.put(len(e.Added)+len(e.Removed), func() { m.mu.heads = append(m.mu.heads, e) })
	}
}

func (m *mailbox) putTx(tx *types.Transaction) {
	if m.wantTxs {
		m.put(1, func() { m.mu.txs = append(m.mu.txs, tx) })
	}
}

func (m *mailbox) put(size int, add func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.overflowed() {
		return
	}
	if m.mu.size += size; m.mu.size > mailboxLimit {
		m.mu.heads, m.mu.txs = nil, nil
		close(m.full)
	} else {
		add()
	}
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

func (m *mailbox) overflowed() bool {
	select {
	case <-m.full:
		return true
	default:
		return false
	}
}

// fetch empties the mailbox; ok is false once it has overflowed.
func (m *mailbox) fetch() (heads []client.HeadEvent, txs []*types.Transaction, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.overflowed() {
		return nil, nil, false
	}
	heads, txs = m.mu.heads, m.mu.txs
	m.mu.heads, m.mu.txs, m.mu.size = nil, nil, 0
	return heads, txs, true
}
