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

	// Advance credits a client with what a promise is worth beyond those before it, and keeps its claims. A promise
	// that is worth no more than an earlier one is acknowledged and changes nothing.
	// Errors: ErrInvalid, ErrOverflow; ErrGap if promises before it are missing; ErrSettled if the channel was
	// settled since the caller has read it; ErrConflict if the channel belongs to another account, or a claim's key to another claim.
	Advance(ctx context.Context, p Promise) (Advanced, error)

	// GiveBack begins to settle a channel: what its client has free goes back, as much of it as the channel has promised and
	// was neither given back nor is being collected. Called again it gives back what has become free since.
	// Errors: ErrInvalid, ErrOverflow; ErrConflict if the channel belongs to another account.
	GiveBack(ctx context.Context, s Settlement) (GivenBack, error)

	// HandOut settles a channel: it keeps what its client is going to be handed out for what was given back, before it is.
	// What is there already changes nothing.
	// Errors: ErrInvalid, ErrNoChannel; ErrSettled if the channel was settled since the caller has read it, or something was
	// promised since GiveBack.
	HandOut(ctx context.Context, h Handout) (Channel, error)

	// Collect notes how much of a channel is being collected, and how much was. Both only go up.
	// Errors: ErrInvalid, ErrNoChannel; ErrInsufficient if less was promised and not given back.
	Collect(ctx context.Context, c Collection) (Channel, error)

	// SettleClaim ends a claim, for good, with the posting of what it has come to. A claim that has come to nothing has a
	// posting without legs. It is repeated as Post is.
	// Errors: those of Post; ErrNoClaim; ErrConflict if the claim was settled by another posting.
	SettleClaim(ctx context.Context, method string, key [32]byte, p Posting) (Posted, error)

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

	// Promised returns how a channel stands; ok is false if nothing was promised over it, and it was not settled.
	Promised(ctx context.Context, method string, id [32]byte) (c Channel, ok bool, err error)

	// Promises returns how a method's channels stand, in order of ID.
	Promises(ctx context.Context, method string, p ChannelPage) ([]Channel, error)

	// Claims returns a method's claims that are not settled and stand behind the given key, in order of keys, at most limit
	// and MaxPage of them; the zero key is before all others.
	Claims(ctx context.Context, method string, after [32]byte, limit int) ([]OpenClaim, error)

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
	Claims                                uint64 // that are not settled
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
	MaxClaims   = 256
	MaxOwner    = 64
	MaxCharges  = 4096
	MaxPage     = 1000
	MaxFaults   = 100
)
