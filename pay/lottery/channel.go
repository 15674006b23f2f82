package lottery

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Channel is the tickets of one client, as the provider sees them.
//
// What it knows of them is in memory, and every evidence has enough of it to begin anew: which series is in use, and
// which series have winners that are not paid. Where an evidence can not say whether tickets before its promise have won, because
// promises were verified out of order, the series is taken to have a winner: it is retired, and its face value is not counted on.
type Channel struct {
	p       *Provider
	id      pay.Hash
	opening Opening

	mu struct {
		sync.Mutex
		series Series            // in use
		top    uint64            // the highest number of its tickets that was verified
		drawn  uint64            // up to which number all were, and lost
		ahead  map[uint64]uint64 // promises beyond that which were: first and last number
		late   map[pay.Hash]bool // promises of it, and of the series before it, that were verified in time
		won    *winner           // of the series before it; nil if it has none
		unpaid []Unpaid          // series before it
	}
}

// winner is the ticket that ended a series.
type winner struct {
	series Series
	number uint64
}

var (
	_ pay.Channel = (*Channel)(nil)
	_ pay.Looker  = (*Channel)(nil)
)

// ID implements pay.Channel.
func (c *Channel) ID() pay.Hash { return c.id }

// Look implements pay.Looker.
func (c *Channel) Look(ctx context.Context) error {
	_, err := c.p.cfg.Watcher.Look(ctx)
	return err
}

// drawing is a promise as it was drawn.
type drawing struct {
	Promise
	from, cumulative unit.Amount // up to the winner
	digests          []pay.Hash
	won              int // how many tickets count: all, or those up to the winner
	wins             bool
}

// read decodes a promise of a series that was announced, and says what its tickets come to if none wins.
func (c *Channel) read(promise []byte) (p Promise, from, cumulative unit.Amount, err error) {
	if p, err = DecodePromise(promise); err != nil {
		return p, from, cumulative, pay.Refuse(pay.Malformed, "%v", err)
	}
	if !c.p.cfg.Secret.Announced(&c.opening, &p.Series) {
		return p, from, cumulative, pay.Refuse(pay.Malformed, "series %d was not announced like that", p.Series.Number)
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
// seeds could be tried for nothing. Of tickets behind a winner none counts: their series is over.
func (c *Channel) draw(p Promise, digests []pay.Hash) (d *drawing, err error) {
	d = &drawing{Promise: p, digests: digests, won: len(digests)}
	reveal := c.p.cfg.Secret.Reveal(&c.opening, p.Series.Number)
	for i := range digests {
		if Wins(digests[i], reveal, p.Series.Ratio) {
			d.wins, d.won = true, i+1
			break
		}
	}
	d.Promise.Tickets, d.digests = p.Tickets[:d.won], digests[:d.won]
	if d.from, d.cumulative, err = d.Spans(); err != nil {
		return nil, pay.Refuse(pay.Malformed, "%v", err)
	}
	return d, nil
}

// Read implements pay.Channel: what a promise comes to if none of its tickets wins, or the last one.
func (c *Channel) Read(promise []byte) (unit.Amount, error) {
	_, _, cumulative, err := c.read(promise)
	return cumulative, err
}

// Verify implements pay.Channel. With the first winner of a series the next one begins, whatever becomes of the promise: that a
// ticket has won is not forgotten because it could not be written down. Of the series that is over only promises are taken
// that were verified before, byte for byte, and lower ones that the winner goes on from.
func (c *Channel) Verify(promise []byte) (pay.Promised, error) {
	p, _, _, err := c.read(promise)
	if err != nil {
		return pay.Promised{}, err
	}
	digests := c.digests(&p)
	if err := c.signed(&p, digests); err != nil {
		return pay.Promised{}, err
	}
	d, err := c.draw(p, digests)
	if err != nil {
		return pay.Promised{}, err
	}
	whole := pay.Hash(crypto.Keccak256Hash(promise))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rotate()
	if err := c.admit(d, whole); err != nil {
		return pay.Promised{}, err
	}
	if len(c.mu.unpaid) >= MaxUnpaid && d.Series.Number == c.mu.series.Number {
		return pay.Promised{}, pay.Refuse(pay.Uncovered, "%d winners of channel %x wait to be paid", len(c.mu.unpaid), c.id)
	}
	out := pay.Promised{From: d.from, Cumulative: d.cumulative, Chance: true}
	e := Evidence{Opening: c.opening, Drawn: min(c.mu.drawn, d.First-1), Unpaid: c.earlier(d.Series.Number)}
	if e.Promise, err = DecodePromise(promise); err != nil {
		return pay.Promised{}, err
	}
	if d.Series.Number != c.mu.series.Number { // it was verified before the series ended, or is one before the winner
		e.Drawn = d.First - 1
	}
	out.Evidence = e.Encode()
	if d.wins {
		claim := Claim{Opening: c.opening, Series: d.Series, Number: d.Last(), Ticket: d.Tickets[d.won-1]}
		out.Claims = []pay.Claim{{Key: d.digests[d.won-1], Amount: d.Series.Face, Data: claim.Encode()}}
	}
	c.note(d, whole)
	return out, nil
}

// admit is nil if a promise is of a series that is in use, or was when it was verified. One that was announced before a restart goes on
// with the expiry that it was announced with, which is not that of the series in use, so it is looked at by itself.
func (c *Channel) admit(d *drawing, whole pay.Hash) error {
	if c.tooLate(&d.Series) {
		return &pay.Refusal{
			Reason: pay.Expired, Most: c.mu.series.Base,
			Text: fmt.Sprintf("a winner of series %d could not be redeemed in time any more; the next one was announced", d.Series.Number),
		}
	}
	if d.Series.Number == c.mu.series.Number {
		if d.Series == c.mu.series || c.mu.top == 0 { // announced otherwise before a restart
			return nil
		}
		return pay.Refuse(pay.Expired, "series %d is in use as it was announced later", d.Series.Number)
	}
	if w := c.mu.won; w != nil && d.Series == w.series {
		if c.mu.late[whole] || d.Last() < w.number && !d.wins {
			return nil
		}
	}
	return &pay.Refusal{Reason: pay.Expired, Most: c.mu.series.Base, Text: "the series of these tickets is over; the next one was announced"}
}

// earlier returns the series before this one that are unpaid.
func (c *Channel) earlier(number uint64) (unpaid []Unpaid) {
	for _, u := range c.mu.unpaid {
		if u.Series < number {
			unpaid = append(unpaid, u)
		}
	}
	return unpaid
}

// note notes what was drawn.
func (c *Channel) note(d *drawing, whole pay.Hash) {
	if d.Series.Number != c.mu.series.Number {
		return
	}
	if c.mu.series != d.Series {
		c.mu.series = d.Series
	}
	if len(c.mu.late) < 4*64 {
		c.mu.late[whole] = true
	}
	c.mu.top = max(c.mu.top, d.Last())
	if d.wins {
		c.retire(&winner{d.Series, d.Last()}, d.cumulative, true)
		return
	}
	c.mu.ahead[d.First] = max(c.mu.ahead[d.First], d.Last())
	for again := true; again; {
		again = false
		for first, last := range c.mu.ahead {
			if first <= c.mu.drawn+1 {
				c.mu.drawn, again = max(c.mu.drawn, last), true
				delete(c.mu.ahead, first)
			}
		}
	}
}

// retire ends the series in use and begins the next, which counts from base on. That must not be more than is accepted if all goes well, or
// nobody could go on from it; if it is less, tickets of the next series do not begin with its first.
func (c *Channel) retire(w *winner, base unit.Amount, unpaid bool) {
	s := c.mu.series
	if unpaid {
		c.mu.unpaid = append(c.mu.unpaid, Unpaid{Series: s.Number, Face: s.Face, ExpiryS: s.ExpiryS})
	}
	late := c.mu.late
	c.announce(s.Number+1, base)
	c.mu.won, c.mu.late = w, late
}

// begin announces a first series.
func (c *Channel) begin(number uint64, base unit.Amount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.announce(number, base)
}

func (c *Channel) announce(number uint64, base unit.Amount) {
	odds := c.p.cfg.Odds()
	expiry := uint64(c.p.cfg.Now().Add(c.p.cfg.Valid).Unix()) //nolint:gosec // after 1970
	c.mu.series = c.p.cfg.Secret.Announce(&c.opening, Series{
		Number: number, Base: base, Face: odds.Face, Ratio: odds.Ratio, ExpiryS: expiry,
	})
	c.mu.top, c.mu.drawn, c.mu.won = 0, 0, nil
	c.mu.ahead, c.mu.late = map[uint64]uint64{}, map[pay.Hash]bool{}
}

// rotate begins the next series if a winner of this one could come too late to be redeemed, and forgets winners that are paid, or can not be any more.
func (c *Channel) rotate() {
	if c.tooLate(&c.mu.series) {
		c.retire(nil, c.mu.series.Base, c.mu.drawn < c.mu.top)
	}
	known := c.p.seen.at(c.id, &c.opening)
	if known == nil {
		return
	}
	c.mu.unpaid = slices.DeleteFunc(c.mu.unpaid, func(u Unpaid) bool {
		return known.sure.paid[u] && known.head.paid[u] || known.sure.timeS > u.ExpiryS
	})
}

// tooLate reports whether a winner of a series could come too late to be redeemed.
func (c *Channel) tooLate(s *Series) bool {
	return c.p.cfg.Now().Add(c.p.cfg.React).After(time.Unix(int64(s.ExpiryS), 0)) //nolint:gosec // of our own making
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
	c.mu.series, c.mu.unpaid = d.Series, e.Unpaid
	c.mu.top, c.mu.drawn = d.Last(), d.Last()
	c.mu.ahead, c.mu.late = map[uint64]uint64{}, map[pay.Hash]bool{}
	if d.wins || d.First > e.Drawn+1 {
		c.retire(nil, d.cumulative, true)
	}
	c.rotate()
	return nil
}

// unpaid returns the series whose winners are not known to be paid.
func (c *Channel) unpaid() []Unpaid {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.mu.unpaid)
}

// State implements pay.Channel: the series in use.
func (c *Channel) State() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rotate()
	return c.mu.series.Encode()
}

// Cover implements pay.Channel. As long as another winner could be paid, whatever its tickets come to is covered; if only those that are drawn already
// can be, what they come to is.
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
	case len(c.mu.unpaid) > 0 && c.secured(now, unit.Amount{}, 0):
		return c.mu.series.Base, nil
	case now.leaving():
		return unit.Amount{}, pay.Refuse(pay.Closing, "what secures channel %x is being taken back", c.id)
	}
	return unit.Amount{}, pay.Refuse(pay.Uncovered, "a winner of %s would not be paid to channel %x", c.mu.series.Face, c.id)
}

// secured reports whether all winners that are unpaid would be paid, and another one of so much if another is 1: by the payee's lock, or by the
// open pot as far as credit is given.
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
		return count <= int(c.p.cfg.Credit) && s.open.left().Cmp(sum) >= 0 &&
			s.open.escrow.Minus(s.open.warnedEscrow).Cmp(largest.Plus(largest)) >= 0
	}
	return byLock(&now.head) && byLock(&now.sure) || byOpen(&now.head) && byOpen(&now.sure)
}
