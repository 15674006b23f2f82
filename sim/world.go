package sim

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
)

// shards are parts of the clients. Their number is fixed, so that results do not depend on that of
// the processors.
const shards = 64

// world is all that there is.
type world struct {
	scenario   *Scenario
	clients    []client
	due        []unit.Instant // of each client
	sellers    []*seller
	posts      [shards]*post
	departures []departure
	series     []Point
	// statements is how often clients ask what they were charged: often enough that accounts are filled in
	// time.
	statements unit.Span
}

// post is what the clients of a shard have sent in a round.
type post struct {
	w          *world
	orders     [][]order // by server
	told       []int32   // clients that were told something
	departures []departure
}

func (p *post) send(c *client, l *link, o order) {
	o.client, o.slot = c.index, l.slot
	p.orders[l.server] = append(p.orders[l.server], o)
}

// generator returns a random generator of its own for each thing of a kind.
func generator(seed, kind, index uint64) rand.PCG {
	return *rand.NewPCG(seed*0x9e3779b97f4a7c15^kind, index)
}

func newWorld(sc *Scenario, seed uint64) (*world, error) {
	w := &world{scenario: sc, statements: unit.Span(min(sc.Refill, sc.Prepaid-sc.Refill) / 2)}
	audited := false
	for i := range sc.Clients {
		audited = audited || sc.Clients[i].Audit > 0
	}
	twins := map[int]bool{}
	for kind := range sc.Servers {
		k := &sc.Servers[kind]
		for n := range k.Count {
			s := &seller{w: w, index: len(w.sellers), kind: kind, up: true}
			s.pcg = generator(seed, 1, uint64(s.index))
			r := rand.New(&s.pcg)
			s.units = k.Units[0] + r.Uint64N(k.Units[1]-k.Units[0]+1)
			s.capacity = float64(s.units) * float64(buyer.StandardUnit) / k.Share * k.Serves
			s.first()
			s.view.up, s.view.terms = true, s.terms()
			twins[s.index] = n < sc.Twins
			a, err := newAuction(s, audited || twins[s.index])
			if err != nil {
				return nil, err
			}
			s.auction = a
			w.sellers = append(w.sellers, s)
		}
	}
	w.people(seed)
	for _, s := range w.sellers {
		s.accounts = slices.Clone(s.accounts) // no longer than it is
		if twins[s.index] {
			s.twin = newTwin(s.index, len(s.accounts))
		}
		s.settle(0, noSlot)
		s.publish(0)
	}
	for i := range w.posts {
		w.posts[i] = &post{w: w, orders: make([][]order, len(w.sellers))}
	}
	return w, nil
}

// people makes all clients, and has each find its servers.
func (w *world) people(seed uint64) {
	total := 0
	for i := range w.scenario.Clients {
		total += w.scenario.Clients[i].Count
	}
	w.clients = make([]client, 0, total)
	w.due = make([]unit.Instant, total)
	for kind := range w.scenario.Clients {
		k := &w.scenario.Clients[kind]
		audits := k.Audit
		if audits == 0 {
			audits = buyer.NoAudit
		}
		for range k.Count {
			c := client{index: int32(len(w.clients)), kind: uint8(kind)}
			c.pcg = generator(seed, 2, uint64(c.index))
			r := rand.New(&c.pcg)
			c.person.base = float64(k.Value) * math.Exp(k.Spread*r.NormFloat64())
			c.find(w, r, k.Knows)
			c.buyer = buyer.New(0, buyer.Config{Demand: buyer.FreeDemand(), Seed: r.Uint64(), Audit: audits})
			w.due[c.index] = unit.Instant(r.Int64N(int64(measureSpan)))
			w.clients = append(w.clients, c)
		}
	}
}

// find draws servers that a client knows, each once.
func (c *client) find(w *world, r *rand.Rand, knows int) {
	c.links = make([]link, 0, knows)
	for len(c.links) < knows {
		n := int32(r.IntN(len(w.sellers)))
		if c.knows(n) {
			continue
		}
		s := w.sellers[n]
		c.links = append(c.links, link{server: n, slot: uint32(len(s.accounts))})
		s.accounts = append(s.accounts, deposit{client: c.index, link: uint8(len(c.links) - 1)})
	}
}

func (c *client) knows(server int32) bool {
	for i := range c.links {
		if c.links[i].server == server {
			return true
		}
	}
	return false
}
