package bidder

import (
	"context"
	"errors"
	"fmt"

	"github.com/candela-les/candela/market/auction"
	"github.com/candela-les/candela/market/buyer"
	"github.com/candela-les/candela/unit"
	"github.com/candela-les/candela/wire/marketwire"
)

// What a server signed that cannot both be true.
var (
	errAllocations = errors.New("two allocations with one number")
	errTerms       = errors.New("two conditions with one number")
	errBalance     = errors.New("the account contradicts its entries")
	errReceipt     = errors.New("the charge's lines contradict the account")
	errOffSum      = errors.New("the charge is more than its own lines come to")
	errTwice       = errors.New("a time was charged for twice")
)

// account is this client's at one server. Its entries are read once each, in the order of their numbers.
type account struct {
	known    bool   // through is known
	unknown  bool   // the server has none
	through  uint64 // number of the last entry that was read
	balance  unit.Amount
	page     *Message
	said     *marketwire.Balance // what the server said last
	saidBy   *Message
	reported bool // the buyer knows of it

	credited unit.Amount // by the entries read
	charges  []charge    // not handed to the buyer yet
	until    uint64      // the end of the last charge that was read; 0: not known
	untilBy  *Message    // which has it; nil: it was read by an earlier run of this client

	bound  bound
	first  uint64      // its time of the first allocation of this run, in whatever book; 0: there was none
	before unit.Price  // the most that a bid of an earlier run offers an hour, all its units together
	vague  bool        // that is not known, and such bids there may be
	owing  unit.Amount // the fees of such bids that were not taken, as far as it is known

	paid, paidFees unit.Amount // ever, as far as it is known
	undue          unit.Amount // of that, what is more than this client's bids can have cost
	today          unit.Amount
	counted        uint64 // charges handed to the buyer

	funding bool
	unfund  context.CancelFunc // ends the payment that is under way
	more    unit.Amount        // to be funded after that
	doubt   doubt
	needs   unit.Amount // what nobody has credited
	begged  bool        // that was logged
	refusal *marketwire.Refused
}

// charge is an entry that is about to be handed to the buyer.
type charge struct {
	entry   marketwire.Entry
	after   uint64      // when the one before it ended
	most    unit.Amount // that it can be for, by the bids alone
	message []byte      // page or receipt
	code    uint64
}

// keptCharges is how many charges are asked about one by one; more than that are taken as they are.
const keptCharges = 8

// balanced takes in what the server says of the account.
func (b *Bidder) balanced(now unit.Instant, v *seller, s *marketwire.Signed[marketwire.Balance], by Message) {
	said := s.Body
	v.latest = max(v.latest, min(said.AtNs, 1<<62))
	if v.known && said.Number == v.through && said.Balance != v.balance {
		b.contradicts(now, v, errBalance, v.evidence(by)...)
		return
	}
	if v.said != nil && said.AtNs < v.said.AtNs {
		return // overtaken by a later one
	}
	v.said, v.saidBy, v.unknown = &said, &by, false
	if !v.known {
		v.known, v.through, v.balance, v.vague = true, said.Number, said.Balance, said.Number > 0
		b.touched(v)
	}
	if v.alloc == nil && (said.Units > 0 || !said.Held.IsZero()) {
		v.unsure, v.settled = true, false // a bid of an earlier run of this client
	}
	switch {
	case said.Number > v.through:
		b.read(now, v)
	case said.Number == v.through:
		b.report(now, v)
	}
}

// evidence is what the account's state is known by, and what contradicts it.
func (a *account) evidence(by ...Message) []Message {
	var all []Message
	for _, m := range []*Message{a.page, a.saidBy} {
		if m != nil {
			all = append(all, *m)
		}
	}
	return append(all, by...)
}

// read asks for the entries that are new.
func (b *Bidder) read(now unit.Instant, v *seller) {
	if v.session != nil && v.known {
		v.session.ask(now, askStatement, &marketwire.GetStatement{First: v.through + 1, Max: marketwire.MaxEntries})
	}
}

// report tells the buyer what the account holds.
func (b *Bidder) report(now unit.Instant, v *seller) {
	left := v.balance
	if v.said != nil && v.said.Number == v.through {
		left = v.said.Balance.Minus(v.said.Owed)
	}
	v.reported = true
	b.buyer.Account(now, v.id, buyer.Account{Balance: left, Credited: v.credited})
	b.cleared(now, v)
}

// noAccount takes in that there is no account yet.
func (b *Bidder) noAccount(now unit.Instant, v *seller) {
	v.unknown = true
	if !v.known {
		v.known = true // its entries will begin with 1
		b.touched(v)
	}
	v.reported = true
	b.buyer.Account(now, v.id, buyer.Account{Credited: v.credited})
	b.cleared(now, v)
}

// stated takes in entries.
func (b *Bidder) stated(now unit.Instant, v *seller, m *marketwire.Statement) {
	by := messageOf(m)
	page := &m.Page.Body
	v.latest = max(v.latest, min(page.AtNs, 1<<62))
	for i := range page.Entries {
		e := &page.Entries[i]
		if e.Number <= v.through {
			b.fail(now, v.session, broken("entry %d was not asked for", e.Number))
			return
		}
		if e.Number == v.through+1 && !adds(v.balance, e) {
			b.contradicts(now, v, errBalance, v.evidence(by)...)
			return
		}
		if e.Kind == marketwire.Charge && e.SinceNs < v.until {
			b.twice(now, v, by)
			return
		}
		v.through, v.balance = e.Number, e.Balance
		if v.said != nil && v.said.Number == e.Number && v.said.Balance != e.Balance {
			b.contradicts(now, v, errBalance, v.evidence(by)...)
			return
		}
		b.entered(now, v, e, &by)
	}
	if len(page.Entries) == 0 {
		if page.Newest > v.through {
			b.fail(now, v.session, broken("entries up to %d, and none after %d", page.Newest, v.through))
		}
		return
	}
	v.page = &by
	b.touched(v)
	b.charge(now, v)
	if page.Newest > v.through {
		b.read(now, v)
		return
	}
	b.report(now, v)
}

// twice leaves a server that charges for a time that it has charged for in an earlier page.
func (b *Bidder) twice(now unit.Instant, v *seller, by Message) {
	if v.untilBy == nil { // only this client knows of it
		b.fail(now, v.session, lie("%w", errTwice))
		return
	}
	b.contradicts(now, v, errTwice, *v.untilBy, by)
}

// adds reports whether an entry's balance follows from the one before.
func adds(before unit.Amount, e *marketwire.Entry) bool {
	after, ok := before.Add(e.Amount)
	if e.Debit {
		after, ok = before.Sub(e.Amount)
	}
	return ok && after == e.Balance
}

// entered takes in one entry.
func (b *Bidder) entered(now unit.Instant, v *seller, e *marketwire.Entry, by *Message) {
	switch {
	case !e.Debit:
		v.credited = v.credited.Plus(e.Amount)
		v.needs, v.begged = unit.Amount{}, false
		b.log.Info("credited", "server", short(v.id), "amount", e.Amount, "kind", e.Kind.String())
	case e.Kind == marketwire.Charge:
		b.spend(now, v, e.Amount)
		v.paid = v.paid.Plus(e.Amount)
		b.bounded(v, e, by)
	case e.Kind == marketwire.Fee:
		b.spend(now, v, e.Amount)
		v.paidFees = v.paidFees.Plus(e.Amount)
		b.fee(now, v, e, by)
	case e.Kind == marketwire.Refund:
		b.log.Info("money that was not spent has come back out of the account", "server", short(v.id), "amount", e.Amount, "kind", e.Kind.String())
	default: // by the operator's hand, and not for service
		b.log.Warn("the operator has taken money off the account", "server", short(v.id), "amount", e.Amount, "kind", e.Kind.String())
	}
}

// bounded holds a charge to what the bids can have cost, and has it checked. What is beyond that does not count as served for,
// whatever comes of the check.
func (b *Bidder) bounded(v *seller, e *marketwire.Entry, by *Message) {
	c := charge{entry: *e, after: v.until, message: by.Payload, code: by.Code}
	c.most = v.bound.take(v.dearest(e.SinceNs), e.AtNs-e.SinceNs, e.Amount)
	b.undue(v, e.Amount.Minus(c.most))
	if v.vague && v.earlier(e.SinceNs) {
		c.most = c.most.Max(e.Amount) // it may be right: nobody is accused
	}
	v.until, v.untilBy = e.AtNs, by
	v.charges = append(v.charges, c)
}

// undue notes that more was taken than this client's bids can have cost, as far as it knows of them.
func (b *Bidder) undue(v *seller, more unit.Amount) {
	if !more.IsZero() {
		b.log.Warn("a server has taken more than bids there can have cost", "server", short(v.id), "amount", more)
		v.undue = v.undue.Plus(more)
	}
}

// fee hands a fee to the buyer, which knows of its own bids only. Of what a bid of an earlier run of this client has cost only what it has noted
// counts as served for.
func (b *Bidder) fee(now unit.Instant, v *seller, e *marketwire.Entry, by *Message) {
	at := instantOf(e.AtNs)
	c := buyer.Charge{Since: at, At: at, Through: v.local(e.AtNs), Fees: e.Amount, Message: by.Payload}
	var digest marketwire.Hash
	copy(digest[:], e.Reference)
	var due unit.Amount
	switch o := v.orderOf(digest); {
	case o != nil:
		due = e.Amount.Min(o.fee)
		o.fee = o.fee.Minus(due)
	case v.earlier(e.AtNs):
		due = e.Amount.Min(v.owing)
		v.owing = v.owing.Minus(due)
		c.Amount, c.Fees, c.Unchecked, c.Most = e.Amount, unit.Amount{}, true, e.Amount
		if v.terms != nil {
			c.Most = v.terms.Body.BidFee
		}
	}
	b.undue(v, e.Amount.Minus(due))
	b.buyer.Charged(now, v.id, c)
}

// charge hands charges to the buyer, each with its lines if the server has them.
func (b *Bidder) charge(now unit.Instant, v *seller) {
	for len(v.charges) > 0 {
		c := &v.charges[0]
		if len(v.charges) <= keptCharges && v.session != nil && c.code == marketwire.CodeStatement {
			if v.ending == nil && v.session.ask(now, askCharge, &marketwire.GetCharge{Number: c.entry.Number}) || v.session.asks(askCharge) {
				return
			}
		}
		b.handOver(now, v)
	}
}

// handOver gives the oldest charge to the buyer.
func (b *Bidder) handOver(now unit.Instant, v *seller) {
	c := v.charges[0]
	v.charges = v.charges[1:]
	v.counted++
	since, apart := v.covers(&c)
	at := c.entry.AtNs
	b.buyer.Charged(now, v.id, buyer.Charge{
		Since: instantOf(since), At: instantOf(at), Amount: c.entry.Amount, Most: c.most,
		Through: v.local(at), Unchecked: v.blind(since, at), Apart: apart, Message: c.message,
	})
}

// longestBare is how far before its beginning a charge is checked.
const longestBare = uint64(600 * unit.Second)

// covers returns since when a charge is for. What was owed before it and came to less than a base unit is in it too, if a bid
// ended before there was more. It stands apart if that is from too long ago.
func (t *trade) covers(c *charge) (since uint64, apart bool) {
	e := &c.entry
	since = e.SinceNs
	switch {
	case t.bare == 0 || t.bare >= since:
	case e.AtNs-t.bare > longestBare:
		apart = true
	default:
		since = max(t.bare, c.after)
	}
	if t.bare != 0 && t.bare < e.AtNs {
		t.bare = 0
		if t.alloc != nil && t.alloc.Body.Units > 0 {
			t.bare = max(e.AtNs, t.alloc.Body.SinceNs)
		}
	}
	return since, apart
}

// blind reports whether it is not known what was bid and won in a time. That is for this client to know: a server has no say in it but
// by what it keeps to itself.
func (t *trade) blind(since, at uint64) bool {
	if t.began == 0 || since < t.began {
		return true
	}
	for _, g := range t.gaps {
		if since < g.to && at > g.from {
			return true
		}
	}
	return false
}

// charged takes in how a charge came about.
func (b *Bidder) charged(now unit.Instant, v *seller, m *marketwire.Charged) {
	if len(v.charges) == 0 {
		return
	}
	by, c, r := messageOf(m), &v.charges[0], &m.Receipt.Body
	if r.Number != c.entry.Number || r.Amount != c.entry.Amount {
		b.contradicts(now, v, errReceipt, Message{c.code, c.message}, by)
		return
	}
	if (auction.OffSum{Charge: asCharge(r)}).Holds() {
		b.contradicts(now, v, errOffSum, by)
		return
	}
	c.message, c.code = by.Payload, by.Code
	b.handOver(now, v)
	b.charge(now, v)
}

// uncharged: the server does not say how a charge came about. It is checked all the same, by the curves.
func (b *Bidder) uncharged(now unit.Instant, v *seller) {
	if len(v.charges) > 0 {
		b.handOver(now, v)
		b.charge(now, v)
	}
}

// asCharge is a receipt as package auction has it, without the bid.
func asCharge(r *marketwire.Receipt) auction.Charge {
	c := auction.Charge{Before: r.Before, After: r.After, Amount: r.Amount}
	for _, l := range r.Lines {
		c.Lines = append(c.Lines, auction.Line{
			Seq: l.Seq, Units: int(l.Units), Rate: l.Rate, Span: unit.Span(min(l.SpanNs, 1<<63-1)), //nolint:gosec // bounded
		})
	}
	return c
}

// spend counts what was charged today.
func (b *Bidder) spend(now unit.Instant, v *seller, a unit.Amount) {
	b.today(now)
	b.spent, v.today = b.spent.Plus(a), v.today.Plus(a)
	b.dirty.spending = true
	b.touched(v)
}

// today begins a new day when it is time to.
func (b *Bidder) today(now unit.Instant) {
	if now.Since(b.dayAt) < day {
		return
	}
	b.dayAt, b.spent, b.dirty.spending = midnight(now), unit.Amount{}, true
	for _, v := range b.sellers {
		v.today = unit.Amount{}
	}
}

func (m Message) String() string {
	return fmt.Sprintf("%s of %d bytes", marketwire.CodeName(m.Code), len(m.Payload))
}
