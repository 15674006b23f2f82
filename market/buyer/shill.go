package buyer

import "github.com/candela-les/candela/unit"

// A seller that sees the book can put a bid of its own just under a client's, and raise what it
// pays to what it bid. The signed curve makes that bid the same for everybody, but does not forbid
// it. It is found out by an experiment: every bid is lowered a little or not, by the toss of a coin that nobody
// else sees. What others would bid does not depend on the coin; what a shill bids does.
//
// After each toss it is looked whether the losing price just under the bid moved the coin's way. If it
// does not depend on the coin, half of the moves do, whatever else moves prices and bids: the toss is fair
// and made afterwards. So a gambler who bets half of his money on each next move
// expects to keep it. Score is the logarithm of his money, and starts again
// from what he had at first when he has lost: by Ville's inequality and Lorden's bound for such
// sums an honest seller is suspected once in 2^20 moves on average, at the soonest; one that follows every move
// after some 35 of them.
const (
	scoreUnit   = 1000             // of a doubling
	scoreMatch  = 584              // log₂(3/2), rounded down
	scoreMiss   = -1000            // log₂(1/2)
	scoreGuilty = 20 * scoreUnit   // a millionfold
	settleSpan  = 45 * unit.Second // until the price is looked at
	staleSpan   = 300 * unit.Second
	ditherPart  = 16 // a bid is lowered by a part in so many
)

// shill watches one server.
type shill struct {
	score   int
	moves   uint64 // counted so far
	open    bool
	at      unit.Instant
	coin    bool
	units   uint64 // had when the coin was tossed
	before  unit.Price
	through uint64 // states of the book up to here are from before
}

// toss notes a bid that is placed with that coin, while the book was as seen.
func (s *shill) toss(now unit.Instant, coin bool, seen *book, units uint64) {
	s.open = seen != nil && units > 0
	if s.open {
		s.at, s.coin, s.units = now, coin, units
		s.before, s.through = seen.displaced(0), seen.Seq
	}
}

// look takes in a later state of the book. The price of the same place among others' bids is
// compared: if this client has lost a unit since, its place is among the winning ones. So whether
// the coin itself won or lost a unit makes no difference.
func (s *shill) look(now unit.Instant, seen *book, units uint64) {
	if !s.open || now.Since(s.at) < settleSpan || seen.Seq <= s.through {
		return
	}
	s.open = false
	after := seen.displaced(int(units) - int(s.units))
	if now.Since(s.at) > staleSpan || after == s.before {
		return
	}
	s.moves++
	if (after.Cmp(s.before) > 0) == s.coin {
		s.score += scoreMatch
	} else {
		s.score = max(s.score+scoreMiss, 0)
	}
}

func (s *shill) guilty() bool { return s.score >= scoreGuilty }

// coins is a sequence of tosses from a seed (splitmix64).
type coins uint64

func (c *coins) toss() bool { return c.draw()>>63 == 1 }

func (c *coins) draw() uint64 {
	*c += 0x9e37_79b9_7f4a_7c15
	x := uint64(*c)
	x = (x ^ x>>30) * 0xbf58_476d_1ce4_e5b9
	x = (x ^ x>>27) * 0x94d0_49bb_1331_11eb
	return x ^ x>>31
}
