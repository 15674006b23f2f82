package cheque

import (
	"context"
	"errors"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Open implements pay.Payer. The chequebook is deployed if it is not there.
//
// A chequebook has one channel to each beneficiary. One that was closed, and of which everything was cashed that was promised, is opened
// again under another name, and its amounts go on; else another name gives a channel out of another chequebook.
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
	if err := p.choosing.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer p.choosing.Release(1)
	books, err := p.books(ctx)
	if err != nil {
		return nil, err
	}
	var vacant *noted // the first that may be taken
	var at uint64
	for ; ; d.index++ {
		o := Opening{ChainID: to.Asset.ChainID, Book: d.book(), Beneficiary: beneficiary}
		n := &noted{Note: pay.Note{Method: Method, ID: o.ID(), Opening: o.Encode()}, opening: o}
		for _, known := range books[o.Book] {
			if known.ID == n.ID {
				n = known
			}
		}
		named := n.Name == name && n.To.Asset == to.Asset
		if named && n.locks() {
			return n, nil
		}
		if named || vacant == nil && (n.Name == "" || n.Closed) {
			owing, err := p.owing(ctx, books[o.Book])
			switch {
			case err != nil:
				return nil, err
			case named && !owing:
				return n, nil
			case named: // it is of no use, and its name is another's
				if err := p.notes.Change(ctx, n.ID, func(n *noted) error {
					n.Name = ""
					return nil
				}); err != nil {
					return nil, err
				}
			case !owing:
				vacant, at = n, d.index
			}
		}
		if len(books[o.Book]) == 0 { // nor of any after it
			d.index = at
			return p.name(ctx, vacant, name, to)
		}
	}
}

// locks reports whether anything was locked in a channel, or is about to be.
func (n *noted) locks() bool {
	return !n.Deposit.IsZero() || !n.Promised.IsZero() || n.Depositing != nil
}

// books returns all channels that are noted, by chequebook.
func (p *Payer) books(ctx context.Context) (map[pay.Address][]*noted, error) {
	all, err := p.notes.All(ctx)
	books := make(map[pay.Address][]*noted)
	for _, n := range all {
		books[n.opening.Book] = append(books[n.opening.Book], n)
	}
	return books, err
}

// owing reports whether a cheque of a chequebook is good for more than was cashed though its channel is closed. Nothing new is put there:
// whoever has the cheque would be paid out of what was transferred and is not set aside yet, or out of what is set aside for it again.
func (p *Payer) owing(ctx context.Context, book []*noted) (bool, error) {
	for _, n := range book {
		if !n.Closed || n.Promised.IsZero() {
			continue
		}
		now, _, err := p.pair(ctx, &n.opening)
		if err != nil || now.head.paid.Min(now.sure.paid).Cmp(n.Promised) < 0 {
			return true, err
		}
	}
	return false, nil
}

// name notes that a channel is to be opened under a name. Of one whose notes were lost it is not known what was promised: its provider
// has to say that (Agree).
func (p *Payer) name(ctx context.Context, vacant *noted, name string, to pay.Payee) (*noted, error) {
	now, _, err := p.pair(ctx, &vacant.opening)
	if err != nil {
		return nil, err
	}
	n := vacant
	err = p.notes.Edit(ctx, vacant.ID, func(d *noted, known bool) (*noted, error) {
		if known { // it may have changed
			n = d
		}
		if n.Closed {
			n.Base = n.Promised.Max(now.head.paid.Max(now.sure.paid))
		}
		n.Name, n.To, n.Closed, n.Closing = name, to, false, false
		return n, nil
	})
	return n, err
}
