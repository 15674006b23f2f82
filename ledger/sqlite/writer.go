package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"zombiezen.com/go/sqlite"

	"github.com/candela-les/candela/ledger"
	"github.com/candela-les/candela/unit"
)

// writer is the one connection that writes, with its statements prepared. database/sql has them parsed anew each time,
// which takes longer than to carry them out.
type writer struct {
	conn       *sqlite.Conn
	statements [statementCount]*sqlite.Stmt
}

// newWriter opens the connection.
func newWriter(path string) (*writer, error) {
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn}
	for _, pragma := range []string{"cache_size = -8192", "synchronous = FULL", "journal_size_limit = 16777216", "wal_autocheckpoint = 4096"} {
		if err := w.pragma(pragma); err != nil {
			w.close()
			return nil, err
		}
	}
	// SQLite's own waiting does not end with a context, so it is short, and begin goes on with it.
	conn.SetBusyTimeout(100 * time.Millisecond)
	for i, text := range texts() {
		if w.statements[i], err = conn.Prepare(text); err != nil {
			w.close()
			return nil, err
		}
	}
	return w, nil
}

func (w *writer) pragma(text string) error {
	s, _, err := w.conn.PrepareTransient("PRAGMA " + text)
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		more, err = s.Step()
	}
	if end := s.Finalize(); err == nil {
		err = end
	}
	return err
}

// close closes the connection and its statements.
func (w *writer) close() { w.conn.Close() } //nolint:errcheck // there is nothing left to do about it

// until has statements be interrupted when a context ends.
func (w *writer) until(ctx context.Context) { w.conn.SetInterrupt(ctx.Done()) }

// exec carries out a statement that returns nothing.
func (w *writer) exec(s statement, args ...any) error {
	stmt, err := w.bound(s, args)
	if err != nil {
		return err
	}
	_, err = stmt.Step()
	if end := stmt.Reset(); err == nil {
		err = end
	}
	return err
}

// query reads all rows of a statement.
func (w *writer) query(s statement, args []any, scan func(scanner) error) error {
	stmt, err := w.bound(s, args)
	if err != nil {
		return err
	}
	for {
		more, err := stmt.Step()
		if err == nil && more {
			err = scan(columns{stmt})
		}
		if err != nil || !more {
			if end := stmt.Reset(); err == nil {
				err = end
			}
			return err
		}
	}
}

// bound gives a statement its values.
func (w *writer) bound(s statement, args []any) (*sqlite.Stmt, error) {
	stmt := w.statements[s]
	for i, arg := range args {
		switch v := arg.(type) {
		case int64:
			stmt.BindInt64(i+1, v)
		case uint64:
			if v > math.MaxInt64 {
				return nil, fmt.Errorf("%w: %d is more than the database counts", ledger.ErrInvalid, v)
			}
			stmt.BindInt64(i+1, int64(v))
		case bool:
			stmt.BindBool(i+1, v)
		case string:
			stmt.BindText(i+1, v)
		case []byte:
			stmt.BindBytes(i+1, v)
		case unit.Amount:
			b := v.Bytes()
			stmt.BindBytes(i+1, b[:])
		default:
			return nil, fmt.Errorf("a statement's value of type %T", arg)
		}
	}
	return stmt, nil
}

// columns are a row as the writer has it.
type columns struct{ *sqlite.Stmt }

// Scan implements scanner.
func (c columns) Scan(into ...any) error {
	for i, to := range into {
		switch v := to.(type) {
		case sql.Scanner:
			if err := v.Scan(c.bytes(i)); err != nil {
				return err
			}
		case *[]byte:
			*v = c.bytes(i)
		case *string:
			*v = c.ColumnText(i)
		case *ledger.Owner:
			*v = ledger.Owner(c.ColumnText(i))
		case *bool:
			*v = c.ColumnBool(i)
		case *int64:
			*v = c.ColumnInt64(i)
		case *uint64:
			*v = uint64(c.ColumnInt64(i)) //nolint:gosec // as it was written
		case *ledger.Epoch:
			*v = ledger.Epoch(c.ColumnInt64(i)) //nolint:gosec // as it was written
		case *ledger.Kind:
			*v = ledger.Kind(c.ColumnInt64(i)) //nolint:gosec // as it was written
		default:
			return fmt.Errorf("a column into a %T", to)
		}
	}
	return nil
}

func (c columns) bytes(i int) []byte {
	b := make([]byte, c.ColumnLen(i))
	c.ColumnBytes(i, b)
	return b
}
