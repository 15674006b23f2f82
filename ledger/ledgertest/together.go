package ledgertest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/candela-les/candela/ledger"
)

// together runs a function many times at once.
func together(n int, run func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { run(i) })
	}
	all.Wait()
}

// sameKey repeats postings while they are being written: each is carried out once.
func sameKey(w *world) {
	var firsts atomic.Int64
	together(40, func(i int) {
		posted, err := w.l.Post(w.Context(), ledger.CreditOf(fmt.Sprint(i%4), token(), client(1), amount(5)))
		if err != nil {
			w.Error(err)
		}
		if !posted.Repeated {
			firsts.Add(1)
		}
	})
	if firsts.Load() != 4 {
		w.Errorf("%d were the first of their key", firsts.Load())
	}
	w.wants(map[ledger.Account]string{of(1): "20/0"})
	// Of many for different clients, one has the key.
	var conflicts atomic.Int64
	together(10, func(i int) {
		_, err := w.l.Post(w.Context(), ledger.CreditOf("one", token(), client(byte(2+i)), amount(5)))
		if errors.Is(err, ledger.ErrConflict) {
			conflicts.Add(1)
		}
	})
	if conflicts.Load() != 9 {
		w.Errorf("%d conflicts", conflicts.Load())
	}
	// The highest of many promises is what counts, in whatever order they come.
	together(30, func(i int) {
		p := ledger.Promise{Method: "m", Token: token(), Client: client(1), Cumulative: amount(uint64(i + 1))}
		if _, err := w.l.Advance(w.Context(), p); err != nil {
			w.Error(err)
		}
	})
	w.wants(map[ledger.Account]string{of(1): "50/0", own(ledger.External): "-55/0"})
}

// manyAtOnce has some spend what there is once, and more of them than it is enough for.
func manyAtOnce(w *world) {
	w.credit("a", 1, 100)
	var paid atomic.Int64
	together(60, func(i int) {
		_, err := w.l.Post(w.Context(), ledger.RefundOf(fmt.Sprint("out ", i), token(), client(1), amount(7)))
		switch {
		case err == nil:
			paid.Add(1)
		case !errors.Is(err, ledger.ErrInsufficient):
			w.Error(err)
		}
	})
	if paid.Load() != 14 {
		w.Errorf("%d were paid 7 of 100", paid.Load())
	}
	w.wants(map[ledger.Account]string{of(1): "2/0", own(ledger.External): "-2/0"})
	// Charges that run against each other: each number is taken once.
	w.credit("b", 1, 1000)
	epoch := w.raise(north)
	w.hold(w.request(north, epoch, 1002))
	var charged atomic.Int64
	together(20, func(i int) {
		for number := uint64(1); number <= 10; number++ {
			done, err := w.l.Charge(w.Context(), []ledger.Charge{charge(north, epoch, number, uint64(i+1))})
			if err != nil {
				w.Error(err)
				return
			}
			if done[0].Err == nil && !done[0].Repeated {
				charged.Add(int64(i + 1))
			}
		}
	})
	b, err := w.l.Balance(w.Context(), own(ledger.Revenue))
	if err != nil || b.Total != ledger.Plus(amount(uint64(charged.Load()))) {
		w.Errorf("earned %s, acknowledged %d, %v", b.Total, charged.Load(), err)
	}
}

// twoServers has two processes' worth of ledgers on one database.
func twoServers(w *world) {
	servers := []ledger.Ledger{w.l, w.open()}
	owners := []ledger.Owner{north, south}
	w.credit("a", 1, 1000)
	var mu sync.Mutex
	var earned uint64
	together(2, func(s int) {
		l, owner := servers[s], owners[s]
		for round := range 6 {
			epoch, err := l.Raise(w.Context(), owner)
			if err != nil {
				w.Error(err)
				return
			}
			h, err := l.Hold(w.Context(), w.request(owner, epoch, 400))
			if err != nil {
				w.Error(err)
				return
			}
			for number := h.Charges + 1; number <= h.Charges+4; number++ {
				done, err := l.Charge(w.Context(), []ledger.Charge{charge(owner, epoch, number, 30)})
				if err != nil {
					w.Error(err)
					return
				}
				if errors.Is(done[0].Err, ledger.ErrInsufficient) {
					break
				}
				if done[0].Err != nil {
					w.Errorf("round %d: %v", round, done[0].Err)
				}
				mu.Lock()
				earned += 30
				mu.Unlock()
			}
		}
	})
	b, err := servers[1].Balance(w.Context(), own(ledger.Revenue))
	if err != nil || b.Total != ledger.Plus(amount(earned)) || earned > 1000 {
		w.Errorf("earned %s, acknowledged %d, %v", b.Total, earned, err)
	}
	// One server sees at once what another was acknowledged.
	for i := range 10 {
		key := fmt.Sprint("key ", i)
		if _, err := servers[i%2].Post(w.Context(), ledger.CreditOf(key, token(), client(2), amount(1))); err != nil {
			w.Error(err)
		}
		again, err := servers[1-i%2].Post(w.Context(), ledger.CreditOf(key, token(), client(2), amount(1)))
		b, err2 := servers[1-i%2].Balance(w.Context(), of(2))
		if err != nil || err2 != nil || !again.Repeated || b.Total != ledger.Plus(amount(uint64(i+1))) {
			w.Error(i, again, b, err, err2)
		}
	}
	// What one has of a channel, the other one has changed.
	for i := range uint64(10) {
		p := promise(4, 10*(i+1))
		p.From, p.Settlements = amount(10*i), i/2
		if got, err := servers[i%2].Advance(w.Context(), p); err != nil || got.Credited != amount(10) {
			w.Error(i, got, err)
		}
		if i%2 == 0 {
			continue
		}
		if _, err := servers[0].GiveBack(w.Context(), ledger.Settlement{Method: "m", ID: p.ID, Token: token(), Client: p.Client}); err != nil {
			w.Error(err)
		}
		h := ledger.Handout{Method: "m", ID: p.ID, Settlements: i / 2, Data: []byte{byte(i)}}
		if _, err := servers[1].HandOut(w.Context(), h); err != nil {
			w.Error(err)
		}
	}
	w.stands(4, "100 100 0 0")
	// One takes over from the other.
	w.credit("b", 3, 50)
	r := ledger.HoldRequest{Owner: north, Epoch: w.raise(north), Token: token(), Client: client(3), Amount: amount(50), Until: w.clock.now().Add(time.Hour)}
	w.hold(r)
	if _, err := servers[1].Raise(w.Context(), north); err != nil {
		w.Error(err)
	}
	_, err = w.l.Hold(w.Context(), r)
	w.fails(err, ledger.ErrFenced)
	w.wants(map[ledger.Account]string{of(3): "50/0"})
}
