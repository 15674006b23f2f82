package auction_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// The clients of these tests: one whose gain is looked at, a second name that it may use,
// and others.
const (
	self auction.Client = iota
	alias
	others
)

// small is a bid, or values, in small numbers.
type small []uint64

func (b small) prices() (list []unit.Price) {
	for _, p := range b {
		list = append(list, unit.NewPrice(p))
	}
	return list
}

// bids are all bids of at most n prices of at most top.
func bids(n int, top uint64) (list []small) {
	list = []small{nil}
	for from := 0; n > 0; n-- {
		end := len(list)
		for _, b := range list[from:end] {
			most := top
			if len(b) > 0 {
				most = b[len(b)-1]
			}
			for p := uint64(0); p <= most; p++ {
				list = append(list, append(slices.Clone(b), p))
			}
		}
		from = end
	}
	return list
}

// stand is an auction with all clients open, in which time stands still.
func stand(t *testing.T, k, clients int) *auction.Auction {
	t.Helper()
	a, err := auction.New(0, auction.Config{Prices: k})
	if err != nil {
		t.Fatal(err)
	}
	for id := range clients {
		if err := a.Open(0, auction.Client(id), unit.NewAmount(1<<60), 0); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func set(t *testing.T, a *auction.Auction, id auction.Client, b small) {
	t.Helper()
	if err := a.Bid(0, id, b.prices()); err != nil {
		t.Fatal(err)
	}
}

// gain is what somebody with these values, and these names, has of what they win.
func gain(t *testing.T, a *auction.Auction, values small, names ...auction.Client) (sum int64) {
	t.Helper()
	units := 0
	for _, id := range names {
		v, err := a.View(id)
		if err != nil {
			t.Fatal(err)
		}
		_, paid := v.Rate.Words()
		sum -= int64(paid)
		units += v.Units
	}
	for _, v := range values[:min(units, len(values))] {
		sum += int64(v)
	}
	return sum
}

// In every small book nobody gains by bidding anything but its values, nor by bidding in
// two names, whether its bid is newer than the others' or older.
func TestExhaustivelyTruthful(t *testing.T) {
	mine, theirs := bids(3, 3), bids(2, 3)
	values := bids(2, 3)
	a := stand(t, 3, 4)
	a.Effects()
	cases := 0
	for _, n := range []uint64{1, 2, 3} {
		a.SetUnits(0, n)
		for _, reserve := range []uint64{0, 1} {
			if err := a.SetReserve(0, unit.NewPrice(reserve)); err != nil {
				t.Fatal(err)
			}
			for _, x := range theirs {
				for _, y := range theirs {
					set(t, a, others, x)
					set(t, a, others+1, y)
					where := func() string { return fmt.Sprintf("N=%d reserve=%d others=%v %v", n, reserve, x, y) }
					truth := make([]int64, len(values))
					for i, v := range values {
						set(t, a, self, v)
						if truth[i] = gain(t, a, v, self); truth[i] < 0 {
							t.Fatalf("%s: values %v lose %d by the truth", where(), v, -truth[i])
						}
					}
					check := func(bid string) {
						for i, v := range values {
							cases++
							if got := gain(t, a, v, self, alias); got > truth[i] {
								t.Fatalf("%s: values %v gain %d, by %s %d", where(), v, truth[i], bid, got)
							}
						}
					}
					for _, b := range mine {
						set(t, a, self, b)
						check(fmt.Sprint(b))
					}
					for _, b := range theirs[1:] {
						set(t, a, self, b)
						for _, c := range theirs[1:] {
							set(t, a, alias, c)
							check("two names")
						}
						set(t, a, alias, nil)
					}
					for _, b := range mine { // the others' are newer
						set(t, a, self, b)
						set(t, a, others, nil)
						set(t, a, others, x)
						set(t, a, others+1, nil)
						set(t, a, others+1, y)
						check("an older " + fmt.Sprint(b))
					}
					set(t, a, self, nil)
					a.Effects()
				}
			}
		}
	}
	t.Logf("%d cases", cases)
}

// draw is a bid of n prices below top.
func draw(r *rand.Rand, n int, top uint64) (b small) {
	for range n {
		b = append(b, r.Uint64N(top))
	}
	slices.Sort(b)
	slices.Reverse(b)
	return b
}

// deviations are bids that somebody with these values might try.
func deviations(r *rand.Rand, values small, k int, top uint64) (list []small) {
	scaled := func(num, den uint64) (b small) {
		for _, v := range values {
			b = append(b, v*num/den)
		}
		return b
	}
	for _, f := range [][2]uint64{{1, 2}, {9, 10}, {99, 100}, {101, 100}, {11, 10}, {2, 1}} {
		list = append(list, scaled(f[0], f[1]))
	}
	for n := range values { // fewer units, and all of them for the first price
		list = append(list, values[:n])
		flat := slices.Clone(values)
		for i := range n {
			flat[i] = values[0]
		}
		list = append(list, flat)
	}
	for range 10 {
		list = append(list, draw(r, 1+r.IntN(k), top))
		one := slices.Clone(values)
		one[r.IntN(len(one))] = r.Uint64N(top)
		slices.Sort(one)
		slices.Reverse(one)
		list = append(list, one)
	}
	return list
}

// In large books no deviation that is tried gains either. And the curve's quotes are what
// is then paid.
func TestTruthfulInLargeBooks(t *testing.T) {
	const k, clients, top = 8, 300, 10_000
	r := rand.New(rand.NewPCG(3, 7))
	a := stand(t, k, clients)
	for book := range 40 {
		a.SetUnits(0, 100+r.Uint64N(1200))
		if err := a.SetReserve(0, unit.NewPrice(r.Uint64N(top/4))); err != nil {
			t.Fatal(err)
		}
		for id := others; id < clients; id++ {
			set(t, a, id, draw(r, 1+r.IntN(k), top))
		}
		for range 10 {
			values := draw(r, 1+r.IntN(k), top)
			set(t, a, self, values)
			truth := gain(t, a, values, self)
			for _, b := range deviations(r, values, k, top) {
				set(t, a, self, b)
				if got := gain(t, a, values, self); got > truth {
					t.Fatalf("book %d: values %v gain %d, by %v %d", book, values, truth, b, got)
				}
			}
			for range 10 {
				var one, two small
				for _, v := range values {
					v = v * (95 + r.Uint64N(11)) / 100
					if r.IntN(2) == 0 {
						one = append(one, v)
					} else {
						two = append(two, v)
					}
				}
				slices.SortFunc(one, func(x, y uint64) int { return int(y) - int(x) })
				slices.SortFunc(two, func(x, y uint64) int { return int(y) - int(x) })
				set(t, a, self, one)
				set(t, a, alias, two)
				if got := gain(t, a, values, self, alias); got > truth {
					t.Fatalf("book %d: values %v gain %d, by %v and %v %d", book, values, truth, one, two, got)
				}
				set(t, a, alias, nil)
			}
			set(t, a, self, nil)
			quoted(t, r, a, k, clients)
			a.Effects()
		}
	}
}

// quoted: what a curve says that some units would cost a client is what they cost once
// it bids more than everybody for so many.
func quoted(t *testing.T, r *rand.Rand, a *auction.Auction, k, clients int) {
	t.Helper()
	id := auction.Client(r.IntN(clients))
	v, err := a.View(id)
	if err != nil {
		t.Fatal(err)
	}
	curve, bid, have := a.Curve(), slices.Clone(v.Prices), v.Units
	for want := 0; want <= k; want++ {
		quote, ok := curve.Quote(bid, have, want)
		if !ok {
			t.Fatalf("no quote for %d units, having %d", want, have)
		}
		if err := a.Bid(0, id, slices.Repeat([]unit.Price{auction.MaxPrice()}, want)); err != nil {
			t.Fatal(err)
		}
		if v, _ := a.View(id); v.Units != want || v.Rate != quote {
			t.Fatalf("%d units cost %s, quoted %s, bid %v with %d units, %+v", want, v.Rate, quote, bid, have, curve)
		}
	}
	if err := a.Bid(0, id, bid); err != nil {
		t.Fatal(err)
	}
}

// What a curve says that a bid would win at once, and for what, is what it then wins.
func TestWin(t *testing.T) {
	const k, clients = 4, 6
	r := rand.New(rand.NewPCG(11, 3))
	a, err := auction.New(0, auction.Config{Prices: k, Units: 5})
	if err != nil {
		t.Fatal(err)
	}
	for id := range auction.Client(clients) {
		if err := a.Open(0, id, unit.AmountOfWords(1, 0), 0); err != nil {
			t.Fatal(err)
		}
	}
	var won [k + 1]int
	for range 50_000 {
		if r.IntN(6) == 0 {
			a.SetUnits(0, r.Uint64N(14))
			if err := a.SetReserve(0, unit.NewPrice(r.Uint64N(4))); err != nil {
				t.Fatal(err)
			}
		}
		id := auction.Client(r.IntN(clients))
		v, err := a.View(id)
		if err != nil {
			t.Fatal(err)
		}
		curve, standing, have := a.Curve(), slices.Clone(v.Prices), v.Units
		bid := draw(r, r.IntN(k+1), 9).prices()
		units, perHour := curve.Win(standing, have, bid)
		if err := a.Bid(0, id, bid); err != nil {
			t.Fatal(err)
		}
		if v, _ := a.View(id); v.Units != units || v.Rate != perHour {
			t.Fatalf("%v in place of %v with %d units wins %d for %s, should win %d for %s by %+v",
				bid, standing, have, v.Units, v.Rate, units, perHour, curve)
		}
		won[units]++
		a.Effects()
	}
	for units, n := range won {
		if n < 1000 {
			t.Errorf("%d units were won %d times", units, n)
		}
	}
}

// What is no price for anything has no quote, and what contradicts itself is no curve.
func TestQuotesAndCurves(t *testing.T) {
	p := func(list ...uint64) []unit.Price { return small(list).prices() }
	curve := auction.Curve{Seq: 1, Reserve: unit.NewPrice(2), Units: 5, Free: 2, Winning: p(3, 4, 4)}
	for _, c := range []struct {
		bid        []unit.Price
		have, want int
		is         uint64
		ok         bool
	}{
		{nil, 0, 0, 0, true},
		{nil, 0, 2, 4, true},
		{nil, 0, 3, 7, true},
		{nil, 0, 5, 15, true},
		{nil, 0, 6, 0, false},
		{p(4, 3), 2, 2, 4, true},
		{p(4, 3), 2, 5, 12, true},
		{p(4, 3), 2, 6, 0, false},
		{p(4), 2, 1, 0, false},
		{p(4), -1, 1, 0, false},
		{p(4), 1, -1, 0, false},
	} {
		if got, ok := curve.Quote(c.bid, c.have, c.want); ok != c.ok || ok && got != unit.NewPrice(c.is) {
			t.Errorf("Quote(%v, %d, %d) = %s, %v", c.bid, c.have, c.want, got, ok)
		}
	}
	if _, ok := curve.Charge(p(4), 2); ok {
		t.Error("a bid of one price pays for two units")
	}
	if err := curve.Valid(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*auction.Curve){
		"free":    func(c *auction.Curve) { c.Free = 6 },
		"losing":  func(c *auction.Curve) { c.Losing = p(3) },
		"crossed": func(c *auction.Curve) { c.Free, c.Units, c.Losing = 0, 3, p(4, 3) },
		"order":   func(c *auction.Curve) { c.Free, c.Units, c.Losing = 0, 3, p(2, 3) },
		"reserve": func(c *auction.Curve) { c.Reserve = unit.NewPrice(4) },
		"winning": func(c *auction.Curve) { c.Winning = p(4, 3, 4) },
		"sold":    func(c *auction.Curve) { c.Units = 4 },
		"hidden":  func(c *auction.Curve) { c.Winning = nil },
		"huge":    func(c *auction.Curve) { c.Winning = []unit.Price{unit.PriceOfWords(1<<58, 0)} },
	} {
		bad := curve
		change(&bad)
		if bad.Valid() == nil {
			t.Errorf("%s: %+v is valid", name, bad)
		}
	}
}
