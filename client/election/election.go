// Package election decides which block an ultra light client takes for the head.
//
// A list of servers is trusted, each by its key. Every one of them signs the head
// that it follows. A block is elected when
//
//	100 · signers ≥ percent · configured
//
// where signers counts the servers that signed the block itself or a block that
// is linked to it by parent hashes; of all such blocks the one with the highest
// (number, hash) is the head. Safe and finalized blocks are elected by the same
// rule among the safe and finalized blocks that the same statements name.
//
// What counts as a vote:
//
//   - Only the last accepted statement of a server counts, and only while that
//     server is connected: a server that is offline counts against every block,
//     because the divisor is the number of configured servers.
//   - A statement for another genesis never counts. If the genesis is not known in
//     advance, the one that the same fraction of servers has signed is taken, and
//     until there is one no block is elected.
//   - A statement counts for its blocks whatever chain configuration is signed next
//     to it: servers that have been told of the next fork and servers that have not
//     are on one chain. Which configuration the fraction signs is told by itself.
//   - A statement signed before the last accepted one of its server is a replay
//     and ignored, also across connections. One that is signed more than MaxAhead
//     in the future or MaxAge in the past is refused. Statements of les/4 carry no time and are
//     taken in the order in which they arrive.
//   - A statement whose number differs from that of the header with its hash is a
//     lie and does not count.
//
// The head does not go back for want of a vote. When servers that had signed it
// leave, and the block that is elected without them is an ancestor of it, the caller
// keeps the head for up to Hold: a connection that is lost takes nothing back of what
// was signed. Standing tells whether enough of the signers still stand by it; those
// that now sign a block which is not linked to it have withdrawn. A block on another
// branch is taken at once, and where nothing at all is elected there is no head, but
// for the moment that it takes to learn what is above it: servers do not announce a
// block in the same instant, and an announcement without its header, as all of les/4
// are, votes for nothing else until that is fetched. So while headers are wanted, and
// enough signers of the head are connected and may have built on it, as Following
// tells, it is kept for up to Link.
//
// Total difficulty plays no part: blocks are ordered by number.
//
// What this does not protect against: as many trusted servers as it takes to elect
// a block can make the client follow any block whatsoever, including one that
// breaks consensus rules; and enough of them offline or silent leave it without
// a head. It is as honest as the servers that its owner chose.
//
// State is a step function without goroutines, clock or network: the caller feeds
// in statements, disconnections and the current time, and asks for the Result.
package election

import (
	"errors"
	"fmt"
)

// ID is a server's node id.
type ID = [32]byte

// Hash is a block's or a configuration's hash.
type Hash = [32]byte

// Block names a block. The zero Block means none.
type Block struct {
	Number uint64
	Hash   Hash
}

// IsZero reports whether b names no block.
func (b Block) IsZero() bool { return b == Block{} }

// After reports whether b comes after c in the order of elections.
func (b Block) After(c Block) bool {
	if b.Number != c.Number {
		return b.Number > c.Number
	}
	return string(b.Hash[:]) > string(c.Hash[:])
}

// Statement is what a trusted server has signed. The caller has checked the
// signature, or, for a les/4 handshake, that the session is with the owner of
// the server's key.
type Statement struct {
	Genesis Hash
	// Config is the hash of the chain configuration; zero if the protocol has none,
	// which then says nothing for or against a configuration.
	Config          Hash
	Head            Block
	Safe, Finalized Block
	// Time is when it was signed, in Unix seconds; 0 if the protocol has no time.
	Time uint64
}

// Limits on a statement's time, in seconds.
const (
	// MaxAhead allows for clocks that differ.
	MaxAhead = 15 * 60
	// MaxAge allows for a chain that stands still, but not for an old recording.
	MaxAge = 7 * 24 * 3600
	// Hold is how long a head may be kept when only an ancestor of it is elected.
	Hold = 2 * 60
	// Link is how long it may be kept while headers are fetched that could link what
	// its signers announce now to it.
	Link = 10
)

// MaxDepth is how many parent links below the highest statement are followed. A
// server that lags further behind than this does not vote for its descendants.
const MaxDepth = 1024

// Why a statement was refused; match with errors.Is.
var (
	ErrNotTrusted = errors.New("server is not a trusted one")
	ErrGenesis    = errors.New("statement is for another genesis block")
	ErrReplay     = errors.New("statement is older than the last one of this server")
	ErrFuture     = errors.New("statement is from the future")
	ErrStale      = errors.New("statement is too old")
	ErrSafeOrder  = errors.New("statement's safe and finalized blocks are not in order")
	ErrNoBlock    = errors.New("statement names no block")
)

// Config is what an election goes by. Genesis is zero if it has to be learned.
type Config struct {
	Trusted []ID
	Percent int // 1 … 100
	Genesis Hash
}

// Needed returns how many signers elect a block: the least n with
// 100·n ≥ percent·configured, at least 1.
func (c Config) Needed() int {
	return max(1, (c.Percent*len(c.Trusted)+99)/100)
}

// Links tells what is known of headers: the parent and number of the one with
// this hash.
type Links interface {
	Parent(hash Hash) (parent Hash, number uint64, ok bool)
}

// State holds the latest statements. It is not safe for concurrent use.
type State struct {
	cfg     Config
	index   map[ID]int
	entries []entry // one per trusted server, in configured order
}

type entry struct {
	statement Statement
	live      bool   // connected, with an accepted statement
	newest    uint64 // time of the newest statement ever accepted
}

// New returns an election without statements. Duplicates in cfg.Trusted count once.
func New(cfg Config) (*State, error) {
	s := &State{index: make(map[ID]int)}
	var unique []ID
	for _, id := range cfg.Trusted {
		if _, dup := s.index[id]; !dup {
			s.index[id] = len(unique)
			unique = append(unique, id)
		}
	}
	cfg.Trusted = unique
	if len(unique) == 0 {
		return nil, errors.New("no trusted servers configured")
	}
	if cfg.Percent < 1 || cfg.Percent > 100 {
		return nil, fmt.Errorf("fraction of %d%% is not within 1 … 100", cfg.Percent)
	}
	s.cfg, s.entries = cfg, make([]entry, len(unique))
	return s, nil
}

// Config returns what the election goes by.
func (s *State) Config() Config { return s.cfg }

// Trusted reports whether the server has a vote.
func (s *State) Trusted(id ID) bool {
	_, ok := s.index[id]
	return ok
}

// Announce takes a server's statement in, or says why it is refused; then the
// server's previous statement stays. Now is in Unix seconds.
func (s *State) Announce(id ID, st Statement, now uint64) error {
	i, ok := s.index[id]
	if !ok {
		return ErrNotTrusted
	}
	if err := s.check(st, now); err != nil {
		return err
	}
	e := &s.entries[i]
	if st.Time != 0 {
		if st.Time < e.newest {
			return ErrReplay
		}
		e.newest = st.Time
	}
	e.statement, e.live = st, true
	return nil
}

func (s *State) check(st Statement, now uint64) error {
	switch zero := (Hash{}); {
	case st.Head.Hash == zero:
		return ErrNoBlock
	case s.cfg.Genesis != zero && st.Genesis != s.cfg.Genesis:
		return ErrGenesis
	case st.Safe.Number > st.Head.Number || st.Finalized.Number > st.Head.Number:
		return ErrSafeOrder
	case st.Time != 0 && st.Time > now && st.Time-now > MaxAhead:
		return ErrFuture
	case st.Time != 0 && st.Time < now && now-st.Time > MaxAge:
		return ErrStale
	}
	return nil
}

// Disconnect makes the server's statement count no more. Its time is remembered,
// so that an older one is refused when it returns.
func (s *State) Disconnect(id ID) {
	if i, ok := s.index[id]; ok {
		s.entries[i].live, s.entries[i].statement = false, Statement{}
	}
}

// Statement returns the statement of a server that counts now.
func (s *State) Statement(id ID) (Statement, bool) {
	i, ok := s.index[id]
	if !ok || !s.entries[i].live {
		return Statement{}, false
	}
	return s.entries[i].statement, true
}

// Standing returns how many of the signers of a block have not withdrawn: those that
// are gone, and those whose present head is the block or, as far as links tell, may
// be linked to it.
func (s *State) Standing(links Links, signers []ID, block Block) (n int) {
	for _, id := range signers {
		if _, live := s.Statement(id); !live {
			n++
		}
	}
	return n + s.Following(links, signers, block)
}

// Following is Standing without those that are gone.
func (s *State) Following(links Links, signers []ID, block Block) (n int) {
	for _, id := range signers {
		st, live := s.Statement(id)
		if linked, known := Descends(links, st.Head, block); live && (linked || !known) {
			n++
		}
	}
	return n
}

// Descends reports whether a block is another one or linked to it by parent hashes;
// known is false if links do not reach far enough to tell, or MaxDepth does not.
func Descends(links Links, block, from Block) (linked, known bool) {
	for range MaxDepth + 1 {
		if block.Number <= from.Number {
			return block == from, true
		}
		parent, _, ok := links.Parent(block.Hash)
		if !ok {
			return false, false
		}
		block = Block{block.Number - 1, parent}
	}
	return false, false
}
