package sqlite

import (
	"context"
	"database/sql"

	"github.com/candela-les/candela/ledger"
)

// selectPostings walks back along the chain of an account's numbered lines, to the one behind those that are not wanted. It begins at a marked
// line that has as many before it as are wanted, or at the last one, so it walks over at most two marks' distance too many. If what is
// wanted is said by its place in the journal, the marks say about which number that is. Moves are in no chain; they have an index.
const selectPostings = `WITH RECURSIVE
	this (id, last) AS (SELECT id, last FROM accounts WHERE kind = :kind AND token = :token AND client = :client),
	begin (behind) AS (SELECT max(:from - 1, coalesce((SELECT p.number FROM this JOIN postings p ON p.account = this.id
		WHERE ` + marked + ` AND :after > 0 AND p.seq <= :after ORDER BY p.number DESC LIMIT 1), 0))),
	back (seq) AS (
		SELECT coalesce((SELECT p.seq FROM begin, postings p WHERE p.account = this.id
			AND ` + marked + ` AND p.number >= behind + :limit + 32 ORDER BY p.number LIMIT 1), last) FROM this
		UNION ALL
		SELECT p.before FROM back JOIN postings p ON p.seq = back.seq JOIN begin WHERE p.number > behind + 1)
	SELECT * FROM (SELECT ` + postingColumns + ` FROM back JOIN postings p ON p.seq = back.seq JOIN begin
		WHERE p.number > behind AND p.seq > :after ORDER BY p.seq LIMIT :limit)
	UNION ALL
	SELECT * FROM (SELECT ` + postingColumns + ` FROM this JOIN postings p ON p.account = this.id
		WHERE :moves AND p.number = 0 AND p.seq > :after ORDER BY p.seq LIMIT :limit)
	ORDER BY seq LIMIT :limit`

// marked is written as in the partial index, which is used for it.
const marked = "p.number > 0 AND p.number % 32 = 0"

// Postings implements ledger.Store.
func (s *Store) Postings(ctx context.Context, a ledger.Account, p ledger.Page) (rows []ledger.PostingRow, err error) {
	args := []any{
		sql.Named("kind", a.Kind), sql.Named("token", a.Token[:]), sql.Named("client", a.Client[:]),
		sql.Named("from", bounded(max(p.From, 1))), sql.Named("after", bounded(p.After)), sql.Named("limit", p.Limit),
		sql.Named("moves", p.Moves && p.From == 0),
	}
	err = each(ctx, s.read, selectPostings, args, func(found scanner) error {
		var row ledger.PostingRow
		if err := scanPosting(found, &row); err != nil {
			return err
		}
		rows = append(rows, row)
		return nil
	})
	return rows, s.explain(err)
}
