package auction

import (
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/google/go-cmp/cmp"

	"github.com/candela-les/candela/unit"
)

// twin is what an auction is compared with: everything from scratch after every input, in
// big integers, by going through all clients.
type twin struct {
	k       int
	units   uint64
	reserve *big.Int
	now     unit.Instant
	age     int
	clients []*bidder
	effects []Effect
}

type bidder struct {
	open   bool
	prices []unit.Price
	age    int
	owed   *big.Int // price·ns
	limit  *big.Int
}

// place is one unit price in the order of the book.
type place struct {
	price  *big.Int
	age    int
	client int
}

func bigPrice(p unit.Price) *big.Int {
	n, _ := new(big.Int).SetString(p.String(), 10)
	return n
}

func bigAmount(a unit.Amount, rest uint64) *big.Int {
	n, _ := new(big.Int).SetString(a.String(), 10)
	return n.Mul(n, big.NewInt(Divisor)).Add(n, new(big.Int).SetUint64(rest))
}

// order returns all unit prices, the best first.
func (w *twin) order() (list []place) {
	for id, b := range w.clients {
		for _, p := range b.prices {
			list = append(list, place{bigPrice(p), b.age, id})
		}
	}
	slices.SortStableFunc(list, func(a, b place) int {
		if c := b.price.Cmp(a.price); c != 0 {
			return c
		}
		return a.age - b.age
	})
	return list
}

// outcome is who wins by brute force, and who does not though the reserve is met.
func (w *twin) outcome() (units []int, winning, losing []place) {
	units = make([]int, len(w.clients))
	for _, p := range w.order() {
		switch {
		case p.price.Cmp(w.reserve) < 0:
		case uint64(len(winning)) < w.units:
			units[p.client]++
			winning = append(winning, p)
		default:
			losing = append(losing, p)
		}
	}
	return units, winning, losing
}

// vcg is what the others would have more without a client, counting units that would stay
// unsold at the reserve: the definition, not the formula.
func (w *twin) vcg(id int) *big.Int {
	others := func(except int, units uint64) *big.Int {
		sum := new(big.Int)
		for _, p := range w.order() {
			if p.client == except || units == 0 || p.price.Cmp(w.reserve) < 0 {
				continue
			}
			sum.Add(sum, p.price)
			units--
		}
		return sum.Add(sum, new(big.Int).Mul(w.reserve, new(big.Int).SetUint64(units)))
	}
	units, _, _ := w.outcome()
	with := others(id, w.units-uint64(units[id]))
	return with.Sub(others(id, w.units), with)
}

// rates are what all pay.
func (w *twin) rates() (rates []*big.Int) {
	units, _, losing := w.outcome()
	for id, k := range units {
		sum := new(big.Int)
		for _, p := range losing {
			if k > 0 && p.client != id {
				sum.Add(sum, p.price)
				k--
			}
		}
		rates = append(rates, sum.Add(sum, new(big.Int).Mul(w.reserve, big.NewInt(int64(k)))))
	}
	return rates
}

// next is when the next limit is reached.
func (w *twin) next() (at unit.Instant, ok bool) {
	rates := w.rates()
	at = math.MaxInt64
	for id, b := range w.clients {
		if rates[id].Sign() == 0 {
			continue
		}
		span := new(big.Int).Sub(b.limit, b.owed)
		span.Add(span, rates[id]).Sub(span, big.NewInt(1)).Div(span, rates[id])
		if span.Sign() < 0 {
			span.SetInt64(0)
		}
		if span.Add(span, big.NewInt(int64(w.now))); span.IsInt64() && span.Int64() <= int64(at) {
			at, ok = unit.Instant(span.Int64()), true
		}
	}
	return at, ok
}

// accrue lets all owe what they owe by a time.
func (w *twin) accrue(now unit.Instant) {
	for id, r := range w.rates() {
		b := w.clients[id]
		b.owed.Add(b.owed, new(big.Int).Mul(r, big.NewInt(int64(now-w.now))))
	}
	w.now = now
}

func (w *twin) advance(now unit.Instant) {
	for {
		at, ok := w.next()
		if !ok || at > now {
			break
		}
		w.accrue(at)
		before, _, _ := w.outcome()
		for id, r := range w.rates() {
			if b := w.clients[id]; r.Sign() > 0 && b.owed.Cmp(b.limit) >= 0 {
				b.owed.Set(b.limit)
				b.prices = nil
			}
		}
		w.note(before)
	}
	if now > w.now {
		w.accrue(now)
	}
}

// note remembers whose units have changed.
func (w *twin) note(before []int) {
	after, _, _ := w.outcome()
	for id := range w.clients {
		was := 0
		if id < len(before) {
			was = before[id]
		}
		if after[id] != was {
			w.effects = append(w.effects, Effect{At: w.now, Client: Client(id), Was: was, Units: after[id]})
		}
	}
}

// do makes one input, which must be one that the auction takes.
func (w *twin) do(in Input) *big.Int {
	w.advance(in.At)
	before, _, _ := w.outcome()
	for int(in.Client) >= len(w.clients) {
		w.clients = append(w.clients, &bidder{owed: new(big.Int), limit: new(big.Int)})
	}
	b := w.clients[in.Client]
	bid := func(prices []unit.Price) {
		if !slices.Equal(b.prices, prices) {
			w.age++
			b.prices, b.age = slices.Clone(prices), w.age
		}
	}
	debit := func() *big.Int {
		w.note(before)
		before, _, _ = w.outcome()
		w.advance(w.now)
		before, _, _ = w.outcome()
		whole, rest := new(big.Int).DivMod(b.owed, big.NewInt(Divisor), new(big.Int))
		b.owed = rest
		b.limit.Sub(b.limit, new(big.Int).Mul(whole, big.NewInt(Divisor)))
		return whole
	}
	var took *big.Int
	switch in.Verb {
	case Open:
		b.open, b.limit, b.owed = true, bigAmount(in.Limit, 0), new(big.Int).SetUint64(in.Number)
	case Close:
		bid(nil)
		took = debit()
		b.open = false
	case Bid:
		bid(in.Prices)
	case Units:
		w.units = in.Number
	case Reserve:
		w.reserve = bigPrice(in.Price)
	case Limit:
		b.limit = bigAmount(in.Limit, 0)
	case Debit:
		took = debit()
	}
	w.note(before)
	w.advance(w.now)
	return took
}

// curve is what is to be published, without its number.
func (w *twin) curve() Curve {
	_, winning, losing := w.outcome()
	slices.Reverse(winning)
	p, _ := unit.ParsePrice(w.reserve.String())
	c := Curve{Reserve: p, Units: w.units, Free: w.units - uint64(len(winning))}
	for _, l := range losing[:min(len(losing), w.k)] {
		p, _ := unit.ParsePrice(l.price.String())
		c.Losing = append(c.Losing, p)
	}
	for _, l := range winning[:min(len(winning), w.k)] {
		p, _ := unit.ParsePrice(l.price.String())
		c.Winning = append(c.Winning, p)
	}
	return c
}

// pair is an auction and its twin.
type pair struct {
	a          *Auction
	w          *twin
	log        []Input
	last       Curve
	depletions int
	corrected  int
	charged    *big.Int
}

func newPair(k int, units uint64, reserve unit.Price) *pair {
	a, err := New(0, Config{Prices: k, Units: units, Reserve: reserve, FirstSeq: 5, Curves: true})
	if err != nil {
		panic(err)
	}
	p := &pair{a: a, w: &twin{k: k, units: units, reserve: bigPrice(reserve)}, charged: new(big.Int), last: a.Curve()}
	a.Curves()
	return p
}

// do gives both an input and says what they differ in.
func (p *pair) do(in Input) error {
	p.log = append(p.log, in)
	debit, err := p.a.Do(in)
	if err != nil {
		return fmt.Errorf("refused: %w", err)
	}
	if want := p.w.do(in); want != nil && want.String() != debit.String() {
		return fmt.Errorf("debit %s, should be %s", debit, want)
	}
	return p.compare()
}

func (p *pair) compare() error {
	if err := p.compareClients(); err != nil {
		return err
	}
	at, ok := p.a.Next()
	if wantAt, want := p.w.next(); ok != want || ok && at != wantAt {
		return fmt.Errorf("next at %d, %v, should be %d, %v", at, ok, wantAt, want)
	}
	got, want := p.a.Curve(), p.w.curve()
	if want.Seq = got.Seq; !got.Equal(want) {
		return fmt.Errorf("curve %v, should be %v", got, want)
	}
	if err := got.Valid(); err != nil {
		return fmt.Errorf("%v: %w", got, err)
	}
	for _, d := range p.a.Curves() { // one number for each, and no number for nothing
		same := p.last
		if same.Seq = d.Curve.Seq; d.Curve.Seq != p.last.Seq+1 || same.Equal(d.Curve) {
			return fmt.Errorf("from curve %v to %v", p.last, d.Curve)
		}
		p.last = d.Curve
	}
	if !p.last.Equal(got) {
		return fmt.Errorf("curve %v, the last one kept is %v", got, p.last)
	}
	if err := broken(p.a); err != nil {
		return err
	}
	return p.compareEffects()
}

func (p *pair) compareClients() error {
	units, _, _ := p.w.outcome()
	rates := p.w.rates()
	p.corrected += len(p.a.corrected)
	curve := p.a.Curve()
	for id, b := range p.w.clients {
		if !b.open {
			continue
		}
		v, err := p.a.View(Client(id))
		if err != nil {
			return err
		}
		owed := bigAmount(v.Owed, v.Rest)
		limit := bigAmount(v.Limit, 0)
		if v.Units != units[id] || v.Rate.String() != rates[id].String() || owed.Cmp(b.owed) != 0 || limit.Cmp(b.limit) != 0 ||
			!slices.Equal(v.Prices, b.prices) {
			return fmt.Errorf("client %d has %+v, should have %d units at %s, owe %s of %s", id, v, units[id], rates[id], b.owed, b.limit)
		}
		if owed.Cmp(limit) > 0 {
			return fmt.Errorf("client %d owes %s of %s", id, owed, limit)
		}
		if charge, ok := curve.Charge(v.Prices, v.Units); !ok || charge != v.Rate {
			return fmt.Errorf("client %d pays %s, by the curve %s, %v", id, v.Rate, charge, ok)
		}
	}
	return nil
}

func (p *pair) compareEffects() error {
	got := slices.Clone(p.a.Effects())
	for i := range got {
		if got[i].Reason == 0 || got[i].Seq > p.a.Curve().Seq {
			return fmt.Errorf("effect %+v", got[i])
		}
		if got[i].Reason == Depleted {
			p.depletions++
		}
		got[i].Reason, got[i].Seq = 0, 0
	}
	slices.SortStableFunc(got, func(e, f Effect) int { // the twin knows no order within a change
		if e.At != f.At {
			return int(e.At - f.At)
		}
		return 0
	})
	want := p.w.effects
	p.w.effects = nil
	byClient := func(list []Effect) map[Client][]Effect {
		m := map[Client][]Effect{}
		for _, e := range list {
			m[e.Client] = append(m[e.Client], e)
		}
		return m
	}
	if d := cmp.Diff(byClient(want), byClient(got)); d != "" {
		return fmt.Errorf("effects: %s", d)
	}
	return nil
}
