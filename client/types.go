package client

import (
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/holiman/uint256"
)

// Heads are the elected blocks. Safe and Finalized are nil until enough trusted
// servers have signed one. The headers are shared: nobody may change them.
type Heads struct {
	Latest, Safe, Finalized *types.Header
}

// HeadEvent is one change of the elected head. Both lists ascend by number.
// Removed are the blocks that left the canonical chain; Added those that joined
// it, beginning right after the last block that stayed, so that a listener who
// applies every event never misses a number.
type HeadEvent struct {
	Removed, Added []*types.Header
}

// SyncStatus says how far the client is behind what its trusted servers announce.
// Done is true once the elected head is known, with its header.
type SyncStatus struct {
	Starting uint64 `json:"startingBlock"` // number of the first head after start
	Current  uint64 `json:"currentBlock"`  // number of the head in use
	Highest  uint64 `json:"highestBlock"`  // number of the elected head
	Done     bool   `json:"done"`
}

// AccountProof is an account with its Merkle proof and those of some storage
// slots, as eth_getProof presents them.
type AccountProof struct {
	Address     common.Address
	Nodes       [][]byte // account proof, root first
	Balance     *uint256.Int
	Nonce       uint64
	CodeHash    common.Hash
	StorageHash common.Hash
	Storage     []StorageProof // in the order asked for
}

// StorageProof is one slot with its Merkle proof against the storage hash.
type StorageProof struct {
	Key   common.Hash
	Value common.Hash // zero when its absence is proven
	Nodes [][]byte    // root first; empty for an empty storage
}

// AccessListResult is what eth_createAccessList answers. VMErr is the error that
// the call ends with when it uses the list; nil if it succeeds.
type AccessListResult struct {
	List    types.AccessList
	GasUsed uint64
	VMErr   error
}

// LogFilter selects logs as eth_getLogs does: either of one block by its hash, or
// of the canonical blocks From … To, both included. Any of Addresses matches (all
// if empty), and at each topic position any of the hashes (all if empty).
type LogFilter struct {
	BlockHash *common.Hash
	From, To  uint64
	Addresses []common.Address
	Topics    [][]common.Hash
}

// TxLookup is a transaction and where it was mined. Header is nil while it is
// pending.
type TxLookup struct {
	Tx     *types.Transaction
	Header *types.Header
	Index  uint64
}

// Vote is the last valid announcement of one trusted server.
type Vote struct {
	Server          string      `json:"server"` // node id, hex
	Number          uint64      `json:"number"`
	Hash            common.Hash `json:"hash"`
	SafeNumber      uint64      `json:"safeNumber"`
	SafeHash        common.Hash `json:"safeHash"` // zero: none
	FinalizedNumber uint64      `json:"finalizedNumber"`
	FinalizedHash   common.Hash `json:"finalizedHash"` // zero: none
	// Time is when the server signed it, in Unix seconds; 0 for les/4, which has none.
	Time uint64 `json:"time"`
	// Counts says whether the vote is one for the elected head.
	Counts bool `json:"counts"`
}

// HeadStatus names a block in a Status.
type HeadStatus struct {
	Number uint64      `json:"number"`
	Hash   common.Hash `json:"hash"`
	Time   uint64      `json:"timestamp"` // of the block, Unix seconds
}

// ElectionStatus is the state of the head election.
type ElectionStatus struct {
	Configured int    `json:"configured"` // trusted servers configured
	Needed     int    `json:"needed"`     // how many of them elect a block
	Percent    int    `json:"percent"`    // the configured fraction
	Votes      []Vote `json:"votes"`
	Error      string `json:"error,omitempty"` // why there is no head, if there is none
}

// ConfigStatus says by which chain configuration the client goes, and by which the
// trusted servers.
type ConfigStatus struct {
	Hash    common.Hash `json:"hash"`    // of the one in use; zero while there is none
	Elected common.Hash `json:"elected"` // that the elected fraction signed last; zero before it has
	Given   bool        `json:"given"`   // by the user, and so never replaced
	// DiffersFromBlock and DiffersFromTime are from where on (Unix seconds) the two may
	// have different rules; null if they do not.
	DiffersFromBlock *uint64 `json:"differsFromBlock"`
	DiffersFromTime  *uint64 `json:"differsFromTime"`
}

// ServerStatus is one server as this client has measured it.
type ServerStatus struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	Address   string `json:"address,omitempty"`
	Connected bool   `json:"connected"`
	Trusted   bool   `json:"trusted"`
	// OnlyAnnounces: the server signs heads but serves no data.
	OnlyAnnounces bool `json:"onlyAnnounces"`
	Version       uint `json:"version"` // of the les protocol
	// Head is the last block that the server announced, signed or not.
	Head HeadStatus `json:"head"`
	// Answers counts valid replies, Failures time-outs and refusals, Lies replies
	// that were proven wrong, all since the server was first seen.
	Answers  uint64 `json:"answers"`
	Failures uint64 `json:"failures"`
	Lies     uint64 `json:"lies"`
	// Latency is the decaying mean response time, in milliseconds; 0 if unknown.
	Latency float64 `json:"latencyMs"`
	// Buffer and BufferLimit are flow control's BV (estimated) and BL, in cost units;
	// Recharge is MRR, in cost units per millisecond.
	Buffer      uint64 `json:"buffer"`
	BufferLimit uint64 `json:"bufferLimit"`
	Recharge    uint64 `json:"recharge"`
	// Frozen: the server has said Stop, and not yet Resume.
	Frozen bool `json:"frozen"`
	// UnderWay is how many requests to it wait for their replies.
	UnderWay int `json:"underWay"`
	// BannedUntil is when the server will be asked for data again; zero if it is not banned.
	BannedUntil time.Time `json:"bannedUntil,omitzero"`
	// RetryAt is when a server that was full will be tried again, or one that is connected
	// and said that it is busy will be asked again; zero if neither was.
	RetryAt   time.Time `json:"retryAt,omitzero"`
	LastError string    `json:"lastError,omitempty"`
}

// DiscoveryStatus counts the servers that were discovered.
type DiscoveryStatus struct {
	Known     int `json:"known"`     // of this chain, as far as it is known
	Free      int `json:"free"`      // have a free place and are not connected
	Full      int `json:"full"`      // have said that they are full
	Connected int `json:"connected"` // or being connected to
	Wanted    int `json:"wanted"`    // how many are to be connected
	// NextRetry is when the next full one will be asked again; zero if none will.
	NextRetry time.Time `json:"nextRetry,omitzero"`
}

// HelperStatus names the helper tries by which old blocks are proven.
type HelperStatus struct {
	Section uint64 `json:"section"`
	// LastBlock is the newest block that they have.
	LastBlock uint64 `json:"lastBlock"`
	Signers   int    `json:"signers"` // trusted servers that have signed them
}

// Status is a snapshot of the client for people and monitoring.
type Status struct {
	NetworkID uint64         `json:"networkId"`
	Genesis   common.Hash    `json:"genesis"`
	Head      *HeadStatus    `json:"head"` // null until one is elected
	Config    ConfigStatus   `json:"config"`
	Safe      *HeadStatus    `json:"safe"`
	Finalized *HeadStatus    `json:"finalized"`
	Helper    *HelperStatus  `json:"helper"` // null while no helper tries are elected
	Election  ElectionStatus `json:"election"`
	Servers   []ServerStatus `json:"servers"`
	// Discovery is what is known of servers that were not configured; null if none are
	// looked for.
	Discovery *DiscoveryStatus `json:"discovery"`
	// Waiting is how many questions wait for a server with room for them.
	Waiting int `json:"waiting"`
	// PendingTransactions counts own transactions that are not mined yet.
	PendingTransactions int `json:"pendingTransactions"`
	// CacheBytes is what the verified-object caches hold, in bytes.
	CacheBytes uint64 `json:"cacheBytes"`
}

// ProofRecord is the proof behind one answer.
type ProofRecord struct {
	Method string      `json:"method"` // the client method that answered
	Block  uint64      `json:"block"`
	Hash   common.Hash `json:"hash"` // of that block
	Root   common.Hash `json:"root"` // what the proof is against: state root, receipts root, …
	// Nodes are the trie nodes (or headers, bodies, receipts) that prove the answer,
	// as far as they were fetched for it; what came from the cache is only counted.
	Nodes  []hexutil.Bytes `json:"nodes"`
	Cached int             `json:"cached"`
	// Servers are the node ids of those that contributed to the answer.
	Servers []string `json:"servers"`
	// RoundTrips is how often a reply had to be waited for; requests that ran at the
	// same time count one each. Requests also counts re-sent ones.
	RoundTrips int `json:"roundTrips"`
	Requests   int `json:"requests"`
	// Elapsed is how long the answer took, in microseconds.
	Elapsed int64 `json:"elapsedUs"`
}
