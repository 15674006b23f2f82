package bench

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Group is what one group of clients was served in one phase.
type Group struct {
	Clients  int     `json:"clients"` // connected at the end of the phase
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
	Silent  int    `json:"silent"`     // clients that wanted something and got no reply

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

// with adds what another worker counted.
func (g *Group) with(a *answer) *Group {
	if g == nil {
		g = new(Group)
	}
	g.tally.add(a.Tally)
	g.Clients, g.Silent = g.Clients+a.Clients, g.Silent+a.Silent
	g.Seconds = max(g.Seconds, a.Seconds)
	g.price = a.Price
	g.CPU += a.CPU / a.Seconds
	t := &g.tally
	g.Requests, g.Items = float64(t.Requests)/g.Seconds, float64(t.Items)/g.Seconds
	g.P50, g.P99, g.Longest = t.Latency.percentile(50), t.Latency.percentile(99), milliseconds(t.Latency.most)
	g.Refused, g.Empty, g.Wrong = t.Refused, t.Empty, t.Wrong
	g.Stops, g.Ignored, g.Lost, g.Turned, g.Why = t.Stops, t.Ignored, t.Lost, t.Turned, t.Why
	time := g.Seconds * float64(max(g.Clients, 1))
	g.Waiting, g.Frozen = t.Waited.Seconds()/time, t.Frozen.Seconds()/time
	g.Cost, g.Promised = t.Drawn/g.Seconds/1000, t.Promised/g.Seconds/1000
	return g
}

// Phase is one part of an overload.
type Phase struct {
	Name      string  `json:"name"`
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

// OverloadResult is what an overload measured.
type OverloadResult struct {
	Target   string  `json:"target"`
	Paid     int     `json:"paidClients"`
	Free     int     `json:"freeClients"` // cheaters among them
	Cheaters int     `json:"cheaters"`
	Seconds  float64 `json:"seconds"` // of each phase
	PaidLoad Load    `json:"paidLoad"`
	FreeLoad Load    `json:"freeLoad"`
	Where    string  `json:"where"` // on which processors the load ran

	One       Phase `json:"oneFree"` // one honest free client
	FreeAlone Phase `json:"freeAlone"`
	PaidAlone Phase `json:"paidAlone"`
	Together  Phase `json:"together"`

	PaidP99        float64 `json:"paidP99Ratio"` // together / alone
	PaidThroughput float64 `json:"paidThroughputRatio"`
	PaidHarmed     uint64  `json:"paidHarmed"` // paid requests refused, empty, wrong or worthless, and connections lost, together
	// FreeDemand is what the honest free clients would take if each were alone, as a
	// multiple of what the server serves all free ones without paid ones.
	FreeDemand float64 `json:"freeDemand"`
	// PaidShare is what part of that the paid clients take together, a paid item counted
	// as Weight free ones; WeighedBy says how that is known.
	PaidShare float64 `json:"paidShare"`
	Weight    float64 `json:"weight"`
	WeighedBy string  `json:"weighedBy"`
	// FreeKept is what free clients are served together, as a part of what paid ones leave:
	// free together / (free alone · (1 − PaidShare)). 0 if paid ones leave nothing.
	FreeKept float64 `json:"freeKept"`
}

func newOverloadResult(c *OverloadConfig) *OverloadResult {
	return &OverloadResult{
		Target: c.Target, Paid: c.Paid, Free: c.Free, Cheaters: c.cheaters(), Seconds: c.Duration.Seconds(),
		PaidLoad: c.PaidLoad, FreeLoad: c.FreeLoad,
		Where: fmt.Sprintf("paid on %v, free on %v", &c.PaidPlace, &c.FreePlace),
		One:   Phase{Name: "one free"}, FreeAlone: Phase{Name: "free alone"},
		PaidAlone: Phase{Name: "paid alone"}, Together: Phase{Name: "together"},
	}
}

// conclude computes the ratios.
func (r *OverloadResult) conclude() {
	alone, together := r.PaidAlone.Paid, r.Together.Paid
	r.PaidP99 = ratio(together.P99, alone.P99)
	r.PaidThroughput = ratio(together.Items, alone.Items)
	r.PaidHarmed = together.Refused + together.Empty + together.Wrong + together.Ignored + together.Lost + together.Turned
	all := r.FreeAlone.free()
	r.FreeDemand = ratio(r.One.Free.Items*float64(r.Free-r.Cheaters), all)
	r.Weight, r.WeighedBy = r.weigh()
	r.PaidShare = ratio(r.Weight*together.Items, all)
	if r.PaidShare < 1 {
		r.FreeKept = ratio(r.Together.free(), all*(1-r.PaidShare))
	}
}

// weigh says how many free items a paid one is worth: one if they are the same; by the
// server's processor time if it was watched; else by what the server announces that
// they cost at most.
func (r *OverloadResult) weigh() (weight float64, by string) {
	paid, free := r.PaidAlone.Paid, r.FreeAlone.Free
	perPaid, perFree := ratio(r.PaidAlone.ServerCPU, paid.Items), ratio(r.FreeAlone.ServerCPU, r.FreeAlone.free())
	switch {
	case r.PaidLoad.Kind == r.FreeLoad.Kind && r.PaidLoad.Batch == r.FreeLoad.Batch && r.PaidLoad.Version == r.FreeLoad.Version:
		return 1, "being the same"
	case perPaid > 0 && perFree > 0:
		return perPaid / perFree, "the server's processor time"
	default:
		return ratio(paid.price, free.price), "announced prices"
	}
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// String is the result for people.
func (r *OverloadResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d paid and %d free clients, %d of these cheating, %.0f s each phase; %s\n", r.Paid, r.Free, r.Cheaters, r.Seconds, r.Where)
	fmt.Fprintf(&b, "paid: %v; free: %v\n\n", &r.PaidLoad, &r.FreeLoad)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	phases := []*Phase{&r.One, &r.FreeAlone, &r.PaidAlone, &r.Together}
	row := func(name string, value func(*Phase) string) {
		fmt.Fprint(t, name, "\t")
		for _, p := range phases {
			fmt.Fprint(t, value(p), "\t")
		}
		fmt.Fprintln(t)
	}
	row("", func(p *Phase) string { return p.Name })
	groups := []struct {
		name string
		of   func(*Phase) *Group
	}{
		{"paid", func(p *Phase) *Group { return p.Paid }},
		{"free", func(p *Phase) *Group { return p.Free }},
		{"cheaters", func(p *Phase) *Group { return p.Cheaters }},
	}
	for _, g := range groups {
		for _, line := range lines {
			if g.of(&r.Together) == nil || line.honest && g.name == "cheaters" {
				continue
			}
			row(g.name+" "+line.name, func(p *Phase) string {
				if g.of(p) == nil {
					return "."
				}
				return line.value(g.of(p))
			})
		}
	}
	if r.Together.ServerCPU > 0 {
		row("server's processors", func(p *Phase) string { return fmt.Sprintf("%.2f", p.ServerCPU) })
	}
	t.Flush()
	b.WriteString(r.verdict())
	return b.String()
}

// lines are the rows of each group. Those of the honest say nothing of cheaters.
var lines = []struct { //nolint:gochecknoglobals // a table
	name   string
	honest bool
	value  func(*Group) string
}{
	{"items/s", false, func(g *Group) string { return fmt.Sprintf("%.0f", g.Items) }},
	{"requests/s", false, func(g *Group) string { return fmt.Sprintf("%.0f", g.Requests) }},
	{"p50 ms", true, func(g *Group) string { return fmt.Sprintf("%.2f", g.P50) }},
	{"p99 ms", true, func(g *Group) string { return fmt.Sprintf("%.2f", g.P99) }},
	{"longest ms", true, func(g *Group) string { return fmt.Sprintf("%.1f", g.Longest) }},
	{"cost/ms", true, func(g *Group) string { return fmt.Sprintf("%.0f of %.0f", g.Cost, g.Promised) }},
	{"time waiting, frozen", true, func(g *Group) string { return fmt.Sprintf("%.0f %%, %.0f %%", 100*g.Waiting, 100*g.Frozen) }},
	{"stops, worthless", false, func(g *Group) string { return fmt.Sprintf("%d, %d", g.Stops, g.Ignored) }},
	{"refused, empty, wrong", false, func(g *Group) string { return fmt.Sprintf("%d, %d, %d", g.Refused, g.Empty, g.Wrong) }},
	{"connected, lost, turned away", false, func(g *Group) string { return fmt.Sprintf("%d, %d, %d", g.Clients, g.Lost, g.Turned) }},
	{"without any reply", true, func(g *Group) string { return fmt.Sprint(g.Silent) }},
	{"own processors", false, func(g *Group) string { return fmt.Sprintf("%.2f", g.CPU) }},
}

// verdict is what the figures come to.
func (r *OverloadResult) verdict() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\npaid p99         %8.2f × alone\n", r.PaidP99)
	fmt.Fprintf(&b, "paid throughput  %8.1f %% of alone, %d requests or connections harmed\n", 100*r.PaidThroughput, r.PaidHarmed)
	fmt.Fprintf(&b, "free demand      %8.1f × what all free ones are served alone (%d × what one draws alone)\n", r.FreeDemand, r.Free-r.Cheaters)
	fmt.Fprintf(&b, "free throughput  %8.1f %% of what paid ones leave; they take %.1f %%, an item counted as %.2f by %s",
		100*r.FreeKept, 100*r.PaidShare, r.Weight, r.WeighedBy)
	for _, g := range []*Group{r.Together.Paid, r.Together.Free} {
		for _, why := range reasons(g.Why) {
			fmt.Fprintf(&b, "\n  connections: %s", why)
		}
	}
	return b.String()
}
