package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/candela-les/candela/client/bidder"
	"github.com/candela-les/candela/client/quality"
	"github.com/candela-les/candela/market/buyer"
)

// KeepHeaders is how many of the newest elected headers are kept.
const KeepHeaders = 256

// Keys of Meta.
const (
	MetaGenesis = "genesis" // the genesis block's hash; the file belongs to its chain
	MetaConfig  = "config"  // the elected chain configuration, in wire's encoding
	// MetaAgreed is the newest block, as number and time of 8 bytes each, up to which
	// that configuration was the elected one; empty while it still is.
	MetaAgreed = "agreed"
	// MetaDemand is what is to be bought, in words; MetaSpending what was spent in a day, a
	// bidder.Spending in JSON.
	MetaDemand   = "demand"
	MetaSpending = "spending"
	MetaPurse    = "purse"    // and an asset: what a wallet does, by package pay
	MetaSessions = "sessions" // which session keys have opened channels
	MetaToken    = "token"    // and an asset: what its contract says of itself
)

// Meta returns a stored value, nil if there is none.
func (s *Store) Meta(ctx context.Context, key string) ([]byte, error) {
	var value []byte
	err := s.db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, s.explain(err)
}

// PutMeta stores a value.
func (s *Store) PutMeta(ctx context.Context, key string, value []byte) error {
	if value == nil {
		value = []byte{} // NULL otherwise
	}
	_, err := s.db.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)
	return s.explain(err)
}

// Headers returns the stored headers in ascending order, each the parent of the
// next. What does not decode or link is left out, with all below it.
func (s *Store) Headers(ctx context.Context) ([]*types.Header, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT rlp FROM headers ORDER BY number DESC")
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var down []*types.Header
	for rows.Next() {
		var enc []byte
		if err := rows.Scan(&enc); err != nil {
			return nil, s.explain(err)
		}
		h := new(types.Header)
		if rlp.DecodeBytes(enc, h) != nil || (len(down) > 0 && h.Hash() != down[len(down)-1].ParentHash) {
			break
		}
		down = append(down, h)
	}
	for i, j := 0, len(down)-1; i < j; i, j = i+1, j-1 {
		down[i], down[j] = down[j], down[i]
	}
	return down, s.explain(rows.Err())
}

// PutHeaders stores elected headers, which become the newest ones: what stood at
// their numbers or above is gone.
func (s *Store) PutHeaders(ctx context.Context, ascending []*types.Header) error {
	if len(ascending) > KeepHeaders {
		ascending = ascending[len(ascending)-KeepHeaders:]
	}
	if len(ascending) == 0 {
		return nil
	}
	first, last := ascending[0].Number.Int64(), ascending[len(ascending)-1].Number.Int64()
	return s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM headers WHERE number >= ? OR number <= ?", first, last-KeepHeaders); err != nil {
			return err
		}
		for _, h := range ascending {
			enc, err := rlp.EncodeToBytes(h)
			if err != nil {
				return fmt.Errorf("header %d: %w", h.Number, err)
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO headers VALUES (?, ?)", h.Number.Int64(), enc); err != nil {
				return err
			}
		}
		return nil
	})
}

// Servers returns what is known of servers, by node id.
func (s *Store) Servers(ctx context.Context) (map[[32]byte]quality.Record, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, record FROM servers")
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	out := make(map[[32]byte]quality.Record)
	for rows.Next() {
		var id, enc []byte
		if err := rows.Scan(&id, &enc); err != nil {
			return nil, s.explain(err)
		}
		var r quality.Record
		if len(id) == 32 && json.Unmarshal(enc, &r) == nil {
			out[[32]byte(id)] = r
		}
	}
	return out, s.explain(rows.Err())
}

// PutServers stores what is known of these servers.
func (s *Store) PutServers(ctx context.Context, records map[[32]byte]quality.Record) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		for id, r := range records {
			enc, err := json.Marshal(r)
			if err != nil {
				return fmt.Errorf("server %x: %w", id, err)
			}
			if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO servers VALUES (?, ?)", id[:], enc); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeleteServers forgets servers.
func (s *Store) DeleteServers(ctx context.Context, ids [][32]byte) error {
	if len(ids) == 0 {
		return nil
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "DELETE FROM servers WHERE id = ?", id[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// OwnTx is one of the owner's transactions that is not known to be mined for good.
type OwnTx struct {
	Tx   *types.Transaction
	Sent time.Time
}

// Txs returns the stored transactions, the oldest first.
func (s *Store) Txs(ctx context.Context) ([]OwnTx, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT rlp, sent FROM txs ORDER BY sent, hash")
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var out []OwnTx
	for rows.Next() {
		var enc []byte
		var sent int64
		if err := rows.Scan(&enc, &sent); err != nil {
			return nil, s.explain(err)
		}
		tx := new(types.Transaction)
		if err := tx.UnmarshalBinary(enc); err == nil {
			out = append(out, OwnTx{tx, time.Unix(0, sent)})
		}
	}
	return out, s.explain(rows.Err())
}

// PutTx stores a transaction. When it returns, a crash does not lose it.
func (s *Store) PutTx(ctx context.Context, tx OwnTx) error {
	enc, err := tx.Tx.MarshalBinary()
	if err != nil {
		return fmt.Errorf("encoding transaction: %w", err)
	}
	hash := tx.Tx.Hash()
	_, err = s.db.ExecContext(ctx, "INSERT OR REPLACE INTO txs VALUES (?, ?, ?)", hash[:], enc, tx.Sent.UnixNano())
	return s.explain(err)
}

// DeleteTx forgets a transaction.
func (s *Store) DeleteTx(ctx context.Context, hash common.Hash) error {
	_, err := s.db.ExecContext(ctx, "DELETE FROM txs WHERE hash = ?", hash[:])
	return s.explain(err)
}

// Bought returns what is kept of what was bought. What does not decode is left out.
func (s *Store) Bought(ctx context.Context) (bidder.Saved, error) {
	saved := bidder.Saved{Sellers: make(map[buyer.ID]bidder.Record)}
	demand, err := s.Meta(ctx, MetaDemand)
	if err != nil {
		return saved, err
	}
	saved.Demand = string(demand)
	spending, err := s.Meta(ctx, MetaSpending)
	if err != nil {
		return saved, err
	}
	if len(spending) > 0 && json.Unmarshal(spending, &saved.Spending) != nil {
		saved.Spending = bidder.Spending{}
	}
	rows, err := s.db.QueryContext(ctx, "SELECT id, record FROM sellers")
	if err != nil {
		return saved, s.explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, enc []byte
		if err := rows.Scan(&id, &enc); err != nil {
			return saved, s.explain(err)
		}
		var r bidder.Record
		if len(id) == 32 && json.Unmarshal(enc, &r) == nil {
			saved.Sellers[buyer.ID(id)] = r
		}
	}
	return saved, s.explain(rows.Err())
}

// PutBought stores what was bought, all of it or nothing: a demand unless it is empty, the spending,
// and these sellers.
func (s *Store) PutBought(ctx context.Context, saved bidder.Saved) error {
	spending, err := json.Marshal(saved.Spending)
	if err != nil {
		return fmt.Errorf("spending: %w", err)
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		meta := map[string][]byte{MetaSpending: spending}
		if saved.Demand != "" {
			meta[MetaDemand] = []byte(saved.Demand)
		}
		for key, value := range meta {
			if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value); err != nil {
				return err
			}
		}
		for id, r := range saved.Sellers {
			enc, err := json.Marshal(r)
			if err != nil {
				return fmt.Errorf("seller %x: %w", id, err)
			}
			if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO sellers VALUES (?, ?)", id[:], enc); err != nil {
				return err
			}
		}
		return nil
	})
}
