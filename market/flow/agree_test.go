package flow_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

// link is a client and a server with the wires between them: first in, first out
// in each direction, and as slow as the test likes.
type link struct {
	t      *rapid.T
	now    unit.Instant
	client *flow.Client
	server *flow.Server

	nextID  uint64
	up      []request // client to server
	serving []job
	down    []notice // server to client

	maxDelay unit.Span // nothing stays longer on a wire, 0: any time
	hiccups  unit.Cost // what requests may still cost beyond their prices
}

type request struct {
	at   unit.Instant
	id   uint64
	cost unit.Cost
}

type job struct {
	request
	ticket flow.Ticket
}

type notice struct {
	at     unit.Instant
	id     uint64 // of a reply
	bv     unit.Cost
	params *flow.Params // of an update
}

func newLink(t *rapid.T, p flow.Params) *link {
	now := unit.Instant(rapid.Int64Range(0, 1<<40).Draw(t, "start"))
	return &link{t: t, now: now, client: flow.NewClient(now, p), server: flow.NewServer(now, p)}
}

// send lets the client ask for something, if it thinks that it can.
func (l *link) send(t *rapid.T) {
	limit := uint64(l.client.Params().Limit)
	cost := unit.Cost(rapid.Uint64Range(0, limit).Draw(t, "cost"))
	if rapid.Bool().Draw(t, "spend all") {
		cost = min(l.client.Estimate(l.now), l.client.Params().Limit)
	}
	if ok, _ := l.client.CanSend(l.now, cost); !ok {
		return
	}
	l.nextID++
	l.client.Sent(l.now, l.nextID, cost)
	l.up = append(l.up, request{l.now, l.nextID, cost})
}

// arrive lets the next request reach the server.
func (l *link) arrive() {
	if len(l.up) == 0 {
		return
	}
	r := l.up[0]
	l.up = l.up[1:]
	ticket, verdict := l.server.Accept(l.now, r.cost)
	if verdict != flow.Accepted {
		l.t.Fatalf("request %d of cost %d: verdict %d, buffer %d", r.id, r.cost, verdict, l.server.Value(l.now))
	}
	l.serving = append(l.serving, job{r, ticket})
}

// finish lets the server answer any of the requests it is serving.
func (l *link) finish(t *rapid.T) {
	if len(l.serving) == 0 {
		return
	}
	i := rapid.IntRange(0, len(l.serving)-1).Draw(t, "which")
	j := l.serving[i]
	l.serving = append(l.serving[:i], l.serving[i+1:]...)
	realCost := unit.Cost(rapid.Uint64Range(0, uint64(j.cost)).Draw(t, "real"))
	if l.hiccups > 0 && rapid.Bool().Draw(t, "hiccup") {
		excess := unit.Cost(rapid.Uint64Range(0, uint64(l.hiccups)).Draw(t, "excess"))
		l.hiccups -= excess
		realCost = j.cost + excess
	}
	bv := l.server.Done(l.now, j.ticket, realCost)
	l.down = append(l.down, notice{at: l.now, id: j.id, bv: bv})
}

// receive lets the next reply or update reach the client.
func (l *link) receive() {
	if len(l.down) == 0 {
		return
	}
	n := l.down[0]
	l.down = l.down[1:]
	if n.params != nil {
		l.client.Update(l.now, *n.params)
		return
	}
	l.client.Reply(l.now, n.id, n.bv)
}

// pass lets time go by, delivering what must not be on the wire any longer.
func (l *link) pass(t *rapid.T) {
	span := unit.Span(rapid.Int64Range(0, int64(8*unit.Second)).Draw(t, "span"))
	end := l.now.Add(span)
	if l.maxDelay > 0 {
		for {
			due := end
			if len(l.up) > 0 {
				due = min(due, l.up[0].at.Add(l.maxDelay))
			}
			if len(l.down) > 0 {
				due = min(due, l.down[0].at.Add(l.maxDelay))
			}
			if due >= end {
				break
			}
			l.now = max(l.now, due)
			for len(l.up) > 0 && l.up[0].at.Add(l.maxDelay) <= l.now {
				l.arrive()
			}
			for len(l.down) > 0 && l.down[0].at.Add(l.maxDelay) <= l.now {
				l.receive()
			}
		}
	}
	l.now = end
}

// actions are the moves that a test may mix; extra ones are added by name.
func (l *link) actions(extra map[string]func(*rapid.T)) map[string]func(*rapid.T) {
	moves := map[string]func(*rapid.T){
		"send":    l.send,
		"send2":   l.send, // twice as often
		"arrive":  func(*rapid.T) { l.arrive() },
		"finish":  l.finish,
		"receive": func(*rapid.T) { l.receive() },
		"pass":    l.pass,
		"boost": func(t *rapid.T) {
			l.server.SetBoost(l.now, rapid.Uint64Range(0, 20_000).Draw(t, "boost"))
		},
		"expire": func(t *rapid.T) {
			// Only what has arrived may be given up: that is what Expire says.
			if len(l.serving) > 0 {
				l.client.Expire(l.now, l.serving[0].id)
			}
		},
		"": l.check,
	}
	maps.Copy(moves, extra)
	return moves
}

// check: the estimate never exceeds what the server would have left once all that
// is on the wire has come, and both ends stay within their bounds.
func (l *link) check(t *rapid.T) {
	left := int64(l.server.Value(l.now))
	for _, r := range l.up {
		left -= int64(r.cost)
	}
	if est := l.client.Estimate(l.now); est > 0 && int64(est) > left {
		t.Fatalf("client counts on %d, server will have %d", est, left)
	}
	if est, limit := l.client.Estimate(l.now), l.client.Params().Limit; est > limit {
		t.Fatalf("estimate %d above the limit %d", est, limit)
	}
}

func drawParams(t *rapid.T) flow.Params {
	return flow.Params{
		Limit:    unit.Cost(rapid.Uint64Range(1, 1<<34).Draw(t, "BL")),
		Recharge: unit.Cost(rapid.Uint64Range(0, 1<<22).Draw(t, "MRR")),
	}
}

// An obedient client is never stopped, whatever the latencies are.
func TestObedientClientNeverUnderruns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLink(t, drawParams(t))
		t.Repeat(l.actions(nil))
	})
}

// Nor is it when requests cost more than their price, while the reserve lasts.
func TestObedientClientSurvivesHiccups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawParams(t)
		l := newLink(t, p)
		l.hiccups = p.Limit / 4
		t.Repeat(l.actions(nil))
	})
}

// Nor is it when parameters change under it, if notices and requests are not
// slower than a server honours what it announced before.
func TestObedientClientSurvivesUpdates(t *testing.T) {
	for _, grant := range []bool{false, true} {
		rapid.Check(t, func(t *rapid.T) {
			l := newLink(t, drawParams(t))
			l.maxDelay = flow.HonourSpan/2 - 1
			t.Repeat(l.actions(map[string]func(*rapid.T){
				"update": func(t *rapid.T) {
					p := drawParams(t)
					l.server.Update(l.now, p, grant)
					l.down = append(l.down, notice{at: l.now, params: &p})
				},
			}))
		})
	}
}

// CanSend's wait is exact: with nothing else happening the request can be sent
// then and no nanosecond earlier.
func TestWaitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLink(t, drawParams(t))
		probe := func(t *rapid.T) {
			cost := unit.Cost(rapid.Uint64Range(0, 2*uint64(l.client.Params().Limit)).Draw(t, "probe"))
			ok, wait := l.client.CanSend(l.now, cost)
			if ok != (wait == 0) {
				t.Fatalf("ok %v with wait %d", ok, wait)
			}
			if ok || wait == flow.Never {
				return
			}
			l.now = l.now.Add(wait - 1)
			if ok, again := l.client.CanSend(l.now, cost); ok || again != 1 {
				t.Fatalf("1 ns before the end: ok %v, wait %d", ok, again)
			}
			l.now++
			if ok, again := l.client.CanSend(l.now, cost); !ok {
				t.Fatalf("at the end: still %d to wait", again)
			}
		}
		t.Repeat(l.actions(map[string]func(*rapid.T){"probe": probe}))
	})
}

// A client is not starved either: once all is answered and refilled, it can spend
// the whole buffer again.
func TestEstimateRecovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawParams(t)
		p.Recharge = max(p.Recharge, 1)
		l := newLink(t, p)
		t.Repeat(l.actions(nil))
		for len(l.up) > 0 {
			l.arrive()
		}
		for len(l.serving) > 0 {
			l.finish(t)
		}
		for len(l.down) > 0 {
			l.receive()
		}
		l.now = l.now.Add(unit.Span(p.Limit/p.Recharge+1) * unit.Millisecond)
		if est := l.client.Estimate(l.now); est != p.Limit {
			t.Fatalf("estimate %d of %d when all is over", est, p.Limit)
		}
	})
}
