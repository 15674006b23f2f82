package watch

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
)

// State is how far a transaction is.
type State uint8

// The states.
const (
	Waiting   State = iota // not sure to be mined
	Done                   // mined, sure, and it did what it should
	Reverted               // mined, sure, and without effect
	Displaced              // another transaction of the key has its nonce, as far as is known: it may turn out to be mined after all
)

func (s State) String() string {
	return [...]string{"waiting", "done", "reverted", "displaced"}[s&3]
}

// Sent is a transaction under its name, as an Outbox keeps it.
type Sent struct {
	Name  string `json:"name"`
	Nonce uint64 `json:"nonce"`
	// Raw are its signed versions, the newest last; they have one nonce, so at most one is mined. They
	// are dropped when it is buried so deep that no reorganization will need them.
	Raw   [][]byte `json:"raw,omitempty"`
	State State    `json:"state"`
	Mined Mined    `json:"mined"`          // once it is
	Why   string   `json:"why,omitempty"`  // it was reverted
	Data  []byte   `json:"data,omitempty"` // with which it was reverted
	// DisplacedAt is the newest block that was sure when it was found to be displaced.
	DisplacedAt uint64 `json:"displacedAt,omitempty"`
	// Passing: it is deleted when it is not live any more (Call.Passing).
	Passing bool `json:"passing,omitempty"`
}

// live reports whether it has to be looked after.
func (s *Sent) live() bool { return s.State == Waiting || len(s.Raw) > 0 }

// Mined is a transaction in the chain.
type Mined struct {
	Hash    common.Hash `json:"hash"`
	Block   uint64      `json:"block"`
	GasUsed uint64      `json:"gasUsed"`
	FeeWei  string      `json:"feeWei,omitempty"` // for all of the gas, in decimal
}

// Outbox keeps what a Sender has signed: what PutSent was given is there after a crash, once it has
// returned. One outbox may be used by several senders; the names that they keep are each their own.
type Outbox interface {
	PutSent(ctx context.Context, s Sent, live bool) error
	// Sent returns what is kept under a name; ok is false if there is nothing.
	Sent(ctx context.Context, name string) (s Sent, ok bool, err error)
	// LiveSent returns what was put as live, with names that begin so.
	LiveSent(ctx context.Context, prefix string) ([]Sent, error)
	DeleteSent(ctx context.Context, name string) error
}
