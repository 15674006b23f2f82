package paytest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/watch/watchtest"
	"github.com/candela-les/candela/unit"
)

// oldPromise: one that is no higher is acknowledged and credits nothing, also by a server that was started anew; and it lowers nothing
// on the chain.
func oldPromise(w *World) {
	c := w.NewClient(1000)
	ch, first := c.open(1000), w.Method.part(100)
	old, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(first))
	if err != nil {
		w.T.Fatal(err)
	}
	c.pay(ch, first, first)
	c.pay(ch, 300, 300-first)
	for range 2 {
		a, err := c.Line.Promise(w.T.Context(), ch.ID, old)
		if err != nil || a.Cumulative != unit.NewAmount(300) || !a.Credited.IsZero() {
			w.T.Errorf("an old promise gives %+v, %v", a, err)
		}
		w.Server.Start()
	}
	w.Server.collect()
	w.Server.got(300)
}

// promiseAgain: the same promise at the same time, later, and after the server was started anew is credited once.
func promiseAgain(w *World) {
	c := w.NewClient(1000)
	ch, n := c.open(1000), w.Method.part(100)
	promise, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(n))
	if err != nil {
		w.T.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := c.Line.Promise(w.T.Context(), ch.ID, promise); err != nil {
				w.T.Error(err)
			}
		})
	}
	all.Wait()
	w.Server.Start()
	a, err := c.Line.Promise(w.T.Context(), ch.ID, promise)
	if err != nil || a.Cumulative != unit.NewAmount(n) || !a.Credited.IsZero() {
		w.T.Errorf("after a restart of the server the promise is accepted as %+v (%v)", a, err)
	}
	if c.unspent() != unit.NewAmount(n) {
		w.T.Errorf("a promise of %d that was sent 22 times has credited %s", n, c.unspent())
	}
}

// spentOnce: what a promise is worth is spent once, also by two servers on one ledger; and a promise over one channel is none over another.
func spentOnce(w *World) {
	c := w.NewClient(1000)
	ch := c.open(500)
	var other Channel
	w.Must("opening another channel", func(ctx context.Context) (err error) {
		other, err = c.Open(ctx, "second", 500)
		return err
	})
	n := w.Method.part(400)
	promise, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(n))
	if err != nil {
		w.T.Fatal(err)
	}
	if other.ID == ch.ID && w.Method.Once == 0 {
		w.T.Error("two names give one channel")
	}
	if other.ID != ch.ID {
		if _, err := c.Line.Promise(w.T.Context(), other.ID, promise); err == nil {
			w.T.Error("a promise over one channel is taken over another")
		}
	}
	if w.Method.Once != 0 { // what one server has announced another one knows by the ledger
		if _, err := c.Line.Promise(w.T.Context(), ch.ID, promise); err != nil {
			w.T.Fatal(err)
		}
	}
	second := pay.NewCashier(pay.CashierConfig{Book: w.Server.Book, Providers: []pay.Provider{w.Server.Provider}})
	if _, err := second.Establish(w.T.Context(), c.Address(), c.Payer.Method(), ch.Opening); err != nil {
		w.T.Fatal(err)
	}
	var all sync.WaitGroup
	for _, k := range []*pay.Cashier{w.Server.Cashier, second} {
		for range 5 {
			all.Go(func() {
				if _, err := k.Promise(w.T.Context(), c.Address(), ch.ID, promise); err != nil && !w.late(err) {
					w.T.Error(err)
				}
			})
		}
	}
	all.Wait()
	if c.unspent() != unit.NewAmount(n) {
		w.T.Errorf("a promise of %d to two servers has credited %s", n, c.unspent())
	}
	c.use(n)
	if got := w.Server.Book.Spend(c.Address(), unit.NewAmount(1)); !got.IsZero() {
		w.T.Error("more was spent than promised")
	}
	w.Server.collect()
	w.Server.got(n)
}

// late reports whether a promise of chances was refused to one server because another one on its ledger has taken it meanwhile: with its winner its
// series is over.
func (w *World) late(err error) bool {
	var refused *pay.Refusal
	return w.Method.Once != 0 && errors.As(err, &refused) && (refused.Reason == pay.Expired || refused.Reason == pay.Gap)
}

// overIssue: a promise of more than the chain locks for the server is refused, with how much that is, and nothing of it is credited.
func overIssue(w *World) {
	c := w.NewClient(1000)
	ch := c.open(300)
	c.pay(ch, 200, 200)
	if w.Method.Once != 0 { // one promise does not go beyond what is locked unless that is used up
		w.overIssueChances(c, ch)
		return
	}
	for _, n := range []uint64{301, 5000} {
		_, err := c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(n)))
		if w.Method.Credit.IsZero() || n == 5000 {
			r := w.refused("promising more than is locked", err, pay.Uncovered)
			if w.Method.Credit.IsZero() && r.Most != unit.NewAmount(300) {
				w.T.Errorf("the server would take %s", r.Most)
			}
		}
	}
	if w.Method.Credit.IsZero() && c.unspent() != unit.NewAmount(200) {
		w.T.Errorf("%s are credited", c.unspent())
	}
	c.pay(ch, 300, 100)
	w.Server.collect()
	w.Server.got(300)
}

// lostLedger: a server whose ledger is not the one by which it has collected takes nothing more over the channel, or it would serve once
// more for what it has collected. So it is with two servers that have one receiver and key, and a ledger each.
func lostLedger(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 300, 300)
	c.use(300)
	w.Server.collect()
	w.Server.newBook()
	w.Server.Start()
	if w.Method.Once != 0 {
		w.lostLedgerOfChances(c, ch)
		return
	}
	_, err := c.Line.Establish(w.T.Context(), c.Payer.Method(), ch.Opening)
	w.refused("establishing a channel with another ledger", err, pay.Expired)
	_, err = c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(400)))
	w.refused("promising over a channel with another ledger", err, pay.Expired)
	if !c.unspent().IsZero() {
		w.T.Errorf("%s are credited", c.unspent())
	}
	c.leaveAlone(ch)
	w.lost(c, 1000, 300)
}

// lostLedgerOfChances: of chances it takes new ones, and nothing that it may have taken before.
func (w *World) lostLedgerOfChances(c *Client, ch Channel) {
	w.T.Helper()
	note, _, err := c.Notes.Load(w.T.Context(), c.Payer.Method(), ch.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	if s, err := c.Line.Establish(w.T.Context(), c.Payer.Method(), ch.Opening); err != nil || !s.Cumulative.IsZero() {
		w.T.Errorf("with another ledger the two stand as %+v (%v)", s, err)
	}
	_, err = c.Line.Promise(w.T.Context(), ch.ID, note.Promise)
	w.refused("promising again what another ledger has", err, pay.Expired)
	w.refused("agreeing with a server that has lost its ledger", c.Establish(w.T.Context(), ch), pay.Contradicts)
	if !c.unspent().IsZero() {
		w.T.Errorf("%s are credited", c.unspent())
	}
	c.leaveAlone(ch)
	w.lost(c, 1000, 300)
}

// overIssueChances: whoever signs chances as long as they are taken comes as far as what is locked, and what wins is paid.
func (w *World) overIssueChances(c *Client, ch Channel) {
	w.T.Helper()
	var err error
	for range 100 {
		if _, err = c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(c, ch, unit.NewAmount(5000))); err != nil {
			break
		}
	}
	r := w.refused("promising more than is locked", err, pay.Uncovered)
	if r.Most != unit.NewAmount(300) || c.unspent() != unit.NewAmount(300) {
		w.T.Errorf("of 300 that are locked %s are credited, and the server would take %s", c.unspent(), r.Most)
	}
	w.Server.collect()
	w.Server.got(300)
}

// wrongOpening: a channel on another chain, of another token, for another payee or of another client is refused, and says why.
func wrongOpening(w *World) {
	c := w.NewClient(1000)
	ch := c.open(300)
	for wrong, why := range map[Wrong]pay.Reason{
		WrongChain: pay.WrongChain, WrongToken: pay.WrongChain, WrongPayee: pay.WrongPayee, WrongClient: pay.WrongClient,
	} {
		opening := w.Method.Wrong(ch, wrong)
		if opening == nil {
			continue
		}
		_, err := c.Line.Establish(w.T.Context(), c.Payer.Method(), opening)
		w.refused("establishing a channel of the wrong "+string(wrong), err, why)
	}
	for _, opening := range [][]byte{nil, {1}, ch.Opening[:len(ch.Opening)-1], append(slices.Clip(ch.Opening), 0)} {
		_, err := c.Line.Establish(w.T.Context(), c.Payer.Method(), opening)
		w.refused("establishing what is no channel", err, pay.Malformed)
	}
	to := w.Server.Payee()
	to.Asset.ChainID++
	_, _, err := c.Payer.Open(w.T.Context(), "elsewhere", to, unit.NewAmount(1))
	w.refused("opening a channel on another chain", err, pay.WrongChain)
	if again := c.open(300); again.ID != ch.ID {
		w.T.Errorf("a name gives channel %x, and before %x", again.ID, ch.ID)
	}
	c.has(700)
}

// anothersPromise: nobody is credited by what another one has signed, and nobody can establish another's channel.
func anothersPromise(w *World) {
	c, thief := w.NewClient(1000), w.NewClient(1000)
	ch, own := c.open(300), thief.open(300)
	promise, _, err := c.Payer.Promise(w.T.Context(), ch.ID, unit.NewAmount(100))
	if err != nil {
		w.T.Fatal(err)
	}
	_, err = thief.Line.Promise(w.T.Context(), own.ID, promise)
	w.refused("paying over one's own channel with another's promise", err, pay.BadSign)
	_, err = thief.Line.Establish(w.T.Context(), c.Payer.Method(), ch.Opening)
	w.refused("establishing another's channel", err, pay.WrongClient)
	_, err = thief.Line.Promise(w.T.Context(), ch.ID, promise)
	w.refused("paying with another's promise over its channel", err, pay.WrongClient)
	_, err = c.Line.Promise(w.T.Context(), ch.ID, w.Method.Forge(thief, ch, unit.NewAmount(200)))
	w.refused("signing for another", err, pay.BadSign)
	if !c.unspent().IsZero() || !thief.unspent().IsZero() {
		w.T.Errorf("%s and %s are credited", c.unspent(), thief.unspent())
	}
	c.pay(ch, 100, 100)
}

// lostNotes: a client that has lost everything but its keys gets its channel back by its name, and what it has promised from the
// server's copy of its own last promise.
func lostNotes(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 350, 350)
	c.stop()
	c.Notes.Lose()
	c.Disk = watchtest.NewMemory()
	c.Start()
	if again := c.open(600); again.ID != ch.ID {
		w.T.Fatalf("the name gives channel %x, and before %x", again.ID, ch.ID)
	}
	c.has(400)
	if b := c.balance(ch); b.Promised != unit.NewAmount(350) || b.Deposit != unit.NewAmount(600) && w.Method.Once == 0 {
		w.T.Errorf("of a channel with 600 of which 350 are promised the client knows %+v", b)
	}
	c.pay(ch, 400, 50)
	c.use(400)
	c.end(ch, 1000, 400, 400)
}

// oldNotes: notes that are restored from a copy are brought up to date by what the client has signed since.
func oldNotes(w *World) {
	c := w.NewClient(1000)
	ch := c.open(600)
	c.pay(ch, 100, 100)
	old, _, err := c.Notes.Load(w.T.Context(), c.Payer.Method(), ch.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	c.pay(ch, 350, 250)
	c.stop()
	c.Notes.Restore(old)
	c.Start()
	w.Must("agreeing", func(ctx context.Context) error { return c.Establish(ctx, ch) })
	if b := c.balance(ch); b.Promised != unit.NewAmount(350) {
		w.T.Errorf("having promised 350, the client knows %+v", b)
	}
	c.pay(ch, 360, 10)
}
