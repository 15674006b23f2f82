package buyer

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/candela-les/candela/unit"
)

const (
	// moveSpan is for how long another server has to be better until a good one is left for it.
	moveSpan = 300 * unit.Second
	// moveCost is what moving costs at first, as a part of the price: three minutes of an hour's service, for
	// that is what connecting, proving that it serves and earning a new buffer come to. It doubles with
	// each move of the last moveMemory, up to four fifths of the price.
	moveCost   = 20
	moveMemory = 6 * 3600 * unit.Second
	movesCount = 4 // doublings: 1/20, 1/10, 1/5, 2/5, then 4/5
	changePart = 8 // a bid that is off by less than a part in so many is left alone
	changeSpan = 60 * unit.Second
	returnPart = 16 // prices have to be lower by such a part to come back
	patience   = 30 * unit.Second
	probeSpan  = 600 * unit.Second
)

// plan is where what is wanted is to be had.
type plan struct {
	choices []choice // in the order in which they count for each other
	covers  unit.Cost
	least   unit.Cost // what it has to cover
	trying  bool      // some servers are left out because they are still tried for free
}

// choice is one server of a plan.
type choice struct {
	*server
	units uint64
	most  uint64       // that may be bid for, whatever they cost
	bid   []unit.Price // before the coin
	tight bool         // the lower side of the coin would lose what is worth its price
}

// option is a server that could be chosen.
type option struct {
	*server
	seen  book
	price unit.Price // of a standard unit of perfect quality
	first bool       // it serves already, and nothing has been better for long enough
	limit uint64
}

// options lists the servers that can be bid at, the best first: those that serve already, then by price for like
// service. trying says whether there are others that are not trusted yet.
func (b *Buyer) options(now unit.Instant) (all []option, trying bool) {
	all = make([]option, 0, len(b.servers))
	for _, s := range b.servers {
		if !s.ready(now) {
			continue
		}
		o := option{server: s, seen: *s.seen(), limit: min(s.growth.limit(), s.maxBid(), b.share(s))}
		o.price = b.like(&o)
		all = append(all, o)
	}
	known := len(all)
	all = b.trusted(now, all)
	trying = len(all) < known
	slices.SortFunc(all, byPrice)
	b.mark(now, all)
	slices.SortStableFunc(all, func(x, y option) int {
		switch {
		case x.first == y.first:
			return 0
		case x.first:
			return -1
		}
		return 1
	})
	return all, trying
}

func byPrice(x, y option) int {
	return cmp.Or(x.price.Cmp(y.price), bytes.Compare(x.id[:], y.id[:]))
}

// share is the most units of what is wanted that one server is to have: what is left must do when it
// is lost.
func (b *Buyer) share(s *server) uint64 {
	n := unit.Cost(max(b.demand.Servers, 1))
	each := (b.demand.Want() + n - 1) / n
	return uint64((each + s.terms.Unit - 1) / s.terms.Unit)
}

// like is the price for like service: what a unit costs there, for a standard unit, as if it were worth
// more by as much as its quality lacks. Elsewhere moving there is added.
func (b *Buyer) like(o *option) unit.Price {
	var p unit.Price
	if o.units > 0 {
		p = priceOf(o.seen.charge(o.units))
		p = scale(p, 1, o.units)
	} else if next, ok := o.seen.next(1); ok {
		p = b.withMove(o.server, next)
	} else {
		p = unit.PriceOfWords(1<<64-1, 1<<64-1)
	}
	return scale(o.standard(p), perfect, o.quality.value())
}

// withMove adds to a price what it costs to move there.
func (b *Buyer) withMove(s *server, p unit.Price) unit.Price {
	part := scaleUp(p, 1<<min(len(b.moves), movesCount), moveCost)
	return add(add(add(p, part), hourly(s.terms.Fee, 1)), unit.NewPrice(1)) // never for nothing
}

// trusted leaves out servers that nobody knows yet, for as long as they are being tried for free
// and there are others, or trialSpan has not passed. The list is written over.
func (b *Buyer) trusted(now unit.Instant, all []option) []option {
	unknown := func(o option) bool { return !o.quality.known() && o.units == 0 }
	var capacity unit.Cost
	good := 0
	for _, o := range all {
		if !unknown(o) {
			good++
			capacity += o.terms.Unit.Mul(b.share(o.server))
		}
	}
	enough := capacity >= b.demand.Want() && good >= b.demand.Servers
	return slices.DeleteFunc(all, func(o option) bool {
		return unknown(o) && (enough || now.Since(o.since) < trialSpan)
	})
}

// mark decides which of the servers that serve stay first. all is in the order of prices.
func (b *Buyer) mark(now unit.Instant, all []option) {
	for i := range all {
		o := &all[i]
		if o.units == 0 {
			continue
		}
		switch {
		case i < b.demand.Servers:
			o.behind = 0
		case o.behind == 0:
			o.behind = max(now, 1)
		}
		o.first = o.behind == 0 || now.Since(o.behind) < moveSpan
	}
}

// worth is what the n-th unit at a server is worth when so much is had before it, paced.
func (b *Buyer) worth(s *server, had unit.Cost, n uint64) unit.Price {
	v := b.demand.Value(had.Add(s.terms.Unit.Mul(n - 1)))
	return scale(s.local(v), b.factor(), full)
}

// makePlan chooses servers, and then what to bid there.
func (b *Buyer) makePlan(now unit.Instant) plan {
	options, trying := b.options(now)
	p := plan{least: b.least(options), trying: trying}
	for i := range options {
		o := &options[i]
		if len(p.choices) == b.demand.Servers || p.covers >= b.demand.Want() {
			break
		}
		if n := b.affordable(now, o, options[i+1:], p.covers); n > 0 {
			p.choices = append(p.choices, choice{server: o.server, units: n, most: b.most(o, p.covers)})
			p.covers = p.covers.Add(o.terms.Unit.Mul(n))
		}
	}
	others := slices.DeleteFunc(options, func(o option) bool {
		return slices.ContainsFunc(p.choices, func(c choice) bool { return c.server == o.server })
	})
	var won unit.Cost
	for i := range p.choices {
		c := &p.choices[i]
		b.value(now, c, others, won)
		won = won.Add(c.terms.Unit.Mul(min(c.server.units, c.units)))
	}
	return p
}

// value fills in what to bid for the units of a choice when so much is won at those before it.
func (b *Buyer) value(now unit.Instant, c *choice, others []option, won unit.Cost) {
	most, limited := b.alternative(now, others, c)
	for k := range c.units {
		v := b.worth(c.server, won, k+1)
		if limited && most.Cmp(v) < 0 {
			v = most
			// There is less between the price here and that of the alternative than the coin takes. Who
			// shills then gains no more than moving costs.
			c.tight = c.tight || dithered(v).Cmp(c.beats(k+1)) <= 0
		}
		c.bid = append(c.bid, v)
	}
}

// beats is the price that the n-th unit has to beat at a server.
func (c *choice) beats(n uint64) unit.Price {
	seen := c.seen()
	if n <= c.server.units {
		return seen.displaced(0)
	}
	p, _ := seen.next(n - c.server.units)
	return p
}

// most is how many units may be bid for when so much is had before.
func (b *Buyer) most(o *option, had unit.Cost) uint64 {
	lacks := b.demand.Want() - min(had, b.demand.Want())
	return min(o.limit, o.seen.Units, uint64((lacks+o.terms.Unit-1)/o.terms.Unit))
}

// affordable is how many of them to count on. Those that are had must cost no more than they are worth;
// those that are not, whichever way the coin falls, and no more than at servers that come later.
func (b *Buyer) affordable(now unit.Instant, o *option, later []option, had unit.Cost) (n uint64) {
	most, limited := b.alternative(now, later, &choice{server: o.server, units: 1})
	for all := b.most(o, had); n < all; n++ {
		v := b.worth(o.server, had, n+1)
		if v.IsZero() || n < o.units && o.seen.displaced(0).Cmp(v) > 0 {
			break
		}
		if n < o.units {
			continue
		}
		v = dithered(v)
		p, ok := o.seen.next(n + 1 - o.units)
		if b.out { // to come back it has to be lower
			p = add(p, scale(p, 1, returnPart))
		}
		if !ok || p.Cmp(v) > 0 || limited && p.Cmp(most) > 0 {
			break
		}
	}
	return n
}

// factor is what all bids are multiplied by, of full.
func (b *Buyer) factor() uint64 { return min(b.pacer.factor, b.guard) }

// least is what has to be had for the demand to be served: what is needed or, while servers have not shown
// that they can do as much, all that may be asked of those that are asked.
func (b *Buyer) least(options []option) unit.Cost {
	var sum unit.Cost
	for i := range options[:min(len(options), b.demand.Servers)] {
		o := &options[i]
		sum = sum.Add(o.terms.Unit.Mul(o.limit))
	}
	return min(sum, b.demand.Need)
}

// alternative is the most to bid at a server for a unit: what the best one that is not chosen has cost at worst
// for the last minutes, for like service and as much of it, with moving there.
func (b *Buyer) alternative(now unit.Instant, others []option, than *choice) (best unit.Price, ok bool) {
	for i := range others {
		o := &others[i]
		units := uint64((than.terms.Unit.Mul(than.units) + o.terms.Unit - 1) / o.terms.Unit)
		last, room := o.seen.next(units)
		if !room || units > o.limit || !o.quality.known() || !o.sight.lasts(now) {
			continue
		}
		p := scaleUp(b.withMove(o.server, higher(last, o.sight.worst())), uint64(than.terms.Unit), uint64(o.terms.Unit))
		p = scaleUp(p, than.quality.value(), o.quality.value())
		if !ok || p.Cmp(best) < 0 {
			best, ok = p, true
		}
	}
	return best, ok
}
