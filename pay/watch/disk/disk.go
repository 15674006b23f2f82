// Package disk keeps on disk what a Watcher and a Sender must not forget: in a file of its own, for a server, or as
// tables in a file that there is, for a light client.
package disk

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/candela-les/candela/internal/smallfile"
	"github.com/candela-les/candela/pay/watch"
)

// Schema makes the tables. It never changes: there are files that have it as one of their steps.
const Schema = `CREATE TABLE cursors (name TEXT PRIMARY KEY, cursor BLOB NOT NULL) STRICT;
	CREATE TABLE sent (name TEXT PRIMARY KEY, live INTEGER NOT NULL, record BLOB NOT NULL) STRICT;`

// Tables are in a file that has taken Schema as a step. Their methods may be called from many goroutines. Errors are those
// of package smallfile.
type Tables struct{ file *smallfile.File }

var (
	_ watch.Cursors = (*Tables)(nil)
	_ watch.Outbox  = (*Tables)(nil)
)

// Open opens or creates a file of its own for the tables. An empty path keeps everything in memory.
func Open(ctx context.Context, path string) (*Tables, error) {
	f, err := smallfile.Open(ctx, path, []string{Schema})
	if err != nil {
		return nil, err
	}
	return &Tables{f}, nil
}

// In returns the tables in a file.
func In(f *smallfile.File) *Tables { return &Tables{f} }

// Close closes the file.
func (t *Tables) Close() error { return t.file.Close() }

// Cursor implements watch.Cursors. What does not decode is not there.
func (t *Tables) Cursor(ctx context.Context, name string) (c watch.Cursor, ok bool, err error) {
	var enc []byte
	err = t.file.DB().QueryRowContext(ctx, "SELECT cursor FROM cursors WHERE name = ?", name).Scan(&enc)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	if err != nil {
		return c, false, t.file.Explain(err)
	}
	if json.Unmarshal(enc, &c) != nil {
		return watch.Cursor{}, false, nil // costs that everything is read again
	}
	return c, true, nil
}

// PutCursor implements watch.Cursors.
func (t *Tables) PutCursor(ctx context.Context, name string, c watch.Cursor) error {
	enc, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("cursor of %s: %w", name, err)
	}
	_, err = t.file.DB().ExecContext(ctx, "INSERT OR REPLACE INTO cursors VALUES (?, ?)", name, enc)
	return t.file.Explain(err)
}

// PutSent implements watch.Outbox.
func (t *Tables) PutSent(ctx context.Context, s watch.Sent, live bool) error {
	return t.PutSentAnd(ctx, s, live, nil)
}

// PutSentAnd is PutSent, and in the same transaction whatever also does, unless that is nil: it is told what was kept under the name before,
// nil for nothing.
func (t *Tables) PutSentAnd(ctx context.Context, s watch.Sent, live bool, also func(tx *sql.Tx, before *watch.Sent) error) error {
	enc, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("transaction %s: %w", s.Name, err)
	}
	return t.file.Transact(ctx, func(tx *sql.Tx) error {
		if also != nil {
			before, ok, err := t.sent(ctx, tx, s.Name)
			switch {
			case err != nil:
				return err
			case !ok:
				err = also(tx, nil)
			default:
				err = also(tx, &before)
			}
			if err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO sent VALUES (?, ?, ?)", s.Name, live, enc)
		return err
	})
}

// Sent implements watch.Outbox. What does not decode is an error: to take it for nothing might send it again.
func (t *Tables) Sent(ctx context.Context, name string) (s watch.Sent, ok bool, err error) {
	s, ok, err = t.sent(ctx, t.file.DB(), name)
	return s, ok, t.file.Explain(err)
}

// querier is a database, or a transaction in it.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (t *Tables) sent(ctx context.Context, db querier, name string) (s watch.Sent, ok bool, err error) {
	var enc []byte
	err = db.QueryRowContext(ctx, "SELECT record FROM sent WHERE name = ?", name).Scan(&enc)
	if errors.Is(err, sql.ErrNoRows) {
		return s, false, nil
	}
	if err == nil {
		s, err = decode(enc)
	}
	return s, err == nil, err
}

// LiveSent implements watch.Outbox.
func (t *Tables) LiveSent(ctx context.Context, prefix string) ([]watch.Sent, error) {
	rows, err := t.file.DB().QueryContext(ctx,
		"SELECT record FROM sent WHERE live AND substr(name, 1, ?) = ? ORDER BY name", len(prefix), prefix)
	if err != nil {
		return nil, t.file.Explain(err)
	}
	defer rows.Close()
	var list []watch.Sent
	for rows.Next() {
		var enc []byte
		if err := rows.Scan(&enc); err != nil {
			return nil, t.file.Explain(err)
		}
		s, err := decode(enc)
		if err != nil {
			return nil, t.file.Explain(err)
		}
		list = append(list, s)
	}
	return list, t.file.Explain(rows.Err())
}

// DeleteSent implements watch.Outbox.
func (t *Tables) DeleteSent(ctx context.Context, name string) error {
	_, err := t.file.DB().ExecContext(ctx, "DELETE FROM sent WHERE name = ?", name)
	return t.file.Explain(err)
}

func decode(enc []byte) (s watch.Sent, err error) {
	if json.Unmarshal(enc, &s) != nil {
		return watch.Sent{}, fmt.Errorf("%w: a transaction does not decode", smallfile.ErrDamaged)
	}
	return s, nil
}
