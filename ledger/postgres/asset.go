package postgres

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/candela-les/candela/ledger"
)

// Adopt implements ledger.Store.
func (s *Store) Adopt(ctx context.Context, decide func(ledger.Kept) (*ledger.Asset, error)) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return explain(err)
	}
	defer conn.Release()
	tx, rows, err := begin(ctx, conn, new(ledger.Needs)) // with the lock of all updates
	if err != nil {
		return explain(err)
	}
	kept, err := keptIn(ctx, tx, rows.State)
	if err != nil {
		return giveUp(ctx, tx, explain(err))
	}
	asset, err := decide(kept)
	if err != nil || asset == nil || kept.Asset != nil && *kept.Asset == *asset {
		return giveUp(ctx, tx, err)
	}
	const put = `INSERT INTO asset (id, chain, token, decimals) VALUES (1, $1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET chain = excluded.chain, token = excluded.token, decimals = excluded.decimals`
	if _, err := tx.Exec(ctx, put, strconv.FormatUint(asset.ChainID, 10), asset.Token[:], asset.Decimals); err != nil {
		return giveUp(ctx, tx, explain(err))
	}
	return explain(tx.Commit(ctx))
}

// keptIn reads what the database is kept in. If it says so, all its accounts are in that.
func keptIn(ctx context.Context, tx pgx.Tx, state ledger.State) (k ledger.Kept, err error) {
	rows, err := tx.Query(ctx, "SELECT chain, token, decimals FROM asset")
	err = each(rows, err, func(row pgx.Row) error {
		k.Asset = new(ledger.Asset)
		var chain string
		err := row.Scan(&chain, fixed(k.Asset.Token[:]), &k.Asset.Decimals)
		if err != nil {
			return err
		}
		if k.Asset.ChainID, err = strconv.ParseUint(chain, 10, 64); err != nil {
			return fmt.Errorf("%w: %q is no chain", ledger.ErrDamaged, chain)
		}
		return nil
	})
	if err != nil {
		return k, err
	}
	tokens := "SELECT DISTINCT token FROM accounts"
	if k.Asset != nil {
		tokens = "SELECT token FROM accounts LIMIT 1"
	}
	rows, err = tx.Query(ctx, tokens)
	err = each(rows, err, func(row pgx.Row) error {
		var token ledger.Address
		err := row.Scan(fixed(token[:]))
		k.Tokens = append(k.Tokens, token)
		return err
	})
	k.New = k.Asset == nil && state.Batch == 0
	return k, err
}
