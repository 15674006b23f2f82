package pay_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest/fake"
)

// twin is what two servers on one ledger should have come to, in plain integers, with a client that tries to get its money
// back more than once. It knows nothing of queues, caches or settlements that a server has not heard of.
type twin struct {
	*world
	servers [2]*pay.Cashier
	c       [4]twinChannel
}

// twinChannel is a channel and its client's account.
type twinChannel struct {
	deposit, refunded, collected, refunds int64
	promised, returned, collecting, free  int64
	settled                               int64 // cumulative at the last settlement; −1 before the first
	handed                                []twinRefund
	unaware                               [2]bool // servers that may not know of the last settlement
}

type twinRefund struct {
	data           []byte
	amount, number int64
}

// taken is what the client can take of the deposit, at worst.
func (c *twinChannel) taken() (most int64) {
	for _, r := range c.handed {
		if r.number == c.refunds {
			most = max(most, r.amount)
		}
	}
	return most
}

func (c *twinChannel) keep() int64  { return c.promised - c.returned }
func (c *twinChannel) cover() int64 { return c.deposit - c.refunded - c.taken() + c.returned }

// TestTwin compares cashiers with it.
func TestTwin(t *testing.T) {
	rapid.Check(t, func(t2 *rapid.T) {
		w := &twin{world: begin(t, nil)}
		for i := range w.servers {
			w.servers[i] = pay.NewCashier(w.config)
		}
		for n := byte(1); n <= 3; n++ {
			w.c[n] = twinChannel{deposit: 100, settled: -1}
			for _, s := range w.servers {
				if _, err := s.Establish(t.Context(), client(n), "fake", fake.Opening(channel(n))); err != nil {
					t2.Fatal(err)
				}
			}
		}
		for range rapid.IntRange(1, 40).Draw(t2, "steps") {
			w.step(t2)
			w.compare(t2)
		}
		w.reckon(t2)
	})
}

func (w *twin) step(t *rapid.T) {
	n := byte(rapid.IntRange(1, 3).Draw(t, "channel"))
	server := rapid.IntRange(0, 1).Draw(t, "server")
	c := &w.c[n]
	switch rapid.IntRange(0, 10).Draw(t, "call") {
	case 0, 1, 2, 3:
		w.promised(t, n, server, rapid.Int64Range(-5, 60).Draw(t, "more"))
	case 4:
		more := rapid.Int64Range(1, 50).Draw(t, "deposit")
		w.chain.Deposit(channel(n), client(n), uint64(more))
		c.deposit += more
	case 5:
		spent := min(c.free, rapid.Int64Range(1, 40).Draw(t, "spent"))
		if got := w.book.Spend(client(n), amount(uint64(spent))); got != amount(uint64(spent)) {
			t.Fatalf("%s of %d were spent", got, spent)
		}
		c.free -= spent
	case 6, 7:
		w.settle(t, n, server)
	case 8:
		if len(c.handed) > 0 {
			w.refund(t, n, rapid.IntRange(0, len(c.handed)-1).Draw(t, "which"))
		}
	case 9:
		w.collect(t, n, rapid.Int64Range(0, c.keep()).Draw(t, "collected"))
	case 10:
		w.servers[server] = pay.NewCashier(w.config)
		for i := range w.c {
			if w.c[i].promised > 0 {
				w.c[i].unaware[server] = false
			}
		}
		if c.promised == 0 {
			w.servers[server].Establish(w.Context(), client(n), "fake", fake.Opening(channel(n))) //nolint:errcheck // compare will see
			c.unaware[server] = false
		}
	}
}

func (w *twin) promised(t *rapid.T, n byte, server int, more int64) {
	c, s := &w.c[n], w.servers[server]
	if rapid.Bool().Draw(t, "looks") {
		_, err := s.Increase(w.Context(), client(n), channel(n))
		if err != nil && c.promised > 0 {
			t.Fatal(err)
		}
		c.unaware[server] = c.unaware[server] && err != nil
	}
	sum := max(c.promised+more, 0)
	from := max(min(sum, c.promised+rapid.Int64Range(-3, 1).Draw(t, "from")), 0)
	p := fake.Promise{ID: channel(n), From: uint64(from), Cumulative: uint64(sum)}
	raw, forged := p.Sign(), rapid.IntRange(0, 6).Draw(t, "forged") == 0
	if forged {
		raw = p.Forge()
	}
	a, err := s.Promise(w.Context(), client(n), channel(n), raw)
	var why pay.Reason
	if r, ok := errors.AsType[*pay.Refusal](err); ok {
		why = r.Reason
	}
	var want pay.Reason
	switch higher := sum > c.promised; {
	case why == pay.NoChannel && c.promised == 0: // it has to be established again
		return
	case forged:
		want = pay.BadSign
	case higher && sum > c.cover():
		want = pay.Uncovered
	case higher && from > c.promised:
		want = pay.Gap
	}
	if why != want && c.unaware[server] && (why == pay.Uncovered || why == pay.Gap) {
		return // less is taken than could be
	}
	credited := max(sum-c.promised, 0)
	// An acknowledgement says what this server knows of.
	_, known := a.Cumulative.Words()
	high := int64(known) == c.promised+credited || credited == 0 && int64(known) >= sum && int64(known) <= c.promised
	if why != want || want == 0 && (err != nil || a.Credited != amount(uint64(credited)) || !high) {
		t.Fatalf("%s of %+v by server %d: %+v, %v instead of reason %d", p, *c, server, a, err, want)
	}
	if want == 0 {
		c.promised += credited
		c.free += credited
		c.unaware[server] = c.unaware[server] && credited == 0
	}
}

func (w *twin) settle(t *rapid.T, n byte, server int) {
	c := &w.c[n]
	out, err := w.servers[server].Settle(w.Context(), client(n), channel(n))
	if r, ok := errors.AsType[*pay.Refusal](err); ok && r.Reason == pay.NoChannel && c.promised == 0 {
		return
	}
	back := min(c.promised-c.returned-c.collecting, c.free)
	c.returned, c.free, c.settled = c.returned+back, c.free-back, c.promised
	if err != nil || out.Unspent != amount(uint64(c.returned)) || out.Spent != amount(uint64(c.keep())) {
		t.Fatalf("settling %+v: %+v, %v", *c, out, err)
	}
	c.handed = append(c.handed, twinRefund{out.Data, c.deposit - c.refunded - c.keep(), c.refunds})
	c.unaware[server] = false
	c.unaware[1-server] = true
}

func (w *twin) refund(t *rapid.T, n byte, which int) {
	c := &w.c[n]
	r := c.handed[which]
	good := r.number == c.refunds
	if got := w.chain.Refund(r.data); got != good {
		t.Fatalf("refund %d of %+v: %v", which, *c, got)
	}
	if good {
		c.refunded += r.amount
		c.refunds++
	}
}

// collect has something collected, which the chain must have.
func (w *twin) collect(t *rapid.T, n byte, total int64) {
	c := &w.c[n]
	sum := amount(uint64(total))
	e, ok, err := w.book.Collect(w.Context(), "fake", channel(n), sum, sum)
	if c.promised == 0 {
		return
	}
	c.collecting = max(c.collecting, total)
	till := &fake.Till{Of: w.method}
	if err := errors.Join(err, till.Collect(w.Context(), []pay.Order{{Entry: e, Total: sum}})); err != nil || !ok {
		t.Fatalf("%d of %+v can not be collected: %v", total, *c, err)
	}
	c.collected = max(c.collected, total)
}

// compare wants the ledger to have come to the same, and what was accepted to be there whatever the client does.
func (w *twin) compare(t *rapid.T) {
	for n := byte(1); n <= 3; n++ {
		c := w.c[n]
		e, known, err := w.book.Entry(w.Context(), "fake", channel(n))
		has, err2 := w.book.Unspent(w.Context(), client(n))
		got := fmt.Sprint(e.Cumulative, e.Returned, e.Collecting, has)
		want := fmt.Sprint(amount(uint64(c.promised)), amount(uint64(c.returned)), amount(uint64(c.collecting)), amount(uint64(c.free)))
		if err != nil || err2 != nil || got != want {
			t.Fatalf("channel %d stands at %s instead of %s, %v %v", n, got, want, err, err2)
		}
		if c.keep() > c.deposit-c.refunded-c.taken() {
			t.Fatalf("channel %d: %d are to be collected, and %d may be left: %+v", n, c.keep(), c.deposit-c.refunded-c.taken(), c)
		}
		if known && len(c.handed) > 0 && e.Settlements > 0 {
			if last := c.handed[len(c.handed)-1]; e.Settled == e.Cumulative && !bytes.Equal(last.data, e.Handed) {
				t.Fatalf("channel %d: something else was handed out than what is kept", n)
			}
		}
	}
}

// reckon has each client take all that it can, in an order of its own, and wants the rest to be collected.
func (w *twin) reckon(t *rapid.T) {
	for n := byte(1); n <= 3; n++ {
		c := &w.c[n]
		for range len(c.handed) {
			w.refund(t, n, rapid.IntRange(0, len(c.handed)-1).Draw(t, "which"))
		}
		w.collect(t, n, c.keep())
		if c.promised > 0 && w.chain.Collected(channel(n)) != amount(uint64(c.keep())) {
			t.Fatalf("of %+v %s were collected", *c, w.chain.Collected(channel(n)))
		}
	}
}
