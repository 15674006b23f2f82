package paytest

import (
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/candela-les/candela/pay"
	"github.com/candela-les/candela/unit"
)

// Provider is the server's side of a method, both for taking promises in and for collecting them.
type Provider interface {
	pay.Provider
	pay.Collectable
}

// Method is what the suite knows of a method of payment.
type Method struct {
	// Alloc has the contracts that a genesis block places; Deploy, unless nil, deploys others.
	Alloc  types.GenesisAlloc
	Deploy func(w *World)
	// Provider makes the server's side in a process that starts, and Payer the client's. They have the process' watcher, sender and clock.
	Provider func(s *Server) (Provider, error)
	Payer    func(c *Client) (pay.Payer, error)

	// Forge signs, with a client's keys, a promise that comes to an amount, whatever was noted or locked: a lying client's.
	Forge func(c *Client, ch Channel, cumulative unit.Amount) []byte
	// Wrong changes an opening so that it has to be refused for a reason: WrongChain, WrongPayee or WrongClient;
	// WrongToken stands for WrongChain because of the token. It returns nil if the method has nothing like it.
	Wrong func(ch Channel, why Wrong) []byte

	// Calls, unless nil, are what a client can call the contract for by itself.
	Calls *Calls

	// Book, unless nil, makes the ledger that a server keeps; without it, it is one in memory.
	Book func(t testing.TB) Book

	// Consent says that a channel can be closed by consent (pay.Settler).
	Consent bool
	// Whole says that a promise is collected as a whole, whatever part of it is due.
	Whole bool
	// Delay is how long a client's closing takes without.
	Delay time.Duration
	// Credit is what a server can lose to one client that lies: what the method calls its Y.
	Credit unit.Amount

	// Once, unless 0, says that promises are of chances, and that one promise brings so much forward: paying more takes several, and
	// the two have to agree after each. Channels to the same payee are the same then.
	Once uint64
	// Luck is how far what is drawn may be behind what was expected, by the draws that the method's payers and forgers have here.
	Luck unit.Amount
	// Spoil changes a claim of a winner in several ways, each of which must not be paid. It is wanted if promises are of chances.
	Spoil func(claim []byte) map[string][]byte

	// Escrow, unless nil, says what a client's payer has set aside beside what it locks, which pays nobody. Escrowed is how much that is at most; clients
	// get it beside their other tokens.
	Escrow   func(c *Client) unit.Amount
	Escrowed uint64

	// Skip has cases that do not apply, by name, and why.
	Skip map[string]string
}

// part is what one promise brings forward of an amount.
func (m *Method) part(n uint64) uint64 {
	if m.Once == 0 {
		return n
	}
	return min(n, m.Once)
}

// Calls are calls of a method's contract, by the key that has the funds. Payers make them in a good order; who lies makes them in any.
type Calls struct {
	Contract common.Address
	Withdraw func(ch Channel, part unit.Amount) []byte // begins to take a part back
	Finish   func(ch Channel) []byte                   // ends that
	Use      func(ch Channel, handed []byte) []byte    // uses what Settle has handed out
}

// Wrong is a way for a channel to be the wrong one.
type Wrong string

// The ways.
const (
	WrongChain  Wrong = "chain"
	WrongToken  Wrong = "token"
	WrongPayee  Wrong = "payee"
	WrongClient Wrong = "client"
)
