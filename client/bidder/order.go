package bidder

import (
	"slices"

	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// intent is a bid that the buyer wants to stand, or none if it has no prices.
type intent struct {
	number uint64 // of the effect; 0: of none
	prices []unit.Price
}

// order is a bid as it was signed.
type order struct {
	number uint64
	signed marketwire.Signed[marketwire.Order]
	digest marketwire.Hash
	fee    unit.Amount // by the terms when it was signed, as far as it was not taken
	sent   int         // times
}

// trade is about the bid at one server, in one book.
type trade struct {
	want    intent
	settled bool   // the server has what is wanted
	last    *order // that was signed for want; nil if none was
	flight  *order // was sent, and is not answered
	unsure  bool   // an order was sent whose answer is lost: nobody knows what stands
	nonce   uint64
	orders  []*order // own ones of this run, of earlier books too, the newest last
	alloc   *marketwire.Signed[marketwire.Allocation]
	stands  *order // by the last allocation, if this run of the client made it
	stood   bool   // one stands by the last allocation, whoever made it
	began   uint64 // its time of the first allocation that the buyer can know of
	gaps    []gap
	bare    uint64       // its time since when this client has had units that no charge was for; 0: it has not
	missed  bool         // allocations may have been missed since the last one
	retryAt unit.Instant // not to be sent before
	firstAt unit.Instant // when it was refused first; 0 if it was not
}

// wants changes what is wanted.
func (t *trade) wants(want intent) {
	t.want, t.settled, t.last, t.retryAt, t.firstAt = want, false, nil, 0, 0
}

// mayStand reports whether a bid may stand.
func (t *trade) mayStand() bool { return t.unsure || t.stood }

// due reports whether the order is to be sent.
func (v *seller) due(now unit.Instant) bool {
	return v.session != nil && !v.stopped && v.ending == nil && !v.settled && v.flight == nil && !v.session.asks(askBid) &&
		!v.unpaid() && now >= v.retryAt && v.curve != nil
}

// unpaid reports whether a bid is kept back until it is paid for. One that changes another is not: who opens a channel may wait
// for a chain.
func (v *seller) unpaid() bool { return v.funding && !v.mayStand() && len(v.want.prices) > 0 }

// reconcile has the server's book say what is wanted.
func (b *Bidder) reconcile(now unit.Instant, v *seller) {
	if !v.due(now) {
		return
	}
	if len(v.want.prices) == 0 && !v.mayStand() {
		v.settled = true
		return
	}
	if v.last == nil {
		if err := b.sign(now, v); err != nil {
			b.log.Error("cannot sign a bid", "err", err)
			v.retryAt = now.Add(refusedSpan)
			return
		}
	}
	v.last.sent++
	v.flight = v.last
	v.session.ask(now, askBid, &marketwire.Bid{Order: v.last.signed})
}

// sign makes the order for what is wanted.
func (b *Bidder) sign(now unit.Instant, v *seller) error {
	at := v.serverNow(now)
	v.nonce = max(v.nonce+1, uint64(now)) //nolint:gosec // after 1970
	body := marketwire.Order{
		Market: v.hash, Client: b.address, Epoch: v.epoch, Nonce: v.nonce, Seq: v.curve.Seq,
		ExpiresNs: at + uint64(expirySpan), Most: unit.PriceOfWords(1<<64-1, 1<<64-1), Prices: v.want.prices,
	}
	if len(v.want.prices) > 0 {
		body.Most = sum(v.want.prices)
	}
	signed, err := marketwire.Sign(body, b.cfg.Key)
	if err != nil {
		return err
	}
	v.last = &order{number: v.want.number, signed: signed, digest: marketwire.Digest(body)}
	if v.terms != nil {
		v.last.fee = v.terms.Body.BidFee
	}
	v.orders = append(v.orders, v.last)
	b.touched(v)
	if len(v.orders) > keptOrders {
		v.orders = slices.Delete(v.orders, 0, 1)
	}
	return nil
}

// sum is what prices come to, at most the highest price that there is.
func sum(prices []unit.Price) unit.Price {
	var total unit.Amount
	for _, p := range prices {
		more, ok := total.Add(unit.AmountOfWords(p.Words()))
		if !ok {
			return unit.PriceOfWords(1<<64-1, 1<<64-1)
		}
		total = more
	}
	return unit.PriceOfWords(total.Words())
}

// orderOf finds an own order.
func (t *trade) orderOf(digest marketwire.Hash) *order {
	i := slices.IndexFunc(t.orders, func(o *order) bool { return o.digest == digest })
	if i < 0 {
		return nil
	}
	return t.orders[i]
}

// accepted takes in that the order that was sent stands.
func (b *Bidder) accepted(now unit.Instant, v *seller, m *marketwire.BidAccepted) {
	o := v.flight
	v.flight, v.unsure = nil, false
	if o == nil || m.Allocation.Body.Order != expected(o) {
		b.fail(now, v.session, lie("it took another bid than was sent"))
		return
	}
	v.settled = v.settled || o == v.last
	v.refusal = nil
	if o.number == 0 {
		o = nil // the buyer knows of no such bid: what stood has fallen for it
	}
	b.allocated(now, v, m.Allocation, o)
}

// expected is the digest in the allocation that answers an order.
func expected(o *order) marketwire.Hash {
	if len(o.signed.Body.Prices) == 0 {
		return marketwire.Hash{}
	}
	return o.digest
}

// allocated takes in what this client has. Answer is the order that it is the answer to, or nil.
func (b *Bidder) allocated(now unit.Instant, v *seller, a marketwire.Signed[marketwire.Allocation], answer *order) {
	if old := v.alloc; old != nil && !b.follows(now, v, old, &a) {
		return
	}
	if v.alloc != nil && v.missed && a.Body.Number > v.alloc.Body.Number+1 {
		v.gaps = append(v.gaps, gap{v.alloc.Body.SinceNs, a.Body.SinceNs})
		v.gaps = v.gaps[max(len(v.gaps)-keptGaps, 0):]
	}
	v.missed = false
	v.alloc = &a
	v.latest = max(v.latest, min(a.Body.SinceNs, 1<<62))
	if v.bare == 0 && a.Body.Units > 0 {
		v.bare = a.Body.SinceNs
	}
	told := buyer.Allocation{
		Epoch: instantOf(a.Body.Epoch), Since: instantOf(a.Body.SinceNs), Seq: a.Body.Seq,
		Units: a.Body.Units, Rate: a.Body.Rate, Message: notice(a).Payload,
	}
	was := v.stands
	v.stands, v.stood = v.orderOf(a.Body.Order), a.Body.Order != (marketwire.Hash{})
	v.begins(a.Body.SinceNs)
	switch {
	case v.stands != nil:
		told.Bid = v.stands.number
	case v.stood:
		return // of a bid that this client made before it was started
	case answer != nil:
		told.Bid = answer.number // it was taken back
	case was != nil:
		b.fell(v, was)
		told.Bid, told.Fell = was.number, true
	default:
		return
	}
	b.buyer.Allocated(now, v.id, told)
}

// begins notes since when it is known what this client has: not while a bid stands that an earlier run of it made.
func (v *seller) begins(at uint64) {
	if v.stood && v.stands == nil {
		return
	}
	if v.began == 0 {
		v.began = at
	}
	if v.first == 0 {
		v.first = at
	}
}

// gap is a time in which it is not known what this client had, by the server's clock.
type gap struct{ from, to uint64 }

const keptGaps = 8

// follows reports whether an allocation is news after the last one.
func (b *Bidder) follows(now unit.Instant, v *seller, old, a *marketwire.Signed[marketwire.Allocation]) bool {
	switch before, number := old.Body.Number, a.Body.Number; {
	case number == before && marketwire.Digest(old.Body) == marketwire.Digest(a.Body):
		v.missed = false
		return false
	case number == before:
		b.contradicts(now, v, errAllocations, notice(*old), notice(*a))
		return false
	case number < before, number > before+1 && !v.missed:
		b.fail(now, v.session, broken("allocation %d after %d", number, before))
		return false
	}
	return true
}

// fell notes that a bid does not stand any more. The buyer says what is wanted now.
func (b *Bidder) fell(v *seller, o *order) {
	v.stands = nil
	if v.want.number == o.number {
		v.wants(intent{})
		v.settled = !v.unsure
	}
}

// refusedBid deals with a bid that was not taken.
func (b *Bidder) refusedBid(now unit.Instant, v *seller, r *marketwire.Refused) {
	o := v.flight
	v.flight = nil
	if o != nil && o.sent == 1 {
		o.fee = unit.Amount{} // it costs nothing
	}
	if o == nil || o != v.last {
		return // what is wanted has changed meanwhile
	}
	if v.firstAt == 0 {
		v.firstAt = now
	}
	b.log.Debug("bid refused", "server", short(v.id), "reason", r.Reason, "text", r.Text)
	v.refusal = r
	switch r.Reason {
	case marketwire.Busy:
		v.retryAt = now.Add(max(min(spanOf(r.RetryAfterMs), refusedSpan), unit.Second))
		return
	case marketwire.BadNonce:
		if o.sent > 1 || v.unsure {
			// It stood, and fell while nobody was told; or was never taken, and is too old now.
			b.lost(now, v)
			return
		}
		if now.Since(v.firstAt) < creditSpan {
			if _, last := r.Need.Words(); last > v.nonce && last < 1<<63 {
				v.nonce = last
			}
			v.last, v.retryAt = nil, now.Add(unit.Second)
			return
		}
	case marketwire.NoCover, marketwire.AccountUnknown:
		if b.cfg.Fund != nil && (v.funding || now.Since(v.firstAt) < creditSpan) {
			v.last, v.retryAt = nil, now.Add(5*unit.Second)
			v.pollAt = now
			return
		}
		b.giveUp(now, v, unfundedSpan)
		return
	default:
	}
	v.session.ask(now, askTerms, new(marketwire.GetConditions))
	b.giveUp(now, v, refusedSpan)
}

// lost has the buyer begin anew after a bid that does not stand, without it being known since when.
func (b *Bidder) lost(now unit.Instant, v *seller) {
	v.unsure, v.missed, v.stands, v.stood = false, true, nil, false
	b.again(now, v)
	v.settled = true // until something is wanted
}

// giveUp tells the buyer that its bid was not taken. One that stood before is taken back.
func (b *Bidder) giveUp(now unit.Instant, v *seller, rest unit.Span) {
	number := v.want.number
	v.pollAt = now
	v.wants(intent{})
	if number == 0 {
		v.retryAt = now.Add(rest)
	}
	b.buyer.Refused(now, v.id, number, now.Add(rest))
}

// notice is an allocation as a message.
func notice(a marketwire.Signed[marketwire.Allocation]) Message {
	return messageOf(&marketwire.Notice{Allocation: a})
}
