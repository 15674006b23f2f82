package ledger

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Address is 20 bytes of Ethereum's: a client's, or a token's contract.
type Address [20]byte

// String returns the address in hex.
func (a Address) String() string { return "0x" + hex.EncodeToString(a[:]) }

// Kind says whose account it is. The numbers are stored.
type Kind uint8

// Kinds of accounts.
const (
	Client   Kind = 1 // a client's; it never falls below zero
	External Kind = 2 // the world outside, in debt by what came from there
	Revenue  Kind = 3 // what the operator has earned
	Fees     Kind = 4 // what changed bids have paid
	Luck     Kind = 5 // what lotteries paid beyond what their tickets were worth
)

// String returns the kind as the operator reads it.
func (k Kind) String() string {
	switch k {
	case Client:
		return "client"
	case External:
		return "external"
	case Revenue:
		return "revenue"
	case Fees:
		return "fees"
	case Luck:
		return "luck"
	default:
		return fmt.Sprintf("kind %d", uint8(k))
	}
}

// Account names an account. Accounts need not be opened: one that was never used
// comes to nothing.
type Account struct {
	Kind   Kind
	Token  Address
	Client Address // of Client only
}

// ClientAccount names a client's account.
func ClientAccount(token, client Address) Account { return Account{Client, token, client} }

// String returns the account as the operator reads it.
func (a Account) String() string {
	if a.Kind == Client {
		return fmt.Sprintf("client %s in %s", a.Client, a.Token)
	}
	return fmt.Sprintf("%s in %s", a.Kind, a.Token)
}

func (a Account) check() error {
	switch {
	case a.Kind < Client || a.Kind > Luck:
		return fmt.Errorf("%w: there are no accounts of %s", ErrInvalid, a.Kind)
	case a.Kind != Client && a.Client != Address{}:
		return fmt.Errorf("%w: an account of %s has no client", ErrInvalid, a.Kind)
	}
	return nil
}

// Owner is the name of a server that holds money; 1 to MaxOwner bytes.
type Owner string

// Epoch counts how often an owner has begun anew. It only goes up.
type Epoch uint64

// Why says what a posting is for. The numbers are stored.
type Why uint8

// What postings are for.
const (
	Credit    Why = 1 // money came from outside
	Refund    Why = 2 // money was given back
	LuckDrawn Why = 3 // a lottery paid more or less than expected
	Promised  Why = 4 // a promise was accepted
	Held      Why = 5 // moved to a hold
	Returned  Why = 6 // moved back from a hold
	Charging  Why = 7 // charged for service
	Fee       Why = 8 // charged for a changed bid
	Settling  Why = 9 // given back by the channel that had promised it
)

// moves reports whether it is between an account and its holds, which leaves the account's total as it is.
func (w Why) moves() bool { return w == Held || w == Returned }

// String returns the reason as the operator reads it.
func (w Why) String() string {
	names := [...]string{"", "credit", "refund", "luck", "promise", "hold", "return", "charge", "fee", "settlement"}
	if w == 0 || int(w) >= len(names) {
		return fmt.Sprintf("reason %d", uint8(w))
	}
	return names[w]
}

// named reports whether a name is text that every store can keep, and not too long.
func named(name string, limit int) bool {
	return name != "" && len(name) <= limit && utf8.ValidString(name) && !strings.ContainsRune(name, 0)
}
