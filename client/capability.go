package client

import "github.com/candela-les/candela/wire"

// need says what a server must have to be asked something.
type need struct {
	serves wire.Capability
	// block is the number of the block that the data belongs to; anyBlock if it is
	// not known or does not matter.
	block uint64
}

const anyBlock = ^uint64(0)

// can reports whether the server says that it can answer this. It says nothing
// about when.
func (s *session) can(n need) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.mu.status
	if st == nil || st.OnlyAnnounce || s.mu.ended {
		return false
	}
	if s.version() == wire.LES4 {
		return can4(st.Legacy, n, s.mu.head.Number)
	}
	if !st.Serves.Has(n.serves) {
		return false
	}
	return n.block == anyBlock || can5(&st.Ranges, n, s.mu.head.Number)
}

// can5 checks the announced ranges. A block above the server's head may be one that
// the server has not announced yet, so only its data's lower end is checked.
func can5(r *wire.Ranges, n need, head uint64) bool {
	switch n.serves {
	case wire.ServesState, wire.ServesWitness:
		first := r.State
		if r.StateRecent > 0 && head > r.StateRecent {
			first = max(first, head-r.StateRecent)
		}
		return first != wire.None && n.block >= first
	case wire.ServesLogRange:
		return r.Receipts != wire.None && n.block >= r.Receipts
	case wire.ServesChain:
		return r.Headers != wire.None && n.block >= r.Headers
	case wire.ServesTxRelay, wire.ServesTxStatus, wire.ServesConfig, wire.ServesHelper:
	}
	return true
}

// can4 does the same for les/4, which has fewer kinds. A server prunes a few
// states earlier than it says when its head moves, so some are kept in hand.
func can4(l *wire.LegacyStatus, n need, head uint64) bool {
	const slack = 4
	switch n.serves {
	case wire.ServesWitness, wire.ServesLogRange, wire.ServesConfig:
		return false
	case wire.ServesState:
		if n.block == anyBlock {
			return true
		}
		recent := l.RecentState == 0 || n.block+l.RecentState > head+slack
		return n.block >= l.StateSince && recent
	case wire.ServesChain:
		recent := n.block == anyBlock || l.RecentChain == 0 || n.block+l.RecentChain > head+slack
		return (n.block == anyBlock || n.block >= l.ChainSince) && recent
	case wire.ServesTxRelay, wire.ServesTxStatus, wire.ServesHelper:
	}
	return true
}

// canBody and canReceipts look at ranges that a les/5 server has of their own.
func (s *session) canBody(block uint64) bool {
	return s.can(need{wire.ServesChain, block}) && s.within(block, func(r *wire.Ranges) uint64 { return r.Bodies })
}

func (s *session) canReceipts(block uint64) bool {
	return s.can(need{wire.ServesChain, block}) && s.within(block, func(r *wire.Ranges) uint64 { return r.Receipts })
}

func (s *session) within(block uint64, first func(*wire.Ranges) uint64) bool {
	if s.version() == wire.LES4 {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := first(&s.mu.status.Ranges)
	return f != wire.None && block >= f
}

// indexed says whether the server can look up every transaction there is. Only
// then does its not knowing one say anything.
func (s *session) indexed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.version() == wire.LES4 {
		return indexed4(s.mu.status.Legacy.TxLookup, s.mu.head.Number)
	}
	return s.mu.status.Ranges.TxIndex == 0
}

// indexed4 reads recentTxLookup: 0 is all, 1 none, n+1 the last n blocks. geth keeps
// the last 2,350,000 unless told otherwise: on a shorter chain, that is all. The
// genesis block has no transactions.
func indexed4(lookup, head uint64) bool {
	return lookup == 0 || lookup > 1 && lookup-1 >= head
}
