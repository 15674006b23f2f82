package store

import "testing"

// Forbid has every row fail that is inserted into a table from now on.
func (s *Store) Forbid(t *testing.T, table string) {
	t.Helper()
	if _, err := s.db.ExecContext(t.Context(), "CREATE TRIGGER forbidden BEFORE INSERT ON "+table+" BEGIN SELECT RAISE(ABORT, 'forbidden'); END"); err != nil {
		t.Fatal(err)
	}
}

// Keep has the history keep so many events.
func (h *History) Keep(events int) { h.keep = events }
