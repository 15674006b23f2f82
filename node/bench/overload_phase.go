package bench

// Group is what one group of clients was served in one phase, in a round or in all of them.
type Group struct {
	Clients  int     `json:"clients"` // connected at the end
	Seconds  float64 `json:"seconds"`
	Requests float64 `json:"requestsPerSecond"`
	Items    float64 `json:"itemsPerSecond"`
	P50      float64 `json:"p50Ms"` // milliseconds from sending to the reply
	P99      float64 `json:"p99Ms"`
	Longest  float64 `json:"longestMs"`

	Refused uint64 `json:"refused"`
	Empty   uint64 `json:"empty"`
	Wrong   uint64 `json:"wrong"` // of the replies that were proven, one in 64
	Stops   uint64 `json:"stops"`
	Ignored uint64 `json:"ignored"`    // requests that Stop made worthless
	Lost    uint64 `json:"lost"`       // connections that ended
	Turned  uint64 `json:"turnedAway"` // connections that were not let in
	Silent  int    `json:"silent"`     // clients that wanted something and got no reply, in the worst round

	Why map[string]uint64 `json:"why,omitempty"` // for what reasons connections ended or were not made

	Waiting float64 `json:"waiting"` // share of the clients' time with nothing to do but to let buffers fill
	Frozen  float64 `json:"frozen"`  // share between Stop and Resume
	// Cost is what was served, in units of cost (ns of one thread) per ms, and Promised
	// what was recharged meanwhile, as the buffer values in replies tell.
	Cost     float64 `json:"costPerMs"`
	Promised float64 `json:"promisedPerMs"`
	CPU      float64 `json:"cpu"` // processors that the clients themselves used

	price float64 // announced for an item
	tally Tally
}

// with adds what another worker counted at the same time.
func (g *Group) with(a *answer) *Group {
	if g == nil {
		g = new(Group)
	}
	g.tally.add(a.Tally)
	g.Clients, g.Silent = g.Clients+a.Clients, g.Silent+a.Silent
	g.Seconds = max(g.Seconds, a.Seconds)
	g.price = a.Price
	g.CPU += a.CPU / a.Seconds
	g.compute()
	return g
}

// then adds what the same clients were served at another time.
func (g *Group) then(later *Group) *Group {
	switch {
	case later == nil:
		return g
	case g == nil:
		g = new(Group)
	}
	g.tally.add(&later.tally)
	g.Clients, g.price = later.Clients, later.price
	g.Silent = max(g.Silent, later.Silent)
	seconds := g.Seconds + later.Seconds
	g.CPU = (g.CPU*g.Seconds + later.CPU*later.Seconds) / seconds
	g.Seconds = seconds
	g.compute()
	return g
}

// compute makes figures of what was counted.
func (g *Group) compute() {
	t := &g.tally
	g.Requests, g.Items = float64(t.Requests)/g.Seconds, float64(t.Items)/g.Seconds
	g.P50, g.P99, g.Longest = t.Latency.percentile(50), t.Latency.percentile(99), milliseconds(t.Latency.most)
	g.Refused, g.Empty, g.Wrong = t.Refused, t.Empty, t.Wrong
	g.Stops, g.Ignored, g.Lost, g.Turned, g.Why = t.Stops, t.Ignored, t.Lost, t.Turned, t.Why
	time := g.Seconds * float64(max(g.Clients, 1))
	g.Waiting, g.Frozen = t.Waited.Seconds()/time, t.Frozen.Seconds()/time
	g.Cost, g.Promised = t.Drawn/g.Seconds/1000, t.Promised/g.Seconds/1000
}

// Phase is one part of an overload: those who ask at the same time, in a round or in all
// of them.
type Phase struct {
	Name      string  `json:"name"`
	Seconds   float64 `json:"seconds"`
	Paid      *Group  `json:"paid,omitempty"`
	Free      *Group  `json:"free,omitempty"`
	Cheaters  *Group  `json:"cheaters,omitempty"`
	ServerCPU float64 `json:"serverCpu,omitempty"` // processors that the server used
}

// free is what free clients were served, honest or not, in items a second.
func (p *Phase) free() float64 {
	sum := 0.0
	for _, g := range []*Group{p.Free, p.Cheaters} {
		if g != nil {
			sum += g.Items
		}
	}
	return sum
}

// then adds what was measured of it at another time.
func (p *Phase) then(later *Phase) {
	p.Paid, p.Free, p.Cheaters = p.Paid.then(later.Paid), p.Free.then(later.Free), p.Cheaters.then(later.Cheaters)
	seconds := p.Seconds + later.Seconds
	p.ServerCPU = ratio(p.ServerCPU*p.Seconds+later.ServerCPU*later.Seconds, seconds)
	p.Seconds = seconds
}
