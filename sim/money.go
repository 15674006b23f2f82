package sim

import (
	"errors"
	"fmt"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// ErrMoney: money was made or lost. The run shows nothing then.
var ErrMoney = errors.New("money does not add up")

// books are what a seller's books say of all accounts together, in base units. Each entry is made where
// the account's is, and compared with the sum of all accounts and with what clients say.
type books struct {
	filled, revenue, refunds uint64
	held                     uint64 // on all accounts
	depleted, refused        uint64 // how often
}

func (b *books) fill(n uint64)   { b.filled += n; b.held += n }
func (b *books) fee(n uint64)    { b.revenue += n; b.held -= n }
func (b *books) debit(n uint64)  { b.revenue += n; b.held -= n }
func (b *books) refund(n uint64) { b.refunds += n; b.held -= n }

// audit compares the books with the accounts.
func (s *seller) audit() error {
	var filled, revenue, refunds, held uint64
	for slot := range s.accounts {
		d := &s.accounts[slot]
		taken := d.debited + d.fees + d.refunded
		if taken > d.credited {
			return fmt.Errorf("%w: server %d: account of client %d holds %d and has given %d", ErrMoney, s.index, d.client, d.credited, taken)
		}
		filled += d.credited
		revenue += d.debited + d.fees
		refunds += d.refunded
		held += d.balance()
	}
	b := &s.books
	if filled != b.filled || revenue != b.revenue || refunds != b.refunds || held != b.held {
		return fmt.Errorf("%w: server %d: accounts say filled %d, earned %d, refunded %d, held %d; the books %d, %d, %d, %d",
			ErrMoney, s.index, filled, revenue, refunds, held, b.filled, b.revenue, b.refunds, b.held)
	}
	if b.filled != b.revenue+b.refunds+b.held {
		return fmt.Errorf("%w: server %d: filled %d, not %d + %d + %d", ErrMoney, s.index, b.filled, b.revenue, b.refunds, b.held)
	}
	return nil
}

// checkMoney compares what clients say with what servers say, when all that was said has been heard.
func (w *world) checkMoney() error {
	var paid, charged, refunded, filled, revenue, refunds, untold uint64
	for i := range w.clients {
		c := &w.clients[i]
		paid, charged, refunded = paid+c.paid, charged+c.charged, refunded+c.refunded
	}
	for _, s := range w.sellers {
		if err := s.audit(); err != nil {
			return err
		}
		filled, revenue, refunds = filled+s.books.filled, revenue+s.books.revenue, refunds+s.books.refunds
		for slot := range s.accounts {
			untold += s.accounts[slot].untold
		}
		if s.twin != nil && s.twin.wrong != nil {
			return s.twin.wrong
		}
	}
	if paid != filled || charged+untold != revenue || refunded != refunds {
		return fmt.Errorf("%w: clients paid %d, were charged %d and refunded %d; servers have %d, %d with %d not told, %d",
			ErrMoney, paid, charged, refunded, filled, revenue, untold, refunds)
	}
	return nil
}

// twin follows an auction by what it publishes: every winner's debt is the sum, over time, of what the
// curve in force says that its bid costs. That is slow, simple, and shares no state with the auction.
type twin struct {
	server int
	now    unit.Instant
	curve  auction.Curve
	all    []owing // by slot
	winner []uint32
	wrong  error // the first thing that did not agree
}

// owing is a client as the twin sees it. Money is in price·ns.
type owing struct {
	bid         []unit.Price
	units       int
	place       int // among winner
	owed, limit uint256.Int
}

func newTwin(server, slots int) *twin { return &twin{server: server, all: make([]owing, slots)} }

func (t *twin) open(at unit.Instant, slot uint32, limit, rest uint64) {
	t.advance(at)
	o := &t.all[slot]
	o.owed.SetUint64(rest)
	o.limit = inParts(limit)
}

func (t *twin) limit(at unit.Instant, slot uint32, limit uint64) {
	t.advance(at)
	t.all[slot].limit = inParts(limit)
}

func (t *twin) bid(at unit.Instant, slot uint32, prices []unit.Price) {
	t.advance(at)
	t.all[slot].bid = prices
}

func (t *twin) seen(c auction.Dated) {
	t.advance(c.At)
	t.curve = c.Curve
}

// advance charges all winners for the time until at.
func (t *twin) advance(at unit.Instant) {
	span := uint256.NewInt(uint64(at.Since(t.now)))
	t.now = max(t.now, at)
	if span.IsZero() {
		return
	}
	for _, slot := range t.winner {
		o := &t.all[slot]
		rate, ok := t.curve.Charge(o.bid, o.units)
		if !ok {
			t.fail("client %d wins %d units with a bid of %d", slot, o.units, len(o.bid))
			continue
		}
		hi, lo := rate.Words()
		more := uint256.Int{lo, hi}
		o.owed.Add(&o.owed, more.Mul(&more, span))
	}
}

// effect takes in a new allocation. Whose money is used up has used up all, and no more than the last
// nanosecond beyond it.
func (t *twin) effect(e auction.Effect) {
	t.advance(e.At)
	o := &t.all[e.Client]
	if o.units != e.Was {
		t.fail("client %d had %d units, not %d", e.Client, o.units, e.Was)
	}
	if e.Reason == auction.Depleted {
		o.bid = nil
		if o.owed.Lt(&o.limit) {
			t.fail("client %d is out of money with some left", e.Client)
		}
		o.owed = o.limit
	}
	switch {
	case o.units == 0 && e.Units > 0:
		o.place = len(t.winner)
		t.winner = append(t.winner, uint32(e.Client))
	case o.units > 0 && e.Units == 0:
		last := t.winner[len(t.winner)-1]
		t.winner[o.place], t.all[last].place = last, o.place
		t.winner = t.winner[:len(t.winner)-1]
	}
	o.units = e.Units
}

// debit compares what the auction has taken with what is owed.
func (t *twin) debit(at unit.Instant, slot uint32, amount unit.Amount, rest uint64) {
	t.advance(at)
	o := &t.all[slot]
	taken := inParts(small(amount))
	all := new(uint256.Int).AddUint64(&taken, rest)
	if !all.Eq(&o.owed) {
		t.fail("client %d is debited %v and %d parts, and owes %v parts", slot, amount, rest, &o.owed)
	}
	o.owed.SetUint64(rest)
	o.limit.Sub(&o.limit, &taken)
}

func (t *twin) close(slot uint32) { t.all[slot].bid = nil }

func (t *twin) fail(format string, args ...any) {
	if t.wrong == nil {
		t.wrong = fmt.Errorf("%w: server %d at %d: %s", ErrMoney, t.server, t.now, fmt.Sprintf(format, args...))
	}
}

// inParts returns base units in price·ns.
func inParts(n uint64) uint256.Int {
	var x uint256.Int
	x.Mul(uint256.NewInt(n), uint256.NewInt(auction.Divisor))
	return x
}
