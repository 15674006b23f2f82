package sqlite

import (
	"context"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
	"zombiezen.com/go/sqlite"

	"github.com/candela-les/candela/ledger"
)

// explain makes an error of package ledger of what SQLite says.
func (s *Store) explain(err error) error {
	fault, known := code(err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, ledger.ErrDamaged):
		return fmt.Errorf("%s: %w", s.name, err)
	case !known:
		return fmt.Errorf("%s: %w: %w", s.name, ledger.ErrUnavailable, err)
	}
	kind := ledger.ErrUnavailable
	switch fault {
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		kind = ledger.ErrDamaged
	case codes.SQLITE_FULL:
		kind = ledger.ErrFull
	case codes.SQLITE_INTERRUPT: // by the context that was given
		kind = context.DeadlineExceeded
	}
	return fmt.Errorf("%s: %w: %w", s.name, kind, err)
}

// unsure is what a commit failed with. Only of a full disk it is known that nothing was
// written: the last of the transaction's frames is what commits it, and there was no room for it.
func (s *Store) unsure(err error) error {
	err = s.explain(err)
	if errors.Is(err, ledger.ErrFull) {
		return err
	}
	return fmt.Errorf("%w: %w", ledger.ErrUnknown, err)
}

// isBusy reports whether another process has the lock.
func isBusy(err error) bool {
	fault, known := code(err)
	return known && fault == codes.SQLITE_BUSY
}

// code is what SQLite says, by either way to it; the rest of its codes is detail.
func code(err error) (code int, known bool) {
	if fault, ok := errors.AsType[*driver.Error](err); ok {
		return fault.Code() & 0xff, true
	}
	code = int(sqlite.ErrCode(err).ToPrimary())
	return code, code != codes.SQLITE_OK && code != codes.SQLITE_ERROR
}
