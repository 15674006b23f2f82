package market

import (
	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// holder is a client that has a grant or may bid, connected or not. Its account outlives its
// connections: it is filled at the promised rate and at no other, so that coming
// again does not fill a buffer.
type holder struct {
	id      ID
	want    uint64 // units granted
	have    uint64 // of them, allocated now
	session *Session
	account *flow.Server // while it has units and no session

	bids    bool           // has entered the auction, as
	bidder  auction.Client // this number
	won     uint64         // units, by its bid
	sold    uint64         // of them, delivered
	short   bool           // waits for the rest
	earned  flow.Earned    // of what was sold to it
	spend   unit.Instant   // until when that counts after the last unit is lost
	lingers unit.Instant   // until when its bid stands while its client is gone; else 0
}

// units is how many a holder has.
func (h *holder) units() uint64 { return h.have + h.sold }

// keeps reports whether a holder is one that has bought or was given something.
func (h *holder) keeps() bool { return h.want > 0 || h.won > 0 || h.sold > 0 }

// leaving are units that were taken back.
type leaving struct {
	of    *holder
	units uint64
	until unit.Instant
}

// Units is how many units there are to promise.
func (m *Market) Units() uint64 { return m.settings.units(m.capacity, UnitRecharge) }

// Allocated is how many of them clients have; leaving is how many more were taken
// back so lately that they are still used.
func (m *Market) Allocated() (allocated, leaving uint64) {
	for _, h := range m.holders {
		allocated += h.have
	}
	return allocated + m.sale.sold, m.used
}

// Settings returns what was last applied.
func (m *Market) Settings() Settings { return m.settings.clone() }

// Check says whether settings make sense and, if they grant more than before,
// whether there are as many units. It changes nothing.
func (m *Market) Check(s Settings) error {
	if err := s.valid(); err != nil {
		return err
	}
	granted, units := s.granted(), s.units(m.capacity, UnitRecharge)
	if len(s.Grants) > m.cfg.Places {
		units = min(units, uint64(m.cfg.Places))
	}
	// Taking back is always possible, also when there is too little already.
	if granted > units && (granted > m.settings.granted() || units < m.Units()) {
		return &OversoldError{Granted: granted, Units: units}
	}
	return nil
}

// Apply makes settings hold from now on. They should have passed Check; what there
// are no units for waits until there are.
func (m *Market) Apply(now unit.Instant, s Settings) {
	m.advance(now)
	m.settings = s.clone()
	before := m.holders
	for _, h := range before {
		h.want = 0
	}
	m.holders = nil
	for _, g := range s.Grants {
		h := m.byID[g.ID]
		if h == nil {
			h = &holder{id: g.ID}
			m.hold(h)
			m.byID[g.ID] = h
		}
		h.want = g.Units
		m.holders = append(m.holders, h)
	}
	for _, h := range before {
		if h.want == 0 {
			m.shrink(now, h, 0)
			m.forget(h)
		}
	}
	m.allocate(now)
	m.dispatch(now)
}

// hold finds the session of a new holder.
func (m *Market) hold(h *holder) {
	for _, s := range m.sessions {
		if s.id == h.id {
			h.session, s.holder = s, h
		}
	}
}

// forget drops a holder that neither was granted anything nor may bid.
func (m *Market) forget(h *holder) {
	if h.want > 0 || h.bids {
		return
	}
	delete(m.byID, h.id)
	if h.session != nil {
		h.session.holder = nil
	}
}

// allocate gives the units that there are to those who were granted them, oldest
// first: first it takes back, then it gives what nobody uses any more.
func (m *Market) allocate(now unit.Instant) {
	m.setFreeRecharge()
	left := m.Units()
	for _, h := range m.holders {
		target := min(h.want, left)
		left -= target
		if h.have > target {
			m.shrink(now, h, target)
		}
	}
	allocated, leaving := m.Allocated()
	units := m.Units()
	left = units - min(allocated+leaving, units)
	for _, h := range m.holders {
		if more := min(h.want-min(h.have, h.want), left); more > 0 {
			left -= more
			h.have += more
			m.changed(now, h)
		}
	}
	m.supply(now)
	// The share of everybody else goes by the capacity too.
	for _, s := range m.sessions {
		if s.account != nil {
			m.announce(now, s)
		}
	}
}

// shrink takes units back.
func (m *Market) shrink(now unit.Instant, h *holder, units uint64) {
	if h.have <= units {
		return
	}
	until := now.Add(flow.HonourSpan)
	m.leave(h, h.have-units, until)
	h.have = units
	if h.have == 0 && h.session != nil {
		h.session.honour = until
	}
	m.changed(now, h)
}

// leave counts units that were taken back for a little longer.
func (m *Market) leave(h *holder, units uint64, until unit.Instant) {
	m.leaving = append(m.leaving, leaving{h, units, until})
	m.used += units
}

// rejoin does not count units any longer that come back to whom they were taken from, up to
// so many: he cannot use them twice.
func (m *Market) rejoin(h *holder, units uint64) {
	for i := range m.leaving {
		if l := &m.leaving[i]; l.of == h {
			back := min(l.units, units)
			l.units, units, m.used = l.units-back, units-back, m.used-back
		}
	}
}

// expireLeaving forgets the units whose former owners were served for long enough.
func (m *Market) expireLeaving(now unit.Instant) {
	n := 0
	for n < len(m.leaving) && m.leaving[n].until <= now {
		m.used -= m.leaving[n].units
		n++
	}
	m.leaving = append(m.leaving[:0], m.leaving[n:]...)
}

// changed carries out a change of a holder's units.
func (m *Market) changed(now unit.Instant, h *holder) {
	s := h.session
	m.earns(now, h)
	switch {
	case s != nil && s.account != nil:
		s.account.SetBoost(now, 0)
		m.announce(now, s)
		m.promote(now, s)
	case h.units() == 0:
		h.account = nil
	case h.account == nil:
		h.account = flow.NewEarning(now, m.paidParams(h.units(), 0))
	default:
		h.account.Update(now, m.paidParams(h.units(), h.account.Params().Limit), false)
	}
}

// announce brings a session's parameters up to date and tells the client.
func (m *Market) announce(now unit.Instant, s *Session) {
	p := m.share(s)
	if p == s.account.Params() && p == s.params {
		return
	}
	s.account.Update(now, p, s.grow)
	s.params = p
	m.emit(Effect{Action: Announce, Session: s, Params: p})
}

// share is what a session is promised.
func (m *Market) share(s *Session) flow.Params {
	if s.holder != nil && s.holder.units() > 0 {
		return m.paidParams(s.holder.units(), s.least)
	}
	return flow.Params{Limit: s.least, Recharge: m.freeRecharge}
}

func (m *Market) paidParams(units uint64, least unit.Cost) flow.Params {
	rate := UnitRecharge.Mul(units)
	return flow.Params{Limit: max(rate.Mul(uint64(flow.RefillSpan/unit.Millisecond)), least), Recharge: rate}
}

// setFreeRecharge decides what each free client is promised: its part of the share that is
// never sold, if all places were taken by such clients. A promise that still holds is
// left alone: each change is told to all of them.
func (m *Market) setFreeRecharge() {
	share := m.capacity / 1000 * unit.Cost(m.settings.FreePermille)
	each := max(share/unit.Cost(max(m.cfg.Places, 1)), 1)
	if m.freeRecharge == 0 {
		m.freeRecharge = each
	} else if each < m.freeRecharge || each/2 > m.freeRecharge {
		m.freeRecharge = max(each/4*3, 1)
	}
}

// UnitParams is what one unit promises a client whose dearest request costs least.
func (m *Market) UnitParams(least unit.Cost) flow.Params { return m.paidParams(1, least) }
