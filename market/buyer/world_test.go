package buyer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// world is a buyer among sellers whose auctions are computed from scratch, by the words of design
// §6, whenever anything changes.
type world struct {
	t       fataler
	b       *Buyer
	now     unit.Instant
	sellers []*seller // in the order of their names
	mute    bool      // no news of curves by the clock
	late    unit.Span // of each tick
	out     strings.Builder
	placed  int // bids
	paid    unit.Amount
	left    map[string]error
	onBid   func(s *seller)
	tick    func(s *seller) // once for each news span
}

// fataler is what tests and properties have in common.
type fataler interface {
	Fatalf(format string, args ...any)
}

// seller sells by the rules, unless it is told to cheat.
type seller struct {
	w       *world
	name    string
	id      ID
	units   int
	reserve uint64
	fee     uint64
	size    unit.Cost
	others  []uint64 // standing unit prices of others, older than any of ours
	open    bool     // connected

	seq    uint64
	number uint64
	bid    []unit.Price
	have   uint64
	curve  Signed
	rate   *uint256.Int

	since   unit.Instant // of the rate
	billed  unit.Instant
	whole   *uint256.Int // what was ever owed, price·ns
	charged *uint256.Int
	could   *uint256.Int // what the bids can have cost since they were billed, price·ns
	fees    unit.Amount
	balance unit.Amount
	credit  unit.Amount
	prepaid bool

	answers, late, failed uint64 // made up for each news span
	overcharge            uint64 // base units added to each charge
	greedy                bool   // charges every unit that is bid for at its own price, and is not audited
	silent                bool   // does not show curves that are asked for
	history               map[uint64]Signed
}

const newsSpan = 10 * unit.Second

func newWorld(t fataler, cfg Config) *world {
	return &world{t: t, b: New(0, cfg), left: map[string]error{}}
}

func (w *world) seller(name string) *seller {
	i := slices.IndexFunc(w.sellers, func(s *seller) bool { return s.name == name })
	if i >= 0 {
		return w.sellers[i]
	}
	s := &seller{
		w: w, name: name, units: 4, size: StandardUnit, rate: new(uint256.Int), answers: 20,
		whole: new(uint256.Int), charged: new(uint256.Int), could: new(uint256.Int), history: map[uint64]Signed{},
	}
	copy(s.id[:], name)
	w.sellers = append(w.sellers, s)
	slices.SortFunc(w.sellers, func(x, y *seller) int { return strings.Compare(x.name, y.name) })
	return s
}

func (w *world) byID(id ID) *seller {
	for _, s := range w.sellers {
		if s.id == id {
			return s
		}
	}
	w.t.Fatalf("no seller %x", id[:4])
	return nil
}

// join connects a seller and tells everything about it.
func (s *seller) join() {
	s.open, s.since, s.billed = true, s.w.now, s.w.now
	s.w.b.Join(s.w.now, s.id)
	s.w.b.Conditions(s.w.now, s.id, s.terms())
	s.account()
	s.changed(false)
	s.w.b.Curve(s.w.now, s.id, s.curve)
}

func (s *seller) terms() Conditions {
	c := Conditions{Unit: s.size, Fee: unit.NewAmount(s.fee)}
	if s.prepaid {
		c.Refill, c.Prepaid = 30*unit.Second, 60*unit.Second
	}
	return c
}

func (s *seller) account() {
	s.w.b.Account(s.w.now, s.id, Account{Balance: s.balance, Credited: s.credit})
}

// accrue charges the time until now.
func (s *seller) accrue() {
	span := s.w.now.Since(s.since)
	s.since = s.w.now
	s.could.Add(s.could, over(total(s.bid), span))
	if s.greedy {
		s.whole.Add(s.whole, over(total(s.bid), span))
		return
	}
	s.whole.Add(s.whole, over(s.rate, span))
}

// changed computes the auction from scratch.
func (s *seller) changed(own bool) {
	s.accrue()
	s.seq++
	type entry struct {
		price unit.Price
		own   bool
	}
	var all []entry
	for _, p := range s.others {
		all = append(all, entry{unit.NewPrice(p), false})
	}
	for _, p := range s.bid {
		all = append(all, entry{p, true})
	}
	reserve := unit.NewPrice(s.reserve)
	all = slices.DeleteFunc(all, func(e entry) bool { return e.price.Cmp(reserve) < 0 })
	slices.SortStableFunc(all, func(x, y entry) int { return y.price.Cmp(x.price) })
	won := min(len(all), s.units)
	s.curve = Signed{At: s.w.now, Curve: auction.Curve{
		Seq: s.seq, Reserve: reserve, Units: uint64(s.units), Free: uint64(s.units - won),
	}}
	var have uint64
	for _, e := range slices.Backward(all[:won]) {
		if len(s.curve.Winning) < MaxUnits {
			s.curve.Winning = append(s.curve.Winning, e.price)
		}
		if e.own {
			have++
		}
	}
	s.rate = new(uint256.Int)
	left := have
	for _, e := range all[won:] {
		if len(s.curve.Losing) < MaxUnits {
			s.curve.Losing = append(s.curve.Losing, e.price)
		}
		if !e.own && left > 0 {
			s.rate.Add(s.rate, wideOf(e.price))
			left--
		}
	}
	for ; left > 0; left-- {
		s.rate.Add(s.rate, wideOf(reserve))
	}
	s.history[s.seq] = s.curve
	tell := own || have != s.have
	s.have = have
	if !s.open {
		return
	}
	if tell {
		s.w.b.Allocated(s.w.now, s.id, Allocation{
			Since: s.w.now, Seq: s.seq, Bid: s.number, Units: have, Rate: priceOf(s.rate),
		})
	}
}

// bill charges what has accrued, and tells of the account.
func (s *seller) bill() {
	s.accrue()
	if s.whole.IsZero() && s.fees.IsZero() && s.overcharge == 0 {
		s.billed, s.could = s.w.now, new(uint256.Int)
		return
	}
	due := new(uint256.Int).Div(new(uint256.Int).Sub(s.whole, s.charged), uint256.NewInt(divisor))
	s.charged.Add(s.charged, new(uint256.Int).Mul(due, uint256.NewInt(divisor)))
	due.AddUint64(due, s.overcharge)
	// Less than a base unit was owed before.
	most := worth(new(uint256.Int).AddUint64(s.could, divisor-1)).Minus(unit.NewAmount(1))
	c := Charge{Since: s.billed, At: s.w.now, Amount: amountOf(due), Most: most, Fees: s.fees, Through: s.w.now}
	s.billed, s.fees, s.could = s.w.now, unit.Amount{}, new(uint256.Int)
	s.w.paid = s.w.paid.Plus(c.Amount.Plus(c.Fees))
	s.balance = s.balance.Minus(c.Amount.Plus(c.Fees))
	s.w.b.Charged(s.w.now, s.id, c)
	if s.greedy {
		s.w.b.find(s.id).audit.open = nil
	}
	s.account()
}

// run lets time pass, with a tick whenever the buyer asks for one, and news of every seller by the
// clock.
func (w *world) run(span unit.Span) {
	w.effects()
	for end := w.now.Add(span); w.now < end; {
		news := w.now.Add(newsSpan) / unit.Instant(newsSpan) * unit.Instant(newsSpan)
		due := max(w.b.Next().Add(w.late), w.now)
		w.now = min(due, news, end)
		if w.now == due {
			w.b.Tick(w.now)
		}
		w.effects()
		if w.now == news {
			w.news()
			w.effects()
		}
	}
}

func (w *world) news() {
	for _, s := range w.sellers {
		if !s.open {
			continue
		}
		if w.tick != nil {
			w.tick(s)
		}
		if !w.mute {
			w.b.Curve(w.now, s.id, s.curve)
		}
		s.bill()
		w.b.Measured(w.now, s.id, Measured{
			Span: newsSpan, Served: RequestCost.Mul(s.answers), Answers: s.answers, Late: s.late, Failed: s.failed,
		})
		w.effects()
	}
}

// effects carries out what the buyer wants.
func (w *world) effects() {
	for list := w.b.Effects(); len(list) > 0; list = w.b.Effects() {
		for _, e := range list {
			w.carryOut(e)
		}
	}
}

func (w *world) carryOut(e Effect) {
	var s *seller
	if e.Action == Fetch && !w.byID(e.Server).silent { // every few seconds: not worth a line
		w.byID(e.Server).show(e.Seq)
		return
	}
	if e.Action != Report {
		s = w.byID(e.Server)
		fmt.Fprintf(&w.out, "%ds: %s ", w.now/unit.Instant(unit.Second), s.name)
	} else {
		fmt.Fprintf(&w.out, "%ds: ", w.now/unit.Instant(unit.Second))
	}
	switch e.Action {
	case Bid:
		s.accrue()
		w.check(s, e.Prices)
		w.placed++
		fmt.Fprintf(&w.out, "bid %v", e.Prices)
		s.number, s.bid = e.Number, e.Prices
		s.fees = s.fees.Plus(unit.NewAmount(s.fee))
		if w.onBid != nil {
			w.onBid(s)
		}
	case Withdraw:
		s.accrue()
		fmt.Fprint(&w.out, "withdraw")
		s.number, s.bid = e.Number, nil
	case Refill:
		fmt.Fprintf(&w.out, "refill %v", e.Amount)
		s.balance, s.credit = s.balance.Plus(e.Amount), s.credit.Plus(e.Amount)
	case Fetch:
		fmt.Fprintf(&w.out, "fetch %d", e.Seq)
	case Try:
		fmt.Fprint(&w.out, "try")
	case Leave:
		fmt.Fprintf(&w.out, "leave: %v, proven: %v", e.Reason, e.Proof != nil)
		w.left[s.name] = e.Reason
		s.accrue()
		s.bid, s.open = nil, false
	case Report:
		fmt.Fprintf(&w.out, "report: %v", e.Reason)
	}
	fmt.Fprintln(&w.out)
	switch e.Action {
	case Bid, Withdraw:
		s.changed(true)
	case Refill:
		s.account()
	case Leave:
		s.changed(true)
		w.b.Gone(w.now, s.id)
	case Fetch, Try, Report:
	}
}

// show hands over curves as it was asked to.
func (s *seller) show(seq uint64) {
	if seq > s.seq {
		s.w.b.NoCurve(s.w.now, s.id, seq)
	}
	for n := seq; n <= min(s.seq, seq+15); n++ {
		s.w.b.Curve(s.w.now, s.id, s.history[n])
	}
}

// check holds each bid to what holds for all bids.
func (w *world) check(s *seller, prices []unit.Price) {
	if len(prices) == 0 || len(prices) > MaxUnits {
		w.t.Fatalf("a bid for %d units", len(prices))
	}
	if !slices.IsSortedFunc(prices, descending) {
		w.t.Fatalf("bid increases: %v", prices)
	}
	if most := w.b.find(s.id).local(w.b.demand.Price()); prices[0].Cmp(most) > 0 {
		w.t.Fatalf("bid %v, more than %v", prices, most)
	}
}

// have is how many units the buyer has at all sellers.
func (w *world) have() (sum uint64) {
	for _, s := range w.sellers {
		sum += s.have
	}
	return sum
}
