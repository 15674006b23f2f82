package sqlite

import (
	"bytes"

	"github.com/candela-les/candela/ledger"
)

// kept are rows as the last update has left them. They are good as long as nobody else has written since, which the number of the last
// update says, so that who pays again and again is not read again and again.
type kept struct {
	batch    uint64 // of the last update
	accounts map[ledger.Account]*ledger.AccountRow
	promises map[ledger.PromiseKey]*ledger.PromiseRow
}

// mostKept is how many rows of a kind are kept.
const mostKept = 16384

// forget forgets everything.
func (k *kept) forget() { *k = kept{} }

// as forgets everything unless that was the last update.
func (k *kept) as(batch uint64) {
	if k.batch != batch || k.accounts == nil {
		*k = kept{
			batch: batch, accounts: map[ledger.Account]*ledger.AccountRow{}, promises: map[ledger.PromiseKey]*ledger.PromiseRow{},
		}
	}
}

// keep keeps the rows of an update that was committed. Bytes that came with a call are its caller's, and so copied.
func (k *kept) keep(rows *ledger.Rows, changes *ledger.Changes) {
	k.batch = changes.State.Batch
	for name, row := range rows.Accounts {
		if row.ID != 0 { // else it was only asked for
			put(k.accounts, name, row)
		}
	}
	for key, row := range rows.Promises {
		put(k.promises, key, row)
	}
	for _, row := range changes.Promises {
		row.Evidence, row.Handed = bytes.Clone(row.Evidence), bytes.Clone(row.Handed)
		row.Listed = row.Due()
	}
}

// put keeps a row, and forgets any other one if there are too many.
func put[K comparable, V any](rows map[K]V, key K, row V) {
	rows[key] = row
	for other := range rows {
		if len(rows) <= mostKept {
			return
		}
		if other != key {
			delete(rows, other)
		}
	}
}
