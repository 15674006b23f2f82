package market

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// Verbs of a scenario. Costs are spans of one thread (1ms), clients are named by words.
// Each verb prints what the market wants done about it.
//
//	market capacity=2s workers=2 places=10 [reserve=‰] [free=‰]   capacity per second
//	       [sale [most=UNITS] [price=PRICE]]                      price: the least, an hour
//	grants [NAME=UNITS ...] [reserve=‰] [free=‰]                  oldest first
//	capacity is=1s
//	connect NAME [from=ADDRESS] [least=10ms] [grow]              and open
//	knock NAME [from=ADDRESS]                                    connect, and open later
//	open|leave|yield|freeze NAME
//	dismiss NAME for=1m
//	request|done|charge|refuse NAME cost=1ms
//	pass for=5s                                                  with a tick whenever one is due
//	enter NAME limit=AMOUNT                                      bids from now on
//	bid NAME [prices=10,8,...] [most=PRICE]
//	fund NAME limit=AMOUNT
//	debit|exit NAME
//	standing NAME
//	curve
//	units                                                        who has what
//	show NAME
func TestScenarios(t *testing.T) {
	datadriven.Walk(t, "testdata/market", func(t *testing.T, path string) {
		s := &scene{t: t, names: map[*Session]string{}, byName: map[string]*Session{}}
		datadriven.RunTest(t, path, s.do)
	})
}

// scene is one scenario while it is played.
type scene struct {
	t      *testing.T
	m      *Market
	now    unit.Instant
	names  map[*Session]string
	byName map[string]*Session
	out    strings.Builder
}

func (s *scene) do(t *testing.T, d *datadriven.TestData) string {
	s.t = t
	s.out.Reset()
	if d.Cmd == "market" {
		s.m = mustNew(s.now, Config{
			Capacity: s.rate(d, "capacity"), Workers: number(t, d, "workers", 1),
			Places: number(t, d, "places", 10), FirstGap: unit.Second, Seed: 1, Settings: s.settings(d), Sale: s.sale(d),
		})
	} else {
		verb := verbs[d.Cmd]
		if verb == nil {
			t.Fatalf("%s: no verb %q", d.Pos, d.Cmd)
		}
		verb(s, d)
	}
	s.effects("")
	if s.out.Len() == 0 {
		return "ok\n"
	}
	return s.out.String()
}

var verbs = map[string]func(*scene, *datadriven.TestData){
	"grants":   func(s *scene, d *datadriven.TestData) { s.grants(d) },
	"capacity": func(s *scene, d *datadriven.TestData) { s.m.SetCapacity(s.now, s.rate(d, "is")) },
	"connect": func(s *scene, d *datadriven.TestData) {
		if s.knock(d) {
			s.m.Open(s.now, s.one(d))
		}
	},
	"knock": func(s *scene, d *datadriven.TestData) { s.knock(d) },
	"open":  func(s *scene, d *datadriven.TestData) { s.m.Open(s.now, s.one(d)) },
	"leave": func(s *scene, d *datadriven.TestData) {
		one := s.one(d)
		s.m.Leave(s.now, one)
		delete(s.byName, s.names[one])
	},
	"request": func(s *scene, d *datadriven.TestData) {
		if v := s.m.Request(s.now, s.one(d), s.cost(d, "cost")); v != flow.Accepted {
			fmt.Fprintln(&s.out, []string{"", "underrun", "dropped: frozen"}[v])
		}
	},
	"yield": func(s *scene, d *datadriven.TestData) { s.m.Yield(s.now, s.served(d)) },
	"done": func(s *scene, d *datadriven.TestData) {
		fmt.Fprintf(&s.out, "bv %v\n", show(s.m.Done(s.now, s.served(d), s.cost(d, "cost"))))
	},
	"charge": func(s *scene, d *datadriven.TestData) { s.m.Charge(s.now, s.one(d), s.cost(d, "cost")) },
	"refuse": func(s *scene, d *datadriven.TestData) {
		bv, ok := s.m.Refuse(s.now, s.one(d), s.cost(d, "cost"))
		fmt.Fprintf(&s.out, "bv %v %v\n", show(bv), ok)
	},
	"freeze": func(s *scene, d *datadriven.TestData) { s.m.Freeze(s.now, s.one(d)) },
	"dismiss": func(s *scene, d *datadriven.TestData) {
		s.m.Dismiss(s.now, s.one(d), unit.Span(s.cost(d, "for")))
	},
	"enter": func(s *scene, d *datadriven.TestData) {
		s.fails(s.m.Enter(s.now, s.one(d), unit.NewAmount(uint64(number(s.t, d, "limit", 0))), 0))
	},
	"bid": func(s *scene, d *datadriven.TestData) {
		most := unit.PriceOfWords(1<<63, 0)
		if d.HasArg("most") {
			most = unit.PricePerHour(uint64(number(s.t, d, "most", 0)))
		}
		s.fails(s.m.Bid(s.now, idOf(d.CmdArgs[0].Key), prices(s.t, d), most))
	},
	"fund": func(s *scene, d *datadriven.TestData) {
		s.fails(s.m.Fund(s.now, idOf(d.CmdArgs[0].Key), unit.NewAmount(uint64(number(s.t, d, "limit", 0)))))
	},
	"debit": func(s *scene, d *datadriven.TestData) {
		s.debit(s.m.Debit(s.now, idOf(d.CmdArgs[0].Key)))
	},
	"exit": func(s *scene, d *datadriven.TestData) {
		s.debit(s.m.Exit(s.now, idOf(d.CmdArgs[0].Key)))
	},
	"standing": func(s *scene, d *datadriven.TestData) {
		st, ok := s.m.Standing(s.now, idOf(d.CmdArgs[0].Key))
		fmt.Fprintf(&s.out, "entered=%v bid=%v units=%d rate=%v owed=%v limit=%v\n",
			ok, hourly(st.Prices), st.Units, perHour(st.Rate), st.Owed, st.Limit)
	},
	"curve": func(s *scene, _ *datadriven.TestData) {
		c := s.m.Curve()
		units, falls := s.m.ForSale()
		fmt.Fprintf(&s.out, "%d: %d units, %d free, reserve %v, losing %v, winning %v\n",
			c.Seq, units, c.Free, perHour(c.Reserve), hourly(c.Losing), hourly(c.Winning))
		for _, f := range falls {
			fmt.Fprintf(&s.out, "%d units at %v\n", f.Units, time.Duration(f.At))
		}
	},
	"pass":  func(s *scene, d *datadriven.TestData) { s.pass(unit.Span(s.cost(d, "for"))) },
	"units": func(s *scene, _ *datadriven.TestData) { s.units() },
	"show": func(s *scene, d *datadriven.TestData) {
		v := s.m.View(s.now, s.one(d))
		fmt.Fprintf(&s.out, "paid=%v units=%d/%d limit=%v recharge=%v/s bv=%v frozen=%v penalty=%.3g requests=%d spent=%v\n",
			v.Paid, v.Units, v.Granted, show(v.Params.Limit), show(v.Params.Recharge*1000), show(v.Buffer),
			v.Frozen, v.Penalty, v.Requests, show(v.Spent))
	},
}

// effects prints what the market decided, and looks whether it keeps its own rules.
func (s *scene) effects(when string) {
	for _, e := range s.m.Effects() {
		name := s.names[e.Session]
		if e.Session == nil {
			name = who(e.Client)
		}
		s.out.WriteString(when + name)
		switch e.Action {
		case Serve:
			fmt.Fprintf(&s.out, " serve, yields: %v", e.Session.Yields())
		case Evict:
			s.out.WriteString(" evict")
		case Expire:
			fmt.Fprintf(&s.out, " expire, bv %v, again after %v", show(e.BV), about(e.RetryAfter))
		case Stop:
			s.out.WriteString(" stop")
		case Resume:
			fmt.Fprintf(&s.out, " resume, bv %v", show(e.BV))
		case Announce:
			fmt.Fprintf(&s.out, " announce limit=%v recharge=%v/s", show(e.Params.Limit), show(e.Params.Recharge*1000))
		case Drop:
			fmt.Fprintf(&s.out, " drop, again after %v", about(e.RetryAfter))
		case Allocate:
			a := e.Allocation
			fmt.Fprintf(&s.out, " allocated %d instead of %d at %v by curve %d: %v",
				a.Units, a.Was, perHour(a.Rate), a.Seq, a.Reason)
		case Lapse:
			s.out.WriteString(" lapsed")
		}
		s.out.WriteString("\n")
	}
	if err := broken(s.m, s.now); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) fails(err error) {
	if err != nil {
		fmt.Fprintln(&s.out, err)
	}
}

func (s *scene) debit(d Debit, err error) {
	s.fails(err)
	fmt.Fprintf(&s.out, "debited %v\n", d.Amount)
}

func (s *scene) sale(d *datadriven.TestData) *Sale {
	if !d.HasArg("sale") {
		return nil
	}
	return &Sale{
		Prices: 4, Most: uint64(number(s.t, d, "most", 0)), FirstSeq: 1,
		Reserve: unit.PricePerHour(uint64(number(s.t, d, "price", 0))),
	}
}

// prices reads those of a bid, in base units an hour.
func prices(t *testing.T, d *datadriven.TestData) (list []unit.Price) {
	if !d.HasArg("prices") {
		return nil
	}
	for _, arg := range d.CmdArgs {
		if arg.Key != "prices" {
			continue
		}
		for _, text := range arg.Vals {
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				t.Fatalf("%s: %v", d.Pos, err)
			}
			list = append(list, unit.PricePerHour(n))
		}
	}
	return list
}

// perHour shows a price in base units an hour.
func perHour(p unit.Price) string {
	_, lo := p.Words()
	return strconv.FormatFloat(float64(lo)/1e6, 'g', -1, 64)
}

func hourly(list []unit.Price) (out []string) {
	for _, p := range list {
		out = append(out, perHour(p))
	}
	return out
}

func who(id ID) string { return strings.TrimRight(string(id[:]), "\x00") }

// pass lets time go by, with a tick whenever the market asks for one.
func (s *scene) pass(span unit.Span) {
	s.effects("")
	for end := s.now.Add(span); s.now < end; {
		s.now = min(s.m.Next(s.now), end)
		s.m.Tick(s.now)
		s.effects(fmt.Sprintf("%v: ", time.Duration(s.now).Round(time.Millisecond)))
	}
}

func (s *scene) grants(d *datadriven.TestData) {
	settings := s.settings(d)
	if err := s.m.Check(settings); err != nil {
		fmt.Fprintln(&s.out, err)
	}
	s.m.Apply(s.now, settings)
}

func (s *scene) settings(d *datadriven.TestData) Settings {
	settings := Settings{
		ReservePermille: uint64(number(s.t, d, "reserve", DefaultReservePermille)),
		FreePermille:    uint64(number(s.t, d, "free", DefaultFreePermille)),
	}
	for _, a := range d.CmdArgs {
		if !slices.Contains([]string{"capacity", "workers", "places", "reserve", "free", "sale", "most", "price"}, a.Key) {
			settings.Grants = append(settings.Grants, Grant{idOf(a.Key), uint64(number(s.t, d, a.Key, 0))})
		}
	}
	return settings
}

func (s *scene) units() {
	allocated, leaving := s.m.Allocated()
	fmt.Fprintf(&s.out, "%d of %d allocated, %d leaving\n", allocated, s.m.Units(), leaving)
	for _, g := range s.m.Settings().Grants {
		granted, units := s.m.Held(g.ID)
		fmt.Fprintf(&s.out, "%s: %d of %d\n", who(g.ID), units, granted)
	}
}

func (s *scene) knock(d *datadriven.TestData) bool {
	name, group, least := d.CmdArgs[0].Key, "", unit.Cost(10*unit.Millisecond)
	if d.HasArg("from") {
		d.ScanArgs(s.t, "from", &group)
	}
	if d.HasArg("least") {
		least = s.cost(d, "least")
	}
	one, wait := s.m.Connect(s.now, Join{ID: idOf(name), Group: Group(group), Least: least, Grow: d.HasArg("grow")})
	if one == nil {
		fmt.Fprintf(&s.out, "no place, again after %v\n", about(wait))
		return false
	}
	s.byName[name], s.names[one] = one, name
	return true
}

// one is the session that a verb is about.
func (s *scene) one(d *datadriven.TestData) *Session {
	one := s.byName[d.CmdArgs[0].Key]
	if one == nil {
		s.t.Fatalf("%s: who is %q?", d.Pos, d.CmdArgs[0].Key)
	}
	return one
}

// served is one that is being served.
func (s *scene) served(d *datadriven.TestData) *Session {
	one := s.one(d)
	if one.state != serving {
		s.t.Fatalf("%s: %s is not being served", d.Pos, d.CmdArgs[0].Key)
	}
	return one
}

// cost reads a cost that is written as time of one thread.
func (s *scene) cost(d *datadriven.TestData, key string) unit.Cost {
	var text string
	d.ScanArgs(s.t, key, &text)
	span, err := time.ParseDuration(text)
	if err != nil {
		s.t.Fatalf("%s: %v", d.Pos, err)
	}
	return unit.Cost(span)
}

// rate reads a cost per second, and returns it per millisecond.
func (s *scene) rate(d *datadriven.TestData, key string) unit.Cost { return s.cost(d, key) / 1000 }

func number(t *testing.T, d *datadriven.TestData, key string, other int) int {
	if !d.HasArg(key) {
		return other
	}
	var text string
	d.ScanArgs(t, key, &text)
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", d.Pos, err)
	}
	return n
}

func show(c unit.Cost) time.Duration { return time.Duration(c).Round(time.Microsecond) }

// about is a wait without what is random in it.
func about(d unit.Span) time.Duration { return time.Duration(d).Truncate(time.Second) }

func idOf(name string) (id ID) {
	copy(id[:], name)
	return id
}
