package sim

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// person is who wants something: it knows what service is worth, and changes its mind.
type person struct {
	base  float64 // price that it is usually worth
	value uint64  // and now, for a standard unit and hour
	need  uint64  // standard units, 0: nothing now
	next  unit.Instant
}

// dearest is the most that a unit is worth to anybody: with it no sum overflows.
const dearest = 1e12

// change draws what is wanted from now on, and until when.
func (p *person) change(now unit.Instant, s *Scenario, k *ClientKind, r *rand.Rand) {
	p.next = now.Add(unit.Span(k.AtLeast) + unit.Span(r.ExpFloat64()*float64(k.Change-k.AtLeast)))
	p.need = 0
	wants, draw := (1-k.Idle)*s.tide(now), r.Float64()
	need := k.Need[0] + r.Uint64N(k.Need[1]-k.Need[0]+1)
	p.value = uint64(min(max(p.base*math.Exp(k.Moves*r.NormFloat64()), 1), dearest))
	if draw < wants {
		p.need = need
	}
}

// tide is what the number of those that want something is multiplied by.
func (s *Scenario) tide(now unit.Instant) float64 {
	factor := 1.0
	if s.Day.Period > 0 {
		factor += s.Day.Swing * math.Sin(2*math.Pi*float64(now)/float64(s.Day.Period))
	}
	for _, shock := range s.Shocks {
		if at := time.Duration(now); at >= shock.At && at < shock.At+shock.Lasts {
			factor *= shock.Factor
		}
	}
	return factor
}

// demand is what a person tells its buyer.
func (p *person) demand(k *ClientKind) buyer.Demand {
	if p.need == 0 || k.Free {
		return buyer.FreeDemand()
	}
	d := p.truth(k)
	d.MaxPrice = unit.PricePerHour(uint64(math.Max(float64(p.value)*k.Exaggerate, 1)))
	units := float64((d.Want() + buyer.StandardUnit - 1) / buyer.StandardUnit)
	d.DailyBudget = unit.NewAmount(uint64(math.Max(float64(p.value)*units*k.Budget, 1)))
	return d
}

// truth is what is really wanted, and worth so much.
func (p *person) truth(k *ClientKind) buyer.Demand {
	return buyer.Demand{
		Need: buyer.StandardUnit.Mul(p.need), Servers: k.Servers, MaxPrice: unit.PricePerHour(p.value),
	}
}
