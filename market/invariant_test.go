package market

import (
	"fmt"
	"math"

	"github.com/candela-les/candela/unit"
)

// broken returns which of its own rules a market has broken, nil if none. It looks at
// everything, from scratch.
func broken(m *Market, now unit.Instant) error {
	for _, rule := range []func(*Market, unit.Instant) error{
		brokenQueues, brokenWorkers, brokenGroups, brokenUnits, brokenNext,
	} {
		if err := rule(m, now); err != nil {
			return err
		}
	}
	return nil
}

// brokenQueues: every session is in the queues of its state and in no other, and what
// they count is what they hold.
func brokenQueues(m *Market, now unit.Instant) error {
	in := make(map[*Session][]string)
	for name, q := range map[string]*queue{
		"paid": &m.paid, "free": &m.free, "worst": &m.worst, "frozen": &m.frozen, "ripe": &m.sale.ripe,
	} {
		for i, s := range q.list {
			in[s] = append(in[s], name)
			if s.at[q.slot] != i {
				return fmt.Errorf("%s[%d] thinks it is at %d", name, i, s.at[q.slot])
			}
			if i > 0 && q.less(s, q.list[(i-1)/2]) {
				return fmt.Errorf("%s[%d] is before its parent", name, i)
			}
		}
	}
	var queued unit.Cost
	for i, s := range m.sessions {
		if s.index != i {
			return fmt.Errorf("session %d thinks it is %d", i, s.index)
		}
		want := 0
		if s.state == waiting && s.work.free {
			want, queued = 2, queued+s.work.guess
		} else if s.state == waiting {
			want = 1
		}
		if s.account != nil && s.account.Frozen() {
			want++
		}
		if len(in[s]) != want {
			return fmt.Errorf("session %d, state %d, free %v, is in %v", i, s.state, s.work.free, in[s])
		}
		if s.state == waiting && s.account.Frozen() {
			return fmt.Errorf("session %d is frozen and waits", i)
		}
		if s.state == waiting && s.work.free && s.paid(now) && now >= s.honour {
			if h := s.holder; h.have > 0 || h.spends(now) && h.earned.Value(now) >= s.work.maxCost {
				return fmt.Errorf("session %d has units and waits with the free ones", i)
			}
		}
		delete(in, s)
	}
	if len(in) > 0 {
		return fmt.Errorf("%d sessions that have left are still in queues", len(in))
	}
	if queued != m.queued {
		return fmt.Errorf("queued %d, counted %d", m.queued, queued)
	}
	return nil
}

// brokenWorkers: each worker is idle or serves one session, and none is idle while
// there is something that it may do.
func brokenWorkers(m *Market, now unit.Instant) error {
	serves, free := 0, 0
	for _, s := range m.sessions {
		if s.state == serving {
			serves++
			if s.work.free {
				free++
			}
		}
	}
	switch {
	case m.idle < 0 || m.idle+serves != m.cfg.Workers:
		return fmt.Errorf("%d idle and %d serving of %d workers", m.idle, serves, m.cfg.Workers)
	case free != m.freeBusy || free > m.freeWorkers():
		return fmt.Errorf("%d workers serve free clients, counted %d, permitted %d", free, m.freeBusy, m.freeWorkers())
	case serves != m.room.serving:
		return fmt.Errorf("%d are served, the pace knows of %d", serves, m.room.serving)
	case m.idle > 0 && m.paid.Len() > 0:
		return fmt.Errorf("%d workers are idle while paid requests wait", m.idle)
	}
	return nil
}

// brokenGroups: a group has the members that say so and the sum of their squares.
func brokenGroups(m *Market, _ unit.Instant) error {
	members, squares := make(map[*group]int), make(map[*group]float64)
	for _, s := range m.sessions {
		members[s.group]++
		squares[s.group] += s.penalty * s.penalty
	}
	for i, in := range m.groups.list {
		if in.index != i || in.name != "" && m.groups.byName[in.name] != in {
			return fmt.Errorf("group %q is not where it thinks", in.name)
		}
		if in.members != members[in] {
			return fmt.Errorf("group %q counts %d members, has %d", in.name, in.members, members[in])
		}
		// What has been added and taken off again may leave a trace of the rounding.
		all := in.squares + in.leftSquares
		if math.Abs(in.squares-squares[in]) > 1e-6*all+1 || math.IsNaN(all) || math.IsInf(all, 0) {
			return fmt.Errorf("group %q has squares %g, its members %g", in.name, in.squares, squares[in])
		}
		delete(members, in)
	}
	if len(members) > 0 {
		return fmt.Errorf("%d groups with members are not listed", len(members))
	}
	return nil
}

// brokenUnits: what is promised is there.
func brokenUnits(m *Market, _ unit.Instant) error {
	allocated, leaving := m.Allocated()
	used := uint64(0)
	for _, l := range m.leaving {
		used += l.units
	}
	granted := uint64(0)
	for _, h := range m.holders {
		granted += h.have
	}
	switch most := max(m.Units(), m.sale.units); {
	case granted > m.Units() || allocated > most && len(m.sale.falls) == 0:
		return fmt.Errorf("%d units allocated and %d of them granted, of %d", allocated, granted, m.Units())
	case leaving != used:
		return fmt.Errorf("%d units are leaving, counted %d", used, leaving)
	}
	if err := brokenSale(m); err != nil {
		return err
	}
	short := false // an older one has less than it wants
	for _, h := range m.holders {
		switch {
		case h.have > h.want:
			return fmt.Errorf("%d units for a grant of %d", h.have, h.want)
		case short && h.have > 0 && leaving == 0:
			return fmt.Errorf("a younger grant has units that an older one misses")
		case h.session != nil && h.session.holder != h:
			return fmt.Errorf("a holder's session does not know it")
		case h.session == nil && h.have > 0 && h.account == nil:
			return fmt.Errorf("a holder with units and no account")
		}
		short = short || h.have < h.want
	}
	for _, s := range m.sessions {
		if s.holder != nil && s.holder.session != s {
			return fmt.Errorf("a session's holder does not know it")
		}
	}
	return nil
}

// brokenSale: what was sold is what the auction says, and what is delivered of it.
func brokenSale(m *Market) error {
	var sold, won uint64
	known := len(m.holders)
	for i, h := range m.sale.bidders {
		if h == nil {
			continue
		}
		v, err := m.sale.auction.View(h.bidder)
		sold, won = sold+h.sold, won+h.won
		if h.want == 0 {
			known++
		}
		switch {
		case err != nil || int(h.bidder) != i || !h.bids || m.byID[h.id] != h:
			return fmt.Errorf("bidder %d is not where it thinks: %w", i, err)
		case uint64(v.Units) != h.won:
			return fmt.Errorf("bidder %d has won %d, knows of %d", i, v.Units, h.won)
		case h.sold > h.won || h.sold < h.won && !h.short:
			return fmt.Errorf("bidder %d has %d of %d units, waits for more: %v", i, h.sold, h.won, h.short)
		case h.session != nil && h.lingers != 0 || h.session == nil && h.lingers == 0 && len(v.Prices) > 0:
			return fmt.Errorf("bidder %d lingers until %d, connected: %v", i, h.lingers, h.session != nil)
		}
	}
	switch {
	case known != len(m.byID):
		return fmt.Errorf("%d holders, %d known", known, len(m.byID))
	case sold != m.sale.sold || won > m.sale.units:
		return fmt.Errorf("%d sold and %d won of %d, counted %d", sold, won, m.sale.units, m.sale.sold)
	}
	return nil
}

// brokenNext: a tick at Next gets somewhere. Next itself changes nothing.
func brokenNext(m *Market, now unit.Instant) error {
	if m.Next(now) <= now {
		m.Tick(now)
	}
	next := m.Next(now)
	if next <= now {
		return fmt.Errorf("at %d the next tick is due at %d, also after a tick", now, next)
	}
	if again := m.Next(now); again != next {
		return fmt.Errorf("next was %d and is %d", next, again)
	}
	return nil
}
