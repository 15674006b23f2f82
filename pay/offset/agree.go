package offset

import (
	"bytes"
	"context"

	"github.com/candela-les/candela/pay"
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
	last, err := p.ownLast(&o, &s)
	if err != nil {
		return err
	}
	if last.Total.Cmp(s.Cumulative) < 0 {
		return pay.Refuse(pay.Contradicts, "%s are said to be accepted over channel %x, and the statement shown for it says %s", s.Cumulative, id, last.Total)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n, ok, err := p.load(ctx, id)
	if err != nil {
		return err
	}
	if !ok { // whom it pays is noted when it is entered
		n = &noted{Note: pay.Note{Method: Method, ID: id, To: pay.Payee{Asset: o.Asset}}, opening: o}
	}
	if s.Cumulative.Cmp(n.Accepted) < 0 {
		return pay.Refuse(pay.Contradicts, "%s were accepted over channel %x before, and now only %s", n.Accepted, id, s.Cumulative)
	}
	n.Accepted = s.Cumulative
	if last.Total.Cmp(n.Promised) > 0 { // the notes were lost, or are old
		n.Promised, n.Promise = last.Total, bytes.Clone(s.Last)
	}
	return p.save(ctx, n)
}

// ownLast decodes the statement that a server shows as this client's last one. It is zero if the server shows none.
func (p *Payer) ownLast(o *Opening, s *pay.Standing) (Statement, error) {
	if len(s.Last) == 0 {
		return Statement{}, nil
	}
	last, err := DecodeStatement(s.Last)
	if err != nil {
		return Statement{}, pay.Refuse(pay.Malformed, "%v", err)
	}
	if newTypes(o.Asset).by(&last, o.Client, o.Partner) != nil {
		return Statement{}, pay.Refuse(pay.Contradicts, "the statement of %s that is shown for channel %x is not signed by this client", last.Total, s.ID)
	}
	return last, nil
}
