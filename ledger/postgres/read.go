package postgres

import (
	"context"
	"errors"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/candela-les/candela/ledger"
)

// query reads all rows of a query.
func (s *Store) query(ctx context.Context, query string, args []any, scan func(pgx.Row) error) error {
	rows, err := s.pool.Query(ctx, query, args...)
	return explain(each(rows, err, scan))
}

// name is what an account goes by.
func name(a ledger.Account) []any { return []any{int16(a.Kind), a.Token[:], a.Client[:]} }

// Account implements ledger.Store.
func (s *Store) Account(ctx context.Context, a ledger.Account) (row ledger.AccountRow, ok bool, err error) {
	const query = "SELECT " + accountColumns + " FROM accounts a WHERE a.kind = $1 AND a.token = $2 AND a.client = $3"
	err = s.query(ctx, query, name(a), func(found pgx.Row) error {
		ok = true
		return scanAccount(found, &row)
	})
	return row, ok, err
}

// Accounts implements ledger.Store.
func (s *Store) Accounts(ctx context.Context, after ledger.Account, limit int) (rows []ledger.AccountRow, err error) {
	const query = "SELECT " + accountColumns + ` FROM accounts a WHERE (kind, token, client) > ($1, $2, $3)
		ORDER BY kind, token, client LIMIT $4`
	err = s.query(ctx, query, append(name(after), limit), func(found pgx.Row) error {
		var row ledger.AccountRow
		if err := scanAccount(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// Holds implements ledger.Store.
func (s *Store) Holds(ctx context.Context, a ledger.Account) (rows []ledger.HoldRow, err error) {
	const query = "SELECT " + holdColumns + holdTables +
		"WHERE a.kind = $1 AND a.token = $2 AND a.client = $3 AND h.amount > 0 ORDER BY h.owner"
	err = s.query(ctx, query, name(a), func(found pgx.Row) error {
		var account ledger.AccountRow
		var row ledger.HoldRow
		if err := scanHold(found, &account, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// Promise implements ledger.Store.
func (s *Store) Promise(ctx context.Context, k ledger.PromiseKey) (row ledger.PromiseRow, ok bool, err error) {
	const query = "SELECT " + promiseColumns + promiseTables + "WHERE p.method = $1 AND p.channel = $2"
	err = s.query(ctx, query, []any{k.Method, k.ID[:]}, func(found pgx.Row) error {
		ok = true
		return scanPromise(found, &row)
	})
	return row, ok, err
}

// Promises implements ledger.Store.
func (s *Store) Promises(ctx context.Context, method string, p ledger.ChannelPage) (rows []ledger.PromiseRow, err error) {
	query := "SELECT " + promiseColumns + promiseTables + "WHERE p.method = $1 AND p.channel > $2 "
	if p.Due {
		query += "AND p.due " // by the partial index
	}
	err = s.query(ctx, query+"ORDER BY p.channel LIMIT $3", []any{method, p.After[:], p.Limit}, func(found pgx.Row) error {
		var row ledger.PromiseRow
		if err := scanPromise(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// Claims implements ledger.Store.
func (s *Store) Claims(ctx context.Context, method string, after [32]byte, limit int) (rows []ledger.ClaimRow, err error) {
	const query = "SELECT " + claimColumns + claimTables + "WHERE c.method = $1 AND c.settled = 0 AND c.key > $2 ORDER BY c.key LIMIT $3"
	err = s.query(ctx, query, []any{method, after[:], limit}, func(found pgx.Row) error {
		var row ledger.ClaimRow
		if err := scanClaim(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// Postings implements ledger.Store.
func (s *Store) Postings(ctx context.Context, a ledger.Account, p ledger.Page) (rows []ledger.PostingRow, err error) {
	const of = "SELECT " + postingColumns + ` FROM accounts a JOIN postings p ON p.account = a.id
		WHERE a.kind = $1 AND a.token = $2 AND a.client = $3 AND p.seq > $4`
	query, args := of+" AND ($5 OR p.number > 0) ORDER BY p.seq LIMIT $6", append(name(a), bounded(p.After))
	if p.From > 0 { // by the index of numbers
		query = of + " AND p.number > 0 AND p.number >= $5 ORDER BY p.number LIMIT $6"
		args = append(args, bounded(p.From), p.Limit)
	} else {
		args = append(args, p.Moves, p.Limit)
	}
	err = s.query(ctx, query, args, func(found pgx.Row) error {
		var row ledger.PostingRow
		if err := scanPosting(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// bounded is a number as far as the database counts.
func bounded(n uint64) int64 { return int64(min(n, math.MaxInt64)) }

// Scan implements ledger.Store.
func (s *Store) Scan(ctx context.Context, to ledger.Scan) (err error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return explain(err)
	}
	return giveUp(ctx, tx, explain(scan(ctx, tx, to)))
}

func scan(ctx context.Context, tx pgx.Tx, to ledger.Scan) error {
	for _, part := range []struct {
		query string
		row   func(pgx.Row) error
	}{
		{"SELECT " + stateColumns + " FROM state", func(found pgx.Row) error {
			var row ledger.State
			return errors.Join(scanState(found, &row), to.State(row))
		}},
		{"SELECT " + accountColumns + " FROM accounts a ORDER BY a.id", func(found pgx.Row) error {
			var row ledger.AccountRow
			return errors.Join(scanAccount(found, &row), to.Account(&row))
		}},
		{"SELECT " + postingColumns + " FROM postings p ORDER BY p.seq", func(found pgx.Row) error {
			var row ledger.PostingRow
			return errors.Join(scanPosting(found, &row), to.Posting(&row))
		}},
		{"SELECT " + holdColumns + holdTables + "ORDER BY h.account, h.owner", func(found pgx.Row) error {
			var account ledger.AccountRow
			var row ledger.HoldRow
			return errors.Join(scanHold(found, &account, &row), to.Hold(&row))
		}},
		{"SELECT " + promiseColumns + promiseTables + "ORDER BY p.method, p.channel", func(found pgx.Row) error {
			var row ledger.PromiseRow
			return errors.Join(scanPromise(found, &row), to.Promise(&row))
		}},
		{"SELECT " + claimColumns + claimTables + "ORDER BY c.method, c.key", func(found pgx.Row) error {
			var row ledger.ClaimRow
			return errors.Join(scanClaim(found, &row), to.Claim(&row))
		}},
	} {
		rows, err := tx.Query(ctx, part.query)
		if err := each(rows, err, part.row); err != nil {
			return err
		}
	}
	return nil
}
