package sqlite

import "github.com/candela-les/candela/ledger"

// write writes the changes to what was found, accounts before what refers to them. It ends with the first error, for after some,
// such as that of a full disk, SQLite has ended the transaction, and what came then would be committed by itself.
func (w *writer) write(found *ledger.Rows, c *ledger.Changes) error {
	s, known := c.State, found.State.Accounts
	err := w.with(updateState).uint(s.Batch).uint(s.Seq).uint(s.Accounts).int(s.At).exec()
	err = putAll(err, c.Accounts, func(a *ledger.AccountRow) error { return w.putAccount(a, a.ID <= known) })
	err = putAll(err, c.Holds, w.putHold)
	err = putAll(err, c.Owners, w.putOwner)
	err = putAll(err, c.Promises, w.putPromise)
	err = putAll(err, c.Claims, w.putClaim)
	err = putAll(err, c.Keys, w.addKey)
	return putAll(err, c.Postings, w.addPosting)
}

// putAll writes rows, unless there is an error already.
func putAll[R any](err error, rows []*R, put func(*R) error) error {
	for i := 0; i < len(rows) && err == nil; i++ {
		err = put(rows[i])
	}
	return err
}

func (w *writer) putAccount(a *ledger.AccountRow, known bool) error {
	s := addAccount
	if known {
		s = putAccount
	}
	v := w.with(s).uint(a.ID).signed(a.Free).amount(a.Held).uint(a.Entries).uint(a.Last)
	if !known {
		v.int(int64(a.Account.Kind)).bytes(a.Account.Token[:]).bytes(a.Account.Client[:])
	}
	return v.exec()
}

func (w *writer) putHold(h *ledger.HoldRow) error {
	v := w.with(putHold).uint(h.AccountID).text(string(h.Owner)).uint(uint64(h.Epoch)).int(h.Until).amount(h.Amount)
	v.uint(h.Charges).uint(h.Remainder).amount(h.LastAmount).amount(h.LastFee)
	return v.uint(h.LastEntry).uint(h.LastFeeEntry).exec()
}

func (w *writer) putOwner(o *ledger.OwnerRow) error {
	return w.with(putOwner).text(string(o.Owner)).uint(uint64(o.Epoch)).exec()
}

func (w *writer) putPromise(p *ledger.PromiseRow) error {
	listed := p.Listed && p.Due() // so it is there, and its index is left alone
	s := putPromise
	if listed {
		s = putDuePromise
	}
	v := w.with(s).text(p.Method).bytes(p.ID[:]).uint(p.AccountID).amount(p.Cumulative).bytes(p.Evidence)
	v.amount(p.Returned).amount(p.Collecting).amount(p.Collected).amount(p.Settled).uint(p.Settlements).bytes(p.Handed)
	if !listed {
		v.bool(p.Due())
	}
	return v.exec()
}

func (w *writer) putClaim(c *ledger.ClaimRow) error {
	v := w.with(putClaim).text(c.Method).bytes(c.Key[:]).bytes(c.Channel[:]).uint(c.AccountID).amount(c.Amount)
	return v.bytes(c.Data).bytes(c.Digest[:]).uint(c.Settled).exec()
}

func (w *writer) addKey(k *ledger.KeyRow) error {
	return w.with(addKey).text(k.Key).bytes(k.Digest[:]).uint(k.Batch).int(k.At).exec()
}

func (w *writer) addPosting(p *ledger.PostingRow) error {
	v := w.with(addPosting).uint(p.Seq).uint(p.Number).uint(p.Batch).int(p.At).uint(p.AccountID).text(string(p.Owner))
	return v.int(int64(p.Why)).text(p.Ref).signed(p.Amount).signed(p.Total).uint(p.Before).exec()
}
