package attached

import (
	"github.com/candela-les/candela/chain"
)

// profile is what one node has. It is found out by probe.go and kept true as the
// head moves.
type profile struct {
	probed bool
	// Methods, each tried once.
	rawHeader, rawBlock, rawReceipts bool // debug_getRaw…, by hash
	blockReceipts                    bool // eth_getBlockReceipts, by hash
	proof                            bool // eth_getProof
	code                             bool // eth_getCode
	numbered                         bool // state by block number only, not by EIP-1898 hash
	trace                            bool // debug_traceCall with the prestate tracer
	accessList                       bool // eth_createAccessList
	logs                             bool // eth_getLogs
	send                             bool // eth_sendRawTransaction
	txs                              bool // eth_getTransactionByHash
	// indexing: it cannot tell yet which transactions it has not got. What it finds by
	// their hash grows until it can.
	indexing bool

	// The first blocks that it has; chain.None for nothing.
	headers, bodies, receipts uint64
	state                     window
	index                     window
}

// window is a range that may move with the head: the last recent blocks before it, if
// recent is not zero, from first on in any case.
type window struct {
	first, recent uint64
	// young: the chain is too short to tell whether the node will drop old ones.
	young bool
}

// from is the first block of the window under a head, chain.None for none.
func (w window) from(head uint64) uint64 {
	if w.first == chain.None || w.recent == 0 || head < w.recent {
		return w.first
	}
	return max(w.first, head-w.recent)
}

// has says whether it is worth asking for a block. What the window announces is less
// than what a node on a young chain has.
func (w window) has(number, head uint64) bool {
	if w.young {
		return w.first != chain.None && number >= w.first
	}
	from := w.from(head)
	return from != chain.None && number >= from
}

const (
	// youngChain is the height below which it cannot be told how many states a node
	// keeps: 128 is what most keep that are no archive, some a few hundred.
	youngChain = 1024
	// usualStates is what is assumed of a node on a young chain.
	usualStates = 127
)

// Ranges says what can be asked for now: what any node has that can be asked. While
// none can, it is what they had before.
func (n *Node) Ranges() chain.Ranges {
	r := chain.Ranges{
		Headers: chain.None, Bodies: chain.None, Receipts: chain.None, State: chain.None, TxIndex: chain.None,
	}
	if n.gate.isShut() {
		return r
	}
	head := n.Head().Number
	for _, ready := range []bool{true, false} {
		found := false
		for _, u := range n.ups {
			u.mu.Lock()
			has, counts := u.mu.has, u.mu.has.probed && (u.mu.ready || !ready)
			u.mu.Unlock()
			if counts {
				found = true
				r = union(r, &has, head)
			}
		}
		if found {
			break
		}
	}
	if r.State == chain.None {
		r.Recent = 0
	}
	return r
}

// union adds what one more node has.
func union(r chain.Ranges, has *profile, head uint64) chain.Ranges {
	r.Headers = min(r.Headers, has.headers)
	r.Bodies = min(r.Bodies, has.bodies)
	r.Receipts = min(r.Receipts, has.receipts)
	r.TxIndex = min(r.TxIndex, has.index.from(head))
	from := has.state.from(head)
	switch {
	case from == chain.None:
	case r.State == chain.None, from < r.State:
		r.State, r.Recent = from, has.state.recent
	case from == r.State && has.state.recent == 0:
		r.Recent = 0
	case from == r.State && r.Recent != 0:
		r.Recent = max(r.Recent, has.state.recent)
	}
	return r
}

// narrow takes note that a node no longer has what it was thought to have. Its
// watcher finds out what is left.
func (u *upstream) narrow(change func(*profile)) {
	u.mu.Lock()
	before := u.mu.has
	change(&u.mu.has)
	changed := before != u.mu.has
	if changed {
		u.mu.recheck = true
	}
	u.mu.Unlock()
	if changed {
		u.look()
	}
}

// headNumber is the node's own head.
func (u *upstream) headNumber() uint64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.mu.view.head == nil {
		return 0
	}
	return u.mu.view.head.Number.Uint64()
}
