package buyer

import "github.com/candela-les/candela/unit"

// Quality is counted in permille: the share of what was asked that was answered well.
const perfect = 1000

const (
	// qualityHalfLife is the time in which what was seen loses half its weight: long enough that an
	// evening's trouble does not make a server bad, short enough that a server can mend.
	qualityHalfLife = 6 * 3600 * unit.Second
	// agings is in how many steps a half-life ages: on a grid of its own, so that it does not matter how
	// often anybody looks.
	agings = 16
	// aged is 2^(−1/16) of 65,536.
	aged = 62_757

	// An answer counts a thousand, so that ageing has something to round.
	answerWeight = 1000
	// prior is what an unknown server begins with, half of it good: it looks as bad as one that answers
	// every second time, so that any server known to be good is preferred.
	prior = 20 * answerWeight
	// heaviest is the most that is kept: a change of a busy server's quality shows within 20,000
	// answers.
	heaviest = 20_000 * answerWeight
	// lieWeight is what an answer proven wrong counts, in bad answers.
	lieWeight = 500
	// absentWeight is what each lost connection counts, and each minute without one up to
	// absentLongest.
	absentWeight  = 5
	absentLongest = 60

	// known is how many answers make a server known.
	known = 20 * answerWeight
	// smooth is the permille of answers on time from which an interval was served well, and fewest how many
	// answers it takes to say so.
	smooth = 950
	rough  = 800
	fewest = 10
)

// quality is what is known of how a server serves, free and paid alike. What it did long ago counts less.
type quality struct {
	good, bad uint64 // in answerWeight
	ageAt     unit.Instant
}

// age lets what was seen fade.
func (q *quality) age(now unit.Instant) {
	const step = qualityHalfLife / agings
	for n := 0; now.Since(q.ageAt) >= step; n++ {
		if q.good+q.bad == 0 || n > 64*agings {
			q.ageAt = now // nothing is left to fade
			return
		}
		q.good, q.bad = q.good*aged>>16, q.bad*aged>>16
		q.ageAt = q.ageAt.Add(step)
	}
}

// count takes in so many good and bad answers.
func (q *quality) count(good, bad uint64) {
	q.good += min(good, 1<<24) * answerWeight
	q.bad += min(bad, 1<<24) * answerWeight
	if sum := q.good + q.bad; sum > heaviest {
		// Both shrink alike: what was seen lately weighs more.
		q.good = q.good * heaviest / sum
		q.bad = heaviest - q.good
	}
}

// measured takes in an interval. A late answer is worth half a good one.
func (q *quality) measured(m Measured) {
	late := min(m.Late, m.Answers)
	q.count(m.Answers-late+late/2, late-late/2+min(m.Failed, 1<<30)+min(m.Lies, 1<<20)*lieWeight)
}

// absent takes in that the server was not there for a while.
func (q *quality) absent(span unit.Span) {
	minutes := uint64(span / (60 * unit.Second))
	q.count(0, absentWeight+min(minutes, absentLongest))
}

// value is the quality in permille, from 1 to perfect.
func (q *quality) value() uint64 {
	return max((q.good+prior/2)*perfect/(q.good+q.bad+prior), 1)
}

// known reports whether the server was seen answering at all.
func (q *quality) known() bool { return q.good+q.bad >= known }

// growth is how many units may be asked of a server, by what it has shown.
type growth struct {
	units uint64
}

// measured takes in an interval during which the client had so many units of the size given,
// none if it was served for free.
func (g *growth) measured(m Measured, have uint64, size unit.Cost) {
	asked := m.Answers + min(m.Failed, 1<<30)
	if asked < fewest || m.Span < unit.Millisecond || size == 0 { // what it sells is not known yet
		return
	}
	onTime := (m.Answers - min(m.Late, m.Answers)) * perfect / asked
	shown := max(have, uint64(m.Served/unit.Cost(m.Span/unit.Millisecond)/size))
	switch {
	case onTime >= smooth:
		g.units = max(g.units, min(2*shown, MaxUnits))
	case onTime < rough && have > 0:
		g.units = max(have/2, 1)
	}
}

// limit is the most units to ask for: at least one, or nothing would ever be shown.
func (g *growth) limit() uint64 { return max(g.units, 1) }
