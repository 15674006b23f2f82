package watch

import "context"

// Cursor is up to which block a subject has seen the chain.
type Cursor struct {
	Since uint64 // the first block whose logs it ever wanted
	Block Block  // the Sure of the last view that it has seen
}

// Cursors keeps cursors over a restart, by the subjects' names. A cursor that is lost costs only
// that everything is read again.
type Cursors interface {
	// Cursor returns a cursor; ok is false if there is none.
	Cursor(ctx context.Context, name string) (c Cursor, ok bool, err error)
	PutCursor(ctx context.Context, name string, c Cursor) error
}

// noCursors keeps nothing.
type noCursors struct{}

func (noCursors) Cursor(context.Context, string) (Cursor, bool, error) { return Cursor{}, false, nil }
func (noCursors) PutCursor(context.Context, string, Cursor) error      { return nil }
