package bench

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
)

// String is the result for people.
func (r *OverloadResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d paid and %d free clients, %d of these cheating, %d rounds, %.0f s each phase; %s\n",
		r.Paid, r.Free, r.Cheaters, len(r.Rounds), r.Seconds, r.Where)
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

// verdict is what the figures come to, and how far apart the rounds are.
func (r *OverloadResult) verdict() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\npaid p99         %8.2f × alone; rounds %s\n", r.PaidP99, r.spread("%.2f", 1, func(r *Ratios) float64 { return r.PaidP99 }))
	fmt.Fprintf(&b, "paid throughput  %8.1f %% of alone; rounds %s; %d requests or connections harmed\n",
		100*r.PaidThroughput, r.spread("%.1f", 100, func(r *Ratios) float64 { return r.PaidThroughput }), r.PaidHarmed)
	fmt.Fprintf(&b, "free demand      %8.1f × what all free ones are served alone (%d × what one draws alone)\n", r.FreeDemand, r.Free-r.Cheaters)
	fmt.Fprintf(&b, "free throughput  %8.1f %% of what paid ones leave; rounds %s; they take %.1f %%, an item counted as %.2f by %s",
		100*r.FreeKept, r.spread("%.1f", 100, func(r *Ratios) float64 { return r.FreeKept }), 100*r.PaidShare, r.Weight, r.WeighedBy)
	for _, g := range []*Group{r.Together.Paid, r.Together.Free} {
		for _, why := range reasons(g.Why) {
			fmt.Fprintf(&b, "\n  connections: %s", why)
		}
	}
	return b.String()
}

// spread is the least and the most of a ratio in any round, times something.
func (r *OverloadResult) spread(format string, times float64, of func(*Ratios) float64) string {
	least, most := math.Inf(1), math.Inf(-1)
	for i := range r.Rounds {
		value := times * of(&r.Rounds[i].Ratios)
		least, most = min(least, value), max(most, value)
	}
	return fmt.Sprintf(format+" to "+format, least, most)
}
