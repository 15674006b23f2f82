package fake

import (
	"context"
	"errors"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Till is a Method as it collects.
type Till struct {
	Of         *Method
	Once, Each uint64 // what gas costs
	// Asked, unless nil, is called with what is to be collected; its error is what becomes of that.
	Asked func(orders []pay.Order) error
	// Refuses, unless nil, says why the chain refuses one of them.
	Refuses func(o pay.Order) error
	// Drawing, unless nil, says what becomes of claims; without it each pays its amount.
	Drawing func(claims []pay.OpenClaim, gas unit.Amount) ([]pay.Drawn, error)
}

var _ pay.Drawer = (*Till)(nil)

// Method implements pay.Collectable.
func (t *Till) Method() string { return t.Of.Name }

// Gas implements pay.Collectable.
func (t *Till) Gas(context.Context) (once, each unit.Amount, err error) {
	return unit.NewAmount(t.Once), unit.NewAmount(t.Each), nil
}

// Look implements pay.Collectable.
func (t *Till) Look(_ context.Context, e pay.Entry) (pay.OnChain, error) {
	l, err := t.Of.Chain.look(e.ID)
	if err != nil {
		return pay.OnChain{}, err
	}
	return pay.OnChain{Collected: l.collected, Cover: l.left(), Most: l.left(), ClosingS: l.closingS}, nil
}

// Collect implements pay.Collectable.
func (t *Till) Collect(_ context.Context, orders []pay.Order) error {
	if t.Asked != nil {
		if err := t.Asked(orders); err != nil {
			return err
		}
	}
	var errs []error
	for _, o := range orders {
		errs = append(errs, t.collect(o))
	}
	return errors.Join(errs...)
}

func (t *Till) collect(o pay.Order) error {
	if p, err := parse(o.Evidence); err != nil || p.ID != o.ID || p.cumulative.Cmp(o.Total) < 0 {
		return pay.Refuse(pay.Malformed, "the evidence is not of %s of %x: %v", o.Total, o.ID, err)
	}
	if t.Refuses != nil {
		if err := t.Refuses(o); err != nil {
			return err
		}
	}
	if !t.Of.Chain.collect(o.ID, o.Total) {
		return pay.Refuse(pay.Uncovered, "the chain has not %s of %x", o.Total, o.ID)
	}
	return nil
}

// Draw implements pay.Drawer.
func (t *Till) Draw(_ context.Context, claims []pay.OpenClaim, gas unit.Amount) (drawn []pay.Drawn, err error) {
	if t.Drawing != nil {
		return t.Drawing(claims, gas)
	}
	for _, c := range claims {
		drawn = append(drawn, pay.Drawn{Done: true, Paid: c.Amount})
	}
	return drawn, nil
}
