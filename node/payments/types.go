package payments

import (
	"time"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Money says what amounts are in, as the token's contract has it.
type Money struct {
	ChainID uint64      `json:"chainId"`
	Token   pay.Address `json:"token"`
	// Decimals are null before the chain was seen for the first time. Then they are kept, for they do not change.
	Decimals *uint64 `json:"decimals"`
	Currency string  `json:"currency"`
}

// Say writes an amount in whole tokens with what it is in, as far as that is known.
func (m *Money) Say(a unit.Amount) string {
	switch {
	case m.Decimals == nil:
		return a.String() + " base units"
	case m.Currency == "":
		return a.Tokens(*m.Decimals)
	}
	return a.Tokens(*m.Decimals) + " " + m.Currency
}

// Unit is the one in which Say writes amounts.
func (m *Money) Unit() string {
	switch {
	case m.Decimals == nil:
		return "base units"
	case m.Currency == "":
		return "tokens"
	}
	return m.Currency
}

// Status is what pay_status answers. Amounts are in base units.
type Status struct {
	Money
	Methods []string `json:"methods"` // by which is paid, those that are preferred first
	Funds   Account  `json:"funds"`   // whose tokens are paid with
	Session Account  `json:"session"` // who promises
	// Block is the newest that was seen; null with the reason in Unseen if the chain is not seen now. What has to be read there is left out then. With a
	// block, Unseen says why it is left out of some channel.
	Block  *Block `json:"block"`
	Unseen string `json:"unseen,omitempty"`

	Limits   Limits      `json:"limits"`
	Locked   unit.Amount `json:"locked"`   // in channels, and not promised
	Prepaid  unit.Amount `json:"prepaid"`  // promised, and not spent on service as far as is known
	Promised unit.Amount `json:"promised"` // today, since midnight UTC
	Spent    unit.Amount `json:"spent"`    // today, on service
	Budget   unit.Amount `json:"budget"`   // of what is spent in a day; 0: none is set
	Demand   string      `json:"demand"`   // what is bought now, in words
	// Idle: nothing is bought. A candela pay has started this light client, and Demand is what it will buy when candela light is started.
	Idle bool `json:"idle,omitempty"`

	Channels []Channel `json:"channels"`
	Pots     []Pot     `json:"pots,omitempty"` // from which channels are paid that have nothing locked for themselves
	// Servers are those that were met since the start and sell.
	Servers []Peer `json:"servers"`
	// Left are servers that are not paid, for they have lied about what they were promised.
	Left []Left `json:"left,omitempty"`
	// Unopened are the methods by which no channel was opened when that was tried last, since the light client was started.
	Unopened []Unopened `json:"unopened,omitempty"`
}

// Unopened is a channel that was not opened, for the method refuses that or finds that it does not fit the chain.
type Unopened struct {
	Method string      `json:"method"`
	Seller pay.Address `json:"seller"`
	Why    string      `json:"why"`
}

// Peer is a server that sells.
type Peer struct {
	Seller    pay.Address `json:"seller"`
	Server    string      `json:"server"` // its node id
	Connected bool        `json:"connected"`
}

// Left is a server that is not paid until a time, unless its owner opens a channel there.
type Left struct {
	Seller pay.Address `json:"seller"`
	Server string      `json:"server,omitempty"` // node id of who sells, if it was met
	Until  time.Time   `json:"until"`
	Why    string      `json:"why"`
}

// Pot is one from which several servers are paid.
type Pot struct {
	Contract pay.Address `json:"contract"`
	Amount   unit.Amount `json:"amount"`   // in it
	Allotted unit.Amount `json:"allotted"` // of it, to servers
	Free     unit.Amount `json:"free"`     // and what others can have
	Escrow   unit.Amount `json:"escrow"`   // pays nobody, and is burned if the pot is overspent
	// Back is when what is being taken back can be.
	Back *time.Time `json:"back,omitempty"`
	// Accused is how many winners servers say are not covered. If that is so a day later, the escrow is burned.
	Accused int `json:"accused,omitempty"`
}

// At is a time of the chain, Unix seconds; nil if it is 0.
func At(s uint64) *time.Time {
	if s == 0 {
		return nil
	}
	at := seconds(s)
	return &at
}

// Account is a key's, on the chain. What it has is null while the chain is not seen.
type Account struct {
	Address pay.Address  `json:"address"`
	Tokens  *unit.Amount `json:"tokens"`
	CoinWei string       `json:"coinWei,omitempty"` // decimal
}

// Block is one of the token's chain.
type Block struct {
	Number uint64    `json:"number"`
	Time   time.Time `json:"time"`
}

// Limits are the owner's.
type Limits struct {
	Prepaid unit.Amount `json:"prepaid"`
	Credit  unit.Amount `json:"credit"`
	Daily   unit.Amount `json:"daily"`
	Locked  unit.Amount `json:"locked"`
	Deposit unit.Amount `json:"deposit"`
}

// States of channels.
const (
	Opening = "opening" // its first deposit is on the way
	Open    = "open"
	Closing = "closing"
	Closed  = "closed"
)

// Channel is one of a client's.
type Channel struct {
	Method string      `json:"method"`
	ID     *pay.Hash   `json:"id"` // null before it is known
	Seller pay.Address `json:"seller"`
	Server string      `json:"server,omitempty"` // node id of who sells, if it was met
	// Connected: the server is.
	Connected bool   `json:"connected"`
	State     string `json:"state"`
	// Back is when what is left can be taken back, if the channel is closed without the server and that is known.
	Back *time.Time `json:"back,omitempty"`
	// Consent: the server has handed out what the channel is closed with at once.
	Consent bool `json:"consent,omitempty"`
	// Asking: the server was asked for that, and has not agreed. The channel is let be until it is closed again.
	Asking bool `json:"asking,omitempty"`

	// OpenedBy is the session key that has opened it, if that is not here any more: nothing can be promised over it.
	OpenedBy *pay.Address `json:"openedBy,omitempty"`

	Locked       unit.Amount  `json:"locked"` // for this server from the beginning on, what came back left out
	Locking      *unit.Amount `json:"locking,omitempty"`
	Promised     unit.Amount  `json:"promised"`
	Acknowledged unit.Amount  `json:"acknowledged"` // as far as it is known: see Asked
	// Asked: the server has said how the two stand, since the start and since anything went wrong. If not, it may have more than Acknowledged.
	Asked bool        `json:"asked"`
	Left  unit.Amount `json:"left"` // locked and not promised
	// Owed, where service is set off, is what was promised beyond what the server's operator has taken in return, as far as that is known here.
	Owed *unit.Amount `json:"owed,omitempty"`
}

// Entry is a line of the history. Amounts are in base units.
type Entry struct {
	At time.Time `json:"at"`
	// What has happened: opened, locked, promised (all of a day), settled, returned, closed, or the name of a transaction that
	// did none of these by itself.
	What string `json:"what"`
	// Text says the same for people.
	Text   string      `json:"text"`
	Method string      `json:"method,omitempty"`
	ID     *pay.Hash   `json:"id,omitempty"`
	Seller pay.Address `json:"seller,omitzero"`
	// Amount is, of settled, what will be collected in all; null if there is none, or it is not known.
	Amount *unit.Amount `json:"amount,omitempty"`
	// Unspent is, with settled, what the server gives back of what was promised.
	Unspent *unit.Amount `json:"unspent,omitempty"`
	// CoinWei is what was sent of the chain's coin, decimal.
	CoinWei string `json:"coinWei,omitempty"`
	// Tx is the transaction that did it.
	Tx *Tx `json:"transaction,omitempty"`
}

// Tx is a transaction that is in the chain for sure, or never will be.
type Tx struct {
	Name   string   `json:"name"`
	Hash   pay.Hash `json:"hash"`
	Block  uint64   `json:"block"`
	FeeWei string   `json:"feeWei,omitempty"`
	// Failed says what went wrong: reverted or displaced.
	Failed string `json:"failed,omitempty"`
}

// History is what pay_history answers: the newest first.
type History struct {
	Money
	Entries []Entry `json:"entries"`
}

// Which says which channels are meant, or which servers: exactly one of the three.
type Which struct {
	// Server is a node id (64 hex digits) or the address that a seller signs by.
	Server string `json:"server,omitempty"`
	// Channel is an ID, or at least 4 of its first digits, behind 0x.
	Channel string `json:"channel,omitempty"`
	All     bool   `json:"all,omitempty"`
}

// Order is what is to be done.
type Order struct {
	Which
	Amount unit.Amount `json:"amount,omitzero"` // to open with, or to lock more
	Method string      `json:"method,omitempty"`
	// Alone has channels closed without the server's consent.
	Alone bool `json:"alone,omitempty"`
}

// Job is something that takes its time.
type Job struct {
	ID     uint64 `json:"id"`
	Action string `json:"action"` // open, topUp or close
	// Steps are what was done until now, for people.
	Steps []Step `json:"steps"`
	// Waiting are the transactions that are not sure yet, and Block the newest block that was seen.
	Waiting []string `json:"waiting"`
	Block   uint64   `json:"block"`
	// Begun: something may be noted that goes on whatever becomes of the job.
	Begun bool `json:"begun"`
	Done  bool `json:"done"`
	// Results are, once it is done, what has become of each channel.
	Results []Result `json:"results"`
}

// Step is something that a job has done.
type Step struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

// Result is what has become of a channel, or of the wish for one.
type Result struct {
	Channel
	// Returned came back by closing; null if that is not known, or nothing was closed.
	Returned *unit.Amount `json:"returned,omitempty"`
	Error    *Error       `json:"error,omitempty"`
}
