package market

import (
	"flag"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

var (
	seedFlag  = flag.Uint64("market.seed", 0, "seed of TestAgainstNaiveTwin; 0: its usual ones")
	stepsFlag = flag.Int("market.steps", 20_000, "operations for each seed of TestAgainstNaiveTwin")
)

// twin is what a market is compared with: everything in plain lists that are gone
// through from their beginning, with the clients at the other ends of their wires.
type twin struct {
	t      *testing.T
	m      *Market
	now    unit.Instant
	random random
	last   string // what was done last
	ticked bool

	cfg      Config
	capacity unit.Cost
	settings Settings
	have     []uint64 // of each grant
	gone     []leaving
	seats    []*seat
	groups   map[Group]*pile
	counts   map[string]int
}

// seat is one session.
type seat struct {
	s       *Session
	name    string
	group   *pile
	cheats  bool
	opened  bool
	excused bool // may be stopped: it cheated, came again or an operator wanted it
	sent    bool // away, by an operator
	state   state
	settled bool // served and answered, and its worker is not yet free
	paid    bool // how its request was queued
	current *letter

	client *flow.Client
	nextID uint64
	up     []*letter // to the server; the first were delivered, and wait to be read
	down   []notice

	penalty float64 // as of at
	at      unit.Instant
}

type letter struct {
	id      uint64
	maxCost unit.Cost
	at      unit.Instant
}

type notice struct {
	at     unit.Instant
	effect Effect // Stop, Resume or Announce; or no Action:
	id     uint64 // a reply
}

// pile is what is known of an address.
type pile struct {
	left, leftSquares float64
	at                unit.Instant
}

// slowest is how long a letter may be under way: there and back within HonourSpan. What
// was sent before a client heard Stop has to arrive before Resume: that, and Stop, is
// faster than a freeze.
const (
	slowest    = flow.HonourSpan/2 - 1
	slowToStop = flow.FreezeSpan / 2
)

// A hundred thousand random operations, and after each of them the market is as its
// naive twin says, obedient clients are not stopped, and both ends of every wire
// agree on what is in its buffer. To replay a failure:
//
//	go test ./market -run TestAgainstNaiveTwin -market.seed=SEED
func TestAgainstNaiveTwin(t *testing.T) {
	seeds := []uint64{1, 2, 3, 4, 5}
	if *seedFlag != 0 {
		seeds = []uint64{*seedFlag}
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newTwin(t, seed)
			for step := range *stepsFlag {
				w.step()
				if t.Failed() {
					t.Fatalf("step %d at %d: after %s; replay with -market.seed=%d", step, w.now, w.last, seed)
				}
			}
			t.Log(w.counts)
			for _, what := range []string{"serve free", "serve paid", "evict", "expire", "stop", "resume", "announce", "drop", "yield", "no place"} {
				if w.counts[what] == 0 {
					t.Errorf("nothing was seen of: %s", what)
				}
			}
		})
	}
}

func newTwin(t *testing.T, seed uint64) *twin {
	w := &twin{t: t, random: random(seed), groups: map[Group]*pile{}, counts: map[string]int{}, settings: DefaultSettings()}
	w.capacity = 1_000_000
	w.cfg = Config{Capacity: w.capacity, Workers: 1 + int(seed%3)*4, Places: 12, FirstGap: unit.Second, Seed: seed, Settings: w.settings}
	w.m = mustNew(0, w.cfg)
	return w
}

func (w *twin) below(n int) int { return int(w.random.span(unit.Span(n))) }

func (w *twin) step() {
	type move struct {
		weight int
		name   string
		do     func()
	}
	moves := []move{
		{6, "connect", w.connect},
		{2, "leave", w.leave},
		{30, "send", w.send},
		{30, "deliver", w.deliver},
		{30, "done", w.done},
		{10, "release", w.release},
		{6, "yield", w.yield},
		{20, "receive", w.receive},
		{3, "cheat", w.cheat},
		{1, "operator", w.operator},
		{1, "apply", w.apply},
		{1, "capacity", w.setCapacity},
		{25, "pass", w.pass},
		{10, "tick", func() { w.m.Tick(w.now); w.ticked = true }},
	}
	all := 0
	for _, m := range moves {
		all += m.weight
	}
	draw := w.below(all)
	for _, m := range moves {
		if draw -= m.weight; draw < 0 {
			w.last, w.ticked = m.name, false
			m.do()
			break
		}
	}
	w.check()
}

// pick returns a seat that fits, nil if there is none.
func (w *twin) pick(fits func(*seat) bool) *seat {
	var some []*seat
	for _, c := range w.seats {
		if fits(c) {
			some = append(some, c)
		}
	}
	if len(some) == 0 {
		return nil
	}
	return some[w.below(len(some))]
}

func (w *twin) connect() {
	if c := w.pick(func(c *seat) bool { return !c.opened }); c != nil {
		w.open(c)
		return
	}
	name := fmt.Sprint("client", w.below(20))
	if slices.ContainsFunc(w.seats, func(c *seat) bool { return c.name == name }) {
		return
	}
	group := Group([]string{"", "a", "b", "c"}[w.below(4)])
	s, wait := w.m.Connect(w.now, Join{
		ID: idOf(name), Group: group, Least: ms * unit.Cost(1+w.below(50)), Grow: w.below(3) == 0,
	})
	full := len(w.seats) >= w.cfg.Places
	if s == nil {
		w.counts["no place"]++
		if !full || wait <= 0 || w.grant(name) >= 0 {
			w.t.Errorf("no place for %s for %d, %d are connected", name, wait, len(w.seats))
		}
		w.effects()
		return
	}
	c := &seat{s: s, name: name, cheats: w.below(4) == 0, at: w.now, client: flow.NewClient(w.now, s.Params())}
	s.Owner = c
	w.enter(c, group)
	w.seats = append(w.seats, c)
	w.effects()
	if w.below(2) == 0 {
		w.open(c)
	}
}

// open opens a seat's account. Who has a grant may be stopped: its buffer need not be full.
func (w *twin) open(c *seat) {
	c.opened, c.excused = true, w.grant(c.name) >= 0
	w.m.Open(w.now, c.s)
	w.effects()
	c.excused = false
}

func (w *twin) leave() {
	c := w.pick(func(c *seat) bool { return c.sent || w.below(3) == 0 })
	if c == nil {
		return
	}
	// What becomes due in this moment may still name the one that leaves.
	w.m.Tick(w.now)
	w.effects()
	w.m.Leave(w.now, c.s)
	w.seats = slices.DeleteFunc(w.seats, func(d *seat) bool { return d == c })
	w.depart(c)
	w.effects()
}

// send lets a client ask for something if it may.
func (w *twin) send() {
	c := w.pick(func(c *seat) bool { return c.opened && len(c.up) < 8 })
	if c == nil {
		return
	}
	cost := unit.Cost(1 + w.random.span(unit.Span(max(c.client.Params().Limit, 1))))
	if w.below(2) == 0 {
		cost = min(cost, ms*4)
	}
	if ok, _ := c.client.CanSend(w.now, cost); !ok && !c.cheats {
		return
	}
	c.nextID++
	c.client.Sent(w.now, c.nextID, cost)
	if c.s.Frozen() { // it will hear
		w.m.Charge(w.now, c.s, ms/50)
		return
	}
	c.up = append(c.up, &letter{c.nextID, cost, w.now})
}

// deliver lets the server read a client's next request.
func (w *twin) deliver() {
	if c := w.pick(func(c *seat) bool { return len(c.up) > 0 && c.state == idle }); c != nil {
		w.read(c)
	}
}

func (w *twin) read(c *seat) {
	r := c.up[0]
	c.up = c.up[1:]
	c.current = r
	// Late is what its client could not know would be: it waited for the one before.
	late := w.now.Since(r.at) > slowest
	c.excused = c.cheats || late
	was := c.s.account.Value(w.now)
	paid := w.served(c)
	queued := w.queued()
	switch v := w.m.Request(w.now, c.s, r.maxCost); v {
	case flow.Accepted:
		if r.maxCost > was && !w.ticked {
			w.t.Errorf("accepted %d with %d in the buffer", r.maxCost, was)
		}
		c.state, c.paid = waiting, paid
		if !paid {
			w.charge(c, r.maxCost, queued)
		}
	case flow.Underrun:
		if !c.excused {
			w.t.Errorf("%s obeys and was stopped: sent %d, has %d", c.name, r.maxCost, was)
		}
	default:
		w.t.Errorf("verdict %d", v)
	}
	w.effects()
	c.excused = false
}

// done ends a request that is served, within its price.
func (w *twin) done() {
	c := w.pick(func(c *seat) bool { return c.state == serving && !c.settled })
	if c == nil {
		return
	}
	cost := unit.Cost(w.random.span(unit.Span(c.current.maxCost + 1)))
	if c.paid {
		w.counts["done paid"]++
	} else {
		w.counts["done free"]++
	}
	var bv unit.Cost
	if w.below(2) == 0 {
		c.settled = true
		bv = w.m.Settle(w.now, c.s, cost)
	} else {
		c.state = idle
		bv = w.m.Done(w.now, c.s, cost)
	}
	c.down = append(c.down, notice{at: w.now, effect: Effect{BV: bv}, id: c.current.id})
	w.effects()
}

// release frees the worker of a request that was settled and answered.
func (w *twin) release() {
	if c := w.pick(func(c *seat) bool { return c.settled }); c != nil {
		c.state, c.settled = idle, false
		w.m.Release(w.now, c.s)
		w.effects()
	}
}

func (w *twin) yield() {
	if c := w.pick(func(c *seat) bool { return c.state == serving && !c.settled && !c.paid }); c != nil {
		w.counts["yield"]++
		c.state, c.paid = waiting, w.served(c)
		c.excused = c.s.Frozen()
		w.m.Yield(w.now, c.s)
		w.effects()
		c.excused = false
	}
}

func (w *twin) receive() {
	if c := w.pick(func(c *seat) bool { return len(c.down) > 0 }); c != nil {
		w.hear(c)
	}
}

// hear lets a client take note of what comes next.
func (w *twin) hear(c *seat) {
	n := c.down[0]
	c.down = c.down[1:]
	switch n.effect.Action {
	case Stop:
		c.client.Stop(w.now)
	case Resume:
		c.client.Resume(w.now, n.effect.BV)
	case Announce:
		c.client.Update(w.now, n.effect.Params)
	default:
		c.client.Reply(w.now, n.id, n.effect.BV)
	}
}

func (w *twin) cheat() {
	c := w.pick(func(c *seat) bool { return c.opened && c.cheats && c.state == idle && !c.s.Frozen() })
	if c == nil {
		return
	}
	c.excused = true
	was := c.s.account.Value(w.now)
	bv, ok := w.m.Refuse(w.now, c.s, ms*unit.Cost(w.below(20)))
	if ok && bv > was {
		w.t.Errorf("refusing raised a buffer from %d to %d", was, bv)
	}
	w.effects()
	c.excused = false
}

func (w *twin) operator() {
	c := w.pick(func(c *seat) bool { return c.opened })
	if c == nil {
		return
	}
	c.excused = true
	if w.below(2) == 0 {
		c.sent = true
		w.m.Dismiss(w.now, c.s, unit.Second)
	} else {
		w.m.Freeze(w.now, c.s)
	}
	w.effects()
	c.excused = false
}

func (w *twin) apply() {
	s := Settings{ReservePermille: uint64(w.below(300)), FreePermille: uint64(w.below(300))}
	for range w.below(5) {
		g := Grant{idOf(fmt.Sprint("client", w.below(20))), uint64(1 + w.below(30))}
		if !slices.ContainsFunc(s.Grants, func(h Grant) bool { return h.ID == g.ID }) {
			s.Grants = append(s.Grants, g)
		}
	}
	if w.below(2) == 0 { // as before, in another order
		s.Grants = slices.Clone(w.settings.Grants)
		slices.Reverse(s.Grants)
	}
	w.expireGone()
	have := make([]uint64, len(s.Grants))
	for i, old := range w.settings.Grants {
		j := slices.IndexFunc(s.Grants, func(g Grant) bool { return g.ID == old.ID })
		if j < 0 {
			w.goes(w.have[i])
		} else {
			have[j] = w.have[i]
		}
	}
	w.settings, w.have = s, have
	w.allocate()
	w.m.Apply(w.now, s)
	w.effects()
}

func (w *twin) setCapacity() {
	old := w.capacity
	w.capacity = unit.Cost(200_000 + w.below(2_000_000))
	w.expireGone()
	if w.capacity != old {
		w.allocate()
	}
	w.m.SetCapacity(w.now, w.capacity)
	w.effects()
}

// pass lets time go by with its ticks, and delivers what must not be late.
func (w *twin) pass() {
	end := w.now.Add(w.random.span([]unit.Span{
		unit.Millisecond, 20 * unit.Millisecond, 500 * unit.Millisecond, 2 * unit.Second, 8 * unit.Second,
	}[w.below(5)]))
	for w.now < end {
		next := min(w.m.Next(w.now), end)
		for _, c := range w.seats {
			for _, n := range c.down {
				next = min(next, n.due())
			}
		}
		w.now = max(w.now, next)
		w.m.Tick(w.now)
		w.effects()
		if now := w.m.Next(w.now); now <= w.now {
			w.t.Errorf("after a tick at %d the next is due at %d", w.now, now)
			return
		}
		for _, c := range slices.Clone(w.seats) {
			for slices.ContainsFunc(c.down, func(n notice) bool { return n.due() <= w.now }) {
				w.hear(c)
			}
			for c.opened && c.state == idle && len(c.up) > 0 && c.up[0].at.Add(slowest) <= w.now {
				w.read(c)
			}
		}
	}
	w.ticked = true
	w.m.Tick(w.now)
}

// due is when a client hears of it at the latest.
func (n *notice) due() unit.Instant {
	if n.effect.Action == Stop {
		return n.at.Add(slowToStop)
	}
	return n.at.Add(slowest)
}

// effects takes in what the market decided.
func (w *twin) effects() {
	for _, e := range w.m.Effects() {
		c := e.Session.Owner.(*seat)
		if !slices.Contains(w.seats, c) {
			w.t.Errorf("effect %d for %s, who has left", e.Action, c.name)
			continue
		}
		paid := w.grant(c.name) >= 0 && w.have[w.grant(c.name)] > 0
		switch e.Action {
		case Serve:
			w.serve(c, e.Session)
		case Evict, Expire:
			if c.state != waiting || paid && !c.excused {
				w.t.Errorf("%d for %s in state %d, paid %v", e.Action, c.name, c.state, paid)
			}
			c.state = idle
			w.counts[map[Action]string{Evict: "evict", Expire: "expire"}[e.Action]]++
			if e.Action == Expire {
				c.down = append(c.down, notice{at: w.now, effect: Effect{BV: e.BV}, id: c.current.id})
			}
		case Drop:
			w.counts["drop"]++
			if w.grant(c.name) >= 0 && !c.sent {
				w.t.Errorf("%s has a grant and was sent away", c.name)
			}
			c.sent = true
		case Stop:
			w.counts["stop"]++
			if paid && !c.excused {
				w.t.Errorf("%s pays, obeys and was stopped", c.name)
			}
			c.down = append(c.down, notice{at: w.now, effect: e})
			c.up = nil // comes now, and is dropped
		case Resume, Announce:
			w.counts[map[Action]string{Resume: "resume", Announce: "announce"}[e.Action]]++
			c.down = append(c.down, notice{at: w.now, effect: e})
		}
	}
}

// serve looks whether it is c's turn.
func (w *twin) serve(c *seat, s *Session) {
	if c.state != waiting {
		w.t.Errorf("%s is to be served in state %d", c.name, c.state)
	}
	if c.paid = !s.Yields(); c.paid {
		w.counts["serve paid"]++
	} else {
		w.counts["serve free"]++
	}
	c.state = serving
	if !c.paid && w.m.room.level <= 0 {
		w.t.Errorf("%s is served and there is no room", c.name)
	}
	for _, d := range w.seats {
		if d.state != waiting || d == c {
			continue
		}
		free := d.s.work.free
		switch {
		case !c.paid && !free:
			w.t.Errorf("%s is served for free while %s waits and pays", c.name, d.name)
		case !c.paid && d.s.work.key < s.work.key:
			w.t.Errorf("%s has less penalty, and %s is served", d.name, c.name)
		case c.paid && !free && d.s.work.refill < s.work.refill:
			w.t.Errorf("%s has a fuller buffer, and %s is served", d.name, c.name)
		}
	}
	busy := 0
	for _, d := range w.seats {
		if d.state == serving {
			busy++
		}
	}
	if busy > w.cfg.Workers {
		w.t.Errorf("%d are served at once", busy)
	}
}

// check looks at everything.
func (w *twin) check() {
	w.effects()
	if w.ticked && w.m.idle > 0 && w.m.free.Len() > 0 && w.m.freeBusy < w.m.freeWorkers() && w.m.room.any(w.now) {
		w.t.Errorf("a worker is idle, there is room, and a free request waits")
	}
	if err := broken(w.m, w.now); err != nil {
		w.t.Error(err)
	}
	w.effects() // broken may have let time pass
	w.expireGone()
	for i, g := range w.settings.Grants {
		if _, have := w.m.Held(g.ID); have != w.have[i] {
			w.t.Errorf("grant %d: %d units, the twin has %d", i, have, w.have[i])
		}
	}
	for _, c := range w.seats {
		w.checkBuffer(c)
	}
}

// checkBuffer: a client never counts on more than the server has for it.
func (w *twin) checkBuffer(c *seat) {
	if !c.opened || c.cheats || c.s.Frozen() || c.client.Frozen() {
		return
	}
	left := int64(c.s.account.Value(w.now))
	for _, r := range c.up {
		if w.now.Since(r.at) > slowest {
			return // it waits for the one before, longer than old parameters are honoured
		}
		left -= int64(r.maxCost)
	}
	for _, n := range c.down {
		if n.effect.Action == Stop || n.effect.Action == Resume {
			return // it will hear
		}
	}
	if est := int64(c.client.Estimate(w.now)); est > 0 && est > left {
		w.t.Errorf("%s counts on %d and has %d", c.name, est, left)
	}
}

// grant is which grant a client has, −1 for none.
func (w *twin) grant(name string) int {
	id := idOf(name)
	return slices.IndexFunc(w.settings.Grants, func(g Grant) bool { return g.ID == id })
}

// served reports whether a client is served as one that pays.
func (w *twin) served(c *seat) bool { return c.s.paid(w.now) }

func (w *twin) queued() (sum unit.Cost) {
	for _, c := range w.seats {
		if c.state == waiting && c.s.work.free {
			sum += c.s.work.guess
		}
	}
	return sum
}

// goes takes note of units that were taken back.
func (w *twin) goes(units uint64) {
	if units > 0 {
		w.gone = append(w.gone, leaving{units: units, until: w.now.Add(flow.HonourSpan)})
	}
}

func (w *twin) expireGone() {
	n := len(w.gone)
	w.gone = slices.DeleteFunc(w.gone, func(l leaving) bool { return l.until <= w.now })
	if len(w.gone) < n {
		w.allocate()
	}
}

// allocate gives out units one at a time: who is older has all of his before the next,
// and nobody gets one that somebody else still uses.
func (w *twin) allocate() {
	n := uint64(w.capacity) / 1000 * (1000 - w.settings.ReservePermille - w.settings.FreePermille) / uint64(UnitRecharge)
	left := n
	for i, g := range w.settings.Grants {
		for w.have[i] > min(g.Units, left) {
			w.have[i]--
			w.goes(1)
		}
		left -= min(g.Units, left)
	}
	used := uint64(0)
	for _, have := range w.have {
		used += have
	}
	for _, l := range w.gone {
		used += l.units
	}
	for i, g := range w.settings.Grants {
		for w.have[i] < g.Units && used < n {
			w.have[i]++
			used++
		}
	}
}

// Penalties, as they are now and without any inflation.

func (c *seat) decayed(now unit.Instant) float64 {
	c.penalty *= math.Exp2(-float64(now.Since(c.at)) / float64(halfLife))
	c.at = now
	return c.penalty
}

func (p *pile) decay(now unit.Instant) {
	f := math.Exp2(-float64(now.Since(p.at)) / float64(halfLife))
	p.left, p.leftSquares, p.at = p.left*f, p.leftSquares*f*f, now
}

func (w *twin) enter(c *seat, name Group) {
	c.group = w.groups[name]
	if c.group == nil || name == "" {
		c.group = &pile{at: w.now}
	}
	if name != "" {
		w.groups[name] = c.group
	}
	p := c.group
	p.decay(w.now)
	if p.left > 0 {
		c.penalty = min(p.leftSquares/p.left, p.left)
		p.left = max(p.left-c.penalty, 0)
		p.leftSquares = max(p.leftSquares-c.penalty*c.penalty, 0)
	}
}

func (w *twin) depart(c *seat) {
	c.group.decay(w.now)
	left := c.decayed(w.now)
	c.group.left += left
	c.group.leftSquares += left * left
}

// charge adds to a penalty, and compares.
func (w *twin) charge(c *seat, maxCost, queued unit.Cost) {
	guess := c.s.work.guess
	if guess > maxCost {
		w.t.Errorf("%s is taken to cost %d at a price of %d", c.name, guess, maxCost)
	}
	c.decayed(w.now)
	c.penalty += float64(guess) * float64(queued)
	c.group.decay(w.now)
	squares := c.group.leftSquares
	for _, d := range w.seats {
		if d.group == c.group {
			p := d.decayed(w.now)
			squares += p * p
		}
	}
	want := c.penalty + math.Sqrt(squares)
	got := c.s.work.key / w.m.groups.inflation(w.now)
	// Groups that are nearly forgotten are forgotten at some time.
	if math.Abs(got-want) > 1e-4*want+4*forgotten {
		w.t.Errorf("%s ranks as %g, the twin says %g", c.name, got, want)
	}
}
