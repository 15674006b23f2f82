package bidder

import (
	"errors"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

func isLie(err error) bool { return errors.Is(err, ErrLie) }

// received takes in a message whose signatures are right.
func (b *Bidder) received(now unit.Instant, s *Session, m marketwire.Message) {
	v := s.seller
	if v == nil || v.session != s || s.over.Load() {
		return
	}
	switch m := m.(type) {
	case *marketwire.Notice:
		b.allocated(now, v, m.Allocation, nil)
		return
	case *marketwire.BalanceLow:
		b.balanced(now, v, &m.Balance, messageOf(m))
		return
	case *marketwire.Demoted:
		b.log.Warn("an account is used up", "server", short(v.id))
		b.allocated(now, v, m.Allocation, nil)
		if v.session == s {
			b.balanced(now, v, &m.Balance, messageOf(m))
		}
		return
	}
	b.answer(now, s, v, m)
}

// answer takes in what may be an answer.
func (b *Bidder) answer(now unit.Instant, s *Session, v *seller, m marketwire.Message) {
	tagged, ok := m.(interface{ ID() uint64 })
	if !ok {
		return
	}
	id := tagged.ID()
	if id == 0 {
		b.news(now, v, m)
		return
	}
	if b.called(now, s, v, id, m) {
		return
	}
	q, since, late, err := s.answered(id)
	switch {
	case err != nil:
		b.fail(now, s, err)
		return
	case late:
		return
	}
	if refused, ok := m.(*marketwire.Refused); ok {
		if q == askAccount && refused.Reason == marketwire.AccountUnknown {
			v.looks(now, since)
		}
		b.refused(now, v, q, refused)
		return
	}
	if !answers(q, m) {
		b.fail(now, s, broken("%s is no answer to that", marketwire.CodeName(m.Code())))
		return
	}
	switch m := m.(type) {
	case *marketwire.Conditions:
		b.conditions(now, v, m)
	case *marketwire.Curves:
		b.curves(now, v, q, m)
	case *marketwire.BidAccepted:
		b.accepted(now, v, m)
	case *marketwire.Account:
		v.sees(m.Balance.Body.AtNs, since)
		v.looks(now, since)
		b.balanced(now, v, &m.Balance, messageOf(m))
	case *marketwire.Statement:
		b.stated(now, v, m)
	case *marketwire.Charged:
		b.charged(now, v, m)
	case *marketwire.Closed:
		b.closed(now, v, m)
	}
}

// answers reports whether a message is of the kind that was asked for.
func answers(q question, m marketwire.Message) bool {
	switch m.(type) {
	case *marketwire.Conditions:
		return q == askTerms
	case *marketwire.Curves:
		return q == askNewest || q == askCurves
	case *marketwire.BidAccepted:
		return q == askBid
	case *marketwire.Account:
		return q == askAccount
	case *marketwire.Statement:
		return q == askStatement
	case *marketwire.Charged:
		return q == askCharge
	case *marketwire.Closed:
		return q == askClose
	}
	return false
}

// news takes in what may come unasked.
func (b *Bidder) news(now unit.Instant, v *seller, m marketwire.Message) {
	switch m := m.(type) {
	case *marketwire.Conditions:
		b.conditions(now, v, m)
	case *marketwire.Account:
		b.balanced(now, v, &m.Balance, messageOf(m))
	case *marketwire.Closed:
		b.closed(now, v, m)
	default:
		b.fail(now, v.session, broken("%s came unasked", marketwire.CodeName(m.Code())))
	}
}

// conditions takes in by what terms is sold.
func (b *Bidder) conditions(now unit.Instant, v *seller, m *marketwire.Conditions) {
	t := &m.Terms
	if old := v.terms; old != nil {
		switch {
		case t.Body.Seq < old.Body.Seq:
			return // overtaken by later ones
		case t.Body.Seq == old.Body.Seq && !sameTerms(t.Body, old.Body):
			b.contradicts(now, v, errTerms, messageOf(&marketwire.Conditions{Terms: *old}), messageOf(m))
			return
		}
	}
	v.terms = t
	v.latest = max(v.latest, min(t.Body.AtNs, 1<<62))
	if v.stopped {
		v.stopped = false
		b.again(now, v)
	}
	b.fund(now, v) // if that waited for them
	if !v.trades(now) {
		return
	}
	b.buyer.Conditions(now, v.id, buyer.Conditions{
		Unit: unit.Cost(t.Body.UnitRate), Fee: t.Body.BidFee, MaxBid: t.Body.MaxUnits,
		Refill: spanOf(t.Body.RefillMs), Prepaid: spanOf(t.Body.PrepaidMs), Least: t.Body.LeastAccount,
	})
}

// sameTerms reports whether terms say the same, but for what may change without a new number.
func sameTerms(t, u marketwire.Terms) bool {
	t.Free = u.Free
	return marketwire.Digest(t) == marketwire.Digest(u)
}

// curves takes in curves.
func (b *Bidder) curves(now unit.Instant, v *seller, q question, m *marketwire.Curves) {
	s := v.session
	if q == askCurves {
		switch {
		case len(m.Curves) == 0:
			b.buyer.NoCurve(now, v.id, v.asked)
		case m.Curves[0].Body.Seq != v.asked:
			b.fail(now, s, broken("curve %d instead of curve %d", m.Curves[0].Body.Seq, v.asked))
			return
		}
	}
	for i := range m.Curves {
		if v.session != s || v.ending != nil {
			return
		}
		b.curve(now, v, &m.Curves[i])
	}
	b.fetch(now, v)
}

func (b *Bidder) curve(now unit.Instant, v *seller, c *marketwire.SignedCurve) {
	body := &c.Body
	v.latest = max(v.latest, min(body.AtNs, 1<<62))
	if v.curve == nil || v.curve.Seq < body.Seq {
		v.curve = body
	}
	if v.foreign || now < v.shunned && !errors.Is(v.left, errSettled) { // what was settled is still to be explained
		return
	}
	b.buyer.Curve(now, v.id, buyer.Signed{
		Curve: auction.Curve{
			Seq: body.Seq, Reserve: body.Reserve, Units: body.Units, Free: body.Free,
			Losing: body.Losing, Winning: body.Winning,
		},
		Epoch: instantOf(body.Epoch), At: instantOf(body.AtNs),
		Message: messageOf(&marketwire.Curves{Curves: []marketwire.SignedCurve{*c}}).Payload,
	})
}

// refused takes in that something is not answered.
func (b *Bidder) refused(now unit.Instant, v *seller, q question, r *marketwire.Refused) {
	switch q {
	case askBid:
		b.refusedBid(now, v, r)
	case askAccount:
		if r.Reason == marketwire.AccountUnknown {
			b.noAccount(now, v)
		}
	case askCharge:
		b.uncharged(now, v)
	case askClose:
		b.parted(now, v)
	case askTerms, askNewest, askCurves, askStatement, questions:
		b.log.Debug("server refused", "server", short(v.id), "reason", r.Reason, "text", r.Text)
	}
}

// closed takes in that business has ended: nothing stands any more.
func (b *Bidder) closed(now unit.Instant, v *seller, m *marketwire.Closed) {
	v.unsure = false
	if was := v.stands; was != nil {
		b.fell(v, was)
		if m.Balance != nil {
			b.buyer.Allocated(now, v.id, buyer.Allocation{
				Epoch: instantOf(v.epoch), Since: instantOf(m.Balance.Body.AtNs), Seq: m.Balance.Body.Seq,
				Bid: was.number, Fell: true, Message: messageOf(m).Payload,
			})
		}
	}
	v.stood, v.missed = false, true
	if m.ReqID == 0 {
		b.log.Warn("server has ended business", "server", short(v.id), "why", m.End.String())
		v.stopped = true
		b.gone(now, v)
		v.settled = true
	}
	if m.Balance != nil {
		b.balanced(now, v, m.Balance, messageOf(m))
	}
	b.parted(now, v)
}

// parted: what is to be said at the end has been said.
func (b *Bidder) parted(now unit.Instant, v *seller) {
	if v.ending != nil && v.session != nil && !v.session.asks(askStatement) {
		b.ended(now, v)
	}
}
