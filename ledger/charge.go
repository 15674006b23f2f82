package ledger

import (
	"cmp"
	"context"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Charge implements Ledger.
func (j *Journal) Charge(ctx context.Context, charges []Charge) ([]Charged, error) {
	if len(charges) > MaxCharges {
		return nil, fmt.Errorf("%w: at most %d charges at a time", ErrInvalid, MaxCharges)
	}
	if len(charges) == 0 {
		return nil, j.open()
	}
	for _, c := range charges {
		if err := c.check(); err != nil {
			return nil, err
		}
	}
	op := &charging{charges: charges, charged: make([]Charged, len(charges))}
	if err := j.do(ctx, op); err != nil {
		return nil, err
	}
	return op.charged, nil
}

func (c Charge) check() error {
	if err := c.Owner.check(); err != nil {
		return err
	}
	switch {
	case c.Number == 0:
		return fmt.Errorf("%w: charges are numbered from 1 on", ErrInvalid)
	case c.Remainder >= RemainderParts:
		return fmt.Errorf("%w: a remainder of %d is a base unit or more", ErrInvalid, c.Remainder)
	case c.Ref != "" && !named(c.Ref, MaxRef), c.FeeRef != "" && !named(c.FeeRef, MaxRef):
		return fmt.Errorf("%w: a charge's ref has at most %d bytes of text", ErrInvalid, MaxRef)
	}
	return nil
}

type charging struct {
	charges []Charge // read until it is applied
	charged []Charged
}

func (o *charging) needs(n *Needs) {
	for _, c := range o.charges {
		n.owner(c.Owner, false)
		n.account(ClientAccount(c.Token, c.Client), true)
		for _, kind := range []Kind{Revenue, Fees} {
			n.account(Account{Kind: kind, Token: c.Token}, false)
		}
	}
}

// apply fails never: each charge has an error of its own.
func (o *charging) apply(v *view) error {
	for i, c := range o.charges {
		h := v.rows.Holds[HoldKey{ClientAccount(c.Token, c.Client), c.Owner}]
		repeated, err := v.charge(c, h)
		o.charged[i] = Charged{Repeated: repeated, Err: err}
		if h != nil {
			o.charged[i].Hold = h.public()
		}
		if err == nil {
			o.charged[i].Entry, o.charged[i].FeeEntry = h.LastEntry, h.LastFeeEntry
		}
	}
	return nil
}

// charge carries out one charge. A repeated one is acknowledged whatever has become of the
// hold, for it was carried out when the hold was good.
func (v *view) charge(c Charge, h *HoldRow) (repeated bool, err error) {
	switch {
	case h != nil && c.Epoch == h.Epoch && c.Number == h.Charges:
		if c.Amount != h.LastAmount || c.Fee != h.LastFee || c.Remainder != h.Remainder {
			return false, fmt.Errorf("charge %d %w", c.Number, ErrConflict)
		}
		return true, nil
	case v.fence(c.Owner, c.Epoch) != nil:
		return false, v.fence(c.Owner, c.Epoch)
	case h == nil || h.Epoch != c.Epoch:
		return false, ErrNoHold
	case c.Number != h.Charges+1:
		return false, fmt.Errorf("charge %d, where %d is due, %w", c.Number, h.Charges+1, ErrConflict)
	case h.Until <= v.at:
		return false, ErrExpired
	}
	account := v.account(h.Account)
	var legs []leg
	for _, part := range []struct {
		to     Kind
		amount unit.Amount
		why    Why
		ref    string
	}{{Revenue, c.Amount, Charging, c.Ref}, {Fees, c.Fee, Fee, c.FeeRef}} {
		if part.amount.IsZero() {
			continue
		}
		to := v.account(Account{Kind: part.to, Token: c.Token})
		ref := cmp.Or(part.ref, reference(c.Number))
		legs = append(
			legs,
			leg{account: account, hold: h, amount: Minus(part.amount), why: part.why, ref: ref, charge: c.Number},
			leg{account: to, amount: Plus(part.amount), why: part.why},
		)
	}
	numbers, err := v.postNumbered(legs...)
	if err != nil {
		return false, err
	}
	h.Charges, h.Remainder, h.LastAmount, h.LastFee = c.Number, c.Remainder, c.Amount, c.Fee
	h.LastEntry, h.LastFeeEntry = 0, 0
	if !c.Amount.IsZero() {
		h.LastEntry, numbers = numbers[0], numbers[2:]
	}
	if !c.Fee.IsZero() {
		h.LastFeeEntry = numbers[0]
	}
	v.writeHold(h)
	return false, nil
}
