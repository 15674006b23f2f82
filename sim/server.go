package sim

import (
	"fmt"
	"math/rand/v2"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// seller is a server: an auction, accounts, and a queue.
type seller struct {
	w        *world
	index    int
	kind     int
	auction  *auction.Auction
	accounts []deposit // by slot, which is also the client's number in the auction
	pcg      rand.PCG

	units    uint64  // for sale when nothing is wrong
	capacity float64 // cost per ms, that is there when nothing is wrong
	up       bool
	turns    unit.Instant // up or down then
	strained bool
	strains  unit.Instant // overloaded, or not any more, then

	paid, free uint64 // asked now, within units and beyond, cost per ms
	sold       uint64 // units, by what was told to clients
	books      books
	twin       *twin
	view       view
	history    []buyer.Signed // curves, oldest first, if anybody may ask
	out        [shards][]notice
	orders     []order  // of a round
	fell       []uint32 // slots whose money is used up, while they are told

	total totals
}

// totals are of one server since the warm-up, if they do not say otherwise.
type totals struct {
	revenue              uint64  // base units, fees included: until the warm-up
	promised             float64 // unit hours that were sold
	offered, served      float64 // of what was asked within them, unit hours
	freeOffered, freeHad float64
	upTime               unit.Span
}

// deposit is a client's account.
type deposit struct {
	client int32
	link   uint8
	open   bool // in the auction
	units  uint8
	bids   bool

	paid, free uint32 // asked now: what was said
	counts     uint32 // of paid: no more than units are good for

	number                            uint64 // of the bid
	credited, debited, fees, refunded uint64 // base units, ever
	rest                              uint64 // of the last debit, when the auction has closed the account
	untold                            uint64 // of fees, told with the next charge
	since                             unit.Instant
}

// balance is what is left. It never falls below zero: a limit is never owed beyond.
func (d *deposit) balance() uint64 { return d.credited - d.debited - d.fees - d.refunded }

// view is what clients see of a server until the next round.
type view struct {
	up    bool
	curve buyer.Signed
	terms buyer.Conditions
	is    quality
}

func (s *seller) scenario() *ServerKind { return &s.w.scenario.Servers[s.kind] }

// round carries out what a server was asked between two instants.
func (s *seller) round(from, to unit.Instant, orders []order) {
	s.weather(from)
	for i := range orders {
		o := &orders[i]
		s.pass(o.at)
		s.carryOut(o)
	}
	s.pass(to)
	s.publish(to)
	s.count(from, to)
}

// pass lets time pass, and bids fall at their instants.
func (s *seller) pass(to unit.Instant) {
	for {
		at, ok := s.auction.Next()
		if !ok || at >= to {
			break
		}
		s.auction.Tick(at)
		s.settle(at, noSlot)
	}
	s.auction.Tick(to)
	s.settle(to, noSlot)
}

const noSlot = 1<<32 - 1

// carryOut does what a client asks.
func (s *seller) carryOut(o *order) {
	d := &s.accounts[o.slot]
	if !s.up { // nobody is there to be asked
		s.tell(d, notice{news: gone})
		if o.act == fill {
			s.tell(d, notice{news: unfilled, amount: o.amount})
		}
		return
	}
	switch o.act {
	case fill:
		s.fill(o, d)
	case bid:
		s.bid(o, d)
	case load:
		s.paid -= uint64(d.counts)
		s.free -= uint64(d.free)
		d.paid, d.free = o.paid, o.free
		d.counts = s.within(d)
		s.paid += uint64(d.counts)
		s.free += uint64(d.free)
	case hello:
		s.charge(o.at, o.slot)
		s.tellAccount(d)
	case goodbye:
		s.close(o.at, o.slot)
		rest := d.balance()
		d.refunded += rest
		s.books.refund(rest)
		s.tell(d, notice{news: refunded, amount: rest})
	}
}

// within is how much of what a client asks its units are good for: flow control stops the rest.
func (s *seller) within(d *deposit) uint32 {
	return min(d.paid, uint32(d.units)*uint32(buyer.StandardUnit))
}

func (s *seller) fill(o *order, d *deposit) {
	d.credited += o.amount
	s.books.fill(o.amount)
	if !d.open {
		s.open(o.at, o.slot)
	} else {
		s.charge(o.at, o.slot)
		s.limit(o.at, o.slot)
	}
	s.tellAccount(d)
}

func (s *seller) open(at unit.Instant, slot uint32) {
	d := &s.accounts[slot]
	s.must(s.auction.Open(at, auction.Client(slot), unit.NewAmount(d.balance()), d.rest))
	if s.twin != nil {
		s.twin.open(at, slot, d.balance(), d.rest)
	}
	d.open, d.since = true, at
}

// limit lets the auction know what the account holds.
func (s *seller) limit(at unit.Instant, slot uint32) {
	d := &s.accounts[slot]
	s.must(s.auction.SetLimit(at, auction.Client(slot), unit.NewAmount(d.balance())))
	if s.twin != nil {
		s.twin.limit(at, slot, d.balance())
	}
}

// bid places or withdraws a bid. One without cover is refused, and takes the one before it along.
func (s *seller) bid(o *order, d *deposit) {
	if len(o.prices) == 0 {
		s.close(o.at, o.slot)
		d.number = o.number
		s.tell(d, notice{news: allocated, at: o.at, seq: s.auction.Curve().Seq, number: o.number})
		return
	}
	fee := s.scenario().Fee
	if !d.open {
		s.open(o.at, o.slot)
	}
	s.charge(o.at, o.slot)
	cover, ok := auction.Cover(o.prices, auction.CoverSpan)
	if need, fits := cover.Add(unit.NewAmount(fee)); !ok || !fits || need.Cmp(unit.NewAmount(d.balance())) > 0 {
		s.books.refused++
		s.close(o.at, o.slot)
		s.tell(d, notice{news: refused, number: o.number})
		return
	}
	if fee > 0 {
		d.fees += fee
		d.untold += fee
		s.books.fee(fee)
		s.limit(o.at, o.slot)
	}
	d.number, d.bids = o.number, true
	s.must(s.auction.Bid(o.at, auction.Client(o.slot), o.prices))
	if s.twin != nil {
		s.twin.bid(o.at, o.slot, o.prices)
	}
	s.settle(o.at, o.slot)
}

// charge debits what a client owes: one posting for it and the operator.
func (s *seller) charge(at unit.Instant, slot uint32) {
	d := &s.accounts[slot]
	if !d.open || d.since == at {
		return
	}
	amount, rest, err := s.auction.Debit(at, auction.Client(slot))
	s.must(err)
	if s.twin != nil {
		s.twin.debit(at, slot, amount, rest)
	}
	s.post(at, d, amount)
	if s.scenario().Tax > 0 {
		s.limit(at, slot)
	}
}

// post enters a debit into the books, with what a seller takes that takes too much.
func (s *seller) post(at unit.Instant, d *deposit, amount unit.Amount) {
	n := small(amount)
	if tax := s.scenario().Tax; n > 0 && tax > 0 {
		n += min(tax, max(d.balance()-n, 1)-1) // what is left pays the rest
	}
	d.debited += n
	s.books.debit(n)
	s.tell(d, notice{news: charged, since: d.since, at: at, amount: n, more: d.untold})
	d.since, d.untold = at, 0
}

// close withdraws a bid, debits what is owed and has the auction forget the client.
func (s *seller) close(at unit.Instant, slot uint32) {
	d := &s.accounts[slot]
	if !d.open {
		return
	}
	amount, rest, err := s.auction.Close(at, auction.Client(slot))
	s.must(err)
	if s.twin != nil {
		s.twin.debit(at, slot, amount, rest)
		s.twin.close(slot)
	}
	d.open, d.bids, d.rest = false, false, rest
	s.post(at, d, amount)
	s.settle(at, noSlot)
}

// settle tells all whose allocation has changed; by itself or by its own bid.
func (s *seller) settle(at unit.Instant, own uint32) {
	for _, c := range s.auction.Curves() { // none, if nobody asks for them
		s.record(c)
	}
	told := false
	s.fell = s.fell[:0]
	for _, e := range s.auction.Effects() {
		if s.twin != nil {
			s.twin.effect(e)
		}
		s.allocate(e)
		told = told || uint32(e.Client) == own
	}
	for _, slot := range s.fell {
		s.books.depleted++
		s.accounts[slot].bids = false
		s.charge(at, slot)
		s.tellAccount(&s.accounts[slot])
	}
	if own != noSlot && !told && s.accounts[own].open {
		d := &s.accounts[own]
		s.tellAllocation(d, own, at, s.auction.Curve().Seq)
	}
}

// record keeps a curve for those that ask for it.
func (s *seller) record(c auction.Dated) {
	if s.twin != nil {
		s.twin.seen(c)
	}
	s.history = append(s.history, buyer.Signed{Curve: c.Curve, At: c.At})
	if len(s.history) >= 2*keptHistory {
		s.history = append(s.history[:0], s.history[keptHistory:]...)
	}
}

// keptHistory is how many curves can be asked for, at least.
const keptHistory = 1024

// allocate notes what a client has now.
func (s *seller) allocate(e auction.Effect) {
	d := &s.accounts[e.Client]
	s.sold += uint64(e.Units) - uint64(e.Was) // wraps when fewer, and back
	d.units = uint8(e.Units)
	s.paid -= uint64(d.counts)
	d.counts = s.within(d)
	s.paid += uint64(d.counts)
	if !d.open {
		return
	}
	s.tellAllocation(d, uint32(e.Client), e.At, e.Seq)
	if e.Reason == auction.Depleted {
		s.fell = append(s.fell, uint32(e.Client))
	}
}

func (s *seller) tellAllocation(d *deposit, slot uint32, at unit.Instant, seq uint64) {
	v, err := s.auction.View(auction.Client(slot))
	s.must(err)
	s.tell(d, notice{
		news: allocated, at: at, seq: seq, number: d.number, fell: len(v.Prices) == 0, units: d.units, rate: v.Rate,
	})
}

func (s *seller) tellAccount(d *deposit) {
	s.tell(d, notice{news: account, amount: d.balance(), more: d.credited})
}

func (s *seller) tell(d *deposit, n notice) {
	n.client, n.link = d.client, d.link
	shard := int(d.client) % shards
	s.out[shard] = append(s.out[shard], n)
}

// must panics on what the rules of this package make impossible.
func (s *seller) must(err error) {
	if err != nil {
		panic(fmt.Sprintf("sim: server %d: %v", s.index, err))
	}
}

// small is an amount that fits: no client is worth more than 2⁶³ base units.
func small(a unit.Amount) uint64 {
	hi, lo := a.Words()
	if hi != 0 {
		panic("sim: more money than there is")
	}
	return lo
}
