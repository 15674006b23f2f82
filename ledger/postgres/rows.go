package postgres

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// Columns, in the order in which this file reads them. Amounts come and go as text.
const (
	stateColumns   = "batch, seq, accounts, at"
	accountColumns = "a.id, a.kind, a.token, a.client, a.free::text, a.held::text, a.entries"
	holdColumns    = accountColumns + `, h.owner, h.epoch, h.until, h.amount::text, h.charges, h.remainder,
		h.last_amount::text, h.last_fee::text, h.last_entry, h.last_fee_entry`
	holdTables     = " FROM holds h JOIN accounts a ON a.id = h.account "
	promiseColumns = "p.method, p.channel, " + accountColumns + `, p.cumulative::text, p.evidence, p.returned::text,
		p.collecting::text, p.collected::text, p.settled::text, p.settlements, p.handed`
	promiseTables  = " FROM promises p JOIN accounts a ON a.id = p.account "
	claimColumns   = "c.method, c.key, " + accountColumns + ", c.channel, c.amount::text, c.data, c.digest, c.settled"
	claimTables    = " FROM claims c JOIN accounts a ON a.id = c.account "
	postingColumns = "p.seq, p.number, p.batch, p.at, p.account, p.owner, p.why, p.ref, p.amount::text, p.total::text"
)

// amount reads an amount's text.
type amount struct{ of *unit.Amount }

// Scan implements sql.Scanner.
func (a amount) Scan(stored any) (err error) {
	text, _ := stored.(string)
	if *a.of, err = unit.ParseAmount(text); err != nil {
		return fmt.Errorf("%w: %w", ledger.ErrDamaged, err)
	}
	return nil
}

// signed reads a signed amount's text.
type signed struct{ of *ledger.Signed }

// Scan implements sql.Scanner.
func (s signed) Scan(stored any) (err error) {
	text, _ := stored.(string)
	if *s.of, err = ledger.ParseSigned(text); err != nil {
		return fmt.Errorf("%w: %w", ledger.ErrDamaged, err)
	}
	return nil
}

// fixed reads bytes of a fixed number.
type fixed []byte

// ScanBytes implements pgtype.BytesScanner.
func (f fixed) ScanBytes(stored []byte) error {
	if len(stored) != len(f) {
		return fmt.Errorf("%w: %x has not %d bytes", ledger.ErrDamaged, stored, len(f))
	}
	copy(f, stored)
	return nil
}

func scanState(row pgx.Row, s *ledger.State) error {
	return row.Scan(&s.Batch, &s.Seq, &s.Accounts, &s.At)
}

func accountFields(a *ledger.AccountRow) []any {
	return []any{
		&a.ID, (*uint8)(&a.Account.Kind), fixed(a.Account.Token[:]), fixed(a.Account.Client[:]),
		signed{&a.Free},
		amount{&a.Held},
		&a.Entries,
	}
}

func scanAccount(row pgx.Row, a *ledger.AccountRow) error { return row.Scan(accountFields(a)...) }

func scanHold(row pgx.Row, a *ledger.AccountRow, h *ledger.HoldRow) error {
	err := row.Scan(append(accountFields(a), (*string)(&h.Owner), (*uint64)(&h.Epoch), &h.Until, amount{&h.Amount},
		&h.Charges, &h.Remainder, amount{&h.LastAmount}, amount{&h.LastFee}, &h.LastEntry, &h.LastFeeEntry)...)
	h.AccountID, h.Account = a.ID, a.Account
	return err
}

func scanPromise(row pgx.Row, p *ledger.PromiseRow) error {
	var a ledger.AccountRow
	fields := append([]any{&p.Method, fixed(p.ID[:])}, accountFields(&a)...)
	err := row.Scan(append(fields, amount{&p.Cumulative}, &p.Evidence, amount{&p.Returned}, amount{&p.Collecting},
		amount{&p.Collected}, amount{&p.Settled}, &p.Settlements, &p.Handed)...)
	p.AccountID, p.Account = a.ID, a.Account
	return err
}

func scanClaim(row pgx.Row, c *ledger.ClaimRow) error {
	var a ledger.AccountRow
	fields := append([]any{&c.Method, fixed(c.Key[:])}, accountFields(&a)...)
	err := row.Scan(append(fields, fixed(c.Channel[:]), amount{&c.Amount}, &c.Data, fixed(c.Digest[:]), &c.Settled)...)
	c.AccountID, c.Account = a.ID, a.Account
	return err
}

func scanPosting(row pgx.Row, p *ledger.PostingRow) error {
	return row.Scan(&p.Seq, &p.Number, &p.Batch, &p.At, &p.AccountID, (*string)(&p.Owner), (*uint8)(&p.Why), &p.Ref,
		signed{&p.Amount}, signed{&p.Total})
}

// each reads all rows of an answer.
func each(rows pgx.Rows, err error, scan func(pgx.Row) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
