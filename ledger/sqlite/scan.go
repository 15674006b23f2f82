package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/candela-les/candela/ledger"
)

// Scan implements ledger.Store.
func (s *Store) Scan(ctx context.Context, to ledger.Scan) (err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.explain(err)
	}
	defer func() { err = errors.Join(err, s.explain(tx.Rollback())) }()
	return s.explain(scan(ctx, tx, to))
}

func scan(ctx context.Context, tx *sql.Tx, to ledger.Scan) error {
	chains := chains{fault: to.Fault, of: map[uint64]*chain{}}
	for _, part := range []struct {
		query string
		row   func(scanner) error
	}{
		{"SELECT batch, seq, accounts, at FROM state", func(found scanner) error {
			var row ledger.State
			return errors.Join(scanState(found, &row), to.State(row))
		}},
		{"SELECT " + accountColumns + " FROM accounts a ORDER BY id", func(found scanner) error {
			var row ledger.AccountRow
			return errors.Join(scanAccount(found, &row), to.Account(chains.account(&row)))
		}},
		{"SELECT " + postingColumns + " FROM postings p ORDER BY seq", func(found scanner) error {
			var row ledger.PostingRow
			return errors.Join(scanPosting(found, &row), to.Posting(chains.posting(&row)))
		}},
		{"SELECT " + holdColumns + holdTables + "ORDER BY h.account, h.owner", func(found scanner) error {
			var account ledger.AccountRow
			var row ledger.HoldRow
			return errors.Join(scanHold(found, &account, &row), to.Hold(&row))
		}},
		{"SELECT " + promiseColumns + promiseTables, func(found scanner) error {
			var row ledger.PromiseRow
			return errors.Join(scanPromise(found, &row), to.Promise(&row))
		}},
		{"SELECT " + claimColumns + claimTables, func(found scanner) error {
			var row ledger.ClaimRow
			return errors.Join(scanClaim(found, &row), to.Claim(&row))
		}},
	} {
		if err := each(ctx, tx, part.query, nil, part.row); err != nil {
			return err
		}
	}
	chains.end()
	return nil
}

// chains are the numbered lines that statements walk along. They are the store's own, and what is wrong with them is told to the audit.
type chains struct {
	fault func(format string, args ...any)
	of    map[uint64]*chain // each account
}

type chain struct{ last, seen uint64 }

func (c chains) account(row *ledger.AccountRow) *ledger.AccountRow {
	c.of[row.ID] = &chain{last: row.Last}
	return row
}

func (c chains) posting(row *ledger.PostingRow) *ledger.PostingRow {
	if of := c.of[row.AccountID]; of != nil && row.Number > 0 {
		if row.Before != of.seen {
			c.fault("line %d says that %d is before it, and it is %d", row.Seq, row.Before, of.seen)
		}
		of.seen = row.Seq
	}
	return row
}

func (c chains) end() {
	for id, of := range c.of {
		if of.last != of.seen {
			c.fault("account %d says that %d is its last line, and it is %d", id, of.last, of.seen)
		}
	}
}
