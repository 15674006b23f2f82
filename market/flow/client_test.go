package flow_test

import (
	"testing"

	"github.com/candela-les/candela/market/flow"
	"github.com/candela-les/candela/unit"
)

func canSend(t *testing.T, c *flow.Client, now unit.Instant, cost unit.Cost, want unit.Span) {
	t.Helper()
	ok, wait := c.CanSend(now, cost)
	if wait != want || ok != (want == 0) {
		t.Fatalf("can send %d: %v, wait %d; want %d", cost, ok, wait, want)
	}
}

// The case that a plain token bucket gets wrong: it would count on recharge that
// the server's full buffer never took while the request was under way.
func TestSlowRequestEarnsNothing(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 10})
	c.Sent(at(0), 1, 900)
	wantValue(t, c.Estimate(at(50)), 100)
	wantValue(t, c.Estimate(at(10_000)), 100)
	canSend(t, c, at(10_000), 500, flow.Never) // only the reply can help
	c.Reply(at(10_000), 1, 100)
	wantValue(t, c.Estimate(at(10_000)), 100)
	wantValue(t, c.Estimate(at(10_040)), 500)
}

func TestReplyBringsTheRefund(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 1})
	c.Sent(at(0), 1, 400)
	c.Sent(at(0), 2, 300)
	wantValue(t, c.Estimate(at(0)), 300)
	c.Reply(at(5), 1, 990)
	wantValue(t, c.Estimate(at(5)), 690)
	c.Reply(at(5), 2, 980)
	wantValue(t, c.Estimate(at(5)), 980)
	c.Reply(at(5), 2, 1000) // once only
	c.Reply(at(5), 77, 1000)
	wantValue(t, c.Estimate(at(5)), 980)
}

// Replies may overtake each other: an older one still tells something, less what
// is known to have been taken since.
func TestRepliesOutOfOrder(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 1})
	c.Sent(at(0), 1, 400)
	c.Sent(at(0), 2, 300)
	c.Reply(at(5), 2, 600) // both arrived; the first is not refunded yet
	wantValue(t, c.Estimate(at(5)), 600)
	c.Reply(at(5), 1, 1000) // refunded, as if the second had not come
	wantValue(t, c.Estimate(at(5)), 700)
}

func TestClientMargin(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 10})
	c.Sent(at(0), 1, 1000)
	c.Reply(at(0), 1, 0)
	canSend(t, c, at(0), 490, 50*ms) // 490 and 10 in hand
	canSend(t, c, at(0), 1000, 100*ms)
	canSend(t, c, at(0), 1001, flow.Never)
}

func TestStopAndResume(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 10})
	c.Sent(at(0), 1, 100)
	c.Stop(at(1))
	canSend(t, c, at(1), 0, flow.Never)
	wantValue(t, c.Estimate(at(1)), 0)
	c.Resume(at(2), 5000)
	wantValue(t, c.Estimate(at(2)), 1000)
	c.Reply(at(2), 1, 1000) // forgotten
	wantValue(t, c.Estimate(at(2)), 1000)
}

func TestExpireLetsTheEstimateRecover(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 10})
	c.Sent(at(0), 1, 900)
	c.Expire(at(1000), 1)
	wantValue(t, c.Estimate(at(1000)), 100)
	wantValue(t, c.Estimate(at(1090)), 1000)
}

func TestClientUpdates(t *testing.T) {
	c := flow.NewClient(at(0), flow.Params{Limit: 1000, Recharge: 10})
	c.Update(at(0), flow.Params{Limit: 400, Recharge: 1})
	wantValue(t, c.Estimate(at(0)), 400)
	c.Update(at(0), flow.Params{Limit: 2000, Recharge: 2})
	wantValue(t, c.Estimate(at(0)), 400) // nothing is taken for granted
	wantValue(t, c.Estimate(at(100)), 600)
	c.Update(at(100), flow.Params{})
	canSend(t, c, at(100), 0, flow.Never) // a server that serves no data
}
