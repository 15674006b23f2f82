package market

import (
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// Action is what an Effect asks for.
type Action uint8

// The actions. Each but the last two names the session that it is about, and those the client.
const (
	// Serve the session's request; Done or Yield has to follow.
	Serve Action = iota + 1
	// Evict: throw the session's request away; Stop follows.
	Evict
	// Expire: refuse the session's request, it has waited too long. The client may try
	// again after RetryAfter.
	Expire
	// Stop: tell the client that nothing is accepted until Resume.
	Stop
	// Resume: tell the client that requests are accepted again, from BV.
	Resume
	// Announce Params to the client.
	Announce
	// Drop the session, and tell the client to stay away for RetryAfter.
	Drop
	// Allocate: the units that a client's bid has won are another number; see Allocation.
	// Session is nil if it is not connected.
	Allocate
	// Lapse: the bid of a client that has left was taken back. Exit should follow.
	Lapse
)

// Effect is something for the caller to do.
type Effect struct {
	Action     Action
	Session    *Session
	BV         unit.Cost   // Resume and Expire
	Params     flow.Params // Announce
	RetryAfter unit.Span   // Expire and Drop
	Client     ID          // Allocate and Lapse
	Allocation Allocation  // Allocate
}

// Effects returns what has to be done since it was last called, in the order in which
// it was decided. The list is good until the next call of any method.
func (m *Market) Effects() []Effect {
	list := m.effects
	m.effects = m.effects[:0]
	return list
}

func (m *Market) emit(e Effect) { m.effects = append(m.effects, e) }
