package lottery

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Channel is the tickets of one client, as the provider sees them.
//
// What it knows is what is in the ledger: which series is in use, what was accepted, and which series have winners that are not paid. Verify
// changes nothing of that, for its promise may still be refused, or fail to be written; Follow does. So a ticket that has won ends its series
// when it is in the ledger, and nobody sees a draw that is not. Every evidence has enough to begin anew.
type Channel struct {
	p       *Provider
	id      pay.Hash
	opening Opening

	mu struct {
		sync.Mutex
		series   Series // in use
		used     bool   // some of its tickets are accepted
		accepted unit.Amount
		unpaid   []Unpaid // series whose winners are not seen to be paid
		reveal   pay.Hash // of the series that the last accepted ticket has won; zero if that has not
	}
}

var (
	_ pay.Follower = (*Channel)(nil)
	_ pay.Looker   = (*Channel)(nil)
)

// ID implements pay.Channel.
func (c *Channel) ID() pay.Hash { return c.id }

// Look implements pay.Looker.
func (c *Channel) Look(ctx context.Context) error {
	_, err := c.p.cfg.Watcher.Look(ctx)
	return err
}

// drawing is a promise as it was drawn, without its tickets behind a winner.
type drawing struct {
	Promise
	cumulative unit.Amount
	digest     pay.Hash // of the last ticket
	wins       bool     // the last ticket
}

// read decodes a promise of a series that was announced, and says what its tickets come to if none wins.
func (c *Channel) read(promise []byte) (p Promise, from, cumulative unit.Amount, err error) {
	if p, err = DecodePromise(promise); err != nil {
		return p, from, cumulative, pay.Refuse(pay.Malformed, "%v", err)
	}
	if !c.p.cfg.Secret.Announced(&c.opening, &p.Series) {
		return p, from, cumulative, pay.Refuse(pay.BadSign, "series %d was not announced like that for channel %x", p.Series.Number, c.id)
	}
	if from, cumulative, err = p.Spans(); err != nil {
		return p, from, cumulative, pay.Refuse(pay.Malformed, "%v", err)
	}
	return p, from, cumulative, nil
}

// digests are what is signed of a promise's tickets.
func (c *Channel) digests(p *Promise) (all []pay.Hash) {
	for i := range p.Tickets {
		k := p.Series.TicketOf(&c.opening, p.First+uint64(i), p.Tickets[i].Seed)
		all = append(all, c.p.types.Digest(&k))
	}
	return all
}

// signed is nil if the payer has signed all tickets of a promise.
func (c *Channel) signed(p *Promise, digests []pay.Hash) error {
	for i := range p.Tickets {
		if by, err := p.Tickets[i].Signature.Recover(digests[i]); err != nil || by != c.opening.Payer {
			return pay.Refuse(pay.BadSign, "ticket %d of series %d is not signed by %x", p.First+uint64(i), p.Series.Number, c.opening.Payer)
		}
	}
	return nil
}

// draw draws the tickets of a promise whose signatures were verified. Nothing that depends on a draw may be seen of tickets that are not signed, or
// not in the ledger, or seeds could be tried for nothing. Of tickets behind a winner none counts: their series is over.
func (c *Channel) draw(p Promise, digests []pay.Hash) (d *drawing, err error) {
	d = &drawing{Promise: p}
	reveal := c.p.cfg.Secret.Reveal(&c.opening, p.Series.Number)
	last := slices.IndexFunc(digests, func(digest pay.Hash) bool { return Wins(digest, reveal, p.Series.Ratio) })
	if d.wins = last >= 0; !d.wins {
		last = len(digests) - 1
	}
	d.digest, d.Tickets = digests[last], p.Tickets[:last+1]
	if _, d.cumulative, err = d.Spans(); err != nil {
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	}
	return d, nil
}

// Read implements pay.Channel: what a promise comes to if none of its tickets wins, or the last one.
func (c *Channel) Read(promise []byte) (unit.Amount, error) {
	_, _, cumulative, err := c.read(promise)
	return cumulative, err
}

// Verify implements pay.Channel. It draws only what is to be credited, and only what goes on from what was accepted: so every ticket before it
// was drawn, and lost.
func (c *Channel) Verify(promise []byte) (pay.Promised, error) {
	p, from, all, err := c.read(promise)
	if err != nil {
		return pay.Promised{}, err
	}
	digests := c.digests(&p)
	if err := c.signed(&p, digests); err != nil {
		return pay.Promised{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rotate()
	out := pay.Promised{From: from, Cumulative: all, Chance: true}
	if all.Cmp(c.mu.accepted) <= 0 {
		return out, nil // it credits nothing
	}
	if err := c.admit(&p.Series, from); err != nil {
		return pay.Promised{}, err
	}
	d, err := c.draw(p, digests)
	if err != nil {
		return pay.Promised{}, err
	}
	out.Cumulative = d.cumulative
	e := Evidence{Opening: c.opening, Unpaid: c.mu.unpaid, Promise: p}
	out.Evidence = e.Encode()
	if d.wins {
		claim := Claim{Opening: c.opening, Series: d.Series, Number: d.Last(), Ticket: d.Tickets[len(d.Tickets)-1]}
		out.Claims = []pay.Claim{{Key: d.digest, Amount: d.Series.Face, Data: claim.Encode()}}
	}
	return out, nil
}

// admit is nil if a promise is of the series in use and goes on from what was accepted. As long as nothing is accepted in that series, it may have
// been announced otherwise: before a restart, or because it would have expired. So its own expiry counts.
func (c *Channel) admit(s *Series, from unit.Amount) error {
	switch {
	case c.p.seen.timeS() == 0:
		return pay.Refuse(pay.Stale, "the chain has not been seen yet")
	case c.tooLate(s):
		return &pay.Refusal{
			Reason: pay.Expired, Most: c.mu.series.Base,
			Text: fmt.Sprintf("a winner of series %d could not be redeemed in time any more; the next one was announced", s.Number),
		}
	case s.Number != c.mu.series.Number:
		return &pay.Refusal{Reason: pay.Expired, Most: c.mu.series.Base, Text: "the series of these tickets is over; the next one was announced"}
	case *s != c.mu.series && c.mu.used:
		return pay.Refuse(pay.Expired, "series %d is in use as it was announced later", s.Number)
	case from.Cmp(c.mu.accepted) > 0:
		return &pay.Refusal{Reason: pay.Gap, Most: c.mu.accepted, Text: fmt.Sprintf("tickets are missing after %s", c.mu.accepted)}
	case len(c.mu.unpaid) >= MaxUnpaid:
		return pay.Refuse(pay.Uncovered, "%d winners of channel %x wait to be paid", len(c.mu.unpaid), c.id)
	}
	return nil
}

// Follow implements pay.Follower. With the first winner of a series the next one begins.
func (c *Channel) Follow(promise []byte) error {
	p, _, _, err := c.read(promise)
	if err != nil {
		return err
	}
	d, err := c.draw(p, c.digests(&p))
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.follow(d)
	if d.wins && c.onCredit() && c.p.cfg.Alarm != nil {
		c.p.cfg.Alarm() // the sooner it is redeemed the less can be lost, and the sooner more is taken
	}
	return nil
}

// onCredit reports whether winners wait that no lock secures, as far as that is known.
func (c *Channel) onCredit() bool {
	if c.p.cfg.Credit == 0 {
		return false
	}
	now, err := c.p.seen.Known(c.opening)
	if err != nil {
		return false
	}
	var sum unit.Amount
	for _, u := range c.owed(now) {
		sum = sum.Plus(u.Face)
	}
	return now.head.lock.left().Cmp(sum) < 0
}

// follow takes over what is in the ledger. The series may have been announced anew since it was verified.
func (c *Channel) follow(d *drawing) {
	if d.cumulative.Cmp(c.mu.accepted) <= 0 {
		return
	}
	c.mu.accepted, c.mu.reveal = d.cumulative, pay.Hash{}
	if d.wins {
		c.mu.reveal = c.p.cfg.Secret.Reveal(&c.opening, d.Series.Number)
		c.mu.unpaid = append(c.mu.unpaid, d.Series.unpaid())
	}
	if d.Series.Number < c.mu.series.Number {
		return
	}
	c.mu.series, c.mu.used = d.Series, true
	if d.wins {
		c.announce(d.Series.Number + 1)
	}
}

// begin announces a first series. The ledger knows of none: either there was none, or it is another ledger than that by which series were announced
// before, whose reveals may be known and whose tickets may come again. So it has a number that is higher than any can have been.
func (c *Channel) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.announce(c.unused())
}

// unused is the number of a series that was never announced: the time, of which one series a second is not used up.
func (c *Channel) unused() uint64 { return max(c.p.seen.timeS(), c.mu.series.Number+1) }

// announce announces a series, which counts from what is accepted on. If that is more by the time it is used, because a promise
// was on its way to the ledger, its tickets do not begin with the first.
func (c *Channel) announce(number uint64) {
	odds := c.p.cfg.Odds()
	c.mu.series = c.p.cfg.Secret.Announce(&c.opening, Series{
		Number: number, Base: c.mu.accepted, Face: odds.Face, Ratio: odds.Ratio,
		ExpiryS: c.p.seen.timeS() + uint64(c.p.cfg.Valid/time.Second), //nolint:gosec // not negative
	})
	c.mu.used = false
}

// rotate announces what follows a series whose winner could come too late to be redeemed, and forgets winners that are paid, or can not be any
// more. A series of which nothing was accepted keeps its number: the ledger does not know of it, so it would have that after a restart. One that is
// paid already has a reveal that everybody knows: the ledger is an old copy.
func (c *Channel) rotate() {
	if c.tooLate(&c.mu.series) {
		next := c.mu.series.Number
		if c.mu.used {
			next++
		}
		c.announce(next)
	}
	c.p.seen.ask(c.opening, c.inUse())
	known := c.p.seen.At(c.opening)
	if known == nil {
		return
	}
	if u := c.inUse(); known.head.paid[u] || known.sure.paid[u] {
		c.announce(c.unused())
	}
	c.mu.unpaid = slices.DeleteFunc(c.mu.unpaid, func(u Unpaid) bool {
		return known.sure.paid[u] && known.head.paid[u] || known.sure.timeS > u.ExpiryS
	})
}

// inUse is the series in use, as it may be paid.
func (c *Channel) inUse() Unpaid { return c.mu.series.unpaid() }

// tooLate reports whether a winner of a series could come too late to be redeemed. What time it is says the chain, as it does when it pays.
func (c *Channel) tooLate(s *Series) bool {
	return c.p.seen.timeS()+uint64(c.p.cfg.React/time.Second) > s.ExpiryS //nolint:gosec // not negative
}

// restore begins anew after the promise of an evidence.
func (c *Channel) restore(e *Evidence) error {
	p, _, _, err := c.read(e.Promise.Encode())
	if err != nil {
		return err
	}
	d, err := c.draw(p, c.digests(&p))
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.unpaid = e.Unpaid
	c.follow(d)
	c.rotate()
	return nil
}

// unpaid returns the series whose winners are not known to be paid, and that in use.
func (c *Channel) unpaid() []Unpaid {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.series.Number == 0 { // none was announced yet
		return nil
	}
	return append(slices.Clone(c.mu.unpaid), c.inUse())
}

// State implements pay.Channel: the series in use, and the reveal by which its client sees that the one before has a winner, from when that is in the
// ledger until another ticket is.
func (c *Channel) State() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rotate()
	state := State{c.mu.series, c.mu.reveal}
	return state.Encode()
}

// Cover implements pay.Channel. As long as another winner could be paid, whatever its tickets come to is covered; if not, what is accepted is, for its
// winners are.
func (c *Channel) Cover() (unit.Amount, error) {
	now, err := c.p.known(c)
	if err != nil {
		return unit.Amount{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rotate()
	switch {
	case len(c.mu.unpaid) < MaxUnpaid && c.secured(now, c.mu.series.Face, 1):
		return unit.MaxAmount(), nil
	case now.leaving():
		return unit.Amount{}, pay.Refuse(pay.Closing, "what secures channel %x is being taken back", c.id)
	case c.secured(now, unit.Amount{}, 0):
		return c.mu.accepted, nil
	}
	return unit.Amount{}, pay.Refuse(pay.Uncovered, "winners of channel %x are not covered", c.id)
}

// secured reports whether all winners that are unpaid would be paid, and another one of so much if another is 1: by the payee's lock, or by the
// open pot as far as credit is given: if it has all of that, an escrow that is worth more than what can be lost, and nobody protests about its payer.
func (c *Channel) secured(now *pair, face unit.Amount, another int) bool {
	need := func(s *state) (sum unit.Amount, count int, largest unit.Amount) {
		sum, count, largest = face, another, face
		for _, u := range c.mu.unpaid {
			if s.paid[u] || s.timeS > u.ExpiryS {
				continue
			}
			sum, count = sum.Plus(u.Face), count+1
			if u.Face.Cmp(largest) > 0 {
				largest = u.Face
			}
		}
		return sum, count, largest
	}
	byLock := func(s *state) bool {
		sum, _, _ := need(s)
		return s.lock.left().Cmp(sum) >= 0
	}
	byOpen := func(s *state) bool {
		sum, count, largest := need(s)
		return count <= int(c.p.cfg.Credit) && s.open.left().Cmp(sum) >= 0 && c.p.seen.View().Sure.TimeS > s.open.heldUntilS &&
			s.open.escrow.Minus(s.open.warnedEscrow).Cmp(escrowFor(int(c.p.cfg.Credit), largest)) >= 0
	}
	switch {
	case byLock(&now.head) && byLock(&now.sure):
		return true
	case !byOpen(&now.head) || !byOpen(&now.sure):
		return false
	}
	return another == 0 || c.p.credit.take(c.opening, c.owed(now), face, c.p.seen.timeS())
}

// owed are the winners that are not seen to be paid, and may be still.
func (c *Channel) owed(now *pair) []Unpaid {
	return slices.DeleteFunc(slices.Clone(c.mu.unpaid), func(u Unpaid) bool { return now.sure.paid[u] || now.sure.timeS > u.ExpiryS })
}
