package server

import (
	"errors"
	"time"

	"github.com/candela-les/candela/market"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
)

// What an operator decides, as the market has it.
type (
	Settings = market.Settings
	Grant    = market.Grant
)

// Errors of the operator's methods.
var (
	ErrSettings = market.ErrSettings
	ErrOversold = market.ErrOversold
	// ErrNoClient: no client of this id is connected.
	ErrNoClient = errors.New("no such client is connected")
)

// Settings returns what was last applied.
func (s *Server) Settings() (out Settings) {
	s.desk.do(func(_ unit.Instant, m *market.Market) { out = m.Settings() })
	return out
}

// Check says whether settings make sense and there are as many units as they grant, by
// ErrSettings or a *market.OversoldError. It changes nothing.
func (s *Server) Check(settings Settings) (err error) {
	s.desk.do(func(_ unit.Instant, m *market.Market) { err = m.Check(settings) })
	return err
}

// Apply makes settings hold. They should have passed Check: what there are no units
// for waits until there are, the youngest grants longest.
func (s *Server) Apply(settings Settings) {
	s.desk.do(func(now unit.Instant, m *market.Market) { m.Apply(now, settings) })
}

// SetCapacity changes what all serving together may cost, per millisecond. Clients are
// told if it changes what they were promised.
func (s *Server) SetCapacity(capacity unit.Cost) {
	s.desk.do(func(now unit.Instant, m *market.Market) { m.SetCapacity(now, capacity) })
}

// Capacity is what a server can do, what of it is promised, and what is done now.
type Capacity struct {
	Total   unit.Cost // what all serving may cost now, per millisecond
	Nominal unit.Cost // the same, were there nothing else to do
	// Units are to promise, of which Allocated are; Leaving were taken back and are
	// used for some seconds more.
	Units, Allocated, Leaving uint64
	Unit                      flow.Params // what one unit promises
	// What was lately spent on paid and free clients, and by the rest of the process;
	// per millisecond.
	PaidLoad, FreeLoad, OtherLoad unit.Cost
	Queued                        unit.Cost // what waiting free requests will cost
	WaitingFree, WaitingPaid      int       // requests
	Kinds                         []KindCost
}

// Capacity returns what the server can do and does.
func (s *Server) Capacity() (c Capacity) {
	s.desk.do(func(_ unit.Instant, m *market.Market) {
		c.Total, c.Units = m.Capacity(), m.Units()
		c.Allocated, c.Leaving = m.Allocated()
		c.Unit = m.UnitParams(max(s.pricing(wire.LES4).limit, s.pricing(wire.LES5).limit))
		c.Queued, c.WaitingFree, c.WaitingPaid = m.Queued()
	})
	_, c.Nominal = s.meter.capacity()
	c.PaidLoad, c.FreeLoad, c.OtherLoad = s.meter.loads()
	c.Kinds = s.meter.kinds()
	return c
}

// ClientInfo is one connected client.
type ClientInfo struct {
	market.View
	Addr, Name string
	Version    uint
	Since      time.Time
}

// Clients returns the connected clients, in no particular order.
func (s *Server) Clients() []ClientInfo {
	sessions := s.all()
	list := make([]ClientInfo, len(sessions))
	s.desk.do(func(now unit.Instant, m *market.Market) {
		for i, one := range sessions {
			list[i] = ClientInfo{
				View: m.View(now, one.seat), Addr: one.peer.Addr, Name: one.peer.Name, Version: one.version,
			}
			list[i].Since = s.start.Add(time.Duration(list[i].Joined))
		}
	})
	return list
}

// Freeze stops a client for about a second, as if it had asked for too much.
func (s *Server) Freeze(id [32]byte) error {
	return s.about(id, func(now unit.Instant, m *market.Market, one *session) { m.Freeze(now, one.seat) })
}

// Drop sends a client away and tells it, in les/5, when it may come again. Nothing
// keeps it from coming earlier.
func (s *Server) Drop(id [32]byte, retryAfter time.Duration) error {
	return s.about(id, func(now unit.Instant, m *market.Market, one *session) {
		m.Dismiss(now, one.seat, unit.Span(retryAfter))
	})
}

// about does something about a connected client. The server is locked, so that it
// does not leave meanwhile.
func (s *Server) about(id [32]byte, do func(unit.Instant, *market.Market, *session)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.mu.sessions[id]
	if one == nil {
		return ErrNoClient
	}
	s.desk.do(func(now unit.Instant, m *market.Market) { do(now, m, one) })
	return nil
}
