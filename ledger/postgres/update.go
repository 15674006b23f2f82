package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/candela-les/candela/ledger"
)

// Update implements ledger.Store.
func (s *Store) Update(ctx context.Context, needs *ledger.Needs, decide func(*ledger.Rows) (*ledger.Changes, error)) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return explain(err)
	}
	defer conn.Release()
	tx, rows, err := begin(ctx, conn, needs)
	if err != nil {
		return explain(err)
	}
	if err := load(ctx, tx, needs, rows); err != nil {
		return giveUp(ctx, tx, explain(err))
	}
	changes, err := decide(rows)
	if err != nil || changes == nil {
		return giveUp(ctx, tx, err)
	}
	if err := write(ctx, tx, changes); err != nil {
		return giveUp(ctx, tx, explain(err))
	}
	if err := tx.Commit(ctx); err != nil {
		return unsure(err)
	}
	return nil
}

// begin takes the lock that keeps updates apart. Everything is read behind it: at the level
// READ COMMITTED each query sees what was committed before it began.
func begin(ctx context.Context, conn *pgxpool.Conn, needs *ledger.Needs) (pgx.Tx, *ledger.Rows, error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
	if err != nil {
		return nil, nil, err
	}
	rows := ledger.NewRows(needs)
	if err := scanState(tx.QueryRow(ctx, "SELECT "+stateColumns+" FROM state FOR UPDATE"), &rows.State); err != nil {
		return nil, nil, giveUp(ctx, tx, err)
	}
	return tx, rows, nil
}

// giveUp ends the transaction without a trace. If that fails the pool closes the
// connection, and the database sees that nobody is left to commit.
func giveUp(ctx context.Context, tx pgx.Tx, err error) error {
	if back := tx.Rollback(context.WithoutCancel(ctx)); back != nil && err == nil {
		return explain(back)
	}
	return err
}

// write writes the changes in one round trip, accounts before what refers to them. Rows
// go as columns, which are parsed and planned once for all of them.
func write(ctx context.Context, tx pgx.Tx, c *ledger.Changes) error {
	batch := &pgx.Batch{}
	batch.Queue("UPDATE state SET batch = $1, seq = $2, accounts = $3, at = $4", c.State.Batch, c.State.Seq, c.State.Accounts, c.State.At)
	writeAccounts(batch, c.Accounts)
	writeHolds(batch, c.Holds)
	for _, o := range c.Owners {
		batch.Queue(`INSERT INTO owners (owner, epoch) VALUES ($1, $2)
			ON CONFLICT (owner) DO UPDATE SET epoch = excluded.epoch`, string(o.Owner), uint64(o.Epoch))
	}
	writePromises(batch, c.Promises)
	writeClaims(batch, c.Claims)
	writeKeys(batch, c.Keys)
	writePostings(batch, c.Postings)
	results := tx.SendBatch(ctx, batch)
	var errs []error
	for range batch.Len() {
		if _, err := results.Exec(); err != nil {
			errs = append(errs, err)
			break // the others say that this one has failed
		}
	}
	return errors.Join(append(errs, results.Close())...)
}

func writeAccounts(batch *pgx.Batch, all []*ledger.AccountRow) {
	var ids, entries []uint64
	var names named
	var free, held []string
	for _, a := range all {
		ids, free, held = append(ids, a.ID), append(free, a.Free.String()), append(held, a.Held.String())
		entries = append(entries, a.Entries)
		names.add(a.Account)
	}
	if len(all) > 0 {
		batch.Queue(`INSERT INTO accounts (id, kind, token, client, free, held, entries)
			SELECT id, kind, token, client, free::numeric, held::numeric, entries
			FROM unnest($1::bigint[], $2::smallint[], $3::bytea[], $4::bytea[], $5::text[], $6::text[], $7::bigint[])
				AS n (id, kind, token, client, free, held, entries)
			ON CONFLICT (id) DO UPDATE SET free = excluded.free, held = excluded.held, entries = excluded.entries`,
			ids, names.kinds, names.tokens, names.clients, free, held, entries)
	}
}

func writeHolds(batch *pgx.Batch, all []*ledger.HoldRow) {
	for _, h := range all {
		batch.Queue(`INSERT INTO holds (account, owner, epoch, until, amount, charges, remainder, last_amount, last_fee,
				last_entry, last_fee_entry)
			VALUES ($1, $2, $3, $4, $5::text::numeric, $6, $7, $8::text::numeric, $9::text::numeric, $10, $11)
			ON CONFLICT (account, owner) DO UPDATE SET epoch = excluded.epoch, until = excluded.until,
				amount = excluded.amount, charges = excluded.charges, remainder = excluded.remainder,
				last_amount = excluded.last_amount, last_fee = excluded.last_fee,
				last_entry = excluded.last_entry, last_fee_entry = excluded.last_fee_entry`,
			h.AccountID, string(h.Owner), uint64(h.Epoch), h.Until, h.Amount.String(), h.Charges, h.Remainder,
			h.LastAmount.String(), h.LastFee.String(), h.LastEntry, h.LastFeeEntry)
	}
}

func writePromises(batch *pgx.Batch, all []*ledger.PromiseRow) {
	var names methodical
	var sums, returned, collecting, collected, settled []string
	var evidence, handed [][]byte
	var accounts, settlements []uint64
	var dues []bool
	for _, p := range all {
		names.add(p.Method, p.ID)
		sums, evidence = append(sums, p.Cumulative.String()), append(evidence, append([]byte{}, p.Evidence...))
		returned, collecting = append(returned, p.Returned.String()), append(collecting, p.Collecting.String())
		collected, settled = append(collected, p.Collected.String()), append(settled, p.Settled.String())
		accounts, settlements = append(accounts, p.AccountID), append(settlements, p.Settlements)
		handed, dues = append(handed, append([]byte{}, p.Handed...)), append(dues, p.Due())
	}
	if len(all) > 0 {
		batch.Queue(`INSERT INTO promises (method, channel, account, cumulative, evidence, returned, collecting, collected,
				settled, settlements, handed, due)
			SELECT method, channel, account, cumulative::numeric, evidence, returned::numeric, collecting::numeric,
				collected::numeric, settled::numeric, settlements, handed, due
			FROM unnest($1::text[], $2::bytea[], $3::bigint[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[],
					$9::text[], $10::bigint[], $11::bytea[], $12::boolean[])
				AS n (method, channel, account, cumulative, evidence, returned, collecting, collected, settled, settlements, handed, due)
			ON CONFLICT (method, channel) DO UPDATE SET cumulative = excluded.cumulative, evidence = excluded.evidence,
				returned = excluded.returned, collecting = excluded.collecting, collected = excluded.collected,
				settled = excluded.settled, settlements = excluded.settlements, handed = excluded.handed, due = excluded.due`,
			names.methods, names.ids, accounts, sums, evidence, returned, collecting, collected, settled, settlements, handed, dues)
	}
}

func writeClaims(batch *pgx.Batch, all []*ledger.ClaimRow) {
	var names methodical
	var channels, data, digests [][]byte
	var accounts, settled []uint64
	var amounts []string
	for _, c := range all {
		names.add(c.Method, c.Key)
		channels, data = append(channels, c.Channel[:]), append(data, append([]byte{}, c.Data...))
		digests, amounts = append(digests, c.Digest[:]), append(amounts, c.Amount.String())
		accounts, settled = append(accounts, c.AccountID), append(settled, c.Settled)
	}
	if len(all) > 0 {
		batch.Queue(`INSERT INTO claims (method, key, channel, account, amount, data, digest, settled)
			SELECT method, key, channel, account, amount::numeric, data, digest, settled
			FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::text[], $6::bytea[], $7::bytea[], $8::bigint[])
				AS n (method, key, channel, account, amount, data, digest, settled)
			ON CONFLICT (method, key) DO UPDATE SET data = excluded.data, settled = excluded.settled`,
			names.methods, names.ids, channels, accounts, amounts, data, digests, settled)
	}
}

func writeKeys(batch *pgx.Batch, all []*ledger.KeyRow) {
	var keys []string
	var digests [][]byte
	var batches []uint64
	var times []int64
	for _, k := range all {
		keys, digests = append(keys, k.Key), append(digests, k.Digest[:])
		batches, times = append(batches, k.Batch), append(times, k.At)
	}
	if len(all) > 0 {
		batch.Queue(`INSERT INTO keys (key, digest, batch, at)
			SELECT * FROM unnest($1::text[], $2::bytea[], $3::bigint[], $4::bigint[])`, keys, digests, batches, times)
	}
}

func writePostings(batch *pgx.Batch, all []*ledger.PostingRow) {
	var seqs, numbers, batches, accounts []uint64
	var times []int64
	var owners, refs, amounts, totals []string
	var whys []int16
	for _, p := range all {
		seqs, batches, accounts = append(seqs, p.Seq), append(batches, p.Batch), append(accounts, p.AccountID)
		numbers = append(numbers, p.Number)
		times, whys = append(times, p.At), append(whys, int16(p.Why))
		owners, refs = append(owners, string(p.Owner)), append(refs, p.Ref)
		amounts, totals = append(amounts, p.Amount.String()), append(totals, p.Total.String())
	}
	if len(all) > 0 {
		batch.Queue(`INSERT INTO postings (seq, number, batch, at, account, owner, why, ref, amount, total)
			SELECT seq, number, batch, at, account, owner, why, ref, amount::numeric, total::numeric
			FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::smallint[],
					$8::text[], $9::text[], $10::text[])
				AS n (seq, number, batch, at, account, owner, why, ref, amount, total)`,
			seqs, numbers, batches, times, accounts, owners, whys, refs, amounts, totals)
	}
}
