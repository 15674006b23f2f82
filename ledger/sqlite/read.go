package sqlite

import (
	"context"
	"database/sql"
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

// bounded is a number as far as the database counts.
func bounded(n uint64) int64 { return int64(min(n, math.MaxInt64)) }
