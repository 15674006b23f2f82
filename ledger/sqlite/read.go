package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"math"

	"github.com/candela-les/candela/ledger"
)

func scanState(row scanner, s *ledger.State) error {
	return row.Scan(&s.Batch, &s.Seq, &s.Accounts, &s.At)
}

// querier is what can be asked: the reading connections, or a transaction on one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each reads all rows of a query.
func each(ctx context.Context, q querier, query string, args []any, scan func(scanner) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
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

// Account implements ledger.Store.
func (s *Store) Account(ctx context.Context, a ledger.Account) (row ledger.AccountRow, ok bool, err error) {
	err = each(ctx, s.read, texts()[selectAccount], name(a), func(found scanner) error {
		ok = true
		return scanAccount(found, &row)
	})
	return row, ok, s.explain(err)
}

// name is what an account goes by.
func name(a ledger.Account) []any { return []any{a.Kind, a.Token[:], a.Client[:]} }

// Accounts implements ledger.Store.
func (s *Store) Accounts(ctx context.Context, after ledger.Account, limit int) (rows []ledger.AccountRow, err error) {
	const query = "SELECT " + accountColumns + ` FROM accounts a WHERE (kind, token, client) > (?, ?, ?)
		ORDER BY kind, token, client LIMIT ?`
	err = each(ctx, s.read, query, append(name(after), limit), func(found scanner) error {
		var row ledger.AccountRow
		if err := scanAccount(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, s.explain(err)
}

// Holds implements ledger.Store.
func (s *Store) Holds(ctx context.Context, a ledger.Account) (rows []ledger.HoldRow, err error) {
	const query = "SELECT " + holdColumns + holdTables + "WHERE a.kind = ? AND a.token = ? AND a.client = ? AND " +
		notEmpty + " ORDER BY h.owner"
	err = each(ctx, s.read, query, name(a), func(found scanner) error {
		var account ledger.AccountRow
		var row ledger.HoldRow
		if err := scanHold(found, &account, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, s.explain(err)
}

// Promise implements ledger.Store.
func (s *Store) Promise(ctx context.Context, k ledger.PromiseKey) (row ledger.PromiseRow, ok bool, err error) {
	err = each(ctx, s.read, promiseByName, []any{k.Method, k.ID[:]}, func(found scanner) error {
		ok = true
		return scanPromise(found, &row)
	})
	return row, ok, s.explain(err)
}

// Promises implements ledger.Store.
func (s *Store) Promises(ctx context.Context, method string, p ledger.ChannelPage) (rows []ledger.PromiseRow, err error) {
	query := "SELECT " + promiseColumns + promiseTables + "WHERE p.method = ? AND p.channel > ? "
	if p.Due {
		query += "AND p.due = 1 " // by the partial index
	}
	err = each(ctx, s.read, query+"ORDER BY p.channel LIMIT ?", []any{method, p.After[:], p.Limit}, func(found scanner) error {
		var row ledger.PromiseRow
		if err := scanPromise(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, s.explain(err)
}

// Claims implements ledger.Store.
func (s *Store) Claims(ctx context.Context, method string, after [32]byte, limit int) (rows []ledger.ClaimRow, err error) {
	const query = "SELECT " + claimColumns + claimTables + "WHERE c.method = ? AND c.settled = 0 AND c.key > ? ORDER BY c.key LIMIT ?"
	err = each(ctx, s.read, query, []any{method, after[:], limit}, func(found scanner) error {
		var row ledger.ClaimRow
		if err := scanClaim(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, s.explain(err)
}

// Postings implements ledger.Store.
func (s *Store) Postings(ctx context.Context, a ledger.Account, p ledger.Page) (rows []ledger.PostingRow, err error) {
	const of = "SELECT " + postingColumns + ` FROM accounts a JOIN postings p ON p.account = a.id
		WHERE a.kind = ? AND a.token = ? AND a.client = ? AND p.seq > ?`
	query, args := of+" AND (? OR p.number > 0) ORDER BY p.seq LIMIT ?", append(name(a), bounded(p.After))
	if p.From > 0 { // by the index of numbers
		query = of + " AND p.number > 0 AND p.number >= ? ORDER BY p.number LIMIT ?"
		args = append(args, bounded(p.From), p.Limit)
	} else {
		args = append(args, p.Moves, p.Limit)
	}
	err = each(ctx, s.read, query, args, func(found scanner) error {
		var row ledger.PostingRow
		if err := scanPosting(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, s.explain(err)
}

// bounded is a number as far as the database counts.
func bounded(n uint64) int64 { return int64(min(n, math.MaxInt64)) }

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
			return errors.Join(scanAccount(found, &row), to.Account(&row))
		}},
		{"SELECT " + postingColumns + " FROM postings p ORDER BY seq", func(found scanner) error {
			var row ledger.PostingRow
			return errors.Join(scanPosting(found, &row), to.Posting(&row))
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
	return nil
}
