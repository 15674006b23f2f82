package buyer

import (
	"slices"
	"testing"

	"github.com/candela-les/candela/unit"
)

// answered is a buyer with one seller at which it has just bid.
func answered(t *testing.T) (*world, *seller) {
	t.Helper()
	w := newWorld(t, Config{Demand: Demand{
		Need: StandardUnit, Servers: 1, MaxPrice: unit.PricePerHour(1000), DailyBudget: unit.NewAmount(10_000),
	}})
	s := w.seller("a")
	s.fee, s.prepaid = 2, true
	s.join()
	w.run(120 * unit.Second)
	if b := w.b.find(s.id); b.bid == nil || b.units != 1 {
		t.Fatalf("no unit was won: %s", w.out.String())
	}
	return w, s
}

// A bid that fell because the account was used up does not stand, and is made anew.
func TestBidFell(t *testing.T) {
	w, s := answered(t)
	before := w.placed
	number := s.number
	s.accrue()
	s.bid = nil
	s.open = false // who is told of the change is told below
	s.changed(true)
	s.open = true
	w.b.Curve(w.now, s.id, s.curve)
	w.b.Allocated(w.now, s.id, Allocation{Since: w.now, Seq: s.seq, Bid: number, Fell: true})
	if v, _ := w.b.View(s.id); v.Units != 0 || v.Bid != nil {
		t.Errorf("after it fell: %+v", v)
	}
	w.run(60 * unit.Second)
	if v, _ := w.b.View(s.id); w.placed == before || v.Units != 1 {
		t.Errorf("%d bids, %+v: %s", w.placed-before, v, w.out.String())
	}
	if len(w.left) > 0 {
		t.Errorf("left: %v", w.left)
	}
}

// A refused bid costs nothing, and is not made again before it may be or money has come.
func TestBidRefused(t *testing.T) {
	for _, tt := range []struct {
		name    string
		credit  bool
		seconds int // until it bids again
	}{{"until the time has come", false, 600}, {"until money has come", true, 60}} {
		t.Run(tt.name, func(t *testing.T) {
			w, s := answered(t)
			w.mute = true
			owed := w.b.owed(w.now)
			w.b.Refused(w.now, s.id, s.number-1, 1<<62) // not the last one: nothing changes
			if w.b.find(s.id).bid == nil {
				t.Fatal("an earlier bid was refused")
			}
			fees := w.b.find(s.id).debt.fees
			w.b.find(s.id).debt.fees = fees.Plus(unit.NewAmount(2))
			until := w.now.Add(600 * unit.Second)
			w.b.Refused(w.now, s.id, s.number, until)
			s.accrue()
			s.bid = nil
			s.changed(true)
			if got := w.b.find(s.id).debt.fees; got != fees || w.b.owed(w.now).Cmp(owed) > 0 {
				t.Errorf("fees %v, were %v", got, fees)
			}
			if v, _ := w.b.View(s.id); v.Bid != nil || v.Shunned != until {
				t.Errorf("%+v", v)
			}
			began, before := w.now, w.placed
			w.run(50 * unit.Second)
			if w.placed != before {
				t.Fatal("bid again at once")
			}
			if tt.credit {
				s.credit, s.balance = s.credit.Plus(unit.NewAmount(5)), s.balance.Plus(unit.NewAmount(5))
				s.account()
			}
			for w.placed == before && w.now.Since(began) < 700*unit.Second {
				w.run(unit.Second)
			}
			if after := int(w.now.Since(began) / unit.Second); after < tt.seconds-10 || after > tt.seconds+61 {
				t.Errorf("bid again after %d s: %s", after, w.out.String())
			}
		})
	}
}

// A charge for a time of which nothing is known is spent and not checked, and what follows is as if it
// had not been, as long as it is no more than the bids can have cost.
func TestChargeUnchecked(t *testing.T) {
	w, s := answered(t)
	left := w.b.left(w.now)
	w.b.Charged(w.now, s.id, Charge{
		Since: s.billed, At: w.now, Amount: unit.NewAmount(100), Most: unit.NewAmount(100), Unchecked: true,
	})
	if got := left.Minus(w.b.left(w.now)); got != unit.NewAmount(100) {
		t.Errorf("100 spent, %v less left", got)
	}
	w.run(120 * unit.Second)
	if v, _ := w.b.View(s.id); len(w.left) > 0 || v.Unchecked > 1 {
		t.Errorf("left: %v, %d unchecked", w.left, v.Unchecked)
	}
	s.overcharge = 5
	w.run(60 * unit.Second)
	if len(w.left) == 0 {
		t.Error("what is checked is not checked any more")
	}
}

// What is charged for a time of which nothing is known is no more than the bids can have cost: whether it is said that nothing is known,
// or the time is before all that this buyer has seen, or no charge of it is drawn.
func TestChargeBeyondBids(t *testing.T) {
	for _, tt := range []struct {
		name   string
		charge Charge
		audits uint64
		want   error
	}{
		{"nothing is known", Charge{Since: 5, At: 6, Unchecked: true}, 1, ErrBound},
		{"none is drawn", Charge{Since: 5, At: 6, Unchecked: true}, NoAudit, ErrBound},
		{"before all that is known", Charge{Since: 0, At: 5}, 1, ErrBound},
		{"from before that on", Charge{Since: 0, At: unit.Instant(90 * unit.Second)}, 1, ErrBound},
		{"it is known", Charge{Since: unit.Instant(90 * unit.Second), At: unit.Instant(91 * unit.Second)}, 1, ErrCharge},
	} {
		for _, more := range []uint64{0, 1} {
			w, s := answered(t)
			w.b.audits = tt.audits
			a := &w.b.find(s.id).audit
			i := slices.IndexFunc(a.terms, func(t term) bool { return t.Units > 0 })
			a.terms = a.terms[i:]
			c := tt.charge
			c.Most, c.Amount = unit.NewAmount(100), unit.NewAmount(100+more)
			w.b.Charged(w.now, s.id, c)
			w.effects()
			if bad := more > 0 || tt.want == ErrCharge; bad != (w.left[s.name] != nil) || bad && w.left[s.name] != tt.want { //nolint:errorlint // as it is
				t.Errorf("%s, %d too much: left for %v", tt.name, more, w.left[s.name])
			}
		}
	}
}

// Money that was not moved is asked for again, and not at once.
func TestUnfilled(t *testing.T) {
	w, s := answered(t)
	s.balance = unit.Amount{}
	s.account()
	var amount unit.Amount
	for _, e := range w.b.Effects() {
		if e.Action == Refill {
			amount = e.Amount
		}
	}
	if amount.IsZero() {
		t.Fatal("an empty account is not filled")
	}
	s.account()
	if list := w.b.Effects(); len(list) > 0 {
		t.Fatalf("what is on its way is asked for again: %+v", list)
	}
	w.b.Unfilled(w.now, s.id, amount)
	if list := w.b.Effects(); len(list) > 0 {
		t.Fatalf("asked for at once: %+v", list)
	}
	w.now = w.b.Next()
	w.b.Tick(w.now)
	if list := w.b.Effects(); len(list) == 0 || list[0].Action != Refill || list[0].Amount != amount {
		t.Errorf("asked for then: %+v, not %v", list, amount)
	}
	w.b.Unfilled(w.now, ID{0xff}, amount) // nobody

	// It has arrived all the same. When half of it is used up, what is on its way then is asked for once.
	s.balance, s.credit = amount, s.credit.Plus(amount)
	s.account()
	w.b.Unfilled(w.now, s.id, amount)
	s.balance = unit.NewAmount(1)
	w.b.find(s.id).balance = s.balance
	for range 2 {
		w.now = w.now.Add(leastLook)
		w.b.Tick(w.now)
	}
	if list := w.b.Effects(); len(list) != 1 || list[0].Action != Refill {
		t.Errorf("asked for after it had arrived: %+v", list)
	}
}

func TestViewOfNobody(t *testing.T) {
	w, s := answered(t)
	if _, ok := w.b.View(ID{0xff}); ok {
		t.Error("a server that is not known")
	}
	v, ok := w.b.View(s.id)
	if !ok || !v.Known || v.Quality < 900 || !slices.Equal(v.Bid, s.bid) || v.Shunned != 0 {
		t.Errorf("%+v", v)
	}
}

// As long as it is not known what is sold, nothing is shown about units.
func TestNoGrowthBeforeConditions(t *testing.T) {
	var g growth
	g.measured(Measured{Span: unit.Second, Served: RequestCost.Mul(100), Answers: 100}, 0, 0)
	if g.limit() != 1 {
		t.Errorf("%d units of nothing", g.limit())
	}
}
