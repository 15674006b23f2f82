// Package flow is LES flow control: how much a client may ask of a server, known
// to both of them in advance.
//
// A server gives each client a buffer of at most BL (the buffer limit) that
// refills at MRR (the minimum recharge rate). Every request has a maximum cost,
// read from a table that the server announces; it is taken from the buffer when
// the request arrives, and what serving really cost less is given back when it is
// done. Each reply carries the buffer value (BV), so the client learns of it.
//
// Server is the server's account of one client, Client is the client's estimate of
// one server. The promise between them: a client that sends only when CanSend says
// so never finds the buffer short, however long its requests and the replies take,
// as long as neither overtakes another on the way. The promise holds on both sides
// of a change of parameters, see HonourSpan.
//
// Nothing here reads a clock or waits: each call says what time it is. A value is
// not safe for concurrent use; whoever owns the session owns it.
package flow

import "github.com/candela-les/candela/unit"

const (
	// MaxLimit is the largest buffer limit. It leaves room to add two of them, so
	// that nothing below has to think about overflow.
	MaxLimit unit.Cost = 1 << 61

	// HonourSpan is how long a server still honours what it announced before: a
	// notice of smaller parameters may be on its way for that long, or requests may
	// be that were sent before it arrived.
	HonourSpan = 5 * unit.Second

	// Margin is what a client keeps in hand, as time of recharge. It pays for clocks
	// that run at slightly different rates: 1 ms in the 6 s of a usual refill.
	Margin = unit.Millisecond

	// RefillSpan is the usual time in which an empty buffer fills, BL / MRR.
	RefillSpan = 6 * unit.Second

	// Never is the wait of something that no passing of time will make possible.
	Never = unit.Span(1<<63 - 1)
)

// Params are the flow control parameters that a server gives to one client.
type Params struct {
	Limit    unit.Cost // BL: what a full buffer holds
	Recharge unit.Cost // MRR: cost per millisecond
}

// bounded returns p with a limit that the arithmetic below can hold.
func (p Params) bounded() Params {
	p.Limit = min(p.Limit, MaxLimit)
	return p
}

// atLeast returns the smallest parameters that promise all that p and q do.
func (p Params) atLeast(q Params) Params {
	return Params{Limit: max(p.Limit, q.Limit), Recharge: max(p.Recharge, q.Recharge)}
}
