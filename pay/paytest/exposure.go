package paytest

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// RunLies has a method pass what the suite has of clients that lie, as under another Method.Credit than its own tests have.
func RunLies(t *testing.T, m Method) {
	for _, c := range cases() {
		if strings.HasPrefix(c.name, "client lies: ") {
			c.in(t, m)
		}
	}
}

// cheat is a client that signs whatever it likes, and uses at once whatever it is credited for that.
type cheat struct {
	*Client
	ch   Channel
	used unit.Amount
}

// cheatHas is what it has, and cheatLocks of it what it locks.
const (
	cheatHas   = 1000
	cheatLocks = 300
)

func newCheat(w *World) *cheat {
	w.T.Helper()
	x := &cheat{Client: w.NewClient(cheatHas)}
	x.ch = x.open(cheatLocks)
	return x
}

// most is up to what promises over its channel are taken: what is locked, and the credit.
func (x *cheat) most() unit.Amount {
	return unit.NewAmount(cheatLocks).Plus(x.w.Method.Credit)
}

// promise signs a promise of any amount.
func (x *cheat) promise(n unit.Amount) []byte { return x.w.Method.Forge(x.Client, x.ch, n) }

// send has a promise taken, or not, and uses what it was credited.
func (x *cheat) send(promise []byte) error {
	_, err := x.Line.Promise(x.w.T.Context(), x.ch.ID, promise)
	x.useAll()
	return err
}

// useAll uses what is in its account.
func (x *cheat) useAll() {
	x.w.T.Helper()
	x.used = x.used.Plus(x.w.Server.Book.Spend(x.Address(), x.unspent()))
}

// withdraws has it begin to take everything back, or go on with that.
func (x *cheat) withdraws() {
	x.w.T.Helper()
	x.w.Must("withdrawing", func(ctx context.Context) error { return x.Payer.Close(ctx, x.ch.ID, nil) })
}

// reckon has it take back all that it can, while the server does what a server does by itself, and then measures on the chain: of what was used the
// server has all but its credit, and the client has the rest of what there is.
func (x *cheat) reckon() {
	w := x.w
	w.T.Helper()
	x.withdraws()
	w.Server.Look()
	if _, err := w.Server.Collect(false); err != nil { // which it is, of what is on credit
		w.T.Logf("collecting from who leaves: %v", err)
	}
	x.leaveAlone(x.ch)
	w.Server.Look()
	if _, err := w.Server.Collect(true); err != nil {
		w.T.Logf("collecting the rest: %v", err)
	}
	x.useAll()
	if x.used.IsZero() {
		w.T.Error("nothing was used, so nothing was tried")
	}
	used, most := x.used, w.Method.Credit.Plus(w.Method.Luck)
	if low, ok := used.Sub(w.Server.Got()); ok && low.Cmp(most) > 0 {
		w.T.Errorf("of %s that were used %s are lost, and could be %s", used, low, most)
	}
	if got := w.Server.Got(); got.Cmp(used.Plus(w.Method.Luck)) > 0 {
		w.T.Errorf("the server has got %s for %s", got, used)
	}
	if sum := w.Server.Got().Plus(x.Has()); sum != unit.NewAmount(cheatHas) {
		w.T.Errorf("the server has got %s and the client has %s, of %d", w.Server.Got(), x.Has(), cheatHas)
	}
}

// spendsTwice: every promise goes to two servers on one ledger, at the same time, and both give service for what they say was credited.
func spendsTwice(w *World) {
	x := newCheat(w)
	second := pay.NewCashier(pay.CashierConfig{Book: w.Server.Book, Providers: []pay.Provider{w.Server.Provider}})
	if _, err := second.Establish(w.T.Context(), x.Address(), x.Payer.Method(), x.ch.Opening); err != nil {
		w.T.Fatal(err)
	}
	for n := uint64(50); n <= cheatLocks; n += 50 {
		promise := x.promise(unit.NewAmount(n))
		var credited [2]unit.Amount
		done := make(chan error, len(credited))
		for i, k := range []*pay.Cashier{w.Server.Cashier, second} {
			go func() {
				a, err := k.Promise(w.T.Context(), x.Address(), x.ch.ID, promise)
				credited[i] = a.Credited
				done <- err
			}()
		}
		for range credited {
			if err := <-done; err != nil && !w.late(err) {
				w.T.Error(err)
			}
		}
		if sum := credited[0].Plus(credited[1]); sum != unit.NewAmount(50) {
			w.T.Errorf("two servers say that they have credited %s for 50", sum)
		}
		x.useAll()
	}
	x.reckon()
}

// withdrawsWhilePromising: it begins to take everything back, and promises with every block that comes, until nothing is taken any more.
func withdrawsWhilePromising(w *World) {
	x := newCheat(w)
	closing := w.begin(func(ctx context.Context) error { return x.Payer.Close(ctx, x.ch.ID, nil) })
	taken, refused := uint64(0), 0
	w.until("promises are refused", func() bool {
		w.Server.Look()
		if err := x.send(x.promise(unit.NewAmount(taken + 10))); err != nil {
			refused++
		} else {
			taken += 10
		}
		return refused > 2*Confirmations
	})
	if err := closing.end(); err != nil {
		w.T.Fatal(err)
	}
	x.reckon()
}

// overIssues: it promises more than it has locked, as much as there are numbers for, and up to the last unit that is taken.
func overIssues(w *World) {
	x := newCheat(w)
	if w.Method.Once != 0 { // its promises are as large as they can be
		for range 2 * cheatLocks / w.Method.Once {
			err := x.send(x.promise(unit.MaxAmount()))
			if refused := (*pay.Refusal)(nil); err != nil && !errors.As(err, &refused) {
				w.T.Errorf("promising too much: %v", err)
			}
		}
		x.reckon()
		return
	}
	for _, n := range []unit.Amount{x.most().Plus(unit.NewAmount(1)), unit.NewAmount(cheatHas), unit.MaxAmount()} {
		w.refused("promising "+n.String(), x.send(x.promise(n)), pay.Uncovered)
	}
	for _, n := range []unit.Amount{unit.NewAmount(cheatLocks), x.most()} {
		if err := x.send(x.promise(n)); err != nil {
			w.T.Errorf("promising %s: %v", n, err)
		}
	}
	if x.used != x.most() {
		w.T.Errorf("%s were used of %s", x.used, x.most())
	}
	w.refused("promising one more", x.send(x.promise(x.most().Plus(unit.NewAmount(1)))), pay.Uncovered)
	x.reckon()
}

// replays: it sends what it has sent before, in any order, again and again, also over another channel and to a server that was started anew.
func replays(w *World) {
	x := newCheat(w)
	var other Channel
	w.Must("opening another channel", func(ctx context.Context) (err error) {
		other, err = x.Open(ctx, "second", cheatLocks)
		return err
	})
	var sent [][]byte
	for n := uint64(50); n <= cheatLocks; n += 50 {
		sent = append(sent, x.promise(unit.NewAmount(n)))
		if err := x.send(sent[len(sent)-1]); err != nil {
			w.T.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		random.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
		for _, promise := range sent {
			if err := x.send(promise); err != nil {
				w.T.Error(err)
			}
			if _, err := x.Line.Promise(w.T.Context(), other.ID, promise); err == nil && other.ID != x.ch.ID {
				w.T.Error("a promise over one channel is taken over another")
			}
			x.useAll()
		}
		w.Server.Start()
		if _, err := w.Server.Collect(true); err != nil {
			w.T.Error(err)
		}
	}
	if x.used != unit.NewAmount(cheatLocks) {
		w.T.Errorf("%s were used of %d", x.used, cheatLocks)
	}
	if other.ID != x.ch.ID {
		x.leaveAlone(other)
	}
	x.reckon()
}

// promisesWhileClosed: it promises over a channel that it takes everything back from: before that is sure, after it is, when it could be done and when
// it is.
func promisesWhileClosed(w *World) {
	x := newCheat(w)
	if err := x.send(x.promise(unit.NewAmount(100))); err != nil {
		w.T.Fatal(err)
	}
	more := func(when string) {
		w.T.Helper()
		w.Server.Look()
		for _, n := range []uint64{101, cheatLocks} {
			if err := x.send(x.promise(unit.NewAmount(n))); err == nil && w.Method.Credit.IsZero() {
				w.T.Errorf("%s a promise of %d was taken", when, n)
			}
		}
	}
	closing := w.begin(func(ctx context.Context) error { return x.Payer.Close(ctx, x.ch.ID, nil) })
	w.until("the closing is seen", func() bool { return w.Server.closing(x.ch) })
	more("before it was sure that it closes")
	if err := closing.end(); err != nil {
		w.T.Fatal(err)
	}
	more("while it was closing")
	w.Server.Start()
	more("while it was closing, after a restart,")
	if _, err := w.Server.Collect(false); err != nil {
		w.T.Error(err)
	}
	w.Later(w.Method.Delay)
	more("when it could be done")
	x.leaveAlone(x.ch)
	more("when it was done")
	if x.used.Cmp(unit.NewAmount(100).Plus(w.Method.Credit)) > 0 {
		w.T.Errorf("%s were used of 100 that were paid", x.used)
	}
	x.reckon()
}

// dropsItsDeposit: it locks more, promises all of that while the chain has it in its last blocks only, and has a reorganization drop it for good.
func dropsItsDeposit(w *World) {
	x := newCheat(w)
	if err := x.send(x.promise(unit.NewAmount(100))); err != nil {
		w.T.Fatal(err)
	}
	locking := w.begin(func(ctx context.Context) error { return x.Payer.Increase(ctx, x.ch.ID, unit.NewAmount(2*cheatLocks)) })
	w.until("the deposit is in the chain", func() bool { return x.Has() == unit.NewAmount(cheatHas-2*cheatLocks) })
	more := func() {
		w.T.Helper()
		w.Server.Look()
		if err := x.send(x.promise(unit.NewAmount(2 * cheatLocks))); w.Method.Once == 0 { // else one promise does not come to so much
			w.refused("promising what is not sure", err, pay.Uncovered)
		}
	}
	more()
	for range Confirmations - 1 {
		w.Mine(1)
		more()
	}
	x.Node.Set(down) // or it would be sent again
	locking.stop()
	if err := <-locking.done; err == nil {
		w.T.Error("the deposit was sure")
	}
	w.Back(Confirmations)
	more()
	w.Server.Start()
	more()
	if err := x.send(x.promise(x.most())); err != nil && w.Method.Once == 0 {
		w.T.Error(err)
	}
	x.has(cheatHas - cheatLocks)
	x.stop() // and forgets it
	x.Notes.Lose()
	x.Disk = watchtest.NewMemory()
	x.Node.Set(nil)
	x.Start()
	x.open(cheatLocks)
	x.reckon()
}
