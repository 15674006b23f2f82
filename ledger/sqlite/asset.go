package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/candela-les/candela/ledger"
)

// Adopt implements ledger.Store. It is done once, when the file is opened, over the connection that has taken the steps.
// The lock is taken only if there is something to write, and refused if somebody has written since it was read: who only opens the file waits for nobody.
func (s *Store) Adopt(ctx context.Context, decide func(ledger.Kept) (*ledger.Asset, error)) (err error) {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return s.explain(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return s.explain(err)
	}
	done := false
	defer func() {
		if !done {
			_, back := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			err = errors.Join(err, s.explain(back))
		}
	}()
	kept, err := keptIn(ctx, conn)
	if err != nil {
		return s.explain(err)
	}
	asset, err := decide(kept)
	if err != nil || asset == nil || kept.Asset != nil && *kept.Asset == *asset {
		return err
	}
	const put = `INSERT INTO asset (id, chain, token, decimals) VALUES (1, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET chain = excluded.chain, token = excluded.token, decimals = excluded.decimals`
	if _, err := conn.ExecContext(ctx, put, strconv.FormatUint(asset.ChainID, 10), asset.Token[:], int64(asset.Decimals)); err != nil { //nolint:gosec // at most 77
		return s.explain(err)
	}
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return s.explain(err)
	}
	done = true
	return nil
}

// keptIn reads what the file is kept in. If it says so, all its accounts are in that.
func keptIn(ctx context.Context, conn *sql.Conn) (k ledger.Kept, err error) {
	err = each(ctx, conn, "SELECT chain, token, decimals FROM asset", nil, func(row scanner) error {
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
	err = each(ctx, conn, tokens, nil, func(row scanner) error {
		var token ledger.Address
		err := row.Scan(fixed(token[:]))
		k.Tokens = append(k.Tokens, token)
		return err
	})
	if err != nil {
		return k, err
	}
	err = each(ctx, conn, "SELECT batch, seq, accounts, at FROM state", nil, func(row scanner) error {
		var state ledger.State
		err := scanState(row, &state)
		k.New = k.Asset == nil && state.Batch == 0
		return err
	})
	return k, err
}
