package buyer

import (
	"bytes"
	"slices"

	"github.com/candela-les/candela/unit"
)

// Config is what a buyer is made of.
type Config struct {
	Demand Demand
	// DayAt is when today began, by the clock of all other instants; it may be before them.
	DayAt unit.Instant
	// Spent is what was spent today before.
	Spent unit.Amount
	// Seed of the coins that are tossed with each bid. Servers must not know it.
	Seed uint64
	// Audit: one charge of so many, drawn at random, is checked against the curves that held in its time; every
	// one for 0 or 1, none for NoAudit. In a book that changes often, fetching all of its curves costs more than
	// the service.
	Audit uint64
}

// NoAudit is the Config.Audit of those that check no charge.
const NoAudit = 1<<64 - 1

// Buyer is the state of one buyer. Make one with New.
type Buyer struct {
	demand  Demand
	audits  uint64    // one charge of so many
	servers []*server // in the order of their ids
	effects []Effect
	coins   coins
	pacer   pacer
	step    unit.Instant // of the next step
	moves   []unit.Instant
	look    unit.Instant // at the accounts
	guard   uint64       // factor at which the rest of the budget carries all bids

	short   bool         // the least that is needed is not to be had
	shortAt unit.Instant // since when
	out     bool         // all bids are withdrawn
	urgent  bool         // the demand has changed
	said    error        // what was reported last
}

// New makes a buyer that knows no server. The demand has to be valid.
func New(now unit.Instant, cfg Config) *Buyer {
	b := &Buyer{demand: cfg.Demand, audits: max(cfg.Audit, 1), coins: coins(cfg.Seed), step: now, look: now}
	b.pacer = pacer{dayAt: cfg.DayAt, spent: cfg.Spent, factor: full, next: now}
	b.pacer.today(now)
	return b
}

// SetDemand changes what is wanted. Bids follow at the next Tick, which is due now.
func (b *Buyer) SetDemand(now unit.Instant, d Demand) {
	b.demand = d
	b.out, b.short, b.urgent = false, false, true
	b.pacer.factor = full
	b.step = now
}

// Join says that a server is connected.
func (b *Buyer) Join(now unit.Instant, id ID) {
	s := b.find(id)
	if s == nil {
		i, _ := b.index(id)
		s = &server{id: id, since: now}
		s.quality.ageAt = now
		s.audit.few = b.audits > 1
		b.servers = slices.Insert(b.servers, i, s)
		b.forget()
	} else if !s.present {
		s.quality.absent(now.Since(s.since))
	}
	s.present, s.since, s.tried = true, now, false
	b.step = now
}

// Gone says that a server's connection has ended. Its bids lapse by themselves, see design §6.
func (b *Buyer) Gone(now unit.Instant, id ID) {
	s := b.find(id)
	if s == nil || !s.present {
		return
	}
	s.present, s.since = false, now
	s.audit.shrink()
	b.drop(now, s)
}

// Conditions takes in what a server sells.
func (b *Buyer) Conditions(now unit.Instant, id ID, c Conditions) {
	if s := b.find(id); s != nil {
		if s.terms.Unit != c.Unit {
			b.step = now
		}
		s.terms, s.sells = c, c.Unit > 0
	}
}

// Curve takes in a curve, asked for or not.
func (b *Buyer) Curve(now unit.Instant, id ID, c Signed) {
	s := b.find(id)
	if s == nil {
		return
	}
	if s.audit.latest() == nil {
		b.step = now
	}
	if proof, err := s.audit.curve(c); err != nil {
		b.leave(now, s, err, proof)
		return
	}
	b.audit(now, s)
	if seen := s.seen(); seen.Seq == c.Seq && s.audit.epoch == c.Epoch {
		if p, ok := seen.next(1); ok {
			s.sight.look(now, p)
		}
		s.shill.look(now, seen, s.units)
		if s.shill.guilty() {
			b.leave(now, s, ErrShill, nil)
		}
	}
}

// NoCurve says that the server has no curve of that number yet.
func (b *Buyer) NoCurve(now unit.Instant, id ID, seq uint64) {
	if s := b.find(id); s != nil {
		s.audit.none = seq
		b.audit(now, s)
	}
}

// audit checks the charges that can be checked by now.
func (b *Buyer) audit(now unit.Instant, s *server) {
	fetch, proof, err := s.audit.work(now)
	switch {
	case err != nil:
		b.leave(now, s, err, proof)
	case fetch != 0:
		b.emit(Effect{Action: Fetch, Server: s.id, Seq: fetch})
	}
}

// Allocated takes in what a bid has won. Those for bids that are unknown are ignored.
func (b *Buyer) Allocated(now unit.Instant, id ID, a Allocation) {
	s := b.find(id)
	if s == nil {
		return
	}
	i := slices.IndexFunc(s.past, func(p pastBid) bool { return p.number == a.Bid })
	if i < 0 {
		return
	}
	t := term{a, s.past[i].prices}
	if a.Fell {
		t.Units, t.bid = 0, nil
	}
	switch {
	case s.bid == nil || a.Bid < s.live: // it was withdrawn since
	case a.Fell && a.Bid == s.number:
		s.bid, s.base, s.units, s.behind = nil, nil, 0, 0
		s.shill.open = false
		s.debt.set(now, total(nil), grace)
		b.step = now
	default:
		if t.Units != s.units {
			b.step = now
		}
		s.units = t.Units
	}
	if proof, err := s.audit.allocated(t); err != nil {
		b.leave(now, s, err, proof)
	}
}

// Refused says that the bid of that number was not taken: it costs nothing, and none stands that was
// placed before it. The server is bid at again at until, or when more has been credited there.
func (b *Buyer) Refused(now unit.Instant, id ID, number uint64, until unit.Instant) {
	s := b.find(id)
	if s == nil || s.bid == nil || number != s.number {
		return
	}
	s.debt.fees = s.debt.fees.Minus(s.terms.Fee)
	s.rests = until
	b.drop(now, s)
}

// unfilledSpan is when an account is looked at again that could not be filled.
const unfilledSpan = 10 * unit.Second

// Unfilled says that a Refill of that amount is not on its way any more: it did not take place, or the account that was told of
// last has it. The next one is asked for when it is looked again.
func (b *Buyer) Unfilled(now unit.Instant, id ID, amount unit.Amount) {
	if s := b.find(id); s != nil {
		s.sent = s.sent.Minus(amount).Max(s.credited)
		b.look = min(b.look, now.Add(unfilledSpan))
	}
}

// View returns what is known of a server; ok is false if it is not known at all.
func (b *Buyer) View(id ID) (v View, ok bool) {
	s := b.find(id)
	if s == nil {
		return View{}, false
	}
	return View{
		Quality: s.quality.value(), Known: s.quality.known(), Units: s.units, Bid: slices.Clone(s.bid),
		Unchecked: len(s.audit.open), Shunned: max(s.shunned, s.rests),
	}, true
}

// Account takes in what a server says that it holds.
func (b *Buyer) Account(now unit.Instant, id ID, a Account) {
	s := b.find(id)
	if s == nil {
		return
	}
	if s.credited.Cmp(a.Credited) < 0 && s.rests > now {
		s.rests, b.step = now, now
	}
	if !s.reported && s.prepaid() {
		b.step = now // it can be bid at from now on
	}
	if !s.reported || s.sent.Cmp(a.Credited) < 0 {
		s.sent = a.Credited // others fill the account too
	}
	s.balance, s.credited, s.reported, s.balAt = a.Balance, a.Credited, true, now
	s.refill(b, now)
	b.watch(now, s)
}

// refill fills the account if the bid that stands needs it.
func (s *server) refill(b *Buyer, now unit.Instant) {
	if amount := s.due(now, s.bid); !amount.IsZero() {
		s.sent = s.sent.Plus(amount)
		b.emit(Effect{Action: Refill, Server: s.id, Amount: amount})
	}
}

// Charged takes in what a server has debited, and checks it.
func (b *Buyer) Charged(now unit.Instant, id ID, c Charge) {
	s := b.find(id)
	if s == nil {
		return
	}
	b.pacer.today(now)
	b.pacer.spent = b.pacer.spent.Plus(c.Amount.Plus(c.Fees))
	s.debt.settle(min(c.Through, now))
	if c.Through > s.balAt {
		s.balance, s.balAt = s.balance.Minus(c.Amount.Plus(c.Fees)), min(c.Through, now)
		b.watch(now, s)
	}
	left, ok := s.debt.fees.Sub(c.Fees)
	s.debt.fees = left
	if !ok {
		s.debt.fees = unit.Amount{}
		b.leave(now, s, ErrFee, &Proof{Charge: &c})
		return
	}
	if c.Unchecked {
		if err := c.bounded(); err != nil {
			b.leave(now, s, err, nil)
			return
		}
	}
	if !b.checks() {
		s.audit.skip()
		return
	}
	if err := s.audit.charge(&c); err != nil {
		b.leave(now, s, err, nil)
		return
	}
	b.audit(now, s)
}

// checks draws whether a charge is checked.
func (b *Buyer) checks() bool {
	return b.audits == 1 || b.audits != NoAudit && b.coins.draw()%b.audits == 0
}

// Measured takes in how a server answered since the last time.
func (b *Buyer) Measured(now unit.Instant, id ID, m Measured) {
	s := b.find(id)
	if s == nil {
		return
	}
	s.quality.age(now)
	before := s.quality.known()
	s.quality.measured(m)
	if !before && s.quality.known() {
		b.step = now
	}
	s.growth.measured(m, s.units, s.terms.Unit)
}

// leave gives a server up: for good if it is proven to cheat.
func (b *Buyer) leave(now unit.Instant, s *server, reason error, proof *Proof) {
	b.drop(now, s)
	s.shill = shill{}
	s.shunned = now.Add(shunSpan)
	if proof != nil {
		s.shunned = 1<<63 - 1
	}
	b.emit(Effect{Action: Leave, Server: s.id, Reason: reason, Proof: proof})
}

// drop notes that no bid stands any more.
func (b *Buyer) drop(now unit.Instant, s *server) {
	s.bid, s.base, s.units, s.behind = nil, nil, 0, 0
	s.shill.open = false
	s.debt.set(now, total(nil), lapseSpan)
	b.step = now
}

// lapseSpan is for how long a bid stands after its connection is lost, and a little more.
const lapseSpan = 35 * unit.Second

func (b *Buyer) index(id ID) (int, bool) {
	return slices.BinarySearchFunc(b.servers, id, func(s *server, id ID) int {
		return bytes.Compare(s.id[:], id[:])
	})
}

func (b *Buyer) find(id ID) *server {
	if i, ok := b.index(id); ok {
		return b.servers[i]
	}
	return nil
}

// forget drops the server that has been gone for the longest, if too many are remembered. Cheats are
// remembered longer than others.
func (b *Buyer) forget() {
	if len(b.servers) <= forgottenMax {
		return
	}
	worst := -1
	for i, s := range b.servers {
		if s.present {
			continue
		}
		if w := worst; w < 0 || s.shunned < b.servers[w].shunned ||
			s.shunned == b.servers[w].shunned && s.since < b.servers[w].since {
			worst = i
		}
	}
	if worst >= 0 {
		b.servers = slices.Delete(b.servers, worst, worst+1)
	}
}
