package pay

import (
	"context"

	"github.com/candela-les/candela/unit"
)

// Address is 20 bytes of Ethereum's: an account's or a contract's.
type Address [20]byte

// Hash is 32 bytes: a channel's ID, a digest.
type Hash [32]byte

// Asset is what is paid with.
type Asset struct {
	ChainID uint64
	Token   Address // an ERC-20 contract
}

// Limits of what comes from outside, checked before anything is done with it.
const (
	MaxMethod   = 16   // bytes of a method's name
	MaxInfo     = 128  // of what a method says of itself in a seller's terms
	MaxOpening  = 1024 // of what a client says of its channel
	MaxState    = 1024 // of what a provider says of a channel
	MaxPromise  = 2048 // of a promise
	MaxEvidence = 4096 // of what a promise is collected with
	MaxSettled  = 1024 // of what a provider hands to a client that closes
	MaxClaims   = 256  // how many claims a promise may have
)

// Promised is a promise that was verified: what it is worth, and what it is collected with.
type Promised struct {
	// From is what must have been promised before. Methods whose promises replace each other have 0;
	// where each promise only adds to those before, it is what they come to.
	From       unit.Amount
	Cumulative unit.Amount // over the channel, from its beginning on
	// Evidence makes the channel and its last promise again (Provider.Restore); the ledger keeps that of the highest
	// promise for ever.
	Evidence []byte
	// Claims are kept beside the evidence until they are settled: of a lottery, the tickets that won. At most MaxClaims.
	Claims []Claim
	// Chance says that Cumulative counts expectations: what is drawn comes by Claims, and the ledger keeps the difference.
	Chance bool
}

// Claim is something to collect that a later promise does not replace.
type Claim struct {
	Key    Hash // what makes it one of a kind
	Amount unit.Amount
	Data   []byte // at most MaxEvidence
}

// Provider is the side of a method that is paid, in one asset. Its methods may be called from many goroutines.
type Provider interface {
	// Method is its name in terms, messages and the ledger: at most MaxMethod bytes of printable ASCII.
	Method() string
	// Info is what it says of itself in the seller's terms: who is to be paid, and by which
	// contracts. At most MaxInfo bytes.
	Info() []byte
	// Open reads what a client says of the channel it has opened, looks for it on the chain and
	// returns it. Errors: a *Refusal, or the context's.
	Open(ctx context.Context, client Address, opening []byte) (Channel, error)
	// Restore makes a channel of the evidence of its last promise, and returns that promise as the
	// client had sent it.
	Restore(ctx context.Context, client Address, evidence []byte) (c Channel, last []byte, err error)
}

// Channel is one client's channel as the provider sees it. Its methods may be called from many goroutines, and do not wait.
type Channel interface {
	ID() Hash
	// Read returns what a promise says of itself without verifying it, so that of several only
	// the highest has to be: what it comes to at most. It tells nothing that a client does not know who has signed nothing.
	Read(promise []byte) (cumulative unit.Amount, err error)
	// Verify verifies a promise: its form, its signature, that it is of this channel. Whether the chain
	// covers it is Cover's. Errors: a *Refusal.
	Verify(promise []byte) (Promised, error)
	// Cover returns how much can be collected over the channel from its beginning on, as the chain is seen now, confirmed deposits and
	// unconfirmed withdrawals counted, as is what Settle has handed out (Settler.Remember). What was given back by Settle is no part of it, for it
	// will not be collected: promises are accepted up to Cover and that. Errors: a *Refusal, with Stale while the chain is not seen.
	Cover() (unit.Amount, error)
	// State is what the client must know of the channel beyond Standing's other fields; by the
	// method's own text, at most MaxState bytes.
	State() []byte
}

// Settler is a Channel that can be closed by consent.
type Settler interface {
	Channel
	// Settle gives back what a client has promised and not spent: of what was promised until now no more than spent will ever be
	// collected, from the channel's beginning on. It returns what the client brings to the chain to have the rest at once, at most
	// MaxSettled bytes. The caller has made it durable that unspent was given back, from the beginning on, and that what is collected
	// does not exceed spent. It keeps what is returned before it hands that out, and gives it to Remember. Called again with the same amounts
	// it returns what was remembered, as long as that is good.
	Settle(ctx context.Context, spent, unspent unit.Amount) ([]byte, error)
	// Remember tells the channel what its client was handed out last, by this server or another one, also after a restart. From then on Cover
	// counts what the client can take with it, until that is seen on the chain. It does not wait.
	Remember(settled []byte) error
}

// Looker is a Channel that can look at the chain when it is told to: its client says that there is something new.
type Looker interface {
	Channel
	Look(ctx context.Context) error
}

// Follower is a Channel that has to know which of its promises are accepted, for what it says of the next one depends on that. One is verified at
// a time: the next when it is known what has become of the one before, and the channel is made anew of the ledger if another server has accepted some since.
type Follower interface {
	Channel
	// Follow tells the channel that a promise that it has verified is in the ledger. Until then nothing of the channel may show what it found in the
	// promise. It does not wait.
	Follow(promise []byte) error
}

// Accountable is a Channel of which the chain shows what was collected. More than the ledger has of it was promised to somebody else who is
// paid by it: the ledger was lost, or another server with a ledger of its own has the same receiver.
type Accountable interface {
	Channel
	// Collected returns what was, from the channel's beginning on, as far as the chain is seen. It does not wait.
	Collected() unit.Amount
}

// Standing is how the two ends of a channel stand, as the provider sees it.
type Standing struct {
	Method     string
	ID         Hash
	Cumulative unit.Amount // accepted until now
	Cover      unit.Amount // up to what cumulative amount promises are accepted now
	Last       []byte      // the client's own last promise that was accepted; nil if there is none
	State      []byte      // by the method's text
}

// Payee is who is to be paid.
type Payee struct {
	Seller Address // the market's signer
	Asset  Asset
	Info   []byte // Provider.Info, from the seller's terms
}

// Balance is how a channel is on the chain, as its payer sees it.
type Balance struct {
	Deposit  unit.Amount // locked for this payee from the beginning on, what was collected included; of a lottery, what was promised and what is left
	Promised unit.Amount
	// Closing is when what is left can be taken back, Unix seconds; 0 if that was not asked for.
	ClosingS uint64
	Closed   bool // everything was taken back, but for what its payer is set up to give up because it is not worth its gas
}

// Payer is the side of a method that pays. Its methods may be called from many goroutines; each is repeated after a
// crash until it succeeds, and does not pay twice.
type Payer interface {
	Method() string
	// Open locks deposit for a payee on the chain, under a name that the caller has noted, and returns the channel when that is confirmed.
	// The same name gives the same channel. Errors: a *Refusal where nothing is locked, nor ever will be by this call; if that is because there
	// are not as many tokens it is Uncovered, and Most says what could be in place of deposit.
	Open(ctx context.Context, name string, to Payee, deposit unit.Amount) (id Hash, opening []byte, err error)
	// Increase locks more until what is locked from the beginning on comes to total. Errors: as of Open, with Most in place of total; Closing if the
	// channel is being closed.
	Increase(ctx context.Context, id Hash, total unit.Amount) error
	// Agree compares what the provider says with what was noted here, and takes its State over. If the notes
	// were lost, the provider's copy of this client's own last promise restores them. Errors: *Refusal where the provider contradicts what is signed or noted.
	Agree(ctx context.Context, id Hash, opening []byte, s Standing) error
	// Promise returns a promise over channel id that comes to at least cumulative, and what it comes to. It is on
	// disk when this returns. Errors: a *Refusal, with TooMuch if one promise does not carry as much, and Most, up to what it does; with
	// Uncovered if too little is locked; with Expired if the provider has to be asked anew how the two stand.
	Promise(ctx context.Context, id Hash, cumulative unit.Amount) (promise []byte, comesTo unit.Amount, err error)
	// Close takes back what is not promised: with what the provider has handed out by Settle, at once; with nil by itself,
	// which takes the method's delay. It is called again until Balance says Closed. Errors: a *Refusal where settled is of no use, now or
	// ever: then it is closed with nil.
	Close(ctx context.Context, id Hash, settled []byte) error
	// Balance reads the chain.
	Balance(ctx context.Context, id Hash) (Balance, error)
}

// Netter is a Payer whose promises are owed and set off against what the payee's side owes, instead of being covered by a chain: nothing is locked, and
// one carries only so much. What is beyond that is paid by another method.
type Netter interface {
	Payer
	// Enter returns the channel to a payee, which costs nothing. It is noted when this returns, and its opening shows the newest that is known of
	// what the payee's side owes.
	Enter(ctx context.Context, to Payee) (Hash, error)
	// Room returns how much more may be promised than was, by what both sides allow and what was shown.
	Room(ctx context.Context, id Hash) (unit.Amount, error)
}

// Accepted is what a provider answers to a promise that it has on disk.
type Accepted struct {
	Cumulative unit.Amount // the highest that was accepted over the channel until now
	Credited   unit.Amount // to the client's account, by this very call; nothing if another one has done so
}

// Settled is what a provider answers to a client that wants back what it has not spent.
type Settled struct {
	Spent   unit.Amount // what will be collected over the channel at most, from its beginning on
	Unspent unit.Amount // what was given back, from its beginning on, out of the client's account
	Data    []byte      // what the client closes the channel with, see Payer.Close
}
