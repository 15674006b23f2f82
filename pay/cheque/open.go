package cheque

import (
	"context"
	"errors"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Open implements pay.Payer. The chequebook is deployed if it is not there.
//
// A chequebook has one channel to each beneficiary. One that was closed is opened again under another name, and its amounts go on; while it
// is open, another name gives a channel out of another chequebook.
func (p *Payer) Open(ctx context.Context, name string, to pay.Payee, deposit unit.Amount) (pay.Hash, []byte, error) {
	beneficiary, d, err := p.deployment(ctx, to)
	if err != nil {
		return pay.Hash{}, nil, err
	}
	n, err := p.begin(ctx, name, to, beneficiary, d)
	if err != nil {
		return pay.Hash{}, nil, err
	}
	if err := p.deploy(ctx, d); err != nil {
		return pay.Hash{}, nil, err
	}
	if err := p.Increase(ctx, n.ID, n.Base.Plus(deposit)); err != nil {
		if refused, ok := errors.AsType[*pay.Refusal](err); ok {
			refused.Most = refused.Most.Minus(n.Base)
		}
		return pay.Hash{}, nil, err
	}
	return n.ID, n.Opening, nil
}

// begin finds the channel of a name, or notes one that is to be opened under it. It sets the index of its chequebook.
func (p *Payer) begin(ctx context.Context, name string, to pay.Payee, beneficiary pay.Address, d *deployment) (*noted, error) {
	release, err := take(ctx, p.choosing)
	if err != nil {
		return nil, err
	}
	defer release()
	var vacant *noted // the first that may be taken
	var at uint64
	for ; ; d.index++ {
		o := Opening{ChainID: to.Asset.ChainID, Book: d.book(), Beneficiary: beneficiary}
		n, err := p.load(ctx, o.ID())
		unknown := isUnknown(err)
		switch {
		case unknown:
			n = &noted{Note: pay.Note{Method: Method, ID: o.ID(), Opening: o.Encode()}, opening: o}
		case err != nil:
			return nil, err
		case n.Name == name && n.To.Asset == to.Asset:
			return n, nil
		}
		if vacant == nil && (n.Name == "" || n.Closed) {
			vacant, at = n, d.index
		}
		if unknown { // there are no more
			d.index = at
			return p.name(ctx, vacant, name, to)
		}
	}
}

// name notes that a channel is to be opened under a name. Of one whose notes were lost it is not known what was promised: its provider
// has to say that (Agree).
func (p *Payer) name(ctx context.Context, vacant *noted, name string, to pay.Payee) (*noted, error) {
	now, _, err := p.pair(ctx, &vacant.opening)
	if err != nil {
		return nil, err
	}
	l := p.lock(vacant.ID)
	l.note.Lock()
	defer l.note.Unlock()
	n, err := p.load(ctx, vacant.ID) // what is known of it may have changed
	if isUnknown(err) {
		n, err = vacant, nil
	}
	if err != nil {
		return nil, err
	}
	if n.Closed {
		n.Base = n.Promised.Max(now.head.paid.Max(now.sure.paid))
	}
	n.Name, n.To, n.Closed, n.Closing = name, to, false, false
	return n, p.save(ctx, n)
}

// isUnknown reports whether there is no note of a channel.
func isUnknown(err error) bool {
	var refused *pay.Refusal
	return errors.As(err, &refused) && refused.Reason == pay.NoChannel
}
