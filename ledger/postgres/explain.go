package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/candela-les/candela/ledger"
)

// explain makes an error of package ledger of what PostgreSQL or the way there says.
func explain(err error) error {
	var fault *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, ledger.ErrDamaged):
		return err
	case errors.As(err, &fault) && fault.Code == diskFull:
		return fmt.Errorf("%w: %w", ledger.ErrFull, err)
	case errors.As(err, &fault) && (fault.Code == dataCorrupted || fault.Code == indexCorrupted):
		return fmt.Errorf("%w: %w", ledger.ErrDamaged, err)
	}
	return fmt.Errorf("%w: %w", ledger.ErrUnavailable, err)
}

// Codes of PostgreSQL's errors, from its manual's appendix A.
const (
	diskFull       = "53100"
	dataCorrupted  = "XX001"
	indexCorrupted = "XX002"
	// classShutdown begins the codes of an operator's intervention, such as a shutdown, which a
	// commit may have come before.
	classShutdown = "57"
)

// unsure is what a commit failed with. The database says of itself that it has not committed;
// when it is gone, or was told to go, nobody knows.
func unsure(err error) error {
	var fault *pgconn.PgError
	if errors.Is(err, pgx.ErrTxCommitRollback) {
		return explain(err)
	}
	if errors.As(err, &fault) && !strings.HasPrefix(fault.Code, classShutdown) && fault.Severity == "ERROR" {
		return explain(err)
	}
	return fmt.Errorf("%w: %w", ledger.ErrUnknown, err)
}
