package sqlite

import (
	"context"
	"errors"

	"github.com/candela-les/candela/ledger"
)

// Update implements ledger.Store.
func (s *Store) Update(ctx context.Context, needs *ledger.Needs, decide func(*ledger.Rows) (*ledger.Changes, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, err := s.writer()
	if err != nil {
		return s.explain(err)
	}
	w.until(ctx)
	defer func() {
		if s.mu.w == w { // else it is closed
			w.until(context.Background())
		}
	}()
	if err := w.begin(ctx); err != nil {
		return s.explain(err)
	}
	rows, err := w.load(needs, &s.mu.kept)
	if err != nil {
		s.giveUp(w)
		return s.explain(err)
	}
	changes, err := decide(rows)
	if err != nil {
		s.giveUp(w)
		return err
	}
	if changes == nil { // whoever decides has changed no row then, and those that are kept are good
		s.end(w)
		return nil
	}
	if err := w.write(rows, changes); err != nil {
		s.giveUp(w)
		return s.explain(err)
	}
	// An interrupted commit would be one of which nobody knows what it did.
	w.until(context.Background())
	if err := w.exec(commit); err != nil {
		s.giveUp(w)
		return s.unsure(err)
	}
	s.mu.kept.keep(rows, changes)
	return nil
}

// writer returns the connection, a new one if the last one was given up.
func (s *Store) writer() (*writer, error) {
	if s.mu.w != nil {
		return s.mu.w, nil
	}
	w, err := newWriter(s.path)
	if err != nil {
		return nil, err
	}
	s.mu.w = w
	return w, nil
}

// giveUp ends the transaction without a trace, and forgets the rows, which may have been changed.
func (s *Store) giveUp(w *writer) {
	s.mu.kept.forget()
	s.end(w)
}

// end ends the transaction without a trace. If SQLite has done so already, or it fails, it
// is not known what state the connection is in, and the next update has a new one.
func (s *Store) end(w *writer) {
	w.until(context.Background())
	if err := w.exec(rollback); err == nil {
		return
	}
	w.close()
	s.mu.w = nil
}

// begin takes the lock, and waits for it as long as the context lets it.
func (w *writer) begin(ctx context.Context) error {
	for {
		err := w.exec(begin)
		if !isBusy(err) {
			return err
		}
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err)
		}
	}
}

// load reads what is needed and not kept.
func (w *writer) load(needs *ledger.Needs, kept *kept) (*ledger.Rows, error) {
	rows := ledger.NewRows(needs)
	if _, err := w.with(selectState).get(func(row scanner) error { return scanState(row, &rows.State) }); err != nil {
		return nil, err
	}
	kept.as(rows.State.Batch)
	for account := range needs.Accounts {
		if row := kept.accounts[account]; row != nil {
			rows.Accounts[account] = row
		}
	}
	for owner, withHolds := range needs.Owners {
		found := &ledger.OwnerRow{Owner: owner}
		ok, err := w.with(selectOwner).text(string(owner)).get(func(row scanner) error { return row.Scan(&found.Epoch) })
		if ok {
			rows.Owners[owner] = found
		}
		if ok && withHolds {
			err = loadHolds(rows, w.with(selectHoldsOfOwner).text(string(owner)))
		}
		if err != nil {
			return nil, err
		}
	}
	if needs.Expired != 0 {
		if err := loadHolds(rows, w.with(selectExpired).int(needs.Expired)); err != nil {
			return nil, err
		}
	}
	for account, withHolds := range needs.Accounts {
		if err := w.loadAccount(rows, account, withHolds); err != nil {
			return nil, err
		}
	}
	return rows, w.loadNames(rows, needs, kept)
}

// loadAccount reads an account, and its holds.
func (w *writer) loadAccount(rows *ledger.Rows, account ledger.Account, withHolds bool) error {
	a := rows.Accounts[account]
	if a == nil {
		a = &ledger.AccountRow{}
		named := w.with(selectAccount).int(int64(account.Kind)).bytes(account.Token[:]).bytes(account.Client[:])
		ok, err := named.get(func(row scanner) error { return scanAccount(row, a) })
		if err != nil || !ok {
			return err
		}
		rows.Accounts[account] = a
	}
	if !withHolds {
		return nil
	}
	return loadHolds(rows, w.with(selectHoldsOfAccount).uint(a.ID))
}

// loadNames reads what goes by a name of the caller's.
func (w *writer) loadNames(rows *ledger.Rows, needs *ledger.Needs, kept *kept) error {
	for key := range needs.Keys {
		found := &ledger.KeyRow{Key: key}
		ok, err := w.with(selectKey).text(key).get(func(row scanner) error {
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
		if row := kept.promises[key]; row != nil {
			rows.Promises[key] = row
			continue
		}
		found := &ledger.PromiseRow{}
		ok, err := w.with(selectPromise).text(key.Method).bytes(key.ID[:]).get(func(row scanner) error { return scanPromise(row, found) })
		if err != nil {
			return err
		}
		if ok {
			rows.Promises[key] = found
		}
	}
	for key := range needs.Claims {
		found := &ledger.ClaimRow{}
		ok, err := w.with(selectClaim).text(key.Method).bytes(key.Key[:]).get(func(row scanner) error { return scanClaim(row, found) })
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
func loadHolds(into *ledger.Rows, v *values) error {
	return v.query(func(row scanner) error {
		account, hold := &ledger.AccountRow{}, &ledger.HoldRow{}
		if err := scanHold(row, account, hold); err != nil {
			return err
		}
		if into.Accounts[account.Account] == nil {
			into.Accounts[account.Account] = account
		}
		if into.Holds[hold.HoldKey] == nil {
			into.Holds[hold.HoldKey] = hold
		}
		return nil
	})
}
