package sqlite

import (
	"fmt"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// amount reads and writes an amount as a blob.
type amount struct{ of *unit.Amount }

// Scan implements sql.Scanner.
func (a amount) Scan(stored any) error {
	b, ok := stored.([]byte)
	if !ok || len(b) != 16 {
		return fmt.Errorf("%w: %v is no amount", ledger.ErrDamaged, stored)
	}
	*a.of = unit.AmountOfBytes([16]byte(b))
	return nil
}

// fixed reads a blob of a fixed size.
type fixed []byte

// Scan implements sql.Scanner.
func (f fixed) Scan(stored any) error {
	if b, ok := stored.([]byte); !ok || copy(f, b) != len(f) || len(b) != len(f) {
		return fmt.Errorf("%w: %v has not %d bytes", ledger.ErrDamaged, stored, len(f))
	}
	return nil
}

// scanner is a row.
type scanner interface{ Scan(into ...any) error }

// signed is a signed amount in two columns.
type signed struct {
	debit bool
	size  unit.Amount
}

func (s *signed) value() ledger.Signed {
	if s.debit {
		return ledger.Minus(s.size)
	}
	return ledger.Plus(s.size)
}

// scanAccount reads accountColumns, and what comes behind them into more.
func scanAccount(row scanner, a *ledger.AccountRow, more ...any) error {
	var free signed
	err := row.Scan(append([]any{
		&a.ID, &a.Account.Kind, fixed(a.Account.Token[:]), fixed(a.Account.Client[:]),
		&free.debit,
		amount{&free.size},
		amount{&a.Held},
		&a.Entries, &a.Last,
	}, more...)...)
	a.Free = free.value()
	return err
}

// scanHold reads holdColumns.
func scanHold(row scanner, a *ledger.AccountRow, h *ledger.HoldRow) error {
	err := scanAccount(row, a, &h.Owner, &h.Epoch, &h.Until, amount{&h.Amount}, &h.Charges, &h.Remainder,
		amount{&h.LastAmount}, amount{&h.LastFee}, &h.LastEntry, &h.LastFeeEntry)
	h.AccountID, h.Account = a.ID, a.Account
	return err
}

// scanPromise reads promiseColumns.
func scanPromise(row scanner, p *ledger.PromiseRow) error {
	var a ledger.AccountRow
	err := scanAccount(row, &a, &p.Method, fixed(p.ID[:]), amount{&p.Cumulative}, &p.Evidence, amount{&p.Returned},
		amount{&p.Collecting}, amount{&p.Collected}, amount{&p.Settled}, &p.Settlements, &p.Handed, &p.Listed)
	p.AccountID, p.Account = a.ID, a.Account
	return err
}

// scanClaim reads claimColumns.
func scanClaim(row scanner, c *ledger.ClaimRow) error {
	var a ledger.AccountRow
	err := scanAccount(row, &a, &c.Method, fixed(c.Key[:]), fixed(c.Channel[:]), amount{&c.Amount}, &c.Data,
		fixed(c.Digest[:]), &c.Settled)
	c.AccountID, c.Account = a.ID, a.Account
	return err
}

// scanPosting reads postingColumns.
func scanPosting(row scanner, p *ledger.PostingRow) error {
	var change, total signed
	err := row.Scan(&p.Seq, &p.Number, &p.Batch, &p.At, &p.AccountID, &p.Owner, &p.Why, &p.Ref,
		&change.debit, amount{&change.size}, &total.debit, amount{&total.size}, &p.Before)
	p.Amount, p.Total = change.value(), total.value()
	return err
}
