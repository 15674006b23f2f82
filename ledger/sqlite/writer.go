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
	values     values
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

// exec carries out a statement that is given nothing and returns nothing.
func (w *writer) exec(s statement) error { return w.with(s).exec() }

// with begins to give a statement its values. One statement at a time is given some, and is carried out before the next.
func (w *writer) with(s statement) *values {
	w.values = values{stmt: w.statements[s]}
	return &w.values
}

// values are those of a statement, in the order of its parameters. They are not handed over as a list of any, for that is an allocation for
// each of them.
type values struct {
	stmt *sqlite.Stmt
	n    int // how many were given
	err  error
}

func (v *values) next() int {
	v.n++
	return v.n
}

func (v *values) int(n int64) *values {
	v.stmt.BindInt64(v.next(), n)
	return v
}

func (v *values) uint(n uint64) *values {
	if n > math.MaxInt64 && v.err == nil {
		v.err = fmt.Errorf("%w: %d is more than the database counts", ledger.ErrInvalid, n)
	}
	return v.int(int64(n)) //nolint:gosec // else it is not carried out
}

func (v *values) bool(b bool) *values {
	v.stmt.BindBool(v.next(), b)
	return v
}

func (v *values) text(s string) *values {
	v.stmt.BindText(v.next(), s)
	return v
}

func (v *values) bytes(b []byte) *values {
	v.stmt.BindBytes(v.next(), b)
	return v
}

func (v *values) amount(a unit.Amount) *values {
	b := a.Bytes()
	return v.bytes(b[:])
}

func (v *values) signed(s ledger.Signed) *values { return v.bool(s.Sign() < 0).amount(s.Size()) }

// exec carries out a statement that returns nothing.
func (v *values) exec() error {
	if v.err != nil {
		return v.err
	}
	_, err := v.stmt.Step()
	if end := v.stmt.Reset(); err == nil {
		err = end
	}
	return err
}

// query reads all rows of a statement.
func (v *values) query(scan func(scanner) error) error {
	stmt, err := v.stmt, v.err
	for more := true; more && err == nil; {
		if more, err = stmt.Step(); err == nil && more {
			err = scan(columns{stmt})
		}
	}
	if end := stmt.Reset(); err == nil {
		err = end
	}
	return err
}

// get reads one row, if it is there.
func (v *values) get(scan func(scanner) error) (found bool, err error) {
	err = v.query(func(row scanner) error {
		found = true
		return scan(row)
	})
	return found && err == nil, err
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
