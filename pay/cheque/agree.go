package cheque

import (
	"context"

	"github.com/ethereum/go-ethereum/common"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
)

// Agree implements pay.Payer. The provider is believed nothing that this client has not signed itself: what was cashed ≤
// accepted ≤ signed has to hold.
func (p *Payer) Agree(ctx context.Context, id pay.Hash, opening []byte, s pay.Standing) error {
	o, err := p.own(id, opening, s)
	if err != nil {
		return err
	}
	now, _, err := p.pair(ctx, &o)
	if err != nil {
		return err
	}
	last, err := p.cheques(&o).Shown(s, now.sure.paid)
	if err != nil {
		return err
	}
	if err := p.known(ctx, id, &o, now); err != nil {
		return err
	}
	return p.notes.Change(ctx, id, func(n *noted) error { return voucher.Accepted(&n.Note, s, last) })
}

// own decodes an opening, if a standing is of it.
func (p *Payer) own(id pay.Hash, opening []byte, s pay.Standing) (Opening, error) {
	o, err := DecodeOpening(opening)
	switch {
	case err != nil:
		return o, pay.Refuse(pay.Malformed, "%v", err)
	case o.ChainID != p.cfg.Watcher.ChainID():
		return o, pay.Refuse(pay.WrongChain, "the chequebook is on chain %d, and this is chain %d", o.ChainID, p.cfg.Watcher.ChainID())
	case o.ID() != id || s.ID != id || s.Method != Method:
		return o, pay.Refuse(pay.Contradicts, "asked for channel %x, the provider tells of channel %x", id, s.ID)
	}
	return o, nil
}

// known makes a note of a channel of which there is none, if its chequebook is this client's.
func (p *Payer) known(ctx context.Context, id pay.Hash, o *Opening, now *pair) error {
	return p.notes.Edit(ctx, id, func(_ *noted, known bool) (*noted, error) {
		if known {
			return nil, pay.ErrSame
		}
		v, err := p.cfg.Watcher.Latest(ctx)
		if err != nil {
			return nil, err
		}
		issuer, err := ask(ctx, p.contract, v.Sure.Hash, o.Book, p.contract.book.PackIssuer(), p.contract.book.UnpackIssuer)
		switch {
		case err != nil:
			return nil, err
		case issuer != common.Address(p.cfg.Session.Address()):
			return nil, pay.Refuse(pay.WrongClient, "chequebook %x is %v's", o.Book, issuer)
		}
		token, err := p.token(ctx, o)
		to := pay.Payee{Asset: pay.Asset{ChainID: o.ChainID, Token: token}}
		return &noted{Note: pay.Note{Method: Method, ID: id, To: to, Opening: o.Encode(), Deposit: now.locked()}}, err
	})
}
