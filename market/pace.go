package market

import (
	"math/bits"

	"github.com/candela-les/candela/unit"
)

// Spans of pace.
const (
	paceBurst = 10 * unit.Millisecond
	// Paid requests do not take so much ahead that free ones have to wait for longer than
	// the first; what free ones cost is waited for until the second.
	paidDebt = 100 * unit.Millisecond
	freeDebt = 10 * unit.Second
	// paceStep is how much room is waited for when there is none, so that there is not
	// a timer for every request.
	paceStep = 100 * unit.Microsecond
)

// pace keeps serving within the capacity: what is served is taken from it, paid
// requests included, and free ones begin only while something is left. Its level is in
// nanoseconds of the whole capacity.
//
// While a request is served it is taken to cost what a thread can do in that time;
// when it is done, what is missing or too much is set right.
type pace struct {
	rate    unit.Cost // per millisecond
	level   int64
	serving int // requests
	last    unit.Instant
}

func (p *pace) setRate(now unit.Instant, rate unit.Cost) {
	p.advance(now)
	p.rate = max(rate, 1)
}

func (p *pace) advance(now unit.Instant) {
	passed := min(now.Since(p.last), freeDebt)
	p.last = max(p.last, now)
	used := p.span(unit.Cost(p.serving).Mul(uint64(passed)))
	p.level = max(min(p.level+int64(passed-used), int64(paceBurst)), -int64(freeDebt))
}

// begin and end tell that a request is served, and not any more.
func (p *pace) begin(now unit.Instant) {
	p.advance(now)
	p.serving++
}

func (p *pace) end(now unit.Instant) {
	p.advance(now)
	p.serving--
}

// take pays for what was served, free or paid; back gives back.
func (p *pace) take(now unit.Instant, cost unit.Cost, free bool) {
	p.advance(now)
	floor := -int64(paidDebt)
	if free {
		floor = -int64(freeDebt)
	}
	p.level = max(p.level-int64(p.span(cost)), min(p.level, floor))
}

func (p *pace) back(now unit.Instant, cost unit.Cost) {
	p.advance(now)
	p.level = min(p.level+int64(p.span(cost)), int64(paceBurst))
}

// span is how long the whole capacity takes for a cost, as far as it can matter.
func (p *pace) span(cost unit.Cost) unit.Span {
	const most = freeDebt + paceBurst
	if cost == 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(cost), uint64(unit.Millisecond))
	if hi >= uint64(max(p.rate, 1)) {
		return most
	}
	q, _ := bits.Div64(hi, lo, uint64(p.rate))
	return unit.Span(min(q, uint64(most)))
}

// any reports whether a free request may begin.
func (p *pace) any(now unit.Instant) bool {
	p.advance(now)
	return p.level > 0
}

// wait is when to look again.
func (p *pace) wait(now unit.Instant) unit.Span {
	p.advance(now)
	if p.level > 0 {
		return 0
	}
	return unit.Span(-p.level) + paceStep
}

// ratio is what requests cost, as a part of what their price says at most: the
// decaying mean over about the last ratioWeight of them, in millionths.
type ratio struct{ ppm int64 }

const (
	ratioWeight = 64
	million     = 1_000_000
)

func (r *ratio) learn(maxCost, cost unit.Cost) {
	part := int64(min(cost, maxCost).Mul(million) / max(maxCost, 1))
	if r.ppm == 0 {
		r.ppm = part
	}
	r.ppm += (part - r.ppm) / ratioWeight
}

// of is what a request probably costs.
func (r *ratio) of(maxCost unit.Cost) unit.Cost {
	if r.ppm == 0 {
		return maxCost
	}
	return max(maxCost.Mul(uint64(r.ppm))/million, 1)
}
