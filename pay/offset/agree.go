package offset

import (
	"context"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/voucher"
	"github.com/candela-les/candela/unit"
)

// Agree implements pay.Payer. The server is believed nothing that this client has not signed itself.
func (p *Payer) Agree(ctx context.Context, id pay.Hash, opening []byte, s pay.Standing) error {
	o, err := DecodeOpening(opening)
	switch {
	case err != nil:
		return pay.Refuse(pay.Malformed, "%v", err)
	case o.Client != p.self():
		return pay.Refuse(pay.WrongClient, "it is %x that takes service over channel %x", o.Client, id)
	case o.ID() != id || s.ID != id || s.Method != Method:
		return pay.Refuse(pay.Contradicts, "asked for channel %x, the server tells of channel %x", id, s.ID)
	}
	last, err := newTypes(o.Asset).statements(&o).Shown(s, unit.Amount{})
	if err != nil {
		return err
	}
	return p.notes.Edit(ctx, id, func(n *noted, known bool) (*noted, error) {
		if !known { // whom it pays is noted when it is entered
			n = &noted{Note: pay.Note{Method: Method, ID: id, To: pay.Payee{Asset: o.Asset}}, opening: o}
		}
		return n, voucher.Accepted(&n.Note, s, last)
	})
}
