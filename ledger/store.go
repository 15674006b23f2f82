package ledger

import (
	"context"

	"github.com/candela-les/candela/unit"
)

// Store keeps rows. It knows no rule of the ledger: what is written is decided by
// the journal above it. Its errors are ErrFull, ErrUnavailable, ErrDamaged, ErrNewer and
// ErrUnknown, or the context's.
type Store interface {
	// Update reads what is needed, has it decided what to write, and writes that, in one
	// transaction that no other one overlaps, be it of another process. When it returns nil,
	// that is on disk. ErrUnknown means that it may be; after any other error it is not.
	Update(ctx context.Context, needs *Needs, decide func(*Rows) (*Changes, error)) error

	// Adopt says what the store is kept in, has it decided what it is kept in from now on, and keeps that, in one transaction as Update. A nil asset, and an
	// error of who decides, change nothing.
	Adopt(ctx context.Context, decide func(Kept) (*Asset, error)) error

	Account(ctx context.Context, a Account) (row AccountRow, ok bool, err error)
	// Accounts returns rows behind the given account in order of kind, token and client.
	Accounts(ctx context.Context, after Account, limit int) ([]AccountRow, error)
	// Holds returns the account's holds that are not empty, in order of owners.
	Holds(ctx context.Context, a Account) ([]HoldRow, error)
	Promise(ctx context.Context, k PromiseKey) (row PromiseRow, ok bool, err error)
	// Promises returns a method's rows in order of ID.
	Promises(ctx context.Context, method string, p ChannelPage) ([]PromiseRow, error)
	// Claims returns a method's rows that are not settled, behind the given key in order of keys.
	Claims(ctx context.Context, method string, after [32]byte, limit int) ([]ClaimRow, error)
	// Postings returns an account's rows in order of Seq, which is also that of Number.
	Postings(ctx context.Context, a Account, p Page) ([]PostingRow, error)
	// Scan reads everything, as it was at one moment.
	Scan(ctx context.Context, s Scan) error

	Close() error
}

// Needs says which rows an update is about.
type Needs struct {
	Accounts map[Account]bool // true: with all holds of it, empty ones too
	Owners   map[Owner]bool   // true: with all its holds that are not empty, and their accounts
	Expired  int64            // unless zero, all holds that are not empty until then, and their accounts
	Keys     map[string]struct{}
	Promises map[PromiseKey]struct{}
	Claims   map[ClaimKey]struct{}
}

// newNeeds returns needs of so many calls, of which most are promises or postings.
func newNeeds(calls int) *Needs {
	return &Needs{
		Accounts: make(map[Account]bool, calls), Owners: map[Owner]bool{},
		Keys: map[string]struct{}{}, Promises: make(map[PromiseKey]struct{}, calls), Claims: map[ClaimKey]struct{}{},
	}
}

func (n *Needs) account(a Account, holds bool) { n.Accounts[a] = n.Accounts[a] || holds }
func (n *Needs) owner(o Owner, holds bool)     { n.Owners[o] = n.Owners[o] || holds }

// Rows are what was found of what was needed. What is not in them is not in the store.
type Rows struct {
	State    State
	Accounts map[Account]*AccountRow
	Holds    map[HoldKey]*HoldRow
	Owners   map[Owner]*OwnerRow
	Keys     map[string]*KeyRow
	Promises map[PromiseKey]*PromiseRow
	Claims   map[ClaimKey]*ClaimRow
}

// NewRows returns rows to be filled, with room for what is needed.
func NewRows(n *Needs) *Rows {
	return &Rows{
		Accounts: make(map[Account]*AccountRow, len(n.Accounts)), Holds: map[HoldKey]*HoldRow{}, Owners: map[Owner]*OwnerRow{},
		Keys: make(map[string]*KeyRow, len(n.Keys)), Promises: make(map[PromiseKey]*PromiseRow, len(n.Promises)),
		Claims: make(map[ClaimKey]*ClaimRow, len(n.Claims)),
	}
}

// Changes are the rows to write. State, Accounts, Holds, Owners, Promises and Claims replace those of
// the same key; Keys and Postings are new.
type Changes struct {
	State    State
	Accounts []*AccountRow
	Holds    []*HoldRow
	Owners   []*OwnerRow
	Keys     []*KeyRow
	Promises []*PromiseRow
	Claims   []*ClaimRow
	Postings []*PostingRow
}

// State is the one row that every update changes, and so the lock that keeps updates
// of several processes apart.
type State struct {
	Batch    uint64 // number of the last update
	Seq      uint64 // number of the last posting
	Accounts uint64 // number of the last account
	At       int64  // when the last update was, in Unix nanoseconds; never goes back
}

// AccountRow is what an account comes to.
type AccountRow struct {
	ID      uint64
	Account Account
	Free    Signed
	Held    unit.Amount // by all holds together
	Entries uint64      // number of its last numbered posting
	Last    uint64      // and Seq of that. With Before they are a chain, for a store that has no index of all of them
}

// HoldKey names a hold.
type HoldKey struct {
	Account Account
	Owner   Owner
}

// HoldRow is a hold. It is kept when it is empty, for its number and remainder.
type HoldRow struct {
	AccountID uint64
	HoldKey
	Epoch        Epoch
	Until        int64 // Unix nanoseconds
	Amount       unit.Amount
	Charges      uint64
	Remainder    uint64
	LastAmount   unit.Amount // of the last charge
	LastFee      unit.Amount
	LastEntry    uint64 // numbers of its postings, 0 if there was none
	LastFeeEntry uint64
}

// OwnerRow is an owner's present epoch.
type OwnerRow struct {
	Owner Owner
	Epoch Epoch
}

// KeyRow is a posting's key, for ever.
type KeyRow struct {
	Key    string
	Digest [32]byte // of what was posted
	Batch  uint64
	At     int64
}

// PromiseKey names a channel.
type PromiseKey struct {
	Method string
	ID     [32]byte
}

// PromiseRow is the highest promise of a channel, and what has become of all of them.
type PromiseRow struct {
	PromiseKey
	Account     Account
	AccountID   uint64
	Cumulative  unit.Amount
	Evidence    []byte
	Returned    unit.Amount
	Collecting  unit.Amount
	Collected   unit.Amount
	Settled     unit.Amount // Cumulative when something was given back last
	Settlements uint64
	Handed      []byte
	// Listed is the store's own: as it has read the row, it was in its index of those that are due.
	Listed bool
}

// Due reports whether something is to be collected, which a store has an index of.
func (p *PromiseRow) Due() bool { return !p.due().IsZero() }

// ClaimKey names a claim.
type ClaimKey struct {
	Method string
	Key    [32]byte
}

// ClaimRow is a claim, for ever; its data only until it is settled.
type ClaimRow struct {
	ClaimKey
	Channel   [32]byte
	Account   Account
	AccountID uint64
	Amount    unit.Amount
	Data      []byte
	Digest    [32]byte // of what was claimed
	Settled   uint64   // the update by which it was settled; 0 until then
}

// PostingRow is a line of the journal.
type PostingRow struct {
	Seq       uint64
	Number    uint64 // among those of the account that are no moves, from 1 on; 0 of a move
	Batch     uint64
	At        int64
	AccountID uint64
	Owner     Owner // of the hold; empty for what is free
	Why       Why
	Ref       string
	Amount    Signed
	Total     Signed // of the account with all its holds, behind this line
	Before    uint64 // Seq of the account's numbered posting before this one; 0 of its first one, and of a move
}

// Scan is handed all rows, kind after kind as they stand here. Accounts come in order of ID and
// postings in order of Seq; a row is only good until the function returns.
type Scan struct {
	State   func(State) error
	Account func(*AccountRow) error
	Posting func(*PostingRow) error
	Hold    func(*HoldRow) error
	Promise func(*PromiseRow) error
	Claim   func(*ClaimRow) error
	Fault   func(format string, args ...any) // what does not add up of that which is the store's own
}
