package account_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/candela-les/candela/market/account"
	"github.com/candela-les/candela/unit"
)

// wants compares an account's limit, what is held and what waits.
func wants(t *testing.T, a *account.Account, limit, hold, unposted uint64) {
	t.Helper()
	if a.Limit() != amount(limit) || a.Hold() != amount(hold) || a.Unposted() != amount(unposted) {
		t.Errorf("limit %s, hold %s, unposted %s instead of %d, %d, %d", a.Limit(), a.Hold(), a.Unposted(), limit, hold, unposted)
	}
}

func TestAccount(t *testing.T) {
	var a account.Account
	charge := func(n, fee, remainder uint64) {
		t.Helper()
		if !a.Make(account.Charge{Amount: amount(n), Fee: amount(fee), Remainder: remainder}) {
			t.Errorf("%d and %d do not fit", n, fee)
		}
	}
	next := func(wantNumber, wantAmount uint64) {
		t.Helper()
		if c, n, ok := a.Next(); ok != (wantNumber > 0) || n != wantNumber || c.Amount != amount(wantAmount) {
			t.Errorf("next is %d of %s, %v", n, c.Amount, ok)
		}
	}
	wants(t, &a, 0, 0, 0)
	charge(3, 0, 8) // before it is known what number it will have
	next(0, 0)
	a.Posted(1)
	a.Ask(a.Size(amount(100)))
	wants(t, &a, 0, 0, 3)
	a.Held(amount(103), 41, 5)
	wants(t, &a, 100, 103, 3)
	if a.Remainder() != 8 {
		t.Errorf("remainder %d", a.Remainder())
	}
	next(42, 3)
	charge(20, 1, 9)
	wants(t, &a, 79, 103, 24)

	a.Ask(a.Size(amount(50))) // less than there is: it counts at once
	wants(t, &a, 50, 103, 24)
	a.Posted(42)
	wants(t, &a, 50, 100, 21)
	a.Refused()
	wants(t, &a, 79, 100, 21)
	a.Posted(42) // again, and of long ago
	a.Posted(7)
	wants(t, &a, 79, 100, 21)

	a.Ask(amount(30))
	a.Unanswered()
	wants(t, &a, 9, 100, 21)
	a.Posted(43) // nobody knows whether that was before it
	wants(t, &a, 9, 79, 0)
	a.Ask(amount(60))
	a.Refused()
	wants(t, &a, 9, 79, 0)
	a.Ask(amount(60))
	a.Unanswered() // the least of both counts
	wants(t, &a, 9, 79, 0)
	a.Ask(amount(60))
	a.Held(amount(60), 43, 9)
	wants(t, &a, 60, 60, 0)
	a.Held(amount(1000), 42, 9) // of another time
	wants(t, &a, 60, 60, 0)

	charge(10, 0, 1)
	charge(20, 0, 2)
	a.Ask(amount(90))
	a.Posted(44)
	a.Held(amount(90), 43, 9) // from before that charge
	wants(t, &a, 60, 80, 20)
	a.Lost()
	wants(t, &a, 0, 0, 20)
	next(45, 20)
	a.Forgive()
	charge(5, 0, 3)
	next(45, 5)
	a.Ask(amount(15))
	a.Held(amount(15), 45, 3) // the answer to the charge was lost, and is not needed
	wants(t, &a, 15, 15, 0)
	a.Forgive()
	next(0, 0)
	a.Held(amount(15), 45, 4)
	if a.Remainder() != 4 {
		t.Errorf("remainder %d", a.Remainder())
	}
}

// What does not fit is refused, and nothing wraps.
func TestLimits(t *testing.T) {
	var a account.Account
	if a.Make(account.Charge{Amount: unit.MaxAmount(), Fee: amount(1)}) {
		t.Error("a charge of 2¹²⁸")
	}
	if !a.Make(account.Charge{Amount: unit.MaxAmount()}) || a.Make(account.Charge{Fee: amount(1)}) {
		t.Error("charges of 2¹²⁸")
	}
	if a.Size(amount(1)) != unit.MaxAmount() {
		t.Errorf("a hold of %s", a.Size(amount(1)))
	}
	if want, least := (account.Needs{Prepaid: unit.MaxAmount(), Fee: amount(1), Cover: amount(5)}).Bid(amount(3)); want != unit.MaxAmount() || least != amount(9) {
		t.Error(want, least)
	}
}

func TestDue(t *testing.T) {
	var a account.Account
	a.Held(amount(75), 0, 0)
	for want, due := range map[uint64]bool{0: false, 10: false, 100: false, 101: true, 1 << 63: true} {
		if a.Due(amount(want)) != due {
			t.Errorf("with 75 of %d it is %v", want, !due)
		}
	}
	if !a.Due(unit.MaxAmount()) {
		t.Error("with 75 of all that there is")
	}
}

func TestGauge(t *testing.T) {
	var g account.Gauge
	for i, step := range []struct {
		left  uint64
		falls bool
	}{{30, false}, {29, true}, {29, false}, {0, false}, {30, false}, {10, true}, {90, false}} {
		if g.Falls(amount(step.left), amount(30)) != step.falls {
			t.Errorf("step %d: with %d left, %v", i, step.left, !step.falls)
		}
	}
}

// UsedUp is the first instant at which the balance does not cover what is owed, by plain arithmetic.
func TestUsedUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := func(name string) uint64 {
			return rapid.OneOf(rapid.Uint64Range(0, 5), rapid.Uint64(), rapid.Just(uint64(math.MaxUint64))).Draw(t, name)
		}
		balance, owed := unit.AmountOfWords(word("high")%3, word("low")), unit.NewAmount(word("owed"))
		rate := unit.PriceOfWords(word("rate high"), word("rate low"))
		rest := word("rest") % account.Parts
		now := unit.Instant(rapid.Int64().Draw(t, "now"))
		debt := func(span *big.Int) *big.Int { // in parts
			sum := new(big.Int).Mul(wide(owed.Words()), big.NewInt(account.Parts))
			sum.Add(sum, new(big.Int).SetUint64(rest))
			return sum.Add(sum, new(big.Int).Mul(wide(rate.Words()), span))
		}
		there := new(big.Int).Mul(wide(balance.Words()), big.NewInt(account.Parts))
		at, ok := account.UsedUp(now, balance, owed, rest, rate)
		if !ok {
			last := big.NewInt(math.MaxInt64)
			if now > 0 {
				last.Sub(last, big.NewInt(int64(now)))
			}
			if debt(last).Cmp(there) >= 0 && debt(last.Sub(last, big.NewInt(1))).Cmp(there) >= 0 {
				t.Fatalf("it is used up before the last instant")
			}
			return
		}
		span := new(big.Int).Sub(big.NewInt(int64(at)), big.NewInt(int64(now)))
		if span.Sign() < 0 || debt(span).Cmp(there) < 0 {
			t.Fatalf("at %d it is not used up", at)
		}
		if span.Sign() > 0 && debt(span.Sub(span, big.NewInt(1))).Cmp(there) >= 0 {
			t.Fatalf("at %d it has been used up for long", at)
		}
	})
}

func wide(hi, lo uint64) *big.Int {
	n := new(big.Int).SetUint64(hi)
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(lo))
}
