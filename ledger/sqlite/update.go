package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/candela-les/candela/ledger"
)

// writer is the one connection that writes, with its statements prepared.
type writer struct {
	conn       *sql.Conn
	statements [statementCount]*sql.Stmt
}

// Update implements ledger.Store.
func (s *Store) Update(ctx context.Context, needs *ledger.Needs, decide func(*ledger.Rows) (*ledger.Changes, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, err := s.writer(ctx)
	if err != nil {
		return s.explain(err)
	}
	if err := w.begin(ctx); err != nil {
		return s.explain(err)
	}
	rows, err := w.load(ctx, needs)
	if err != nil {
		s.giveUp(w)
		return s.explain(err)
	}
	changes, err := decide(rows)
	if err != nil || changes == nil {
		s.giveUp(w)
		return err
	}
	if err := w.write(ctx, changes); err != nil {
		s.giveUp(w)
		return s.explain(err)
	}
	// An interrupted commit would be one of which nobody knows what it did.
	if err := w.exec(context.WithoutCancel(ctx), commit); err != nil {
		s.giveUp(w)
		return s.unsure(err)
	}
	return nil
}

// writer returns the connection, a new one if the last one was given up.
func (s *Store) writer(ctx context.Context) (*writer, error) {
	if s.mu.w != nil {
		return s.mu.w, nil
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn}
	// SQLite's own waiting does not end with a context, so it is short, and begin goes on with it.
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		w.close()
		return nil, err
	}
	for i, text := range texts() {
		w.statements[i], err = conn.PrepareContext(ctx, text) //nolint:sqlclosecheck // the writer closes them
		if err != nil {
			w.close()
			return nil, err
		}
	}
	s.mu.w = w
	return w, nil
}

func (w *writer) close() {
	for _, statement := range w.statements {
		if statement != nil {
			statement.Close()
		}
	}
	w.conn.Close()
}

// giveUp ends the transaction without a trace. If SQLite has done so already, or it fails, it
// is not known what state the connection is in, and the next update has a new one.
func (s *Store) giveUp(w *writer) {
	if err := w.exec(context.Background(), rollback); err == nil {
		return
	}
	w.conn.Raw(func(any) error { return driver.ErrBadConn }) //nolint:errcheck // that is how to have it closed
	w.close()
	s.mu.w = nil
}

// begin takes the lock, and waits for it as long as the context lets it.
func (w *writer) begin(ctx context.Context) error {
	for {
		err := w.exec(ctx, begin)
		if !isBusy(err) {
			return err
		}
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err)
		}
	}
}

func (w *writer) exec(ctx context.Context, s statement, args ...any) error {
	_, err := w.statements[s].ExecContext(ctx, args...)
	return err
}

// get reads one row, if it is there.
func (w *writer) get(ctx context.Context, s statement, args []any, scan func(scanner) error) (found bool, err error) {
	err = scan(w.statements[s].QueryRowContext(ctx, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// load reads what is needed.
func (w *writer) load(ctx context.Context, needs *ledger.Needs) (*ledger.Rows, error) {
	rows := ledger.NewRows()
	if _, err := w.get(ctx, selectState, nil, func(row scanner) error { return scanState(row, &rows.State) }); err != nil {
		return nil, err
	}
	for owner, withHolds := range needs.Owners {
		found := &ledger.OwnerRow{Owner: owner}
		ok, err := w.get(ctx, selectOwner, []any{string(owner)}, func(row scanner) error { return row.Scan(&found.Epoch) })
		if ok {
			rows.Owners[owner] = found
		}
		if ok && withHolds {
			err = w.loadHolds(ctx, rows, selectHoldsOfOwner, string(owner))
		}
		if err != nil {
			return nil, err
		}
	}
	if needs.Expired != 0 {
		if err := w.loadHolds(ctx, rows, selectExpired, needs.Expired); err != nil {
			return nil, err
		}
	}
	for account, withHolds := range needs.Accounts {
		if err := w.loadAccount(ctx, rows, account, withHolds); err != nil {
			return nil, err
		}
	}
	return rows, w.loadNames(ctx, rows, needs)
}

// loadAccount reads an account, and its holds.
func (w *writer) loadAccount(ctx context.Context, rows *ledger.Rows, account ledger.Account, withHolds bool) error {
	a := rows.Accounts[account]
	if a == nil {
		a = &ledger.AccountRow{}
		name := []any{account.Kind, account.Token[:], account.Client[:]}
		ok, err := w.get(ctx, selectAccount, name, func(row scanner) error { return scanAccount(row, a) })
		if err != nil || !ok {
			return err
		}
		rows.Accounts[account] = a
	}
	if !withHolds {
		return nil
	}
	return w.loadHolds(ctx, rows, selectHoldsOfAccount, a.ID)
}

// loadNames reads what goes by a name of the caller's.
func (w *writer) loadNames(ctx context.Context, rows *ledger.Rows, needs *ledger.Needs) error {
	for key := range needs.Keys {
		found := &ledger.KeyRow{Key: key}
		ok, err := w.get(ctx, selectKey, []any{key}, func(row scanner) error {
			return row.Scan(fixed(found.Digest[:]), &found.Batch, &found.At)
		})
		if err != nil {
			return err
		}
		if ok {
			rows.Keys[key] = found
		}
	}
	for key := range needs.Promises {
		found := &ledger.PromiseRow{}
		ok, err := w.get(ctx, selectPromise, []any{key.Method, key.ID[:]}, func(row scanner) error { return scanPromise(row, found) })
		if err != nil {
			return err
		}
		if ok {
			rows.Promises[key] = found
		}
	}
	for key := range needs.Claims {
		found := &ledger.ClaimRow{}
		ok, err := w.get(ctx, selectClaim, []any{key.Method, key.Key[:]}, func(row scanner) error { return scanClaim(row, found) })
		if err != nil {
			return err
		}
		if ok {
			rows.Claims[key] = found
		}
	}
	return nil
}

// loadHolds reads holds and their accounts, without those that are there already.
func (w *writer) loadHolds(ctx context.Context, into *ledger.Rows, s statement, arg any) error {
	rows, err := w.statements[s].QueryContext(ctx, arg)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		account, hold := &ledger.AccountRow{}, &ledger.HoldRow{}
		if err := scanHold(rows, account, hold); err != nil {
			return err
		}
		if into.Accounts[account.Account] == nil {
			into.Accounts[account.Account] = account
		}
		if into.Holds[hold.HoldKey] == nil {
			into.Holds[hold.HoldKey] = hold
		}
	}
	return rows.Err()
}

// write writes the changes, accounts before what refers to them. It ends with the first error, for after some,
// such as that of a full disk, SQLite has ended the transaction, and what came then would be committed by itself.
func (w *writer) write(ctx context.Context, c *ledger.Changes) (err error) {
	put := func(s statement, args ...any) {
		if err == nil {
			err = w.exec(ctx, s, args...)
		}
	}
	put(updateState, c.State.Batch, c.State.Seq, c.State.Accounts, c.State.At)
	for _, a := range c.Accounts {
		put(putAccount, a.ID, a.Account.Kind, a.Account.Token[:], a.Account.Client[:],
			a.Free.Sign() < 0, blob(a.Free.Size()), blob(a.Held), a.Entries)
	}
	for _, h := range c.Holds {
		put(putHold, h.AccountID, string(h.Owner), h.Epoch, h.Until, blob(h.Amount),
			h.Charges, h.Remainder, blob(h.LastAmount), blob(h.LastFee), h.LastEntry, h.LastFeeEntry)
	}
	for _, o := range c.Owners {
		put(putOwner, string(o.Owner), o.Epoch)
	}
	for _, p := range c.Promises {
		put(putPromise, p.Method, p.ID[:], p.AccountID, blob(p.Cumulative), append([]byte{}, p.Evidence...),
			blob(p.Returned), blob(p.Collecting), blob(p.Collected), blob(p.Settled), p.Settlements, append([]byte{}, p.Handed...), p.Due())
	}
	for _, l := range c.Claims {
		put(putClaim, l.Method, l.Key[:], l.Channel[:], l.AccountID, blob(l.Amount), append([]byte{}, l.Data...), l.Digest[:], l.Settled)
	}
	for _, k := range c.Keys {
		put(addKey, k.Key, k.Digest[:], k.Batch, k.At)
	}
	for _, p := range c.Postings {
		put(addPosting, p.Seq, p.Number, p.Batch, p.At, p.AccountID, string(p.Owner), p.Why, p.Ref,
			p.Amount.Sign() < 0, blob(p.Amount.Size()), p.Total.Sign() < 0, blob(p.Total.Size()))
	}
	return err
}
