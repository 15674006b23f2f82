package buyer

import (
	"slices"

	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

const (
	day = 24 * hour

	// stepSpan is how often the buyer looks at everything again, and reach how far it looks ahead
	// each time: as far as the step after the next one, so that a late one, a withdrawal on its
	// way and a charge that crosses it cost nothing that is not there.
	stepSpan = 60 * unit.Second
	reach    = 2 * stepSpan

	// full is the pacing factor that leaves bids as they are.
	full = 1 << 16
	// paceSpan is how often the factor moves, and paceStep by what part of it.
	paceSpan = 300 * unit.Second
	paceStep = 16
	// lead is the part of the day that may be spent before it has passed, so that a day can begin.
	lead = day / 24

	// grace is how long a bid may still stand after it was withdrawn.
	grace = 5 * unit.Second
)

// debt bounds what a server may yet charge: every bid at its own prices for as long as it stood.
type debt struct {
	stretches []stretch // ascending; the last one is now
	fees      unit.Amount
}

// stretch is a rate from an instant on.
type stretch struct {
	from unit.Instant
	rate *uint256.Int
}

// maxStretches is the most that is kept apart; older ones become one at the highest of their rates.
const maxStretches = 64

// set says at what rate a server may charge from now on. A lower one holds only after a grace, in
// which the old bid may still stand.
func (d *debt) set(now unit.Instant, rate *uint256.Int, grace unit.Span) {
	holds := now.Add(grace)
	n := len(d.stretches)
	for ; n > 0 && d.stretches[n-1].from > now; n-- { // a lower rate that has not begun yet
		holds = max(holds, d.stretches[n-1].from)
	}
	d.stretches = d.stretches[:n]
	if n == 0 || !rate.Lt(d.stretches[n-1].rate) {
		holds = now
	}
	d.stretches = append(d.stretches, stretch{holds, rate})
	if len(d.stretches) > maxStretches {
		if d.stretches[0].rate.Gt(d.stretches[1].rate) {
			d.stretches[1].rate = d.stretches[0].rate
		}
		d.stretches[1].from = d.stretches[0].from
		d.stretches = d.stretches[1:]
	}
}

func (d *debt) clone() debt { return debt{slices.Clone(d.stretches), d.fees} }

// settle forgets what has been charged by now.
func (d *debt) settle(through unit.Instant) {
	for len(d.stretches) > 1 && d.stretches[1].from <= through {
		d.stretches = d.stretches[1:]
	}
	if len(d.stretches) > 0 && d.stretches[0].from < through {
		d.stretches[0].from = through
	}
}

// bound is the most that can be charged until then, fees included, if nothing changes.
func (d *debt) bound(until unit.Instant) unit.Amount {
	sum := new(uint256.Int)
	for i, s := range d.stretches {
		end := until
		if i+1 < len(d.stretches) && d.stretches[i+1].from < end {
			end = d.stretches[i+1].from
		}
		sum.Add(sum, over(s.rate, end.Since(s.from)))
	}
	return worth(sum).Plus(d.fees)
}

// pacer spreads a daily budget over the day.
type pacer struct {
	dayAt  unit.Instant // when today began
	spent  unit.Amount  // charged today
	factor uint64       // of all bids, full at most
	next   unit.Instant
}

// today begins a new day when it is time to.
func (p *pacer) today(now unit.Instant) {
	for now.Since(p.dayAt) >= day {
		p.dayAt = p.dayAt.Add(now.Since(p.dayAt) / day * day)
		p.spent = unit.Amount{}
	}
}

// pace moves the factor: down while more is spent than the part of the day that has passed, and the
// lead, allow; up again while it is less than seven eighths of that.
func (p *pacer) pace(now unit.Instant, spent, budget unit.Amount) {
	if now < p.next {
		return
	}
	p.next = now.Add(paceSpan)
	allowed := over(wideAmount(budget), min(now.Since(p.dayAt)+lead, day))
	used := over(wideAmount(spent), day)
	switch {
	case used.Gt(allowed):
		p.factor = max(p.factor-p.factor/paceStep, 1)
	case new(uint256.Int).Mul(used, uint256.NewInt(8)).Lt(allowed.Mul(allowed, uint256.NewInt(7))):
		p.factor = min(p.factor+p.factor/paceStep+1, full)
	}
}

// carries returns the factor at which so many units, each bid that price until reach, cost no more than is
// left.
func carries(left unit.Amount, units uint64, price unit.Price) uint64 {
	all := over(new(uint256.Int).Mul(wideOf(price), uint256.NewInt(units)), reach)
	if all.IsZero() {
		return full
	}
	x := new(uint256.Int).Mul(wideAmount(left), uint256.NewInt(divisor))
	if x.Cmp(all) >= 0 {
		return full
	}
	// Below all, which has at most 128 + 64 + 37 bits: 16 more fit.
	x.Mul(x, uint256.NewInt(full))
	return x.Div(x, all).Uint64()
}
