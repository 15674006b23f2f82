package market

import (
	"container/heap"
	"fmt"
	"testing"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// world is a market with clients, wires and workers, in virtual time: what a server does
// around its market, with requests that take exactly as long as they cost.
type world struct {
	t       *testing.T
	m       *Market
	now     unit.Instant
	events  events
	seq     uint64
	random  random
	steps   int
	latency unit.Span // of a wire, one way
	// all is everything that the market decided, as a hash.
	all   uint64
	times []unit.Span // that paid requests took, from their arrival on
	keep  bool        // times
	// paidCost is what was served of requests that came before others, by client, if it is kept.
	paidCost map[string]unit.Cost
}

type event struct {
	at  unit.Instant
	seq uint64
	do  func()
}

type events []event

func (e events) Len() int      { return len(e) }
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].seq < e[j].seq
}
func (e *events) Push(x any) { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

func newWorld(t *testing.T, cfg Config) *world {
	return &world{t: t, m: mustNew(0, cfg), random: random(cfg.Seed + 1), latency: 5 * unit.Millisecond}
}

// mustNew is New for a configuration that makes sense.
func mustNew(now unit.Instant, cfg Config) *Market {
	m, err := New(now, cfg)
	if err != nil {
		panic(err)
	}
	return m
}

// after calls do when so much time has passed.
func (w *world) after(d unit.Span, do func()) {
	w.seq++
	heap.Push(&w.events, event{w.now.Add(d), w.seq, do})
}

// run lets time pass.
func (w *world) run(d unit.Span) {
	end := w.now.Add(d)
	for {
		due := w.m.Next(w.now)
		switch {
		case len(w.events) > 0 && w.events[0].at <= min(due, end):
			e := heap.Pop(&w.events).(event)
			w.now = e.at
			e.do()
		case due <= end:
			w.now = max(w.now, due)
			w.m.Tick(w.now)
			if next := w.m.Next(w.now); next <= w.now {
				w.t.Fatalf("at %d a tick is due at %d, and again after it", w.now, next)
			}
		default:
			w.now = end
			return
		}
		w.carryOut()
		if w.steps++; w.steps%1009 == 0 {
			if err := broken(w.m, w.now); err != nil {
				w.t.Fatal(err)
			}
			w.carryOut() // it may have ticked
		}
	}
}

// carryOut does what the market says.
func (w *world) carryOut() {
	for _, e := range w.m.Effects() {
		if e.Action == Allocate || e.Action == Lapse {
			w.note(uint64(e.Action), e.Allocation.Units, uint64(e.Client[0]))
			continue
		}
		w.note(uint64(e.Action), uint64(e.BV), uint64(e.RetryAfter), uint64(e.Params.Limit), uint64(e.Session.id[0]))
		e.Session.Owner.(*client).effect(e)
	}
}

func (w *world) note(values ...uint64) {
	for _, v := range values {
		w.all = (w.all ^ v ^ uint64(w.now)) * 0x100000001b3
	}
}

// client is one client, at both ends of its wire.
type client struct {
	w     *world
	name  string
	from  Group
	least unit.Cost
	grow  bool
	// want draws the next request: its price, what it will cost, and its items.
	want func(r *random) (maxCost, cost unit.Cost, items int)
	// pipeline is how many requests may be under way; cheats sends them whether its
	// buffer permits it or not.
	pipeline int
	cheats   bool
	dear     bool // what it asks for may cost more than its price, so it may be stopped
	idle     bool // wants nothing for now
	stays    bool // does not come again when it was sent away
	renames  bool // comes with another name each time

	s      *Session
	visits int
	// The client's end.
	flow   *flow.Client
	next   *request
	nextID uint64
	flying int
	timer  uint64 // the latest look at the buffer, earlier ones are void
	// The server's end.
	inbox   []*request
	current *request

	served                                     unit.Cost
	answered, evicted, expired, stopped, drops int
}

type request struct {
	id            uint64
	maxCost, cost unit.Cost
	items         int
	since         unit.Instant
	visit         int
	left          unit.Cost // to be served
}

// connect brings a client to the market.
func (c *client) connect() {
	c.visits++
	name := c.name
	if c.renames {
		name = fmt.Sprintf("%s#%d", c.name, c.visits)
	}
	s, wait := c.w.m.Connect(c.w.now, Join{ID: idOf(name), Group: c.from, Least: c.least, Grow: c.grow, Owner: c})
	if s == nil {
		c.w.after(wait, c.connect)
		return
	}
	c.s, c.inbox, c.current, c.flying, c.next = s, nil, nil, 0, nil
	c.flow = flow.NewClient(c.w.now, s.Params())
	c.w.m.Open(c.w.now, s)
	c.pump()
}

// leave takes it away, and brings it again after wait unless it is 0.
func (c *client) leave(wait unit.Span) {
	if c.s == nil {
		return
	}
	c.w.m.Leave(c.w.now, c.s)
	c.s = nil
	c.timer++
	if wait > 0 {
		c.w.after(wait, c.connect)
	}
}

// later does something at the other end of the wire, unless the client has left.
func (c *client) later(do func()) {
	visit := c.visits
	c.w.after(c.w.latency, func() {
		if c.s != nil && c.visits == visit {
			do()
		}
	})
}

// pump sends what can be sent.
func (c *client) pump() {
	for !c.idle && c.s != nil && c.flying < c.pipeline {
		if c.next == nil {
			c.next = new(request)
			c.next.maxCost, c.next.cost, c.next.items = c.want(&c.w.random)
		}
		r := c.next
		ok, wait := c.flow.CanSend(c.w.now, r.maxCost)
		if !ok && (!c.cheats || c.flow.Frozen()) {
			if wait != flow.Never {
				c.timer++
				timer := c.timer
				c.w.after(wait, func() {
					if c.timer == timer {
						c.pump()
					}
				})
			}
			return
		}
		c.nextID++
		c.flying++
		r.id, r.visit, r.left, c.next = c.nextID, c.visits, r.cost, nil
		c.flow.Sent(c.w.now, r.id, r.maxCost)
		c.later(func() { c.inbox = append(c.inbox, r); c.read() })
	}
}

// read is the server reading the next message.
func (c *client) read() {
	for c.current == nil && len(c.inbox) > 0 {
		r := c.inbox[0]
		c.inbox = c.inbox[1:]
		r.since = c.w.now
		c.current = r // effects may come at once
		switch verdict := c.w.m.Request(c.w.now, c.s, r.maxCost); {
		case verdict == flow.Accepted:
			c.w.carryOut()
			continue
		case verdict == flow.Underrun && !c.cheats && !c.dear:
			c.w.t.Fatalf("%d: %s obeys and was stopped", c.w.now, c.name)
		}
		c.current = nil
		c.w.carryOut()
	}
}

func (c *client) effect(e Effect) {
	switch e.Action {
	case Serve:
		c.serve()
	case Evict:
		c.evicted++
		c.current = nil
		c.w.after(0, c.readAgain)
	case Expire:
		c.expired++
		c.reply(e.BV)
	case Stop:
		c.stopped++
		c.later(func() { c.flow.Stop(c.w.now) })
	case Resume:
		c.later(func() {
			c.flow.Resume(c.w.now, e.BV)
			c.flying = 0
			c.pump()
		})
	case Announce:
		c.later(func() { c.flow.Update(c.w.now, e.Params); c.pump() })
	case Drop:
		c.drops++
		again := e.RetryAfter
		if c.stays {
			again = 0
		}
		c.w.after(0, func() { c.leave(again) })
	}
}

func (c *client) readAgain() {
	if c.s != nil {
		c.read()
	}
}

// reply answers the current request.
func (c *client) reply(bv unit.Cost) {
	id := c.current.id
	c.current = nil
	c.later(func() {
		c.flow.Reply(c.w.now, id, bv)
		c.flying = max(c.flying-1, 0)
		c.pump()
	})
	c.w.after(0, c.readAgain)
}

// serve works on the current request until it is done or lets others go first.
func (c *client) serve() {
	r := c.current
	if c.s.Yields() && c.w.m.PaidWaiting() {
		c.w.t.Fatalf("%d: a free request starts while a paid one waits", c.w.now)
	}
	c.item(r)
}

func (c *client) item(r *request) {
	step := min(r.cost/unit.Cost(r.items)+1, r.left)
	c.w.after(unit.Span(step), func() {
		if c.s == nil || c.visits != r.visit {
			return
		}
		r.left -= step
		switch {
		case r.left == 0:
			c.served += r.cost
			if c.w.paidCost != nil && !c.s.Yields() {
				c.w.paidCost[c.name] += r.cost
			}
			if c.w.keep && !c.s.Yields() {
				c.w.times = append(c.w.times, c.w.now.Since(r.since))
			}
			c.answered++
			c.reply(c.w.m.Done(c.w.now, c.s, r.cost))
		case c.s.Yields() && c.w.m.PaidWaiting():
			c.w.m.Yield(c.w.now, c.s)
		default:
			c.item(r)
		}
	})
}

// about returns a source of requests of this price, which cost a part of it that is
// drawn from between low and high thousandths.
func priced(maxCost unit.Cost, items int, low, high uint64) func(*random) (unit.Cost, unit.Cost, int) {
	return func(r *random) (unit.Cost, unit.Cost, int) {
		part := low + uint64(r.span(unit.Span(high-low+1)))
		return maxCost, max(maxCost*unit.Cost(part)/1000, 1), items
	}
}
