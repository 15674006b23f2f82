package ledger

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/candela-les/candela/unit"
)

// view is the rows of a batch while its operations change them, and what is to be
// written of them.
type view struct {
	rows    *Rows
	at      int64 // when the batch is, in Unix nanoseconds
	batch   uint64
	merged  map[mergeKey]*PostingRow
	opening map[*AccountRow]Signed // what accounts came to before the batch
	out     Changes
	written map[any]bool // rows that are in out
}

// mergeKey is what postings of one batch have in common that become one line.
type mergeKey struct {
	account uint64
	owner   Owner
	why     Why
	ref     string
	charge  uint64
}

func newView(rows *Rows, now int64) *view {
	accounts, promises := len(rows.Accounts), len(rows.Promises)
	v := &view{
		rows: rows, at: max(now, rows.State.At), batch: rows.State.Batch + 1,
		merged: make(map[mergeKey]*PostingRow, accounts), opening: make(map[*AccountRow]Signed, accounts),
		written: make(map[any]bool, accounts+promises),
	}
	v.out.State = rows.State
	return v
}

// account returns the account's row, a new one if it was never used. A new one is only
// written with its first posting.
func (v *view) account(a Account) *AccountRow {
	row := v.rows.Accounts[a]
	if row == nil {
		row = &AccountRow{Account: a}
		v.rows.Accounts[a] = row
	}
	return row
}

func (v *view) epoch(o Owner) Epoch {
	if row := v.rows.Owners[o]; row != nil {
		return row.Epoch
	}
	return 0
}

// holds returns those loaded holds that are not empty and that the test wants, in a fixed order.
func (v *view) holds(want func(*HoldRow) bool) (found []*HoldRow) {
	for _, h := range v.rows.Holds {
		if !h.Amount.IsZero() && want(h) {
			found = append(found, h)
		}
	}
	slices.SortFunc(found, func(a, b *HoldRow) int {
		return cmp.Or(cmp.Compare(a.AccountID, b.AccountID), cmp.Compare(a.Owner, b.Owner))
	})
	return found
}

// leg is one change of an account, or of a hold of it.
type leg struct {
	account *AccountRow
	hold    *HoldRow // nil for what is free
	amount  Signed
	why     Why
	ref     string
	charge  uint64 // number of the charge that it is of, which is a line of its own; 0 of none
}

// post carries out all legs or none. Their sum is zero; changes checks that.
func (v *view) post(legs ...leg) error {
	_, err := v.postNumbered(legs...)
	return err
}

// postNumbered returns the numbers of the lines, too.
func (v *view) postNumbered(legs ...leg) (numbers []uint64, err error) {
	for i, l := range legs {
		v.open(l.account)
		if err := l.move(); err != nil {
			for _, done := range slices.Backward(legs[:i]) {
				done.amount = done.amount.Neg()
				done.move() //nolint:errcheck // it goes back to where it was
			}
			return nil, err
		}
	}
	for _, l := range legs {
		numbers = append(numbers, v.record(l))
	}
	return numbers, nil
}

// open remembers what the account came to before the batch.
func (v *view) open(a *AccountRow) {
	if _, known := v.opening[a]; !known {
		v.opening[a] = a.total()
	}
}

// move changes the rows, if what comes out is allowed.
func (l leg) move() error {
	a := *l.account
	var hold unit.Amount
	if l.hold == nil {
		free, ok := a.Free.Add(l.amount)
		if !ok {
			return ErrOverflow
		}
		if a.Account.Kind == Client && free.Sign() < 0 {
			return &InsufficientError{Have: a.Free.Size(), Need: l.amount.Size()}
		}
		a.Free = free
	} else {
		var ok bool
		if hold, ok = applied(l.hold.Amount, l.amount); !ok {
			return &InsufficientError{Have: l.hold.Amount, Need: l.amount.Size()}
		}
		if a.Held, ok = applied(a.Held, l.amount); !ok {
			return ErrOverflow
		}
	}
	if _, ok := a.Free.Add(Plus(a.Held)); !ok {
		return ErrOverflow
	}
	*l.account = a
	if l.hold != nil {
		l.hold.Amount = hold
	}
	return nil
}

// applied returns a + s, if that is an amount.
func applied(a unit.Amount, s Signed) (unit.Amount, bool) {
	if s.Sign() < 0 {
		return a.Sub(s.Size())
	}
	return a.Add(s.Size())
}

// record writes a leg that was carried out into the journal. The operator's accounts have one
// line for each batch and reason, a client's as many as there are references. It returns the line's number.
func (v *view) record(l leg) uint64 {
	a := l.account
	v.number(a)
	if !v.written[a] {
		v.written[a] = true
		v.out.Accounts = append(v.out.Accounts, a)
	}
	key := mergeKey{account: a.ID, why: l.why}
	if a.Account.Kind == Client {
		key.ref, key.charge = l.ref, l.charge
	}
	if l.hold != nil {
		key.owner = l.hold.Owner
		l.hold.AccountID = a.ID
		v.writeHold(l.hold)
	}
	if line := v.merged[key]; line != nil {
		if sum, ok := line.Amount.Add(l.amount); ok {
			line.Amount = sum
			return line.Number
		}
	}
	v.out.State.Seq++
	line := &PostingRow{
		Seq: v.out.State.Seq, Batch: v.batch, At: v.at, AccountID: a.ID,
		Owner: key.owner, Why: l.why, Ref: key.ref, Amount: l.amount,
	}
	if !l.why.moves() {
		a.Entries++
		line.Number, line.Before, a.Last = a.Entries, a.Last, line.Seq
	}
	v.merged[key] = line
	v.out.Postings = append(v.out.Postings, line)
	return line.Number
}

// number has a new account written, so that rows can refer to it.
func (v *view) number(a *AccountRow) {
	if a.ID != 0 {
		return
	}
	v.out.State.Accounts++
	a.ID = v.out.State.Accounts
	v.open(a)
	v.written[a] = true
	v.out.Accounts = append(v.out.Accounts, a)
}

func (v *view) writeHold(h *HoldRow) {
	if !v.written[h] {
		v.written[h] = true
		v.out.Holds = append(v.out.Holds, h)
	}
}

// changes returns what the batch has come to, or nil if nothing is to be written.
func (v *view) changes() (*Changes, error) {
	if len(v.written) == 0 {
		return nil, nil
	}
	v.out.State.Batch, v.out.State.At = v.batch, v.at
	byID := make(map[uint64]*AccountRow, len(v.out.Accounts))
	for _, a := range v.out.Accounts {
		byID[a.ID] = a
	}
	running, sums := v.opening, sums{}
	for _, line := range v.out.Postings {
		a := byID[line.AccountID]
		total, ok := running[a].Add(line.Amount)
		if !ok {
			return nil, ErrOverflow // on the way, by the order of lines; one call by itself would do
		}
		line.Total, running[a] = total, total
		sums.add(a.Account.Token, line.Amount)
	}
	for _, a := range v.out.Accounts {
		if running[a] != a.total() {
			return nil, fmt.Errorf("%w: %s comes to %s, its lines to %s", ErrUnbalanced, a.Account, a.total(), running[a])
		}
	}
	return &v.out, sums.check()
}

// total is what the account and all its holds come to.
func (a *AccountRow) total() Signed {
	total, _ := a.Free.Add(Plus(a.Held)) // fits, because move saw to it
	return total
}

// sums adds up postings by token. Amounts that fit may have sums on the way that do not.
type sums map[Address]*big.Int

func (s sums) add(token Address, amount Signed) {
	sum := s[token]
	if sum == nil {
		sum = new(big.Int)
		s[token] = sum
	}
	hi, lo := amount.Size().Words()
	n := new(big.Int).SetUint64(hi)
	n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(lo))
	if amount.Sign() < 0 {
		n.Neg(n)
	}
	sum.Add(sum, n)
}

// check returns ErrUnbalanced unless every sum is zero.
func (s sums) check() error {
	for token, sum := range s {
		if sum.Sign() != 0 {
			return fmt.Errorf("%w: %s are left in %s", ErrUnbalanced, sum, token)
		}
	}
	return nil
}
