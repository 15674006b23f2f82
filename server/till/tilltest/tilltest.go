// Package tilltest has a real ledger be the one that the suite of all methods of payment keeps its server's accounts in (pay/paytest). Its own tests run
// that suite for the methods that there are, over both ledgers.
package tilltest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/pay/paytest"
	"github.com/candela-les/candela/server/till"
	"github.com/candela-les/candela/unit"
)

// token is what the accounts are kept in. The ledger knows no chain.
func token() ledger.Address { return ledger.Address{0: 0x70} }

// owner is the server's name in the ledger.
const owner = "north"

// start is the time of every ledger.
func start() time.Time { return time.Unix(1_800_000_000, 0) }

// Options are how a ledger is to be opened.
func Options() ledger.Options { return ledger.Options{Now: start} }

// Book is a ledger as package till has it, and a server that charges out of it.
type Book struct {
	till.Book
	t     testing.TB
	epoch ledger.Epoch
	turn  chan struct{} // has one token: who has it may charge
}

var _ paytest.Book = (*Book)(nil)

// NewBook returns the book of a ledger, which has to add up when the test ends, and is closed then.
func NewBook(t testing.TB, l ledger.Ledger) *Book {
	t.Helper()
	t.Cleanup(func() {
		report, err := l.Audit(context.WithoutCancel(t.Context()))
		if err != nil || len(report.Faults) > 0 {
			t.Errorf("the ledger does not add up: %+v, %v", report, err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &Book{Book: till.Book{Ledger: l, Token: token()}, t: t, turn: make(chan struct{}, 1)}
	var err error
	if b.epoch, err = l.Raise(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	b.turn <- struct{}{}
	return b
}

// Spend implements paytest.Book: it sets aside what there is, and charges it.
func (b *Book) Spend(client pay.Address, n unit.Amount) unit.Amount {
	b.t.Helper()
	<-b.turn
	defer func() { b.turn <- struct{}{} }()
	ctx, who := b.t.Context(), ledger.Address(client)
	hold, err := b.Ledger.Hold(ctx, ledger.HoldRequest{
		Owner: owner, Epoch: b.epoch, Token: b.Token, Client: who, Amount: n, Until: start().Add(time.Hour),
	})
	if err != nil {
		b.t.Error(err)
		return unit.Amount{}
	}
	if hold.Amount.IsZero() {
		return hold.Amount
	}
	done, err := b.Ledger.Charge(ctx, []ledger.Charge{{
		Owner: owner, Epoch: b.epoch, Token: b.Token, Client: who, Number: hold.Charges + 1, Amount: hold.Amount,
	}})
	if err == nil && len(done) != 1 {
		err = errors.New("one charge has not one result")
	}
	if err == nil {
		err = done[0].Err
	}
	if err != nil {
		b.t.Error(err)
	}
	return hold.Amount
}
