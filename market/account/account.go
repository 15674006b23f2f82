package account

import (
	"github.com/holiman/uint256"

	"github.com/candela-les/candela/unit"
)

// Charge is what a client is charged at one time.
type Charge struct {
	Amount    unit.Amount // for service
	Fee       unit.Amount // for a changed bid
	Remainder uint64      // owed and not charged yet, in parts of a base unit, as it is behind this charge
}

// cost is what a charge takes out of the hold. Make saw to it that it fits.
func (c Charge) cost() unit.Amount {
	sum, _ := c.Amount.Add(c.Fee)
	return sum
}

// Account is what a server counts on of one client's money. The zero value has no hold and was never charged.
//
// hold is what the ledger holds as of charge number base. charges are those behind it, numbered without a gap,
// of which the first posted are known to be in the ledger; they are folded into hold and base unless a new hold
// has been asked for, which may turn out to be from before them.
type Account struct {
	known     bool // base is the ledger's
	hold      unit.Amount
	base      uint64
	charges   []Charge
	posted    int
	sum       unit.Amount // what charges cost
	remainder uint64      // behind the last charge there ever was

	asking  bool // a hold of asked was asked for
	asked   unit.Amount
	void    bool // the hold was lost meanwhile, perhaps behind what will be answered
	doubted bool // holds were asked for whose answer was lost; doubt is the least of them
	doubt   unit.Amount
}

// Limit returns how much more the client may be charged.
func (a *Account) Limit() unit.Amount {
	least := a.hold
	if a.asking && a.asked.Cmp(least) < 0 {
		least = a.asked
	}
	if a.doubted && a.doubt.Cmp(least) < 0 {
		least = a.doubt
	}
	return least.Minus(a.sum)
}

// Hold returns what the ledger holds for this server, as far as is known.
func (a *Account) Hold() unit.Amount { return a.hold.Minus(total(a.charges[:a.posted])) }

// Unposted returns what was charged and is not known to be in the ledger.
func (a *Account) Unposted() unit.Amount { return total(a.charges[a.posted:]) }

// Waiting returns how many charges that is.
func (a *Account) Waiting() int { return len(a.charges) - a.posted }

// Remainder returns what is owed beyond all charges, in parts of a base unit.
func (a *Account) Remainder() uint64 { return a.remainder }

// Make charges the client, beyond its limit too: that was consumed, and whether there is money for it
// will be seen. ok is false, and nothing changed, if the sum of what waits does not fit.
func (a *Account) Make(c Charge) (ok bool) {
	cost, fits := c.Amount.Add(c.Fee)
	sum, still := a.sum.Add(cost)
	if !fits || !still {
		return false
	}
	a.charges, a.sum, a.remainder = append(a.charges, c), sum, c.Remainder
	return true
}

// Next returns the first charge that is not known to be in the ledger, to be posted under its number; ok is false
// if there is none, or no number yet, because the account was never held.
func (a *Account) Next() (c Charge, number uint64, ok bool) {
	if !a.known || a.posted == len(a.charges) {
		return Charge{}, 0, false
	}
	return a.charges[a.posted], a.base + uint64(a.posted) + 1, true
}

// Posted notes that the charge of this number and those before it are in the ledger.
func (a *Account) Posted(number uint64) {
	if !a.known || number <= a.base {
		return
	}
	a.posted = max(a.posted, int(min(number-a.base, uint64(len(a.charges)))))
	a.fold()
}

// Forgive takes the charge back that Next returns: the ledger has refused it, and it is sure that it is not
// there. Its number goes to the charge behind it.
func (a *Account) Forgive() {
	if a.posted == len(a.charges) {
		return
	}
	a.sum = a.sum.Minus(a.charges[a.posted].cost())
	a.charges = append(a.charges[:a.posted:a.posted], a.charges[a.posted+1:]...)
}

// Ask notes that the ledger is asked to hold this amount. Only one hold may be asked for at a time; then comes
// Held, Refused or Unanswered.
func (a *Account) Ask(amount unit.Amount) { a.asking, a.asked = true, amount }

// Held notes what was answered: how much is held, and the number and the remainder of the last charge before
// that. What was charged under that number or a lower one is in the ledger.
func (a *Account) Held(amount unit.Amount, number, remainder uint64) {
	if a.known && number < a.base {
		return // of another time: Ask has kept the base where it was
	}
	if a.known {
		old := min(number-a.base, uint64(len(a.charges)))
		a.sum = a.sum.Minus(total(a.charges[:old]))
		a.charges = a.charges[old:]
		a.posted = max(a.posted-int(old), 0)
	}
	if len(a.charges) == 0 {
		a.remainder = remainder
	}
	a.known, a.hold, a.base, a.doubted = true, amount, number, false
	if a.void {
		a.Lost()
	}
	a.answered()
}

// Refused notes that the hold was not changed.
func (a *Account) Refused() { a.answered() }

// Unanswered notes that the answer was lost: the hold was changed, or was not, or will be before the
// next one that is asked for.
func (a *Account) Unanswered() {
	if !a.doubted || a.asked.Cmp(a.doubt) < 0 {
		a.doubted, a.doubt = true, a.asked
	}
	a.answered()
}

func (a *Account) answered() {
	a.asking, a.void = false, false
	a.fold()
}

// Lost notes that the hold is gone: it has expired, or somebody else took over. Nothing may be charged until the
// next one that is asked for after this.
func (a *Account) Lost() { a.hold, a.void = unit.Amount{}, a.asking }

// fold takes posted charges out of what was held before them. Of a doubtful hold nobody knows whether it was
// before or behind them; the less counts.
func (a *Account) fold() {
	if a.asking || a.posted == 0 {
		return
	}
	cost := total(a.charges[:a.posted])
	a.hold, a.doubt, a.sum = a.hold.Minus(cost), a.doubt.Minus(cost), a.sum.Minus(cost)
	a.base += uint64(a.posted)
	a.charges, a.posted = a.charges[a.posted:], 0
}

// Size returns the hold to ask for so that the limit will be want: what is not posted yet comes
// out of it too.
func (a *Account) Size(want unit.Amount) unit.Amount { return want.Plus(a.Unposted()) }

// Due reports whether so little is left of a limit of want that it is time to hold more: less than three quarters.
func (a *Account) Due(want unit.Amount) bool {
	limit, whole := wide(a.Limit().Words()), wide(want.Words())
	limit.Mul(limit, uint256.NewInt(4))
	return limit.Lt(whole.Mul(whole, uint256.NewInt(3)))
}

func total(charges []Charge) (sum unit.Amount) {
	for _, c := range charges {
		sum = sum.Plus(c.cost())
	}
	return sum
}
