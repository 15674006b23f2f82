package clienttest

import (
	"sync"
	"time"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire"
	"github.com/candela-les/candela/wire/wiretest"
)

// Meter makes a fake server keep account of its client as real ones do, by market/flow:
// one that asks for more than it has is told Stop. It is for one connection at a time.
// Set its exported fields, and a server's Meter, before Connect.
type Meter struct {
	Flow flow.Params
	// Price is what each request may cost, Cost what it does, Takes how long: one is
	// served at a time.
	Price, Cost unit.Cost
	Takes       time.Duration
	// Dear are the prices of requests that have one of their own, by code; they cost that.
	Dear map[uint64]unit.Cost

	mu struct {
		sync.Mutex
		start     time.Time
		conn      *wiretest.End
		account   *flow.Server
		thaw      *time.Timer
		served    int
		dropped   int
		underruns int
	}
}

func (m *Meter) instant() unit.Instant { return unit.Instant(time.Since(m.mu.start)) }

// open begins the account of a connection.
func (m *Meter) open(conn *wiretest.End) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mu.start, m.mu.conn = time.Now(), conn
	m.mu.account = flow.NewServer(0, m.Flow)
	m.mu.thaw = time.AfterFunc(time.Hour, m.resume)
	m.mu.thaw.Stop()
}

func (m *Meter) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mu.thaw.Stop()
}

// price is what a request may cost.
func (m *Meter) price(code uint64) unit.Cost {
	if dear, ok := m.Dear[code]; ok {
		return dear
	}
	return m.Price
}

// serve takes a request into account, and the time that it takes; ok is false if it is
// to be dropped.
func (m *Meter) serve(code uint64) (bv unit.Cost, ok bool) {
	price, cost := m.price(code), m.Cost
	if price != m.Price {
		cost = price
	}
	m.mu.Lock()
	ticket, verdict := m.mu.account.Accept(m.instant(), price)
	switch verdict {
	case flow.Accepted:
	case flow.Underrun:
		m.mu.underruns++
		m.stopped()
		m.mu.Unlock()
		return 0, false
	case flow.Frozen:
		m.mu.dropped++
		m.mu.Unlock()
		return 0, false
	}
	m.mu.Unlock()
	time.Sleep(m.Takes)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mu.served++
	return m.mu.account.Done(m.instant(), ticket, cost), !m.mu.account.Frozen()
}

// Freeze stops the client, as an operator would.
func (m *Meter) Freeze() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mu.account.Freeze(m.instant())
	m.stopped()
}

func (m *Meter) stopped() {
	_ = m.mu.conn.WriteMsg(wire.CodeStop, wire.AppendStop(nil))
	m.mu.thaw.Reset(time.Duration(m.mu.account.ThawAt(m.instant()).Since(m.instant())))
}

func (m *Meter) resume() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if bv, ok := m.mu.account.Resume(m.instant()); ok {
		_ = m.mu.conn.WriteMsg(wire.CodeResume, wire.AppendResume(nil, bv))
	}
}

// Announce promises something else from now on, over les/5.
func (m *Meter) Announce(p flow.Params) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mu.account.Update(m.instant(), p, false)
	a := wire.Announce5{Update: wire.Update{Flow: &wire.Flow{BL: p.Limit, MRR: p.Recharge}}}
	_ = m.mu.conn.WriteMsg(wire.CodeAnnounce, a.Append(nil))
}

// Counts returns how many requests were served since the last call, how many came while
// the client was stopped, and how many it had no buffer for, ever.
func (m *Meter) Counts() (served, dropped, underruns int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	served, m.mu.served = m.mu.served, 0
	return served, m.mu.dropped, m.mu.underruns
}
