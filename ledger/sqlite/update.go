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
	if err := w.write(changes); err != nil {
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

// get reads one row, if it is there.
func (w *writer) get(s statement, args []any, scan func(scanner) error) (found bool, err error) {
	err = w.query(s, args, func(row scanner) error {
		found = true
		return scan(row)
	})
	return found && err == nil, err
}

// load reads what is needed and not kept.
func (w *writer) load(needs *ledger.Needs, kept *kept) (*ledger.Rows, error) {
	rows := ledger.NewRows()
	if _, err := w.get(selectState, nil, func(row scanner) error { return scanState(row, &rows.State) }); err != nil {
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
		ok, err := w.get(selectOwner, []any{string(owner)}, func(row scanner) error { return row.Scan(&found.Epoch) })
		if ok {
			rows.Owners[owner] = found
		}
		if ok && withHolds {
			err = w.loadHolds(rows, selectHoldsOfOwner, string(owner))
		}
		if err != nil {
			return nil, err
		}
	}
	if needs.Expired != 0 {
		if err := w.loadHolds(rows, selectExpired, needs.Expired); err != nil {
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
		name := []any{int64(account.Kind), account.Token[:], account.Client[:]}
		ok, err := w.get(selectAccount, name, func(row scanner) error { return scanAccount(row, a) })
		if err != nil || !ok {
			return err
		}
		rows.Accounts[account] = a
	}
	if !withHolds {
		return nil
	}
	return w.loadHolds(rows, selectHoldsOfAccount, a.ID)
}

// loadNames reads what goes by a name of the caller's.
func (w *writer) loadNames(rows *ledger.Rows, needs *ledger.Needs, kept *kept) error {
	for key := range needs.Keys {
		found := &ledger.KeyRow{Key: key}
		ok, err := w.get(selectKey, []any{key}, func(row scanner) error {
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
		ok, err := w.get(selectPromise, []any{key.Method, key.ID[:]}, func(row scanner) error { return scanPromise(row, found) })
		if err != nil {
			return err
		}
		if ok {
			rows.Promises[key] = found
		}
	}
	for key := range needs.Claims {
		found := &ledger.ClaimRow{}
		ok, err := w.get(selectClaim, []any{key.Method, key.Key[:]}, func(row scanner) error { return scanClaim(row, found) })
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
func (w *writer) loadHolds(into *ledger.Rows, s statement, arg any) error {
	return w.query(s, []any{arg}, func(row scanner) error {
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

// write writes the changes, accounts before what refers to them. It ends with the first error, for after some,
// such as that of a full disk, SQLite has ended the transaction, and what came then would be committed by itself.
func (w *writer) write(c *ledger.Changes) (err error) {
	put := func(s statement, args ...any) {
		if err == nil {
			err = w.exec(s, args...)
		}
	}
	put(updateState, c.State.Batch, c.State.Seq, c.State.Accounts, c.State.At)
	for _, a := range c.Accounts {
		put(putAccount, a.ID, int64(a.Account.Kind), a.Account.Token[:], a.Account.Client[:],
			a.Free.Sign() < 0, a.Free.Size(), a.Held, a.Entries)
	}
	for _, h := range c.Holds {
		put(putHold, h.AccountID, string(h.Owner), uint64(h.Epoch), h.Until, h.Amount,
			h.Charges, h.Remainder, h.LastAmount, h.LastFee, h.LastEntry, h.LastFeeEntry)
	}
	for _, o := range c.Owners {
		put(putOwner, string(o.Owner), uint64(o.Epoch))
	}
	for _, p := range c.Promises {
		values := []any{
			p.Method, p.ID[:], p.AccountID, p.Cumulative, p.Evidence, p.Returned, p.Collecting, p.Collected, p.Settled, p.Settlements, p.Handed,
		}
		if p.Listed && p.Due() { // which leaves the index alone
			put(putDuePromise, values...)
		} else {
			put(putPromise, append(values, p.Due())...)
		}
	}
	for _, l := range c.Claims {
		put(putClaim, l.Method, l.Key[:], l.Channel[:], l.AccountID, l.Amount, l.Data, l.Digest[:], l.Settled)
	}
	for _, k := range c.Keys {
		put(addKey, k.Key, k.Digest[:], k.Batch, k.At)
	}
	for _, p := range c.Postings {
		put(addPosting, p.Seq, p.Number, p.Batch, p.At, p.AccountID, string(p.Owner), int64(p.Why), p.Ref,
			p.Amount.Sign() < 0, p.Amount.Size(), p.Total.Sign() < 0, p.Total.Size())
	}
	return err
}
