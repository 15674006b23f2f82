package buyer

import (
	"fmt"
	"testing"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/unit"
)

// margin plays changes of an own bid at a seller's whose book moves as next says, and returns how many
// moves it took until the seller was found guilty, or how many there were.
func margin(seed uint64, changes int, next func(i int, coin bool, last uint64) uint64) (s shill, guilty bool) {
	random := coins(seed)
	now, price := unit.Instant(0), uint64(1_000_000)
	for i := range changes {
		at := &auction.Curve{Seq: uint64(2 * i), Losing: []unit.Price{unit.NewPrice(price)}}
		seen := look(at, nil, 0)
		coin := random.toss()
		s.toss(now, coin, &seen, 1)
		price = next(i, coin, price)
		now = now.Add(settleSpan)
		at = &auction.Curve{Seq: uint64(2*i + 1), Losing: []unit.Price{unit.NewPrice(price)}}
		seen = look(at, nil, 0)
		s.look(now, &seen, 1)
		now = now.Add(settleSpan)
		if s.guilty() {
			return s, true
		}
	}
	return s, false
}

// Books that know nothing of the coin are hardly ever suspected, whatever they do: once in 2^20 moves at most.
// Here are that many, of four kinds.
func TestHonestBooksAreNotSuspected(t *testing.T) {
	for name, next := range map[string]func(r *noise, i int, last uint64) uint64{
		"random":  func(r *noise, _ int, _ uint64) uint64 { return 900_000 + r.below(200_000) },
		"walk":    func(r *noise, _ int, last uint64) uint64 { return max(last+r.below(1001), 1000) - 500 },
		"rising":  func(r *noise, _ int, last uint64) uint64 { return last + 1 + r.below(10) },
		"cycling": func(_ *noise, i int, _ uint64) uint64 { return 900_000 + 1000*uint64(i%2) },
	} {
		suspected, moves := 0, uint64(0)
		for seed := range uint64(64) {
			r := noise(1_000_000 + seed)
			s, guilty := margin(seed, 1<<12, func(i int, _ bool, last uint64) uint64 { return next(&r, i, last) })
			moves += s.moves
			if guilty {
				suspected++
			}
		}
		if moves < 1<<17 {
			t.Errorf("%s: %d moves are no test", name, moves)
		}
		if suspected > 1 { // a quarter of one is what the bound allows
			t.Errorf("%s: %d of 64 honest books suspected in %d moves", name, suspected, moves)
		}
	}
}

// A seller that keeps just under the bid is found out soon; one that does so half of the time, or whose
// book moves by itself as often, later.
func TestShillsAreSuspected(t *testing.T) {
	for _, tt := range []struct {
		follows uint64 // of ten moves
		most    uint64 // moves
	}{{10, 60}, {9, 150}, {8, 400}} {
		for seed := range uint64(20) {
			r := noise(seed + 77)
			s, guilty := margin(seed, 4000, func(_ int, coin bool, last uint64) uint64 {
				switch {
				case r.below(10) >= tt.follows:
					return 900_000 + r.below(200_000)
				case coin:
					return max(last+1, 999_999)
				}
				return min(last-1, 937_499)
			})
			if !guilty || s.moves > tt.most {
				t.Errorf("one that follows %d of 10 moves: guilty %v after %d moves", tt.follows, guilty, s.moves)
			}
		}
	}
}

// In a whole market, a server with a bid of its own just under the buyer's is left; another one, whose prices
// move all the time, is not, in a month.
func TestShillIsLeft(t *testing.T) {
	d, err := ParseDemand("wallet budget=1000000000000 price=1000000000")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, Config{Demand: d, Seed: 3})
	for i := range 2 { // no other one to go to
		s := w.seller(fmt.Sprintf("s%d", i))
		s.units, s.reserve, s.others = 1, 1000, []uint64{300_000_000}
		s.join()
	}
	shill := w.seller("s1")
	w.onBid = func(s *seller) {
		if s == shill {
			_, top := s.bid[0].Words()
			s.others = []uint64{top - 1}
		}
	}
	random := noise(5)
	w.tick = func(s *seller) {
		if s == shill && s.bid == nil { // nobody to follow: it lures
			s.others[0] = 300_000_000
			s.changed(false)
		}
		if s != shill && random.below(6) == 0 {
			s.others[0] = 290_000_000 + random.below(20_000_000)
			s.changed(false)
		}
	}
	w.run(30 * day)
	if w.left["s1"] != ErrShill || len(w.left) != 1 { //nolint:errorlint // a sentinel, unwrapped
		t.Errorf("left %v\n%s", w.left, w.out.String()[:min(w.out.Len(), 1500)])
	}
}
