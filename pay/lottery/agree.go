package lottery

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/candela-les/candela/pay"
)

// Agree implements pay.Payer. The provider is believed nothing that this client has not signed itself.
func (p *Payer) Agree(ctx context.Context, id pay.Hash, opening []byte, s pay.Standing) error {
	o, err := DecodeOpening(opening)
	switch {
	case err != nil:
		return pay.Refuse(pay.Malformed, "%v", err)
	case o.ID() != id || s.ID != id || s.Method != Method:
		return pay.Refuse(pay.Contradicts, "asked for channel %x, the provider tells of channel %x", id, s.ID)
	case o.Payer != pay.Address(p.cfg.Session.Address()) || o.Funder != pay.Address(p.cfg.Sender.Address()):
		return pay.Refuse(pay.WrongClient, "channel %x is of other keys", id)
	case !slices.Contains(p.cfg.Contracts, o.Contract):
		return pay.Refuse(pay.WrongChain, "channel %x is of contract %x, which is not trusted here", id, o.Contract)
	}
	last, err := p.ownLast(&o, s)
	if err != nil {
		return err
	}
	state, err := DecodeState(s.State)
	if err != nil {
		return pay.Refuse(pay.Malformed, "%v", err)
	}
	to := pay.Payee{Asset: pay.Asset{ChainID: o.ChainID, Token: o.Token}}
	if _, err := p.begin(ctx, pay.Note{Method: Method, ID: id, To: to, Opening: opening}); err != nil {
		return err
	}
	now, err := p.look(ctx, id)
	if err != nil {
		return err
	}
	return p.notes.Change(ctx, id, func(n *noted) error {
		if !bytes.Equal(n.Opening, opening) {
			return fmt.Errorf("the note of channel %x is of another channel", id)
		}
		n.seen(now)
		n.forgive(now.sure.timeS)
		if s.Cumulative.Cmp(n.Accepted) < 0 {
			return pay.Refuse(pay.Contradicts, "%s were accepted over channel %x before, and now only %s", n.Accepted, id, s.Cumulative)
		}
		n.Accepted = s.Cumulative
		if n.Promised.Cmp(n.Accepted) < 0 { // the notes are old, or were lost
			n.Promise, n.Promised = s.Last, n.Accepted
			n.Worth = n.Worth.Max(n.Promised)
		}
		if last != nil && last.Series == n.series {
			n.Last = max(n.Last, last.Last())
		}
		return p.follow(n, &state, last, s.Last, now.head.timeS)
	})
}

// ownLast decodes the promise that a provider shows as this client's last one; nil if it shows none.
func (p *Payer) ownLast(o *Opening, s pay.Standing) (*Promise, error) {
	if len(s.Last) == 0 {
		if !s.Cumulative.IsZero() {
			return nil, pay.Refuse(pay.Contradicts, "%s are said to be accepted, and no promise is shown for it", s.Cumulative)
		}
		return nil, nil
	}
	last, err := DecodePromise(s.Last)
	if err != nil {
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	}
	types := NewTypes(o.ChainID, o.Contract)
	for i := range last.Tickets {
		k := last.Series.TicketOf(o, last.First+uint64(i), last.Tickets[i].Seed)
		if by, err := last.Tickets[i].Signature.Recover(types.Digest(&k)); err != nil || by != o.Payer {
			return nil, pay.Refuse(pay.Contradicts, "a ticket that is shown is not signed by this client")
		}
	}
	from, most, err := last.Spans()
	if err != nil || s.Cumulative.Cmp(from) < 0 || s.Cumulative.Cmp(most) > 0 {
		return nil, pay.Refuse(pay.Contradicts, "%s are said to be accepted, and the promise that is shown comes to %s", s.Cumulative, most)
	}
	return &last, nil
}

// follow takes over the series that is announced. One that counts from above what was accepted is not: the promise that is on its way has to be
// accepted first.
func (p *Payer) follow(n *noted, told *State, last *Promise, shown []byte, nowS uint64) error {
	const day, slack = 86_400, 3_600
	old, s := n.series, &told.Series
	switch {
	case *s == old || s.Base.Cmp(n.Accepted) > 0 || s.Number == old.Number && n.Last > 0 && !n.renewed(s, last, nowS):
		return nil
	case s.Number == 0 || s.Number < old.Number || s.Number != old.Number && s.Commitment == old.Commitment:
		return pay.Refuse(pay.Contradicts, "series %d is announced after series %d", s.Number, old.Number)
	case !p.cfg.MostFace.IsZero() && s.Face.Cmp(p.cfg.MostFace) > 0:
		return pay.Refuse(pay.TooMuch, "a winner is to get %s, and the most that is allowed is %s", s.Face, p.cfg.MostFace)
	case s.Credit().IsZero() || s.ExpiryS > nowS+day+slack:
		return pay.Refuse(pay.Malformed, "tickets of series %d would be worth nothing, or be good for more than a day", s.Number)
	case s.rounded():
		return pay.Refuse(pay.Malformed, "tickets of series %d would draw more by over a hundredth than the %s that they count for", s.Number, s.Credit())
	}
	n.end(told, last)
	n.series, n.Series, n.Last = *s, s.Encode(), 0
	n.Promise, n.Promised = shown, n.Accepted
	if last != nil && last.Series == *s { // the notes were lost
		n.Last = last.Last()
	}
	return nil
}

// renewed reports whether an announcement takes the place of one of the same number in which tickets were signed: if those have expired, or are good
// for less than three quarters of the time. For a payee that has accepted none of them announces the same number anew when it is too late for them,
// which is in the second half at most; one that was restarted may still take them, and they are not doubted for that. It also does if the payee has
// accepted some of it, as it was announced before. One winner is paid by whatever announcement, so both are covered by one face value.
func (n *noted) renewed(s *Series, last *Promise, nowS uint64) bool {
	if last != nil && last.Series == *s {
		return true
	}
	was, is := n.series.ExpiryS-min(n.series.ExpiryS, nowS), s.ExpiryS-min(s.ExpiryS, nowS)
	return nowS > n.series.ExpiryS || was < is/4*3
}

// end notes what becomes of the tickets that were signed in the series in use, when the next one is announced. If it is shown that the last one that
// was accepted has won, those behind it are worth nothing, for a series has one winner. Otherwise that is the payee's word only: it may hold a
// winner among them, and it may have ended the series because it holds none. So they count as given, until they are forgiven.
func (n *noted) end(told *State, last *Promise) {
	behind, won := n.behind(told, last)
	if won {
		n.Worth = n.Worth.Minus(n.series.worth(behind))
		for i := range n.Signed {
			n.Signed[i].Won = n.Signed[i].Won || n.Signed[i].sameWinner(n.series.unpaid())
		}
	} else if lost := n.Promised.Minus(n.Accepted); !lost.IsZero() {
		n.doubt(lost, n.series.ExpiryS)
	}
	n.Worth = n.Worth.Max(n.Accepted)
}

// behind returns how many tickets were signed in the series in use behind the last one that was accepted, if the reveal shows that this has won.
func (n *noted) behind(told *State, last *Promise) (tickets uint64, won bool) {
	if last == nil || last.Series != n.series || told.Reveal == (pay.Hash{}) || CommitmentTo(told.Reveal) != n.series.Commitment {
		return 0, false
	}
	number := above(&n.series, n.Accepted)
	if number < last.First || number > last.Last() {
		return 0, false
	}
	k := n.series.TicketOf(&n.opening, number, last.Tickets[number-last.First].Seed)
	if !Wins(NewTypes(n.opening.ChainID, n.opening.Contract).Digest(&k), told.Reveal, n.series.Ratio) {
		return 0, false
	}
	return n.Last - min(n.Last, number), true
}
