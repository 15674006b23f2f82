package sim

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// refusedSpan is for how long a server is left alone that has refused a bid.
const refusedSpan = 60 * unit.Second

// measureSpan is how often a client tells its buyer how servers answered.
const measureSpan = 60 * unit.Second

// client is a person with a light client and its buyer.
type client struct {
	index    int32
	kind     uint8
	buyer    *buyer.Buyer
	pcg      rand.PCG
	person   person
	links    []link
	measured unit.Instant
	asked    unit.Instant // for what it is charged
	busy     bool
	told     bool // of something, in this round
	left     *departure

	paid, charged, refunded uint64 // base units: what it knows of its money
}

// link is a server that a client has found.
type link struct {
	server   int32
	slot     uint32
	units    uint8
	up       bool
	left     bool
	bids     bool   // by what was sent
	good     bool   // its last free service was
	credited uint64 // ever, by its word
	tries    uint8  // intervals for which it is still to be tried for free
	paid     uint32
	free     uint32 // cost per ms, as the server was told
}

// departure is why a client has left a server.
type departure struct {
	server int32
	reason error
	proven bool
}

// tryLoad is asked of a server that is tried: 30 requests a minute.
const tryLoad = 500

// id names a server to buyers.
func id(server int32) (i buyer.ID) {
	i[0], i[1], i[2], i[3] = byte(server>>24), byte(server>>16), byte(server>>8), byte(server)
	return i
}

func serverOf(i buyer.ID) int32 {
	return int32(i[0])<<24 | int32(i[1])<<16 | int32(i[2])<<8 | int32(i[3])
}

func (c *client) link(server int32) int {
	for i := range c.links {
		if c.links[i].server == server {
			return i
		}
	}
	panic("sim: a server that was never found")
}

// hear takes in what a server says.
func (c *client) hear(now unit.Instant, n *notice) {
	l := &c.links[n.link]
	switch n.news {
	case allocated:
		l.units = n.units
		c.buyer.Allocated(now, id(l.server), buyer.Allocation{
			Since: n.at, Seq: n.seq, Bid: n.number, Fell: n.fell, Units: uint64(n.units), Rate: n.rate,
		})
	case account:
		c.paid += n.more - l.credited
		l.credited = n.more
		c.buyer.Account(now, id(l.server), buyer.Account{
			Balance: unit.NewAmount(n.amount), Credited: unit.NewAmount(n.more),
		})
	case charged:
		c.charged += n.amount + n.more
		c.buyer.Charged(now, id(l.server), buyer.Charge{
			Since: n.since, At: n.at, Through: n.at, Amount: unit.NewAmount(n.amount), Fees: unit.NewAmount(n.more),
			Most: unit.NewAmount(n.amount), // servers are honest here
		})
	case refunded:
		c.refunded += n.amount
	case refused:
		c.buyer.Refused(now, id(l.server), n.number, now.Add(refusedSpan))
		l.bids = false
	case unfilled:
		c.buyer.Unfilled(now, id(l.server), unit.NewAmount(n.amount))
	case gone:
		if l.up {
			l.up, l.bids, l.units, l.paid, l.free = false, false, 0, 0, 0
			c.buyer.Gone(now, id(l.server))
		}
	}
}

// act does what a client has to do at an instant, and returns when it has to again.
func (c *client) act(now unit.Instant, p *post) unit.Instant {
	k := &p.w.scenario.Clients[c.kind]
	c.meet(now, p)
	if now >= c.person.next {
		c.person.change(now, p.w.scenario, k, rand.New(&c.pcg))
		c.buyer.SetDemand(now, c.person.demand(k))
		c.measure(now, p) // and sees what prices are
	}
	if c.busy && now.Since(c.measured) >= measureSpan {
		c.measure(now, p)
	}
	if now.Since(c.asked) >= p.w.statements {
		c.asked = now
		for i := range c.links {
			if l := &c.links[i]; l.bids && l.up {
				p.send(c, l, order{at: now, act: hello})
			}
		}
	}
	if now >= c.buyer.Next() {
		c.buyer.Tick(now)
	}
	for list := c.buyer.Effects(); len(list) > 0; list = c.buyer.Effects() {
		for i := range list {
			c.carryOut(now, &list[i], p, k)
		}
	}
	c.ask(now, p, k)
	next := min(c.buyer.Next(), c.person.next)
	if c.busy = c.busies(); c.busy {
		next = min(next, c.measured.Add(measureSpan), c.asked.Add(p.w.statements))
	}
	return next
}

// busies reports whether anything is wanted, bid or asked for. Who does nothing looks at nothing.
func (c *client) busies() bool {
	return c.person.need > 0 || slices.ContainsFunc(c.links, func(l link) bool { return l.bids || l.paid+l.free > 0 || l.tries > 0 })
}

// meet notices servers that have come.
func (c *client) meet(now unit.Instant, p *post) {
	for i := range c.links {
		l := &c.links[i]
		v := &p.w.sellers[l.server].view
		if l.left || l.up || !v.up {
			continue
		}
		l.up = true
		c.buyer.Join(now, id(l.server))
		c.buyer.Conditions(now, id(l.server), v.terms)
		if l.credited > 0 {
			p.send(c, l, order{at: now, act: hello})
		} else {
			c.buyer.Account(now, id(l.server), buyer.Account{})
		}
		c.buyer.Curve(now, id(l.server), v.curve)
	}
}

// measure tells the buyer how servers have answered since the last time, and what they cost.
func (c *client) measure(now unit.Instant, p *post) {
	span := min(now.Since(c.measured), 2*measureSpan)
	r := rand.New(&c.pcg)
	for i := range c.links {
		l := &c.links[i]
		if !l.up {
			continue
		}
		v := &p.w.sellers[l.server].view
		if l.paid+l.free > 0 {
			m := answers(r, v, l, span)
			c.buyer.Measured(now, id(l.server), m)
			if l.free > 0 && l.paid == 0 {
				asked := m.Answers + m.Failed
				l.good = asked >= 10 && (m.Answers-m.Late)*100 >= asked*95
			}
		}
		if l.tries > 0 {
			l.tries--
		}
		c.buyer.Curve(now, id(l.server), v.curve)
	}
	c.measured = now
}

// answers draws how a server has answered one client for a while.
func answers(r *rand.Rand, v *view, l *link, span unit.Span) buyer.Measured {
	draw := func(mean float64) uint64 { return uint64(math.Floor(mean + r.Float64())) }
	seconds := float64(span) / float64(unit.Second)
	// A greedy client is stopped by flow control at what its units are good for; that is not held
	// against the server.
	within := float64(min(l.paid, uint32(l.units)*uint32(buyer.StandardUnit)))
	paid, free := within/1000*seconds, float64(l.free)/1000*seconds // requests of a million ns
	m := buyer.Measured{Span: span}
	m.Failed = draw(paid*v.is.PaidFailed + free*v.is.FreeFailed)
	m.Late = draw(paid*v.is.PaidLate + free*v.is.FreeLate)
	m.Answers = max(draw(paid*(1-v.is.PaidFailed)+free*(1-v.is.FreeFailed)), m.Late)
	m.Served = buyer.RequestCost.Mul(m.Answers)
	return m
}

// carryOut does what the buyer wants.
func (c *client) carryOut(now unit.Instant, e *buyer.Effect, p *post, k *ClientKind) {
	if e.Action == buyer.Report {
		return
	}
	i := c.link(serverOf(e.Server))
	l := &c.links[i]
	switch e.Action {
	case buyer.Bid, buyer.Withdraw:
		if e.Action == buyer.Withdraw {
			l.units = 0
		}
		l.bids = e.Action == buyer.Bid
		p.send(c, l, order{at: now, act: bid, number: e.Number, prices: e.Prices})
	case buyer.Refill:
		if k.Broke {
			c.buyer.Unfilled(now, e.Server, e.Amount)
			return
		}
		p.send(c, l, order{at: now, act: fill, amount: small(e.Amount)})
	case buyer.Fetch:
		c.fetch(now, l, e.Seq, p)
	case buyer.Try:
		l.tries = 3
	case buyer.Leave:
		c.left = &departure{l.server, e.Reason, e.Proof != nil}
		p.departures = append(p.departures, *c.left)
		l.left, l.up, l.bids, l.units = true, false, false, 0
		p.send(c, l, order{at: now, act: load})
		p.send(c, l, order{at: now, act: goodbye})
		l.paid, l.free = 0, 0
		c.buyer.Gone(now, e.Server)
	case buyer.Report:
	}
}

// curvesAtOnce is how many curves are handed over for one question.
const curvesAtOnce = 32

// fetch asks for curves; how long that takes is left out.
func (c *client) fetch(now unit.Instant, l *link, seq uint64, p *post) {
	list := p.w.sellers[l.server].history
	first, _ := slices.BinarySearchFunc(list, seq, func(c buyer.Signed, seq uint64) int { return cmp.Compare(c.Seq, seq) })
	for _, curve := range list[first:min(first+curvesAtOnce, len(list))] {
		c.buyer.Curve(now, id(l.server), curve)
	}
	if n := len(list); n > 0 && seq > list[n-1].Seq {
		c.buyer.NoCurve(now, id(l.server), seq)
	}
}

// ask spreads what is wanted over the servers: first over those that were paid, as far as their
// units go, then for free.
func (c *client) ask(now unit.Instant, p *post, k *ClientKind) {
	want := uint64(float64(c.person.need) * k.Use * float64(buyer.StandardUnit))
	var units uint64
	for i := range c.links {
		units += uint64(c.links[i].units)
	}
	within := min(want, units*uint64(buyer.StandardUnit))
	rest := want - within
	best := c.favourite(p)
	for i := range c.links {
		l := &c.links[i]
		if !l.up {
			continue
		}
		var paid, free uint64
		if l.units > 0 {
			paid = uint64(float64(within*uint64(l.units)/units) * k.Greedy)
		}
		if i == best {
			free = uint64(float64(rest) * k.Greedy)
		}
		if free == 0 && l.tries > 0 && l.units == 0 {
			free = tryLoad
		}
		if uint32(paid) != l.paid || uint32(free) != l.free {
			l.paid, l.free = uint32(paid), uint32(free)
			p.send(c, l, order{at: now, act: load, paid: l.paid, free: l.free})
		}
	}
}

// favourite is where free service is asked for: where it was good, or else anywhere.
func (c *client) favourite(p *post) int {
	best, some := -1, -1
	offset := int(c.index) % len(c.links) // so that not all ask their first
	for n := range c.links {
		i := (n + offset) % len(c.links)
		l := &c.links[i]
		if !l.up || !p.w.sellers[l.server].view.up {
			continue
		}
		if l.free > tryLoad && l.good {
			return i // stay
		}
		if best < 0 && l.good {
			best = i
		}
		if some < 0 && l.free <= tryLoad {
			some = i // not where it was bad
		}
	}
	if best >= 0 {
		return best
	}
	return some
}
