package market

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// fair is what a sale is compared with: plain lists, sorted anew for each look.
type fair struct {
	m        *Market
	now      unit.Instant
	most     uint64
	reserve  unit.Price
	settings Settings
	capacity unit.Cost

	units   uint64
	falls   []Fall
	clients map[string]*fairClient
	age     int
	told    map[ID]uint64 // units, by effects
}

type fairClient struct {
	s      *Session
	bid    []unit.Price
	age    int
	enters bool
	gone   unit.Instant // when its bid lapses; 0 while it is connected
}

var fairNames = []string{"a", "b", "c", "d", "e", "f"}

// A sale with clients that come and go, bid and run dry, and a capacity that changes: at
// any time the highest prices win, as many as there are units by the announced schedule,
// what is delivered is what others do not use, and all of it once nobody does.
func TestSaleAgainstNaiveTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &fair{
			most: rapid.Uint64Range(0, 12).Draw(t, "most"), reserve: unit.NewPrice(rapid.Uint64Range(0, 3).Draw(t, "reserve")),
			settings: Settings{ReservePermille: rapid.Uint64Range(0, 300).Draw(t, "reserve share"), FreePermille: 100},
			capacity: 100_000, clients: map[string]*fairClient{}, told: map[ID]uint64{},
		}
		if rapid.Bool().Draw(t, "granted") {
			f.settings.Grants = []Grant{{idOf("granted"), 2}}
		}
		f.m = mustNew(0, Config{
			Capacity: f.capacity, Workers: 1, Places: 20, FirstGap: unit.Second, Seed: 1, Settings: f.settings,
			Sale: &Sale{Prices: 4, Most: f.most, Reserve: f.reserve, FirstSeq: 1},
		})
		f.supply()
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			f.step(t)
			f.check(t)
		}
		f.settle(t)
	})
}

func (f *fair) step(t *rapid.T) {
	name := rapid.SampledFrom(fairNames).Draw(t, "client")
	c := f.clients[name]
	if c == nil {
		c = &fairClient{}
		f.clients[name] = c
	}
	switch verb := rapid.SampledFrom([]string{"come", "bid", "bid", "bid", "pass", "pass", "leave", "exit", "capacity", "grant"}).Draw(t, "verb"); verb {
	case "come":
		if c.s == nil {
			c.s, _ = f.m.Connect(f.now, Join{ID: idOf(name), Least: 10 * ms})
			f.m.Open(f.now, c.s)
			c.gone = 0
		}
		if !c.enters {
			c.enters = true
			if err := f.m.Enter(f.now, c.s, unit.AmountOfWords(1, 0), 0); err != nil {
				t.Fatal(err)
			}
		}
	case "bid":
		if c.enters {
			f.bid(t, name, c)
		}
	case "pass":
		f.pass(unit.Span(rapid.Int64Range(0, int64(12*unit.Second)).Draw(t, "span")))
	case "leave":
		if c.s != nil {
			f.m.Leave(f.now, c.s)
			c.s = nil
			if c.enters {
				c.gone = f.now.Add(LingerSpan)
			}
		}
	case "exit":
		if c.enters {
			if _, err := f.m.Exit(f.now, idOf(name)); err != nil {
				t.Fatal(err)
			}
			c.enters, c.bid, c.gone = false, nil, 0
		}
	case "capacity":
		f.capacity = unit.Cost(rapid.Uint64Range(10_000, 200_000).Draw(t, "per ms"))
		f.m.SetCapacity(f.now, f.capacity)
		f.supply()
	case "grant":
		f.settings.Grants = nil
		if n := rapid.Uint64Range(0, 5).Draw(t, "units"); n > 0 {
			f.settings.Grants = []Grant{{idOf("granted"), n}}
		}
		f.m.Apply(f.now, f.settings)
		f.supply()
	}
}

func (f *fair) bid(t *rapid.T, name string, c *fairClient) {
	var bid []unit.Price
	for range rapid.IntRange(0, 4).Draw(t, "prices") {
		bid = append(bid, unit.NewPrice(rapid.Uint64Range(0, 6).Draw(t, "price")))
	}
	slices.SortFunc(bid, func(p, q unit.Price) int { return q.Cmp(p) })
	most := unit.NewPrice(rapid.Uint64Range(0, 40).Draw(t, "at most"))
	err := f.m.Bid(f.now, idOf(name), bid, most)
	switch {
	case len(bid) > 0 && bid[0].Cmp(f.reserve) < 0:
		if !errors.Is(err, ErrBelowReserve) {
			t.Fatalf("a bid of %v below the reserve: %v", bid, err)
		}
	case err == nil:
		if !slices.Equal(c.bid, bid) {
			f.age++
			c.bid, c.age = bid, f.age
		}
		if s, _ := f.m.Standing(f.now, idOf(name)); s.Rate.Cmp(most) > 0 && len(bid) > 0 {
			t.Fatalf("%v was accepted at %v an hour, not more than %v was", bid, s.Rate, most)
		}
	case !errors.Is(err, ErrDear):
		t.Fatal(err)
	}
}

// supply is the schedule of units for sale, by its own words.
func (f *fair) supply() {
	target := f.settings.units(f.capacity, UnitRecharge)
	target -= min(f.settings.granted(), target)
	if f.most > 0 {
		target = min(target, f.most)
	}
	due := f.now.Add(FallSpan)
	var falls []Fall
	for _, one := range f.falls {
		if one.Units >= target {
			falls = append(falls, one)
		} else {
			due = min(due, one.At)
		}
	}
	lowest := f.units
	if len(falls) > 0 {
		lowest = falls[len(falls)-1].Units
	}
	if target < lowest {
		if len(falls) == maxFalls {
			falls, due = falls[:maxFalls-1], f.now.Add(FallSpan)
		}
		falls = append(falls, Fall{due, target})
	}
	f.falls, f.units = falls, max(f.units, target)
}

func (f *fair) pass(span unit.Span) {
	for end := f.now.Add(span); ; {
		next := min(f.m.Next(f.now), end)
		for f.now = max(f.now, next); len(f.falls) > 0 && f.falls[0].At <= f.now; f.falls = f.falls[1:] {
			f.units = f.falls[0].Units
		}
		f.supply() // what a grant has waited for
		f.m.Tick(f.now)
		for _, c := range f.clients {
			if c.gone != 0 && c.gone <= f.now {
				c.bid, c.gone = nil, 0
			}
		}
		if f.now == end {
			return
		}
	}
}

// winners is how many units everybody should have.
func (f *fair) winners() map[string]uint64 {
	type price struct {
		name  string
		price unit.Price
		age   int
		index int
	}
	var all []price
	for name, c := range f.clients {
		for i, p := range c.bid {
			if p.Cmp(f.reserve) >= 0 {
				all = append(all, price{name, p, c.age, i})
			}
		}
	}
	slices.SortFunc(all, func(a, b price) int {
		if c := b.price.Cmp(a.price); c != 0 {
			return c
		}
		if a.age != b.age {
			return a.age - b.age
		}
		return a.index - b.index
	})
	won := map[string]uint64{}
	for _, one := range all[:min(uint64(len(all)), f.units)] {
		won[one.name]++
	}
	return won
}

func (f *fair) check(t *rapid.T) {
	for _, e := range f.m.Effects() {
		switch e.Action {
		case Allocate:
			if f.told[e.Client] != e.Allocation.Was {
				t.Fatalf("%s was told of %d units, and of %d before", who(e.Client), e.Allocation.Was, f.told[e.Client])
			}
			f.told[e.Client] = e.Allocation.Units
		case Lapse:
			if _, err := f.m.Exit(f.now, e.Client); err != nil {
				t.Fatal(err)
			}
			f.clients[who(e.Client)].enters = false
		default:
		}
	}
	units, falls := f.m.ForSale()
	if units != f.units || !slices.Equal(falls, f.falls) {
		t.Fatalf("at %d for sale %d, then %v; the twin says %d, %v", f.now, units, falls, f.units, f.falls)
	}
	won := f.winners()
	for name := range f.clients {
		s, _ := f.m.Standing(f.now, idOf(name))
		if s.Units != won[name] || f.told[idOf(name)] != won[name] {
			t.Fatalf("%s has won %d and was told of %d, the twin says %d", name, s.Units, f.told[idOf(name)], won[name])
		}
	}
	if allocated, leaving := f.m.Allocated(); len(f.m.holders) == 0 {
		most := max(f.m.Units()+f.settings.reserve(f.capacity, UnitRecharge), units)
		if allocated > most || leaving == 0 && len(f.falls) == 0 && allocated < total(won) {
			t.Fatalf("%d delivered of %v, %d leaving, %d at most", allocated, won, leaving, most)
		}
	}
	if err := broken(f.m, f.now); err != nil {
		t.Fatal(err)
	}
}

func total(won map[string]uint64) (sum uint64) {
	for _, n := range won {
		sum += n
	}
	return sum
}

// settle waits until nobody uses any more what was taken from him: all has what it won.
func (f *fair) settle(t *rapid.T) {
	f.pass(flow.HonourSpan + FallSpan)
	f.check(t)
	f.pass(flow.HonourSpan)
	f.check(t)
	for name, n := range f.winners() {
		if _, have := f.m.Held(idOf(name)); have != n {
			t.Fatalf("%s has won %d units and was given %d", name, n, have)
		}
	}
}

// A unit that is won for 0.01 s in every 11 s buys its share of time and not more, also for a
// client that saves up what it asks for until the moment comes.
func TestAMomentBuysAMoment(t *testing.T) {
	const (
		rounds = 60
		held   = 10 * unit.Millisecond
		round  = 11 * unit.Second
	)
	w := newWorld(t, Config{
		Capacity: 1_000_000, Workers: 1, Places: 200, FirstGap: unit.Second, Seed: 3, Settings: DefaultSettings(),
		Sale: &Sale{Prices: 4, FirstSeq: 1},
	})
	for i := range 40 { // far more than there is
		c := &client{
			w: w, name: fmt.Sprint("free", i), from: Group(fmt.Sprint("net", i)), least: 50 * ms,
			pipeline: 16, want: priced(4*ms, 2, 400, 800),
		}
		w.after(w.random.span(unit.Second), c.connect)
	}
	sly := &client{w: w, name: "sly", from: "home", least: 50 * ms, pipeline: 8, want: priced(ms/20, 1, 400, 800)}
	sly.connect()
	sly.idle = true
	enter(t, w, sly)
	bid := []unit.Price{unit.PricePerHour(10)}
	w.run(10 * unit.Second)
	w.paidCost = map[string]unit.Cost{}
	for range rounds {
		mustBid(t, w, sly, bid)
		sly.idle = false
		sly.pump()
		w.run(held)
		mustBid(t, w, sly, nil)
		w.run(round / 2)
		sly.idle = true
		w.run(round - round/2 - held)
	}
	earned := UnitRecharge.Mul(uint64(held/unit.Millisecond) * rounds)
	got := w.paidCost[sly.name]
	t.Logf("served before others: %d of cost, earned %d", got, earned)
	if got > earned {
		t.Errorf("%d of cost was served before others, and %d earned", got, earned)
	}
	if got == 0 || sly.served == got {
		t.Errorf("of %d in all", sly.served)
	}

	// Who keeps the unit has all of it, in the same crowd.
	mustBid(t, w, sly, bid)
	sly.idle = false
	sly.pump()
	w.run(round)
	before := w.paidCost[sly.name]
	w.run(10 * round)
	got, earned = w.paidCost[sly.name]-before, UnitRecharge.Mul(uint64(10*round/unit.Millisecond))
	t.Logf("while it keeps the unit: %d of %d", got, earned)
	if got < earned/100*97 || got > earned/100*103 {
		t.Errorf("who keeps a unit was served %d before others, and has bought %d", got, earned)
	}
}

// A loser's requests go on as paid ones as far as its buffer was earned; one that gives its
// units up has no such claim.
func TestWhatWasEarnedIsHonoured(t *testing.T) {
	for _, willing := range []bool{false, true} {
		w := newWorld(t, Config{
			Capacity: 20_000, Workers: 1, Places: 10, FirstGap: unit.Second, Seed: 3,
			Settings: Settings{}, Sale: &Sale{Prices: 2, Most: 1, FirstSeq: 1},
		})
		one := &client{w: w, name: "one", least: 10 * ms, idle: true, pipeline: 1, want: priced(ms, 1, 1000, 1000)}
		two := &client{w: w, name: "two", least: 10 * ms, idle: true, pipeline: 1, want: priced(ms, 1, 1000, 1000)}
		for _, c := range []*client{one, two} {
			c.connect()
			enter(t, w, c)
		}
		mustBid(t, w, one, []unit.Price{unit.PricePerHour(5)})
		w.run(unit.Second) // earns 10 ms
		if willing {
			mustBid(t, w, one, nil)
		}
		mustBid(t, w, two, []unit.Price{unit.PricePerHour(6)})
		h := one.s.holder
		if got, want := h.spends(w.now), !willing; got != want {
			t.Errorf("willing %v: what was earned counts: %v", willing, got)
		}
		if got := h.earned.Value(w.now); !willing && got != 10*ms {
			t.Errorf("%d earned in a second", got)
		}
		w.run(flow.HonourSpan)
		if h.spends(w.now) {
			t.Errorf("willing %v: what was earned counts for ever", willing)
		}
	}
}

func enter(t *testing.T, w *world, c *client) {
	t.Helper()
	if err := w.m.Enter(w.now, c.s, unit.AmountOfWords(1, 0), 0); err != nil {
		t.Fatal(err)
	}
}

func mustBid(t *testing.T, w *world, c *client, bid []unit.Price) {
	t.Helper()
	if err := w.m.Bid(w.now, c.s.id, bid, auction.MaxPrice()); err != nil {
		t.Fatal(err)
	}
	w.carryOut()
}
