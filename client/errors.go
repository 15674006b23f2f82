package client

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// Sentinels that a caller can act on; match them with errors.Is. The typed errors
// below match them too, and say more.
var (
	// ErrNoHead: no block has been signed by enough trusted servers.
	ErrNoHead = errors.New("no elected head")
	// ErrNoServers: no connected server can answer this kind of request.
	ErrNoServers = errors.New("no server can answer")
	// ErrNoRoom: those that can have no room for another request, by flow control or
	// because they said that they are busy, and none had in time.
	ErrNoRoom = errors.New("no server had room for the request in time")
	// ErrTimeout: servers were asked, none answered in time.
	ErrTimeout = errors.New("servers did not answer in time")
	// ErrUnproven: servers answered, but no answer could be proven.
	ErrUnproven = errors.New("answer could not be proven")
	// ErrOutOfReach: the block is too old to be linked to a trusted head.
	ErrOutOfReach = errors.New("block is out of reach of a proof")
	// ErrNotFound: there is no such block on the elected chain.
	ErrNotFound = errors.New("not found")
	// ErrTxUnknown: enough trusted servers agree that they know no such transaction.
	ErrTxUnknown = errors.New("transaction unknown")
	// ErrTxUnindexed: the servers do not index transactions that far back, so that
	// not knowing this one says nothing.
	ErrTxUnindexed = errors.New("transaction index does not reach back far enough")
	// ErrUnreachable: too few trusted servers answered to say that something does
	// not exist.
	ErrUnreachable = errors.New("too few trusted servers answered")
	// ErrRangeTooWide: a log query spans more blocks than the client will prove.
	ErrRangeTooWide = errors.New("block range too wide")
	// ErrNoConfig: the chain configuration was not given and has not been learned.
	ErrNoConfig = errors.New("chain configuration not known yet")
	// ErrConfigOutdated: the trusted servers execute the block by other rules than this
	// client would. It has to be updated.
	ErrConfigOutdated = errors.New("chain configuration is out of date")
	// ErrClosed: the client has been closed.
	ErrClosed = errors.New("client closed")
)

// NoHeadError says who signed what when no head could be elected.
type NoHeadError struct {
	Configured int // trusted servers configured
	Percent    int // percentage of them that has to agree
	Votes      []Vote
}

// Error implements error.
func (e *NoHeadError) Error() string {
	return fmt.Sprintf("%v: %d of %d trusted servers have a valid announcement, %d%% must agree on a block",
		ErrNoHead, len(e.Votes), e.Configured, e.Percent)
}

// Is makes the error match ErrNoHead.
func (e *NoHeadError) Is(target error) bool { return target == ErrNoHead }

// UnprovenError says which answer could not be proven, whose it was last and why.
type UnprovenError struct {
	What   string // what was asked, such as "account 0x…"
	Server string // the server that gave the last wrong answer, as its short id
	Reason error  // what was wrong with it
}

// Error implements error.
func (e *UnprovenError) Error() string {
	return fmt.Sprintf("%s: %v (server %s: %v)", e.What, ErrUnproven, e.Server, e.Reason)
}

// Is makes the error match ErrUnproven.
func (e *UnprovenError) Is(target error) bool { return target == ErrUnproven }

// Unwrap returns what was wrong with the answer.
func (e *UnprovenError) Unwrap() error { return e.Reason }

// UnavailableError says that no connected server could answer, and what each of
// those that were asked said. It matches ErrNoServers, or ErrTimeout if at least
// one was asked and stayed silent.
type UnavailableError struct {
	What    string
	Refused []Refusal
	Silent  int // servers that were asked and did not answer in time
	Asked   int // servers that were asked at all
	// Short is how many servers could have been asked and had no room; then the error
	// matches ErrNoRoom too.
	Short int
	// RetryAfter is the shortest wait that a busy server asked for, or until one has room;
	// 0 if neither is known.
	RetryAfter time.Duration
}

// Refusal is one server's typed refusal to answer.
type Refusal struct {
	Server string
	Reason string // as in the les/5 specification, such as "pruned"
	Text   string // the server's own words, may be empty
}

// Error implements error.
func (e *UnavailableError) Error() string {
	var msg strings.Builder
	fmt.Fprintf(&msg, "%s: %v (%d asked, %d silent, %d without room", e.What, e.kind(), e.Asked, e.Silent, e.Short)
	for _, r := range e.Refused {
		fmt.Fprintf(&msg, "; %s: %s", r.Server, r.Reason)
		if r.Text != "" {
			fmt.Fprintf(&msg, " (%s)", r.Text)
		}
	}
	msg.WriteByte(')')
	return msg.String()
}

// Is makes the error match ErrTimeout or ErrNoServers, and ErrNoRoom if that is why.
func (e *UnavailableError) Is(target error) bool {
	return target == e.kind() || target == ErrNoServers && e.Silent == 0
}

func (e *UnavailableError) kind() error {
	switch {
	case e.Silent > 0:
		return ErrTimeout
	case e.Short > 0:
		return ErrNoRoom
	}
	return ErrNoServers
}

// OutOfReachError says how far back the client could have proven a block, and what it
// would take to prove this one.
type OutOfReachError struct {
	Number uint64 // the block asked for
	Oldest uint64 // the oldest block up to which all can be proven from the present head
	// HelperEnd is the last block of the helper tries that enough trusted servers have
	// signed, up to which all are provable again; 0 if there are none.
	HelperEnd uint64
	// Due is from which head on servers sign helper tries with the block, 0 if they
	// could already.
	Due uint64
	// Signed is how many trusted servers, of Needed, have signed the same tries with
	// the block.
	Signed, Needed int
}

// Error implements error.
func (e *OutOfReachError) Error() string {
	msg := fmt.Sprintf("block %d: %v, the oldest provable one is %d", e.Number, ErrOutOfReach, e.Oldest)
	if e.HelperEnd > 0 {
		msg = fmt.Sprintf("block %d: %v, provable are those up to %d and from %d on", e.Number, ErrOutOfReach, e.HelperEnd, e.Oldest)
	}
	return msg + "; " + e.Remedy()
}

// Remedy says what would make the block provable.
func (e *OutOfReachError) Remedy() string {
	if e.Due > 0 {
		return fmt.Sprintf("servers sign helper tries that have it from block %d on", e.Due)
	}
	return fmt.Sprintf("helper tries that have it are signed by %d of the %d trusted servers needed", e.Signed, e.Needed)
}

// Is makes the error match ErrOutOfReach.
func (e *OutOfReachError) Is(target error) bool { return target == ErrOutOfReach }

// RangeError says that a log query is too wide, and how wide it may be.
type RangeError struct {
	Blocks, Limit uint64
	// Matching: it is too many blocks that may match, not the range itself.
	Matching bool
}

// Error implements error.
func (e *RangeError) Error() string {
	if e.Matching {
		return fmt.Sprintf("%v: %d blocks of it may match, at most %d are looked at", ErrRangeTooWide, e.Blocks, e.Limit)
	}
	return fmt.Sprintf("%v: %d blocks, at most %d", ErrRangeTooWide, e.Blocks, e.Limit)
}

// Is makes the error match ErrRangeTooWide.
func (e *RangeError) Is(target error) bool { return target == ErrRangeTooWide }

// ConfigError says for which block the configuration in use may not be the one that
// the trusted servers go by.
type ConfigError struct {
	Number, Time   uint64      // of the block
	InUse, Elected common.Hash // the two configurations; InUse is zero if there is none
}

// Error implements error.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("block %d: %v, the trusted servers go by %x, this client by %x",
		e.Number, ErrConfigOutdated, e.Elected[:8], e.InUse[:8])
}

// Is makes the error match ErrConfigOutdated.
func (e *ConfigError) Is(target error) bool { return target == ErrConfigOutdated }

// TxError says why a transaction could not be looked up or was not found.
type TxError struct {
	Hash   common.Hash
	Err    error // ErrTxUnknown, ErrTxUnindexed or ErrUnreachable
	Agreed int   // trusted servers that know of no such transaction
	Needed int   // how many of them it takes
}

// Error implements error.
func (e *TxError) Error() string {
	return fmt.Sprintf("transaction %x: %v (%d of the %d trusted servers needed do not know it)", e.Hash, e.Err, e.Agreed, e.Needed)
}

// Unwrap returns the sentinel.
func (e *TxError) Unwrap() error { return e.Err }
