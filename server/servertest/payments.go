package servertest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// FakeMethod is the only method of FakePayments.
const FakeMethod = "fake"

// FakePayments takes in promises that nobody signs, of channels that are on no chain, and writes what they are worth into
// a real ledger. An opening is any text; a promise is the text's hash and 8 bytes that say what it comes to.
type FakePayments struct {
	Ledger ledger.Ledger
	Token  ledger.Address
	// Delay is how long each call takes, as if it waited for the chain.
	Delay time.Duration

	mu struct {
		sync.Mutex
		cover    map[pay.Hash]unit.Amount // that the chain would show
		seen     map[pay.Hash]bool
		last     map[pay.Hash][]byte
		given    map[pay.Hash]pay.Settled
		fails    error
		lookups  int // calls that would have read the chain
		now, top int // calls under way, and how many there were at most
	}
}

// FakeChannel is the id of the channel that an opening names.
func FakeChannel(opening string) pay.Hash { return sha256.Sum256([]byte(opening)) }

// FakePromise is a promise over that channel.
func FakePromise(opening string, cumulative uint64) []byte {
	id := FakeChannel(opening)
	return binary.BigEndian.AppendUint64(id[:], cumulative)
}

// Lock locks an amount for the channel that an opening names, counted from its beginning on.
func (f *FakePayments) Lock(opening string, total uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mu.cover == nil {
		f.mu.cover, f.mu.seen = make(map[pay.Hash]unit.Amount), make(map[pay.Hash]bool)
		f.mu.last, f.mu.given = make(map[pay.Hash][]byte), make(map[pay.Hash]pay.Settled)
	}
	f.mu.cover[FakeChannel(opening)] = unit.NewAmount(total)
}

// Fail makes all calls fail, or none if err is nil.
func (f *FakePayments) Fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.fails = err
}

// Lookups is how often the chain would have been read, and Most how many calls were under way at once.
func (f *FakePayments) Lookups() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mu.lookups
}

// Most is described with Lookups.
func (f *FakePayments) Most() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.mu.top
}

// begin counts a call and has it take its time.
func (f *FakePayments) begin(ctx context.Context, looks bool) error {
	f.mu.Lock()
	f.mu.now++
	f.mu.top = max(f.mu.top, f.mu.now)
	if looks {
		f.mu.lookups++
	}
	fails := f.mu.fails
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.mu.now--
		f.mu.Unlock()
	}()
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fails
}

// Establish implements server.Payments.
func (f *FakePayments) Establish(ctx context.Context, client pay.Address, method string, opening []byte) (s pay.Standing, err error) {
	if err := f.begin(ctx, true); err != nil {
		return s, err
	}
	id := FakeChannel(string(opening))
	f.mu.Lock()
	_, there := f.mu.cover[id]
	if there && method == FakeMethod {
		f.mu.seen[id] = true
	}
	f.mu.Unlock()
	switch {
	case method != FakeMethod:
		return s, pay.Refuse(pay.NoMethod, "there is only %s", FakeMethod)
	case !there:
		return s, pay.Refuse(pay.NoChannel, "nothing is locked for %x", id[:4])
	}
	return f.standing(ctx, client, id)
}

func (f *FakePayments) standing(ctx context.Context, client pay.Address, id pay.Hash) (s pay.Standing, err error) {
	p, ok, err := f.Ledger.Promised(ctx, FakeMethod, id)
	if err != nil {
		return s, err
	}
	if ok && p.Client != ledger.Address(client) {
		return s, pay.Refuse(pay.WrongClient, "it is another client's")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return pay.Standing{Method: FakeMethod, ID: id, Cumulative: p.Cumulative, Cover: f.mu.cover[id], Last: f.mu.last[id]}, nil
}

// Promise implements server.Payments.
func (f *FakePayments) Promise(ctx context.Context, client pay.Address, id pay.Hash, promise []byte) (a pay.Accepted, err error) {
	if err := f.begin(ctx, false); err != nil {
		return a, err
	}
	f.mu.Lock()
	cover, seen := f.mu.cover[id], f.mu.seen[id]
	f.mu.Unlock()
	switch {
	case !seen:
		return a, pay.Refuse(pay.NoChannel, "it was not established")
	case len(promise) != 40 || pay.Hash(promise[:32]) != id:
		return a, pay.Refuse(pay.Malformed, "%d bytes", len(promise))
	}
	cumulative := unit.NewAmount(binary.BigEndian.Uint64(promise[32:]))
	if cumulative.Cmp(cover) > 0 {
		return a, &pay.Refusal{Reason: pay.Uncovered, Most: cover, Text: "lock more"}
	}
	got, err := f.Ledger.Advance(ctx, ledger.Promise{
		Method: FakeMethod, ID: id, Token: f.Token, Client: ledger.Address(client), Cumulative: cumulative, Evidence: promise,
	})
	switch {
	case errors.Is(err, ledger.ErrConflict):
		return a, pay.Refuse(pay.WrongClient, "it is another client's")
	case err != nil:
		return a, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if cumulative == got.Present {
		f.mu.last[id] = promise
	}
	return pay.Accepted{Cumulative: got.Present, Credited: got.Credited}, nil
}

// Increase implements server.Payments.
func (f *FakePayments) Increase(ctx context.Context, client pay.Address, id pay.Hash) (s pay.Standing, err error) {
	if err := f.begin(ctx, true); err != nil {
		return s, err
	}
	return f.standing(ctx, client, id)
}

// Settle implements server.Payments. All that is free is given back by the channel that is settled.
func (f *FakePayments) Settle(ctx context.Context, client pay.Address, id pay.Hash) (s pay.Settled, err error) {
	if err := f.begin(ctx, true); err != nil {
		return s, err
	}
	f.mu.Lock()
	s, done := f.mu.given[id]
	f.mu.Unlock()
	if done {
		return s, nil
	}
	p, _, err := f.Ledger.Promised(ctx, FakeMethod, id)
	if err != nil {
		return s, err
	}
	b, err := f.Ledger.Balance(ctx, ledger.ClientAccount(f.Token, ledger.Address(client)))
	if err != nil {
		return s, err
	}
	s.Unspent = b.Free.Size()
	spent, ok := p.Cumulative.Sub(s.Unspent)
	if !ok {
		return s, pay.Refuse(pay.TooMuch, "%s are more than was promised", s.Unspent)
	}
	s.Spent, s.Data = spent, []byte("settled")
	if !s.Unspent.IsZero() {
		if _, err := f.Ledger.Post(ctx, ledger.RefundOf(fmt.Sprintf("settle %x", id[:8]), f.Token, ledger.Address(client), s.Unspent)); err != nil {
			return s, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.given[id] = s
	return s, nil
}
