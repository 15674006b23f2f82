package ledger

import (
	"context"
	"fmt"

	"github.com/candela-les/candela/unit"
)

// Audit implements Ledger. It keeps a few numbers for each account, hold and channel in
// memory, and nothing for each posting.
func (j *Journal) Audit(ctx context.Context) (Report, error) {
	if err := j.open(); err != nil {
		return Report{}, err
	}
	a := &audit{
		accounts: map[uint64]*audited{}, promised: map[channel]unit.Amount{}, returned: map[channel]unit.Amount{},
		channels: map[PromiseKey]uint64{}, batch: sums{},
	}
	err := j.store.Scan(ctx, Scan{
		State: a.head, Account: a.account, Posting: a.posting, Hold: a.hold, Promise: a.promise, Claim: a.claim, Fault: a.fault,
	})
	if err != nil {
		return Report{}, err
	}
	a.end()
	return a.report, nil
}

// audit is the sums that the journal's rows come to, one by one.
type audit struct {
	state    State
	report   Report
	accounts map[uint64]*audited
	promised map[channel]unit.Amount // by lines that no row of a channel was seen for yet
	returned map[channel]unit.Amount
	channels map[PromiseKey]uint64 // whose rows were seen, with their accounts
	last     PostingRow
	batch    sums // of the batch that last belongs to
}

// audited is an account as its row has it, and what its postings come to.
type audited struct {
	AccountRow
	total Signed
	last  uint64           // number of the last posting that has one
	parts map[Owner]Signed // free under the empty owner
}

// channel is where promises go, as the journal's lines name it.
type channel struct {
	account uint64
	ref     string
}

func (a *audit) fault(format string, args ...any) {
	if len(a.report.Faults) < MaxFaults {
		a.report.Faults = append(a.report.Faults, fmt.Sprintf(format, args...))
	}
}

func (a *audit) head(s State) error {
	a.state, a.report.Batches = s, s.Batch
	return nil
}

func (a *audit) account(row *AccountRow) error {
	a.report.Accounts++
	a.accounts[row.ID] = &audited{AccountRow: *row, parts: map[Owner]Signed{}}
	return nil
}

func (a *audit) posting(row *PostingRow) error {
	a.report.Postings++
	if row.Seq != a.last.Seq+1 || row.Batch < a.last.Batch || row.At < a.last.At {
		a.fault("line %d of batch %d follows line %d of batch %d", row.Seq, row.Batch, a.last.Seq, a.last.Batch)
	}
	if row.Batch != a.last.Batch {
		a.endBatch()
	}
	a.last = *row
	account := a.accounts[row.AccountID]
	if account == nil {
		a.fault("line %d is of account %d, which is not there", row.Seq, row.AccountID)
		return nil
	}
	a.batch.add(account.Account.Token, row.Amount)
	total, ok := account.total.Add(row.Amount)
	if !ok || total != row.Total {
		a.fault("%s comes to %s with line %d, which says %s", account.Account, total, row.Seq, row.Total)
	}
	number := uint64(0)
	if !row.Why.moves() {
		account.last++
		number = account.last
	}
	if row.Number != number {
		a.fault("line %d of %s has number %d instead of %d", row.Seq, account.Account, row.Number, number)
	}
	part, ok := account.parts[row.Owner].Add(row.Amount)
	if !ok {
		a.fault("%s does not fit with line %d", account.Account, row.Seq)
	}
	account.total, account.parts[row.Owner] = total, part
	if account.Account.Kind == Client {
		a.over(row)
	}
	return nil
}

// over adds up a client's lines that came over a channel.
func (a *audit) over(row *PostingRow) {
	key := channel{row.AccountID, row.Ref}
	switch row.Why { //nolint:exhaustive // the others came otherwise
	case Promised:
		a.promised[key], _ = a.promised[key].Add(row.Amount.Size())
	case Settling:
		a.returned[key], _ = a.returned[key].Add(row.Amount.Size())
	}
}

// endBatch sums up the batch that has ended.
func (a *audit) endBatch() {
	if err := a.batch.check(); err != nil {
		a.fault("batch %d: %v", a.last.Batch, err)
	}
	clear(a.batch)
}

func (a *audit) hold(row *HoldRow) error {
	account := a.accounts[row.AccountID]
	if account == nil {
		a.fault("%s holds of account %d, which is not there", row.Owner, row.AccountID)
		return nil
	}
	if part := account.parts[row.Owner]; part != Plus(row.Amount) {
		a.fault("%s holds %s of %s, and its lines come to %s", row.Owner, row.Amount, account.Account, part)
	}
	delete(account.parts, row.Owner)
	left, ok := account.Held.Sub(row.Amount)
	if !ok {
		a.fault("more is held of %s than its %s", account.Account, account.Held)
	}
	account.Held = left
	return nil
}

func (a *audit) promise(row *PromiseRow) error {
	a.report.Promises++
	key := channel{row.AccountID, row.ref()}
	if a.accounts[row.AccountID] == nil {
		a.fault("channel %s is of account %d, which is not there", key.ref, row.AccountID)
	}
	for _, part := range []struct {
		what  string
		stood unit.Amount
		lines map[channel]unit.Amount
	}{{"promised", row.Cumulative, a.promised}, {"given back", row.Returned, a.returned}} {
		if sum := part.lines[key]; sum != part.stood {
			a.fault("channel %s has %s %s, and its lines come to %s", key.ref, part.what, part.stood, sum)
		}
		delete(part.lines, key)
	}
	kept, ok := row.Cumulative.Sub(row.Returned)
	if !ok || row.Collecting.Cmp(kept) > 0 || row.Collected.Cmp(row.Collecting) > 0 {
		a.fault("channel %s has promised %s, given back %s, collects %s and has collected %s",
			key.ref, row.Cumulative, row.Returned, row.Collecting, row.Collected)
	}
	if row.Settled.Cmp(row.Cumulative) > 0 || row.Returned.Cmp(row.Settled) > 0 || row.Settlements == 0 && len(row.Handed) > 0 {
		a.fault("channel %s was settled %d times, at %s of %s, with %d bytes handed out",
			key.ref, row.Settlements, row.Settled, row.Cumulative, len(row.Handed))
	}
	a.channels[row.PromiseKey] = row.AccountID
	return nil
}

func (a *audit) claim(row *ClaimRow) error {
	account, ok := a.channels[PromiseKey{row.Method, row.Channel}]
	if !ok || account != row.AccountID {
		a.fault("claim %x of account %d came by channel %s:%x, which is not there", row.Key, row.AccountID, row.Method, row.Channel)
	}
	switch {
	case row.Settled == 0:
		a.report.Claims++
		if row.Digest != row.digest() {
			a.fault("claim %x is not what it was", row.Key)
		}
	case row.Settled > a.state.Batch || len(row.Data) > 0:
		a.fault("claim %x was settled in batch %d of %d, with %d bytes left", row.Key, row.Settled, a.state.Batch, len(row.Data))
	}
	return nil
}

// end compares what is left when all rows have been seen.
func (a *audit) end() {
	a.endBatch()
	if a.last.Batch > a.state.Batch || a.last.At > a.state.At {
		a.fault("line %d is of batch %d, and there have been %d", a.last.Seq, a.last.Batch, a.state.Batch)
	}
	if a.last.Seq != a.state.Seq || a.report.Accounts != a.state.Accounts {
		a.fault("there are %d lines and %d accounts instead of %d and %d",
			a.last.Seq, a.report.Accounts, a.state.Seq, a.state.Accounts)
	}
	for id := uint64(1); id <= a.state.Accounts; id++ {
		account := a.accounts[id]
		if account == nil {
			a.fault("account %d is not there", id)
			continue
		}
		if free := account.parts[""]; free != account.Free {
			a.fault("of %s %s are free, and its lines come to %s", account.Account, account.Free, free)
		}
		delete(account.parts, "")
		if account.Entries != account.last {
			a.fault("%s has %d numbered lines, not %d", account.Account, account.last, account.Entries)
		}
		if !account.Held.IsZero() {
			a.fault("%s are held of %s by nobody", account.Held, account.Account)
		}
		for owner, part := range account.parts {
			if part.Sign() != 0 {
				a.fault("%s has lines of %s on %s and no hold", owner, part, account.Account)
			}
		}
		if account.Account.Kind == Client && account.Free.Sign() < 0 {
			a.fault("%s has fallen below zero: %s", account.Account, account.Free)
		}
	}
	for _, lines := range []map[channel]unit.Amount{a.promised, a.returned} {
		for key, sum := range lines {
			a.fault("lines of channel %s come to %s, and it is not there", key.ref, sum)
		}
	}
}
