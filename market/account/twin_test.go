package account_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/account"
	"github.com/candela-les/candela/unit"
)

// call is a call of the ledger on its way there and back.
type call struct {
	hold   bool
	amount uint64 // of a hold
	charge made   // of a charge
	number uint64

	done      bool // the ledger has carried it out, or refused it
	refused   bool
	short     bool   // a charge for which there was no money
	had, last uint64 // what a hold's answer says
	remainder uint64
}

// made is a charge with a name of its own.
type made struct{ name, cost, remainder uint64 }

// world is an account beside the simplest ledger there could be, calls between them that take as long as they
// like, and answers that get lost.
type world struct {
	account.Account

	free, hold, number, remainder uint64 // the ledger's

	names   uint64
	waiting []made // made, not forgiven and not in the ledger, in order
	posted  []made // in the ledger
	calls   []*call
	lost    []*call // holds whose answer nobody waits for, and that may be carried out until the next one
	asking  bool
}

func amount(n uint64) unit.Amount { return unit.NewAmount(n) }

func number(t *rapid.T, a unit.Amount) uint64 {
	hi, lo := a.Words()
	if hi != 0 {
		t.Fatalf("%s is a strange amount", a)
	}
	return lo
}

// run has the ledger carry out a call.
func (w *world) run(t *rapid.T, c *call) {
	if c.done {
		return
	}
	if c.hold { // those before it are decided by then
		for _, l := range w.lost {
			if l != c && !l.done && rapid.Bool().Draw(t, "late") {
				w.resize(l)
			}
			l.done = true
		}
		w.resize(c)
		c.had, c.last, c.remainder = w.hold, w.number, w.remainder
		return
	}
	c.done = true
	switch {
	case c.number == w.number:
	case c.number != w.number+1:
		c.refused = true
	case c.charge.cost > w.hold:
		c.refused, c.short = true, true
	default:
		w.hold, w.number, w.remainder = w.hold-c.charge.cost, c.number, c.charge.remainder
		if len(w.waiting) == 0 || w.waiting[0] != c.charge {
			t.Fatalf("charge %d is %v, where %v waits: twice, or out of order", c.number, c.charge, w.waiting)
		}
		w.posted, w.waiting = append(w.posted, c.charge), w.waiting[1:]
	}
}

func (w *world) resize(c *call) {
	c.done = true
	there := w.free + w.hold
	w.hold = min(c.amount, there)
	w.free = there - w.hold
}

// answer brings an answer back.
func (w *world) answer(c *call) {
	switch {
	case c.hold:
		w.asking = false
		w.Held(amount(c.had), c.last, c.remainder)
	case !c.refused:
		w.Posted(c.number)
	case c.short && w.only(c) && w.first() == c.charge:
		w.Forgive()
		w.waiting = w.waiting[1:]
	}
}

// only reports whether no other call with this charge is on its way.
func (w *world) only(c *call) bool {
	for _, other := range w.calls {
		if other != c && !other.hold {
			return false
		}
	}
	return true
}

func (w *world) first() made {
	if len(w.waiting) == 0 {
		return made{}
	}
	return w.waiting[0]
}

// step does something.
func (w *world) step(t *rapid.T) {
	pick := func() (c *call, i int) {
		i = rapid.IntRange(0, len(w.calls)-1).Draw(t, "which")
		return w.calls[i], i
	}
	forget := func(i int) { w.calls = append(w.calls[:i:i], w.calls[i+1:]...) }
	switch action := rapid.IntRange(0, 9).Draw(t, "action"); {
	case action <= 2: // a charge, seldom of more than there is
		limit := number(t, w.Limit())
		cost := rapid.Uint64Range(0, max(limit, 1)).Draw(t, "cost")
		if rapid.IntRange(0, 9).Draw(t, "too much") == 0 {
			cost += limit + 1
		}
		w.names++
		c := made{w.names, cost, rapid.Uint64Range(0, 9).Draw(t, "remainder")}
		fee := cost / 3
		if !w.Make(account.Charge{Amount: amount(cost - fee), Fee: amount(fee), Remainder: c.remainder}) {
			t.Fatal("a charge does not fit")
		}
		w.waiting = append(w.waiting, c)
	case action == 3 && !w.asking:
		size := rapid.Uint64Range(0, 60).Draw(t, "want")
		n := number(t, w.Size(amount(size)))
		w.Ask(amount(n))
		w.asking = true
		w.calls = append(w.calls, &call{hold: true, amount: n})
	case action == 4:
		if c, n, ok := w.Next(); ok {
			w.calls = append(w.calls, &call{number: n, charge: w.named(t, c, n)})
		}
	case action <= 6 && len(w.calls) > 0:
		c, _ := pick()
		w.run(t, c)
	case action == 7 && len(w.calls) > 0:
		c, i := pick()
		w.run(t, c)
		forget(i)
		w.answer(c)
	case action == 8 && len(w.calls) > 0: // an answer is lost, or the call
		c, i := pick()
		switch {
		case c.hold && !c.done && rapid.Bool().Draw(t, "refused"):
			w.Refused()
			w.asking = false
		case c.hold:
			w.Unanswered()
			w.asking = false
			w.lost = append(w.lost, c)
		}
		forget(i)
	case action == 9:
		if rapid.IntRange(0, 3).Draw(t, "expire") == 0 {
			w.free, w.hold = w.free+w.hold, 0
			w.Lost()
		}
		w.free += rapid.Uint64Range(0, 40).Draw(t, "credit")
		if rapid.IntRange(0, 5).Draw(t, "spend") == 0 { // by another server
			w.free /= 2
		}
	}
}

// named finds the charge that is to be posted: the last one in the ledger if its answer is still on the way, or the
// first one that waits.
func (w *world) named(t *rapid.T, c account.Charge, n uint64) (m made) {
	if n == w.number && len(w.posted) > 0 {
		m = w.posted[len(w.posted)-1]
	} else if n == w.number+1 {
		m = w.first()
	}
	if m.cost != number(t, c.Amount)+number(t, c.Fee) || m.remainder != c.Remainder {
		t.Fatalf("%v is to be posted as %d, instead of %v", c, n, m)
	}
	return m
}

// check wants no more to be spendable than the ledger would give.
func (w *world) check(t *rapid.T) {
	costs := uint64(0)
	for _, c := range w.waiting {
		costs += c.cost
	}
	if limit := number(t, w.Limit()); limit > 0 && limit+costs > w.hold {
		t.Fatalf("a limit of %d, where %d are held and %d wait", limit, w.hold, costs)
	}
}

// settle brings everything to its end, and compares.
func (w *world) settle(t *rapid.T) {
	for len(w.calls) > 0 {
		c := w.calls[0]
		w.calls = w.calls[1:]
		w.run(t, c)
		w.answer(c)
	}
	w.Ask(w.Size(amount(7)))
	c := &call{hold: true, amount: number(t, w.Size(amount(7)))}
	w.asking = true
	w.run(t, c)
	w.answer(c)
	for {
		next, n, ok := w.Next()
		if !ok {
			break
		}
		c := &call{number: n, charge: w.named(t, next, n)}
		w.run(t, c)
		w.answer(c)
		w.check(t)
	}
	if len(w.waiting) != 0 || w.Waiting() != 0 || !w.Unposted().IsZero() {
		t.Fatalf("%v wait still, and %d", w.waiting, w.Waiting())
	}
	if hold, limit := number(t, w.Hold()), number(t, w.Limit()); hold != w.hold || limit != w.hold {
		t.Fatalf("a hold of %d and a limit of %d, where %d are held", hold, limit, w.hold)
	}
	for i := 1; i < len(w.posted); i++ {
		if w.posted[i].name <= w.posted[i-1].name {
			t.Fatalf("posted out of order: %v", w.posted)
		}
	}
}

// TestTwin has answers come in any order and not at all. Nothing is ever spent that the ledger does not hold, nothing
// charged twice, and nothing forgotten but what was forgiven.
func TestTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{free: rapid.Uint64Range(0, 100).Draw(t, "free"), number: rapid.Uint64Range(0, 3).Draw(t, "number")}
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			w.step(t)
			w.check(t)
		}
		w.settle(t)
	})
}
