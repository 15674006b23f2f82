package sim

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
)

// What bounds a scenario: no sum of money overflows, and no number is one that is none.
const (
	mostMoney   = 1_000_000_000 // a price or a fee, in base units
	mostTimes   = 100           // how many times as much anything may be
	mostServers = 100_000
	mostClients = 10_000_000
	mostUnits   = 1_000_000 // of a server
	mostKnown   = 64
	longest     = 1000 * time.Hour
	mostPrepaid = 24 * time.Hour
	mostBudget  = 10_000 // hours
	mostSpread  = 5.0
	mostSamples = 100_000 // samples
	// coverTime is what an account has to hold when a bid is made.
	coverTime = time.Duration(auction.CoverSpan)
)

// problem is what is wrong with a scenario, at a key.
type problem struct {
	at   []string
	what string
}

// limits finds the first problem.
type limits struct {
	at    []string // the mapping that is looked at: keys, and places in lists
	name  string
	first *problem
}

// need says what has to be so.
func (l *limits) need(ok bool, key, format string, args ...any) {
	if !ok && l.first == nil {
		l.first = &problem{append(slices.Clone(l.at), key), l.name + fmt.Sprintf(format, args...)}
	}
}

type figure interface {
	~int | ~int64 | ~uint64 | ~float64
}

// within says that a number has to be in a range. One that is none (NaN) never is.
func within[T figure](l *limits, key string, n, low, high T) {
	l.need(n >= low && n <= high, key, "%s is from %v to %v, not %v", key, low, high, n)
}

func both(l *limits, key string, r Range, most uint64) {
	l.need(r[0] >= 1 && r[0] <= r[1] && r[1] <= most, key, "%s is a range from 1 to %d, not %d to %d", key, most, r[0], r[1])
}

// validate returns the first thing that makes no sense, or nil.
func (s *Scenario) validate() *problem {
	l := &limits{}
	l.need(s.Name != "", "name", "a scenario has a name")
	s.times(l)
	within(l, "prices", s.Prices, 1, auction.MaxPrices)
	within(l, "twins", s.Twins, 0, mostServers)
	l.need(len(s.Servers) > 0, "servers", "there have to be servers")
	l.need(len(s.Clients) > 0, "clients", "there have to be clients")
	total, names := 0, map[string]bool{}
	for i := range s.Servers {
		l.kind("servers", i, s.Servers[i].Kind, names)
		s.Servers[i].validate(l)
		total += max(s.Servers[i].Count, 0)
	}
	clear(names)
	for i := range s.Clients {
		l.kind("clients", i, s.Clients[i].Kind, names)
		s.Clients[i].validate(l, total)
	}
	l.at, l.name = []string{"day"}, "day: "
	within(l, "period", s.Day.Period, 0, longest)
	within(l, "swing", s.Day.Swing, 0, mostTimes)
	for i := range s.Shocks {
		l.at, l.name = []string{"shocks", strconv.Itoa(i)}, "shocks: "
		within(l, "at", s.Shocks[i].At, 0, longest)
		within(l, "lasts", s.Shocks[i].Lasts, 0, longest)
		within(l, "factor", s.Shocks[i].Factor, 0, mostTimes)
	}
	l.at, l.name = []string{"expect"}, "expect: "
	within(l, "welfare", s.Expect.Welfare, 0, 1)
	return l.first
}

// times are those of the whole.
func (s *Scenario) times(l *limits) {
	within(l, "span", s.Span, time.Minute, longest)
	l.need(s.WarmUp >= 0 && s.WarmUp < s.Span, "warm-up", "warm-up is from 0s to less than the span, %v, not %v", s.Span, s.WarmUp)
	within(l, "round", s.Round, time.Second, 30*time.Second)
	l.need(s.Round > 0 && s.Sample >= s.Round && s.Sample%s.Round == 0, "sample",
		"sample is once or several times the round, %v, not %v", s.Round, s.Sample)
	l.need(s.Sample > 0 && s.Span/s.Sample <= mostSamples, "sample", "sample gives more than %d samples", mostSamples)
	l.need(s.Span-s.WarmUp >= s.Sample, "span", "span has to have a sample, %v, after the warm-up, %v", s.Sample, s.WarmUp)
	within(l, "refill", s.Refill, coverTime, mostPrepaid)
	l.need(s.Prepaid > s.Refill && s.Prepaid <= mostPrepaid, "prepaid",
		"prepaid is from more than refill, %v, to %v, not %v", s.Refill, mostPrepaid, s.Prepaid)
}

// kind looks at one of a list, and at its name.
func (l *limits) kind(list string, i int, name string, names map[string]bool) {
	l.at, l.name = []string{list, strconv.Itoa(i)}, list+" "+name+": "
	// It becomes a part of a column's name.
	l.need(regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`).MatchString(name), "kind", "kind is a word in small letters, not %q", name)
	l.need(!names[name], "kind", "kind is there twice")
	names[name] = true
}

func (k *ServerKind) validate(l *limits) {
	within(l, "count", k.Count, 1, mostServers)
	both(l, "units", k.Units, mostUnits)
	within(l, "reserve", k.Reserve, 0, mostMoney)
	within(l, "fee", k.Fee, 0, mostMoney)
	within(l, "tax", k.Tax, 0, mostMoney)
	within(l, "share", k.Share, 0.01, 1)
	within(l, "serves", k.Serves, 0, mostTimes)
	within(l, "slow", k.Slow, 1, mostTimes)
	within(l, "free", k.Free, 0, 1)
	within(l, "up", k.Up, 0, longest)
	within(l, "down", k.Down, 0, longest)
	l.need((k.Up == 0) == (k.Down == 0), "up", "up and down go together")
	if o := &k.Overload; o.Every != 0 {
		l.at = append(l.at, "overload")
		within(l, "every", o.Every, time.Second, longest)
		within(l, "lasts", o.Lasts, time.Second, longest)
		within(l, "left", o.Left, 0, 1)
	}
}

func (k *ClientKind) validate(l *limits, servers int) {
	within(l, "count", k.Count, 1, mostClients)
	within(l, "knows", k.Knows, 1, min(servers, mostKnown))
	within(l, "servers", k.Servers, 1, buyer.MaxServers)
	both(l, "need", k.Need, buyer.MaxUnits)
	within(l, "use", k.Use, 0, 1)
	if !k.Free {
		within(l, "value", k.Value, 1, mostMoney)
	}
	within(l, "spread", k.Spread, 0, mostSpread)
	within(l, "moves", k.Moves, 0, mostSpread)
	within(l, "idle", k.Idle, 0, 1)
	within(l, "at-least", k.AtLeast, time.Minute, longest)
	l.need(k.Change >= k.AtLeast && k.Change <= longest, "change", "change is from at-least, %v, to %v, not %v", k.AtLeast, longest, k.Change)
	within(l, "budget", k.Budget, 0.01, mostBudget)
	within(l, "greedy", k.Greedy, 1, mostTimes)
	within(l, "exaggerate", k.Exaggerate, 0.01, mostTimes)
}
