package ledger

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/candela-les/candela/unit"
)

// Raise implements Ledger.
func (j *Journal) Raise(ctx context.Context, owner Owner) (Epoch, error) {
	if err := owner.check(); err != nil {
		return 0, err
	}
	op := &raise{owner: owner}
	if err := j.do(ctx, op); err != nil {
		return 0, err
	}
	return op.epoch, nil
}

func (o Owner) check() error {
	if !named(string(o), MaxOwner) {
		return fmt.Errorf("%w: an owner's name has 1 to %d bytes of text", ErrInvalid, MaxOwner)
	}
	return nil
}

type raise struct {
	owner Owner
	epoch Epoch
}

func (o *raise) needs(n *Needs) { n.owner(o.owner, true) }

func (o *raise) apply(v *view) error {
	for _, h := range v.holds(func(h *HoldRow) bool { return h.Owner == o.owner }) {
		if err := v.release(h, h.Amount); err != nil {
			return err
		}
	}
	row := v.rows.Owners[o.owner]
	if row == nil {
		row = &OwnerRow{Owner: o.owner}
		v.rows.Owners[o.owner] = row
	}
	row.Epoch++
	if !v.written[row] {
		v.written[row] = true
		v.out.Owners = append(v.out.Owners, row)
	}
	o.epoch = row.Epoch
	return nil
}

// release moves money out of a hold back to what is free. It does not fail, because a client's
// total fits; the error is there for the case that the rows are wrong.
func (v *view) release(h *HoldRow, amount unit.Amount) error {
	a := v.account(h.Account)
	return v.post(
		leg{account: a, hold: h, amount: Minus(amount), why: Returned},
		leg{account: a, amount: Plus(amount), why: Returned},
	)
}

// Hold implements Ledger.
func (j *Journal) Hold(ctx context.Context, r HoldRequest) (Hold, error) {
	if err := r.Owner.check(); err != nil {
		return Hold{}, err
	}
	if r.AtLeast.Cmp(r.Amount) > 0 {
		return Hold{}, fmt.Errorf("%w: a hold of %s is not at least %s", ErrInvalid, r.Amount, r.AtLeast)
	}
	op := &hold{HoldRequest: r, until: nanoseconds(r.Until)}
	if err := j.do(ctx, op); err != nil {
		return Hold{}, err
	}
	return op.held, nil
}

// nanoseconds is a time as it is stored: the first or last one there is for times beyond.
func nanoseconds(t time.Time) int64 {
	switch s := t.Unix(); {
	case s <= math.MinInt64/int64(time.Second):
		return math.MinInt64
	case s >= math.MaxInt64/int64(time.Second):
		return math.MaxInt64
	}
	return t.UnixNano()
}

type hold struct {
	HoldRequest
	until int64
	held  Hold
}

func (o *hold) needs(n *Needs) {
	n.owner(o.Owner, false)
	n.account(ClientAccount(o.Token, o.Client), true)
}

func (o *hold) apply(v *view) error {
	if err := v.fence(o.Owner, o.Epoch); err != nil {
		return err
	}
	if !o.Amount.IsZero() && o.until <= v.at {
		return fmt.Errorf("%w: a hold until %s has expired already", ErrInvalid, o.Until.UTC().Format(time.RFC3339))
	}
	account := v.account(ClientAccount(o.Token, o.Client))
	key := HoldKey{account.Account, o.Owner}
	h := v.rows.Holds[key]
	if h == nil {
		h = &HoldRow{HoldKey: key, AccountID: account.ID}
	}
	others := v.holds(func(h *HoldRow) bool {
		return h.Account == account.Account && h.Owner != o.Owner && h.Until <= v.at
	})
	amount, err := o.size(account, h, others)
	if err != nil {
		return err
	}
	for _, other := range others {
		if err := v.release(other, other.Amount); err != nil {
			return err
		}
	}
	if err := v.resize(account, h, amount); err != nil {
		return err
	}
	if account.ID != 0 { // an account that was never used has nothing to hold
		h.Epoch, h.Until = o.Epoch, o.until
		v.rows.Holds[key] = h
		v.writeHold(h)
	}
	o.held = h.public()
	return nil
}

// size returns how much the hold will have: what is asked for, or what there is.
func (o *hold) size(account *AccountRow, h *HoldRow, expired []*HoldRow) (unit.Amount, error) {
	there, _ := account.Free.Size().Add(h.Amount) // fits, being a part of the total
	for _, e := range expired {
		there, _ = there.Add(e.Amount)
	}
	if there.Cmp(o.AtLeast) < 0 {
		return unit.Amount{}, &InsufficientError{Have: there, Need: o.AtLeast}
	}
	if there.Cmp(o.Amount) < 0 {
		return there, nil
	}
	return o.Amount, nil
}

// resize moves money between what is free and the hold.
func (v *view) resize(account *AccountRow, h *HoldRow, amount unit.Amount) error {
	if rest, less := h.Amount.Sub(amount); less {
		if rest.IsZero() {
			return nil
		}
		return v.release(h, rest)
	}
	more, _ := amount.Sub(h.Amount)
	return v.post(
		leg{account: account, amount: Minus(more), why: Held},
		leg{account: account, hold: h, amount: Plus(more), why: Held},
	)
}

// fence refuses what comes under an epoch that is not the owner's present one.
func (v *view) fence(owner Owner, epoch Epoch) error {
	if present := v.epoch(owner); epoch != present || epoch == 0 {
		return &FencedError{Owner: owner, Epoch: epoch, Present: present}
	}
	return nil
}

func (h *HoldRow) public() Hold {
	return Hold{
		Owner: h.Owner, Epoch: h.Epoch, Account: h.Account, Amount: h.Amount,
		Until: instant(h.Until), Charges: h.Charges, Remainder: h.Remainder,
	}
}

// Expire implements Ledger.
func (j *Journal) Expire(ctx context.Context) (int, error) {
	op := &expire{}
	if err := j.do(ctx, op); err != nil {
		return 0, err
	}
	return op.count, nil
}

type expire struct{ count int }

func (o *expire) needs(*Needs) {}

func (o *expire) apply(v *view) error {
	expired := v.holds(func(h *HoldRow) bool { return h.Until <= v.at })
	for _, h := range expired {
		if err := v.release(h, h.Amount); err != nil {
			return err
		}
	}
	o.count = len(expired)
	return nil
}
