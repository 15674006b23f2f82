package pay

import (
	"bytes"
	"container/list"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/candela-les/candela/unit"
)

// desk is where the promises of one channel are taken in.
type desk struct {
	method Provider
	id     Hash
	client Address

	// turn has one token while promises wait and nobody looks at them: whoever takes it chooses among them, and has one verified. Who waits
	// for the ledger finds none, and does not look again and again.
	turn chan struct{}
	// books has another one: whoever has it brings what is known of settlements in line with the ledger.
	books chan struct{}

	mu struct {
		sync.Mutex
		standingOf
		waiting   []*waiter
		looked    bool        // there is a token, or somebody has it
		submitted unit.Amount // the highest on its way to the ledger, or there
		last      *group      // the last that was sent there, if it is still on its way
	}

	users int           // guarded by desks.mu, as are the places in its lists
	place *list.Element // among all
	own   *list.Element // among its client's
}

// standingOf is what is known of a channel.
type standingOf struct {
	channel     Channel
	cumulative  unit.Amount // what was promised, at least: another server may know of more
	promise     []byte      // which came to that
	returned    unit.Amount
	settlements uint64
}

// waiter is a promise that waits, and its caller.
type waiter struct {
	promise    []byte
	cumulative unit.Amount // as it says itself
	gone       bool        // its caller waits no more; guarded by the desk

	done     chan struct{} // closed when the rest is there
	accepted Accepted
	err      error
}

func (w *waiter) answer(a Accepted, err error) {
	w.accepted, w.err = a, err
	close(w.done)
}

// answered reports whether there is an answer.
func (w *waiter) answered() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

func newDesk(method Provider, id Hash, client Address, s standingOf) *desk {
	d := &desk{method: method, id: id, client: client, turn: make(chan struct{}, 1), books: make(chan struct{}, 1)}
	d.mu.standingOf, d.mu.submitted = s, s.cumulative
	d.books <- struct{}{}
	return d
}

func (d *desk) claimant() Claimant {
	return Claimant{Method: d.method.Method(), ID: d.id, Client: d.client}
}

// book waits for the token of books.
func (d *desk) book(ctx context.Context) error {
	select {
	case <-d.books:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *desk) booked() { d.books <- struct{}{} }

func (d *desk) present() Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.channel
}

// keep is what of the promises is not given back, as far as is known.
func (d *desk) keep() unit.Amount {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.cumulative.Minus(d.mu.returned)
}

// lastIs reports whether a promise is, byte for byte, the one that was accepted last, and what it comes to.
func (d *desk) lastIs(promise []byte) (unit.Amount, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.mu.cumulative, d.mu.promise != nil && bytes.Equal(promise, d.mu.promise)
}

// read returns what a promise says of itself.
func (d *desk) read(promise []byte) (unit.Amount, error) {
	cumulative, err := d.present().Read(promise)
	var r *Refusal
	if err != nil && !errors.As(err, &r) {
		return cumulative, Refuse(Malformed, "%v", err)
	}
	return cumulative, err
}

// queue has a promise wait, unless too many do.
func (d *desk) queue(w *waiter, most int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.mu.waiting) >= most {
		return false
	}
	d.mu.waiting = append(d.mu.waiting, w)
	d.call()
	return true
}

// call has somebody look at what waits, if nobody does. It is called with the lock.
func (d *desk) call() {
	if !d.mu.looked && len(d.mu.waiting) > 0 {
		d.mu.looked = true
		d.turn <- struct{}{}
	}
}

// looked gives the turn back.
func (d *desk) looked() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.looked = false
	d.call()
}

// withdraw has a promise wait no longer. It may be on its way to the ledger.
func (d *desk) withdraw(w *waiter) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w.gone = true
	d.mu.waiting = slices.DeleteFunc(d.mu.waiting, func(o *waiter) bool { return o == w })
}

// again has promises wait again, with the lock.
func (d *desk) again(all ...*waiter) {
	for _, w := range all {
		if !w.gone {
			d.mu.waiting = append(d.mu.waiting, w)
		}
	}
	d.call()
}

// take takes promises out of those that wait that the test wants, with the lock.
func (d *desk) take(wanted func(*waiter) bool) (taken []*waiter) {
	d.mu.waiting = slices.DeleteFunc(d.mu.waiting, func(w *waiter) bool {
		want := wanted(w)
		if want {
			taken = append(taken, w)
		}
		return want
	})
	return taken
}

// standing says how the two stand. While the chain is not seen, or the client takes its deposit back, the channel covers
// nothing beyond what was promised.
func (d *desk) standing() (Standing, error) {
	d.mu.Lock()
	s := d.mu.standingOf
	d.mu.Unlock()
	cover, err := s.cover()
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		cover = s.cumulative
	case err != nil:
		return Standing{}, err
	}
	return Standing{
		Method: d.method.Method(), ID: d.id, Cumulative: s.cumulative, Cover: cover, Last: s.promise, State: s.channel.State(),
	}, nil
}

// cover returns up to what cumulative amount promises are accepted now: what was given back is not collected.
func (s *standingOf) cover() (unit.Amount, error) {
	cover, err := s.channel.Cover()
	if err != nil {
		return unit.Amount{}, err
	}
	return cover.Plus(s.returned), nil
}

// settler returns the channel as one that can be settled, and which settlement it knows of.
func (d *desk) settler() (Settler, uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.mu.channel.(Settler)
	if !ok {
		return nil, 0, fmt.Errorf("channel %x was settled, which %s can not do", d.id, d.method.Method())
	}
	return s, d.mu.settlements, nil
}

// remember tells the channel of its last settlement, and from then on knows of it. Whoever calls it has the token of books.
func (d *desk) remember(s Settler, e Entry) error {
	if err := s.Remember(e.Handed); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mu.returned, d.mu.settlements = e.Returned, e.Settlements
	return nil
}
