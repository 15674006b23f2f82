// Package chain says what a server of light clients needs from a full node.
//
// Source is that need and nothing more. Its implementations live in the folders
// below: embedded runs go-ethereum in this process, others stand on a node that
// runs elsewhere. Each of them passes the suite in chaintest for every
// capability that it announces, and announces honestly what it lacks.
//
// Chain objects travel as their consensus RLP, because a server only hands them
// on: it never has to decode a body to serve it. Hashes and addresses are plain
// arrays, so that a room which knows no Ethereum library can carry them.
package chain

import (
	"context"
	"errors"
	"math/big"
)

// Hash is a Keccak-256 hash, Address an account's address.
type (
	Hash    = [32]byte
	Address = [20]byte
)

// Errors that every Source uses for the same things; match with errors.Is.
var (
	// ErrUnknown: the object does not exist as far as this node knows.
	ErrUnknown = errors.New("unknown")
	// ErrPruned: it exists or existed, but this node no longer has the data.
	ErrPruned = errors.New("pruned")
	// ErrUnsupported: this source never serves this kind of request.
	ErrUnsupported = errors.New("unsupported")
	// ErrUnavailable: the node cannot answer just now (starting, stopping, cut off).
	ErrUnavailable = errors.New("unavailable")
	// ErrTooMuch: answering would take more work than the caller allowed.
	ErrTooMuch = errors.New("over limit")
)

// Block names one block.
type Block struct {
	Number uint64
	Hash   Hash
}

// Head is the node's fork choice at one moment. A source emits one for every
// change of any field, in order; consecutive heads need not be neighbours.
type Head struct {
	Block
	Header []byte   // RLP of the head's header
	TD     *big.Int // total difficulty up to and including the head; never nil
	// Safe and Finalized are zero while the node has none.
	Safe, Finalized Block
	// ReorgDepth is how many blocks of the previously emitted head's chain were
	// left to reach this one; 0 when it simply grew.
	ReorgDepth uint64
	// Helper is the last complete section of helper tries below the head. It is
	// zero while there is none, and always where Capabilities.HelperTries is false.
	Helper HelperRoots
}

// Info is what does not change while a source is open.
type Info struct {
	ChainID   *big.Int
	NetworkID uint64
	Genesis   Hash
	// Config is the chain configuration in the canonical encoding of the les/5
	// specification: equal configurations give equal bytes on every server.
	Config []byte
}

// None, as the first block of a range, says that nothing of it is served.
const None = ^uint64(0)

// Ranges says what can be asked for now. Each number is the first canonical
// block for which the data is present, up to the head; None for nothing at all.
type Ranges struct {
	Headers, Bodies, Receipts uint64
	State                     uint64 // account and storage proofs, code, witnesses
	TxIndex                   uint64 // transaction status by hash
	// Recent is how many states below the head remain provable as the head
	// moves; 0 means that State does not move with the head (an archive).
	Recent uint64
}

// Capabilities says which kinds of request a source can answer at all.
type Capabilities struct {
	HashedKeys    bool // ProveHashed and CodeHashed: what les/4 needs
	Witness       bool
	LogCandidates bool
	TxRelay       bool
	HelperTries   bool // ProveHelper, and Head.Helper once a section is complete
}

// The sections of the helper tries. Source: go-ethereum 1.10.26, params.
const (
	// HelperBlocks is how many blocks a section has; section s begins at block
	// s · HelperBlocks.
	HelperBlocks = 32768
	// HelperConfirms is how many blocks must follow a section's last one before its
	// tries are made.
	HelperConfirms = 256
)

// HelperRoots are the helper tries as they are after one section. Both hold all
// sections up to that one.
type HelperRoots struct {
	Section uint64
	Last    Hash // hash of the section's last block; zero means that there is none
	// CHT is the root of the canonical hash trie: the number of a block, as 8 bytes
	// big-endian, leads to rlp([hash, total difficulty]).
	CHT Hash
	// Bloom is the root of the bloom trie: a bit of the header bloom, as 2 bytes
	// big-endian, and a section, as 8, lead to that bit of all the section's blocks,
	// the first in the highest bit of the first byte, in go-ethereum's compression
	// (common/bitutil). There is no entry if the bit is set nowhere.
	Bloom Hash
}

// HelperKind is one of the helper tries, numbered as LES numbers them on the wire.
type HelperKind uint8

// The helper tries.
const (
	HelperCHT HelperKind = iota
	HelperBloom
)

// HelperQuery asks for the proof of a key, or of its absence, in a helper trie as it
// is after a section.
type HelperQuery struct {
	Kind    HelperKind
	Section uint64
	Key     []byte // 8 bytes for the CHT, 10 for the bloom trie
	// FromLevel leaves out that many nodes at the root's end of the path.
	FromLevel uint
}

// StateQuery asks for an account, some of its storage, and perhaps its code, all
// by plain keys, in the state after a block.
type StateQuery struct {
	Block   Hash
	Address Address
	Slots   []Hash
	Code    bool
}

// HashedQuery asks for one proof by hashed keys, as les/4 does. An empty Account
// asks for the account whose hash is Key; otherwise Key is a slot's hash.
type HashedQuery struct {
	Block        Hash
	Account, Key []byte
	// FromLevel leaves out that many nodes at the root's end of the path.
	FromLevel uint
}

// Call is a message to run for its witness. Amounts that are nil are zero.
type Call struct {
	From       Address
	To         *Address // nil creates a contract
	Gas        uint64   // never run past this
	GasPrice   *big.Int
	Value      *big.Int
	Data       []byte
	AccessList []AccessTuple
	BlobHashes []Hash
	// Authorizations are EIP-7702 authorization tuples, each as its RLP.
	Authorizations [][]byte
}

// AccessTuple is one entry of an EIP-2930 access list.
type AccessTuple struct {
	Address Address
	Slots   []Hash
}

// MaxWitness is how many bytes of nodes, codes and headers a witness may have: little
// enough for one message of les/5 with its lists around them. A source stops with
// ErrTooMuch when it is at most one item beyond, and so never holds much more.
const MaxWitness = 9 << 20

// Witness proves a piece of state: trie nodes and codes, each once, in no
// promised order, and headers (RLP) where BLOCKHASH reached for them.
type Witness struct {
	Nodes, Codes, Headers [][]byte
}

// LogQuery selects logs as eth_getLogs does: any of Addresses (all if empty),
// and at each topic position any of the hashes (all if empty).
type LogQuery struct {
	First, Last uint64
	Addresses   []Address
	Topics      [][]Hash
}

// TxState is where a transaction is.
type TxState uint8

// The states of a transaction, numbered as LES numbers them on the wire.
const (
	TxUnknown TxState = iota
	TxQueued
	TxPending
	TxIncluded
)

// TxStatus is a transaction's state, and where it was included if it was.
type TxStatus struct {
	State TxState
	Block Block
	Index uint64
	// Err is the node's own wording of why it refused the transaction, or empty.
	Err string
}

// Source is a full node seen by a server. All methods may be called from many
// goroutines. Returned byte slices are shared: nobody may change them.
type Source interface {
	Info() Info
	Capabilities() Capabilities
	// Ranges is cheap and always current.
	Ranges() Ranges

	// Head returns the latest head.
	Head() Head
	// Heads delivers every later head to ch until stop is called. A receiver
	// that falls behind loses the older ones, never the newest.
	Heads(ch chan<- Head) (stop func())

	// Header, Body and Receipts return consensus RLP by block hash: a header, a
	// body [txs, uncles, withdrawals?], a list of receipts as the receipt trie
	// holds them (typed ones wrapped in an RLP string).
	Header(ctx context.Context, hash Hash) ([]byte, error)
	Body(ctx context.Context, hash Hash) ([]byte, error)
	Receipts(ctx context.Context, hash Hash) ([]byte, error)
	// CanonicalHash returns the hash of the canonical block at number.
	CanonicalHash(ctx context.Context, number uint64) (Hash, error)

	// Prove adds the nodes (and codes) that answer the queries to one witness.
	// A query for a slot proves its account too. Absence is proven like presence.
	Prove(ctx context.Context, queries []StateQuery) (Witness, error)
	// ProveHashed calls add with every node, root first; a node may repeat.
	ProveHashed(ctx context.Context, query HashedQuery, add func(node []byte)) error
	// CodeHashed returns the code of the account with this hashed address.
	CodeHashed(ctx context.Context, block Hash, account []byte) ([]byte, error)
	// Witness runs the call on the state after block and returns all it touched.
	// A call that fails or runs out of gas still has a witness up to there.
	Witness(ctx context.Context, block Hash, call Call) (Witness, error)
	// LogCandidates returns the canonical blocks of the range that may hold a
	// matching log, in order. It may name too many, never too few.
	LogCandidates(ctx context.Context, query LogQuery) ([]Block, error)
	// ProveHelper calls add with every node, root first. A section that is not
	// complete, and a key that no such trie can have, is ErrUnknown.
	ProveHelper(ctx context.Context, query HelperQuery, add func(node []byte)) error

	TxStatus(ctx context.Context, hashes []Hash) ([]TxStatus, error)
	// SubmitTx hands the node a transaction in its consensus encoding. A
	// refusal is in the status's Err; known ones are not refused.
	SubmitTx(ctx context.Context, tx []byte) (TxStatus, error)

	Close() error
}
