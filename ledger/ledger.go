package ledger

import (
	"context"
	"time"

	"github.com/candela-les/candela/unit"
)

// Ledger is a journal of money. Its methods may be called from many goroutines, and the more
// of them call at once, the less a call costs. All errors are those of this package or the
// context's; times are UTC.
//
// A context that ends while its call waits for its turn has the call withdrawn; one that
// ends while the call is being written gives ErrUnknown.
type Ledger interface {
	// Post books what comes from outside or goes there, once for each key.
	// Errors: ErrInvalid, ErrUnbalanced, ErrInsufficient, ErrOverflow, ErrConflict.
	Post(ctx context.Context, p Posting) (Posted, error)

	// Advance credits a client with what a promise is worth beyond those before it. A promise
	// that is worth no more than an earlier one is acknowledged and credits nothing.
	// Errors: ErrInvalid, ErrOverflow; ErrConflict if the channel belongs to another account.
	Advance(ctx context.Context, p Promise) (Advanced, error)

	// Raise begins the owner's next epoch, the first being 1, and returns all that it held to
	// the clients. Errors: ErrInvalid.
	Raise(ctx context.Context, owner Owner) (Epoch, error)

	// Hold makes an owner's hold of a client's account what is asked for, be it more or less than before.
	// If the client has not so much, it holds what there is. The client's holds of other
	// owners are returned first if they have expired.
	// Errors: ErrInvalid, ErrFenced; ErrInsufficient if there is less than AtLeast.
	Hold(ctx context.Context, r HoldRequest) (Hold, error)

	// Charge moves money out of holds, for good. All charges are written together; each is
	// refused by itself, which its result says. Errors of a result: ErrFenced, ErrNoHold,
	// ErrExpired, ErrInsufficient, ErrOverflow, ErrConflict. Errors of the call: ErrInvalid.
	Charge(ctx context.Context, charges []Charge) ([]Charged, error)

	// Expire returns holds whose time is over to their clients, and says how many there
	// were.
	Expire(ctx context.Context) (int, error)

	// Balance returns what an account comes to. One that was never used comes to nothing.
	Balance(ctx context.Context, a Account) (Balance, error)

	// Accounts returns the accounts behind the given one, in order of kind, token and address,
	// at most limit and MaxPage of them; the zero Account is before all others.
	Accounts(ctx context.Context, after Account, limit int) ([]Balance, error)

	// Holds returns what is held of an account now, also beyond its time, in order of owners.
	Holds(ctx context.Context, a Account) ([]Hold, error)

	// Promised returns the highest promise of a channel; ok is false if there is none.
	Promised(ctx context.Context, method string, id [32]byte) (p Promise, ok bool, err error)

	// Statement returns what was posted to an account, oldest first.
	Statement(ctx context.Context, a Account, p Page) ([]Line, error)

	// Audit sums up everything from the first posting on, and compares.
	Audit(ctx context.Context) (Report, error)

	// Close waits for what is being written, refuses what waits with ErrClosed, and closes
	// the database.
	Close() error
}

// Posting is a set of changes that only make sense together.
type Posting struct {
	Key  string // what makes this posting repeatable; 1 to MaxKey bytes
	Why  Why    // Credit, Refund or LuckDrawn
	Legs []Leg  // 2 to MaxLegs, each of another account; they add up to zero in each token
}

// Leg is what a posting adds to an account. Of a client's account it takes only what is free.
type Leg struct {
	Account Account
	Amount  Signed // not zero
}

// CreditOf returns the posting that credits a client with money from outside.
func CreditOf(key string, token, client Address, amount unit.Amount) Posting {
	return Posting{Key: key, Why: Credit, Legs: []Leg{
		{ClientAccount(token, client), Plus(amount)},
		{Account{Kind: External, Token: token}, Minus(amount)},
	}}
}

// RefundOf returns the posting that gives a client money back.
func RefundOf(key string, token, client Address, amount unit.Amount) Posting {
	return Posting{Key: key, Why: Refund, Legs: []Leg{
		{ClientAccount(token, client), Minus(amount)},
		{Account{Kind: External, Token: token}, Plus(amount)},
	}}
}

// Posted says where a posting stands in the journal.
type Posted struct {
	Batch    uint64 // the transaction that it was written in
	At       time.Time
	Repeated bool // the key was there already: this call changed nothing
}

// Promise is an off-chain payment, counted from the beginning of its channel.
type Promise struct {
	Method     string   // the payment method; 1 to MaxMethod bytes
	ID         [32]byte // the channel, as the method names it
	Token      Address
	Client     Address // who is credited; a channel is bound to its first one
	Cumulative unit.Amount
	Evidence   []byte // what it is collected with; at most MaxEvidence bytes; kept of the highest only
}

// Advanced says what a promise has changed.
type Advanced struct {
	Before   unit.Amount // the highest cumulative amount until now
	Present  unit.Amount // and from now on
	Credited unit.Amount // the difference
}

// HoldRequest says what an owner's hold shall be. The time of an empty one does not matter.
type HoldRequest struct {
	Owner   Owner
	Epoch   Epoch
	Token   Address
	Client  Address
	Amount  unit.Amount // how much it shall hold; nothing returns it
	AtLeast unit.Amount // with less than this, it is not changed
	Until   time.Time   // when it expires; in the future
}

// Hold is a slice of a client's account that only its owner may charge.
type Hold struct {
	Owner     Owner
	Epoch     Epoch
	Account   Account
	Amount    unit.Amount
	Until     time.Time
	Charges   uint64 // the number of the last charge, also of earlier epochs; 0 if there was none
	Remainder uint64 // as the last charge left it
}

// RemainderParts is how many parts a base unit has in a remainder: price times
// time comes in millionths of a base unit per hour, times nanoseconds.
const RemainderParts uint64 = 3_600_000_000_000_000_000

// Charge takes money out of a hold: what its client has consumed up to now, in whole
// base units, and the part of one that is left over. Nothing but a remainder may be charged.
type Charge struct {
	Owner     Owner
	Epoch     Epoch
	Token     Address
	Client    Address
	Number    uint64      // the hold's Charges + 1; the last one's number repeats it
	Amount    unit.Amount // for Revenue
	Fee       unit.Amount // for Fees
	Remainder uint64      // consumed and not charged yet, below RemainderParts
	// Ref and FeeRef stand in the client's lines of Amount and of Fee; at most MaxRef bytes of text,
	// the charge's number if empty. They are no part of what makes a repeated charge the same.
	Ref, FeeRef string
}

// Charged says what became of a charge.
type Charged struct {
	Hold     Hold // as it is now
	Repeated bool // the charge was there already: this call changed nothing
	// Entry and FeeEntry are the numbers of the client's lines of Amount and of Fee, 0 where that was
	// nothing. A repeated charge has those that it got the first time.
	Entry, FeeEntry uint64
	Err             error
}

// Balance is what an account comes to.
type Balance struct {
	Account Account
	Total   Signed
	Free    Signed      // the part that is not held
	Held    unit.Amount // of a client, by all owners
	Entries uint64      // number of the last line that Total comes from
}

// Page says which part of a statement is asked for.
type Page struct {
	After uint64 // lines behind the one with this Seq
	From  uint64 // lines with this Number or a higher one, so no moves; unless 0
	Limit int    // at most so many, and at most MaxPage
	Moves bool   // also what was moved between the account and holds of it, which does not change its total
}

// Line is one line of a statement.
type Line struct {
	Seq     uint64 // its place in the whole journal, from 1 on
	Number  uint64 // its place among those that change the account's total, from 1 on without a gap; 0 of a move
	Batch   uint64 // the transaction that it was written in
	At      time.Time
	Why     Why
	Ref     string // key of a posting, channel of a promise (method:id in hex), ref or number of a charge; of client accounts only
	Owner   Owner  // whose hold it is; empty for what is free, and for accounts that are no client's
	Amount  Signed
	Balance Signed // of the whole account, behind this line
}

// Report is what an audit has found.
type Report struct {
	Batches, Postings, Accounts, Promises uint64
	// Faults says what does not add up, at most MaxFaults of it. A ledger without faults has
	// accounts that are the sums of their postings, lines that are numbered, and postings whose sum is zero.
	Faults []string
}

// Limits of what is handed in, checked before anything else.
const (
	MaxKey      = 128
	MaxRef      = 128
	MaxLegs     = 16
	MaxMethod   = 32
	MaxEvidence = 4096
	MaxOwner    = 64
	MaxCharges  = 4096
	MaxPage     = 1000
	MaxFaults   = 100
)
