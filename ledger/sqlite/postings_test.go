package sqlite

import (
	"database/sql"
	"strings"
	"testing"
)

// TestPostingsPlan wants statements to be read by the indices: they are partial ones, which SQLite only uses if the query repeats their
// condition, and a search through all lines would give the same.
func TestPostingsPlan(t *testing.T) {
	s, err := open(t.Context(), t.TempDir()+"/ledger.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	args := []any{
		sql.Named("kind", 1), sql.Named("token", []byte{}), sql.Named("client", []byte{}), sql.Named("from", 1), sql.Named("after", 0),
		sql.Named("limit", 1), sql.Named("moves", true),
	}
	var plan []string
	err = each(t.Context(), s.read, "EXPLAIN QUERY PLAN "+selectPostings, args, func(row scanner) error {
		var id, parent, unused int
		var detail string
		err := row.Scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(plan, "\n")
	for _, index := range []string{"accounts_name", "postings_marked", "postings_moves"} {
		if !strings.Contains(all, index) {
			t.Errorf("%s is not used", index)
		}
	}
	if strings.Contains(all, "SCAN p\n") || t.Failed() {
		t.Errorf("the plan is\n%s", all)
	}
}
