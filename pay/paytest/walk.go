package paytest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/candela-les/candela/unit"
)

// walks is how many random walks a liar takes, and steps how long each is.
const (
	walks = 16
	steps = 20
)

// clientWalks: whatever a client does with its keys, in whatever order, over reorganizations and as time goes by, the server has in the
// end what was used, but for its credit. It does what a server does by itself: it collects when it is told that somebody leaves.
func clientWalks(w *World) {
	t, ok := w.T.(*testing.T)
	if !ok {
		return
	}
	for seed := range uint64(walks) {
		if testing.Short() && seed%4 != 0 {
			continue
		}
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			l := newLiar(NewWorld(t, w.Method), seed)
			for range steps {
				l.step()
			}
			l.end()
		})
	}
}

// liar is a client that lies at random.
type liar struct {
	*Client
	w        *World
	ch       Channel
	rand     *rand.Rand
	deposit  uint64 // of all times
	promised unit.Amount
	used     unit.Amount
	handed   [][]byte // by Settle
	calls    int      // of the contract, by itself
	told     int64    // alarms that were answered
	accepted int
	did      []string
}

const liarHas = 10_000

func newLiar(w *World, seed uint64) *liar {
	l := &liar{Client: w.NewClient(liarHas), w: w, rand: rand.New(rand.NewPCG(seed, 1)), deposit: 3000}
	w.Mine(2 * Confirmations) // so that its funds are not what is reorganized
	l.ch = l.open(l.deposit)
	return l
}

// forgetful makes a payer that has the keys, and no notes that would keep it from anything.
func (l *liar) forgetful() *Client {
	l.w.T.Helper()
	c := &Client{process: l.process, Funds: l.Funds, Session: l.Session, Notes: newNotes(), Line: l.Line}
	var err error
	if c.Payer, err = l.w.Method.Payer(c); err != nil {
		l.w.T.Fatal(err)
	}
	// It has to know of the channel.
	if err := l.w.While(func(ctx context.Context) error {
		_, _, err := c.Payer.Open(ctx, "first", l.w.Server.Payee(), unit.Amount{})
		return err
	}); err != nil {
		l.w.T.Fatal(err)
	}
	return c
}

// try does something that may fail, within a few seconds.
func (l *liar) try(do func(ctx context.Context) error) {
	l.w.T.Helper()
	_ = l.w.While(func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		return do(ctx)
	})
}

// call calls the contract, which may fail.
func (l *liar) call(data []byte) {
	l.w.T.Helper()
	l.calls++
	l.try(func(ctx context.Context) error {
		return l.Call(ctx, fmt.Sprintf("call %d", l.calls), l.w.Method.Calls.Contract, data)
	})
}

// action is something that a liar does.
type action struct {
	often int // of so many times that all are done together
	name  string
	do    func()
}

func (l *liar) actions() []action {
	all := []action{
		{7, "promises", l.promise},
		{1, "uses", func() { l.use(l.liked()) }},
		{1, "locks more", func() {
			l.deposit += 1 + l.rand.Uint64N(500)
			l.try(func(ctx context.Context) error {
				return l.forgetful().Payer.Increase(ctx, l.ch.ID, unit.NewAmount(l.deposit))
			})
		}},
		{1, "waits", func() { l.wait(l.w.Method.Delay / 4) }},
		{1, "waits for blocks", func() { l.w.Mine(1 + l.rand.IntN(2*Confirmations)) }},
		{1, "is reorganized", func() { l.w.Back(1 + l.rand.Uint64N(Confirmations)) }},
		{1, "has the server start anew", l.restart},
	}
	if l.rand.IntN(3) == 0 { // or it would be over too soon
		all = append(all, action{1, "withdraws", l.withdraw}, action{1, "settles", l.settle})
	}
	if l.w.Method.Calls != nil {
		all = append(
			all,
			action{2, "withdraws a part", l.part},
			action{2, "waits until it may finish", func() { l.wait(l.w.Method.Delay) }},
			action{1, "finishes", l.finish},
			action{1, "uses what it was handed", l.refund},
		)
	}
	return all
}

func (l *liar) withdraw() {
	l.try(func(ctx context.Context) error { return l.forgetful().Payer.Close(ctx, l.ch.ID, nil) })
}

// restart has the server start anew: then it looks what is due.
func (l *liar) restart() {
	l.w.Server.Start()
	l.told = -1
}

// last is what it does in the end if it can: it takes a part back, and the rest by consent, at once after it has paid.
func (l *liar) last() []action {
	if l.w.Method.Calls == nil {
		return nil
	}
	all := []action{
		{1, "withdraws a part", l.part},
		{1, "waits until it may finish", func() { l.wait(l.w.Method.Delay) }},
		{1, "promises", l.promise},
		{1, "settles", l.settle},
		{1, "finishes", l.finish},
		{1, "uses what it was handed", l.refund},
	}
	if l.rand.IntN(2) > 0 {
		all[4], all[5] = all[5], all[4]
	}
	return all
}

func (l *liar) settle() {
	if s, err := l.Line.Settle(l.w.T.Context(), l.ch.ID); err == nil {
		l.handed = append(l.handed, s.Data)
	}
}

// part begins to take a part back.
func (l *liar) part() {
	l.call(l.w.Method.Calls.Withdraw(l.ch, unit.NewAmount(1+l.rand.Uint64N(l.deposit/2))))
}

func (l *liar) finish() { l.call(l.w.Method.Calls.Finish(l.ch)) }

func (l *liar) refund() {
	if len(l.handed) > 0 {
		l.call(l.w.Method.Calls.Use(l.ch, l.handed[l.rand.IntN(len(l.handed))]))
	}
}

// wait waits for long, in which the server looks again and again what is due.
func (l *liar) wait(d time.Duration) {
	l.w.Later(d)
	l.told = -1
}

func (l *liar) step() {
	l.w.T.Helper()
	all := l.actions()
	sum := 0
	for _, a := range all {
		sum += a.often
	}
	at := l.rand.IntN(sum)
	for _, a := range all {
		if at -= a.often; at < 0 {
			l.do(a)
			return
		}
	}
}

// do does something, and then the server what it does by itself.
func (l *liar) do(a action) {
	l.w.T.Helper()
	l.did = append(l.did, a.name)
	a.do()
	l.w.Server.Look()
	l.Look()
	if alarms := l.w.Server.Alarms.Load(); alarms != l.told {
		l.told = alarms
		if _, err := l.w.Server.Collect(false); err != nil {
			l.w.T.Logf("having done %v, it is collected: %v", l.did, err)
		}
	}
}

// promise promises some amount, and uses some of what it is credited, or all of it.
func (l *liar) promise() {
	n := unit.NewAmount(1 + l.rand.Uint64N(2*l.deposit))
	if l.rand.IntN(4) > 0 {
		n = l.promised.Plus(unit.NewAmount(1 + l.rand.Uint64N(l.deposit/4)))
	}
	a, err := l.Line.Promise(l.w.T.Context(), l.ch.ID, l.w.Method.Forge(l.Client, l.ch, n))
	if err != nil {
		return
	}
	if !a.Credited.IsZero() {
		l.accepted++
	}
	l.promised = a.Cumulative
	if l.rand.IntN(2) > 0 {
		l.use(a.Credited)
	} else {
		l.use(a.Credited.Min(l.liked()))
	}
}

// liked is an amount at random.
func (l *liar) liked() unit.Amount { return unit.NewAmount(l.rand.Uint64N(l.deposit)) }

// use uses some of what is in its account.
func (l *liar) use(n unit.Amount) { l.used = l.used.Plus(l.w.Server.Book.Spend(l.Address(), n)) }

// end has the client take what it can get, and then the server collect; and compares. What is left in its account is as good as used.
func (l *liar) end() {
	l.w.T.Helper()
	for _, a := range l.last() {
		l.do(a)
	}
	l.do(action{1, "has the server start anew", l.restart})
	for range 3 {
		l.do(action{1, "withdraws", l.withdraw})
		l.do(action{1, "waits", func() { l.wait(l.w.Method.Delay) }})
	}
	if _, err := l.w.Server.Collect(true); err != nil {
		l.w.T.Logf("collecting: %v", err)
	}
	l.use(l.unspent())
	got := l.w.Server.Got()
	if lost, _ := l.used.Sub(got); lost.Cmp(l.w.Method.Credit.Plus(l.w.Method.Luck)) > 0 {
		l.w.T.Errorf("a client that has used %s has paid %s, having done %v", l.used, got, l.did)
	}
	if got.Cmp(l.used) > 0 {
		l.w.T.Errorf("a client that has used all it was credited, %s, has paid %s, having done %v", l.used, got, l.did)
	}
	l.w.T.Logf("%d promises accepted, %s used, %s paid: %v", l.accepted, l.used, got, l.did)
}
